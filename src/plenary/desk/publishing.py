"""Bundles: the record in one file, whole or as the public may read it."""

import hashlib
from collections.abc import Callable, Iterable, Mapping

from plenary.desk.codec import PROFILE, decode_body, encode
from plenary.desk.ports import LogKey, Minutes
from plenary.record import Attachment, Bundle, Entry, encode_bundle, verifier_key
from plenary.rules.profile import Profile
from plenary.rules.visibility import PUBLIC


def full_bundle(
    profile: Profile, minutes: Minutes, key: LogKey, attachments: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the whole record as one file, with the profile, *attachments* and the checkpoints kept."""
    return _bundle(profile, minutes, key, lambda entry: entry, attachments or {})


def public_bundle(
    profile: Profile, minutes: Minutes, key: LogKey, attachments: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the record as the public may read it: every entry, and those not public by digest only."""
    return _bundle(profile, minutes, key, _for_the_public, attachments or {})


def _for_the_public(entry: Entry) -> Entry:
    if entry.body is None or decode_body(entry.body).visibility != PUBLIC:
        return entry.withhold()
    return entry


def _bundle(
    profile: Profile,
    minutes: Minutes,
    key: LogKey,
    reading: Callable[[Entry], Entry],
    attachments: Mapping[str, bytes],
) -> bytes:
    entries: Iterable[Entry] = minutes.entries()
    carried = {PROFILE: encode(profile), **attachments}
    return encode_bundle(
        Bundle(
            origin=minutes.origin,
            keys=(verifier_key(key.name, key.public_key()),),
            attachments=tuple(Attachment(name, data) for name, data in sorted(carried.items())),
            entries=tuple(reading(entry) for entry in entries),
            checkpoints=tuple(minutes.checkpoints()),
        )
    )


def profile_digest(profile: Profile) -> str:
    """Return the digest by which entry 0 pins *profile*."""
    return hashlib.sha256(encode(profile)).hexdigest()
