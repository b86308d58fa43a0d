"""The bundle: a whole record in one file.

Rule 1: the form is docs/record-format.md; whatever decodes encodes to the same bytes.
Rule 2: decoding checks all that can be seen without the chain: forms, keys' hashes, attachments'
digests, canonical JSON. It does not say that the record is true: `verify.prove_bundle` does.
Rule 3: an attachment is a text that entries name by digest (the profile). It stands in the file
beside the record, so it is believed only where a proved entry names it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from plenary.record.canonical import read_canonical, write_canonical
from plenary.record.checkpoint import VERIFIER_KEY, read_verifier_key
from plenary.record.entry import DIGEST, ENTRY_LINE, NAME, Entry, read_entry, write_entry
from plenary.record.lines import Lines, write_items, write_lines
from plenary.record.not_proven import NotProven, Section

KEY_LINE = re.compile(VERIFIER_KEY.pattern.encode())
ORIGIN_LINE = re.compile(f"origin ({NAME})".encode())
CHECKPOINT_LINE = re.compile(rb'".*"')

_HEADER = re.compile(b"plenary-bundle 1")
_ATTACHMENT_LINE = re.compile(rf"([a-z0-9/._-]+) ({DIGEST}) (\{{.*\}})".encode())


@dataclass(frozen=True, slots=True)
class Attachment:
    """A named text, a canonical JSON object; `digest` is the SHA-256 of its bytes in hex."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Bundle:
    """`keys` are verifier keys, the log key first; `checkpoints` are notes, the smallest first."""

    origin: str
    keys: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    entries: tuple[Entry, ...]
    checkpoints: tuple[str, ...]


def encode_bundle(bundle: Bundle) -> bytes:
    attachments = [
        f"{attachment.name} {attachment.digest} ".encode() + attachment.content
        for attachment in bundle.attachments
    ]
    return write_lines(
        [
            b"plenary-bundle 1",
            f"origin {bundle.origin}".encode(),
            *write_items("keys", [key.encode() for key in bundle.keys]),
            *write_items("attachments", attachments),
            *write_items("entries", [write_entry(entry) for entry in bundle.entries]),
            *write_items("checkpoints", [write_canonical(note) for note in bundle.checkpoints]),
        ]
    )


def decode_bundle(data: bytes) -> Bundle:
    """The bundle that encodes to exactly `data`; `NotProven` names the section or entry at fault."""
    lines = Lines(data)
    lines.line("header", _HEADER)
    bundle = Bundle(
        origin=lines.line("origin", ORIGIN_LINE)[1].decode(),
        keys=read_keys(lines),
        attachments=_read_attachments(lines),
        entries=tuple(
            read_numbered(line, number)
            for number, line in enumerate(lines.items("entries", ENTRY_LINE))
        ),
        checkpoints=read_notes(lines),
    )
    lines.end()
    return bundle


def read_keys(lines: Lines) -> tuple[str, ...]:
    keys = tuple(line[0].decode() for line in lines.items("keys", KEY_LINE))
    if not keys:
        raise NotProven("keys", "there is no log key")
    try:
        _require_unique("keys", [(key.name, key.hash) for key in map(read_verifier_key, keys)])
    except ValueError as error:
        raise NotProven("keys", str(error)) from error
    return keys


def read_numbered(line: re.Match[bytes], number: int) -> Entry:
    try:
        entry = read_entry(line)
    except ValueError as error:
        raise NotProven("entries", f"its body is not canonical: {error}", number) from error
    if entry.number != number:
        raise NotProven("entries", f"entry {entry.number} stands in its place", number)
    return entry


def read_notes(lines: Lines) -> tuple[str, ...]:
    notes: list[str] = []
    for line in lines.items("checkpoints", CHECKPOINT_LINE):
        try:
            notes.append(str(read_canonical(line[0])))
        except ValueError as error:
            raise NotProven("checkpoints", f"not a canonical JSON string: {error}") from error
    return tuple(notes)


def _read_attachments(lines: Lines) -> tuple[Attachment, ...]:
    attachments: list[Attachment] = []
    for line in lines.items("attachments", _ATTACHMENT_LINE):
        name, digest, content = line.groups()
        attachment = Attachment(name.decode(), content)
        if attachment.digest != digest.decode():
            raise NotProven("attachments", f"{attachment.name} does not have the digest stated")
        try:
            read_canonical(content)
        except ValueError as error:
            raise NotProven(
                "attachments", f"{attachment.name} is not canonical: {error}"
            ) from error
        attachments.append(attachment)
    _require_unique("attachments", [attachment.name for attachment in attachments])
    return tuple(attachments)


def _require_unique(section: Section, names: Sequence[object]) -> None:
    if len(set(names)) != len(names):
        raise NotProven(section, "one name stands twice")
