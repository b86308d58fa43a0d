"""The canonical body of an entry, and back.

Rule 1: fields in the order of their definition, defaults left out, no floats, UTF-8: one deed, one spelling.
Rule 2: what does not encode to the same bytes again is not a body.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import msgspec

from plenary.record import Entry
from plenary.rules.acts import Actor, AnyAct, Facts
from plenary.rules.events import AnyEvent
from plenary.rules.names import Moment, SeatId, Value, WindowId
from plenary.rules.profile import Profile

PROFILE = "profile"
"""The name under which a bundle carries the profile."""

LONGEST_KEY = 80
"""How many characters the sender's mark of an act may have."""


class Deed(Value, kw_only=True):
    """One act that was done: by whom, on what facts, and everything that followed.

    ``key`` is the sender's own mark, by which the same act sent twice is done once. ``after`` stands
    in a consultation only: the number of the last entry that was written when this was done.
    """

    by: Actor
    act: AnyAct
    facts: Facts
    events: tuple[AnyEvent, ...]
    key: Annotated[str, msgspec.Meta(max_length=LONGEST_KEY)] | None = None
    after: int | None = None


class Body(Value, kw_only=True):
    """What an entry commits to: one deed, or all the deeds of the consultation it closes.

    ``connected`` stands with a consultation that ends in agreement: who was connected at the gavel.
    """

    meeting: str
    number: int
    at: Moment
    visibility: str
    deeds: tuple[Deed, ...]
    consultation: WindowId | None = None
    connected: tuple[SeatId, ...] | None = None


_encoder = msgspec.json.Encoder(order="deterministic")
_body_decoder = msgspec.json.Decoder(Body)
_deed_decoder = msgspec.json.Decoder(Deed)
_profile_decoder = msgspec.json.Decoder(Profile)


class NotABodyError(ValueError):
    """Bytes that are not the canonical body of an entry."""


def encode(thing: Body | Deed | Profile) -> bytes:
    """Return the canonical bytes of a body, a deed or a profile."""
    return _encoder.encode(thing)


def decode_body(data: bytes) -> Body:
    """Return the body that *data* spells, or raise ``NotABodyError``; no other spelling is taken."""
    try:
        body = _body_decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotABodyError(str(error)) from error
    if _encoder.encode(body) != data:
        raise NotABodyError("not the canonical spelling")
    return body


def decode_deed(data: bytes) -> Deed:
    """Return the deed that *data* spells, as the minutes held it."""
    return _deed_decoder.decode(data)


def decode_profile(data: bytes) -> Profile:
    """Return the profile that *data* spells, or raise ``NotABodyError``."""
    try:
        return _profile_decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotABodyError(str(error)) from error


def bodies(entries: Iterable[Entry]) -> Iterator[Body]:
    """Yield the bodies of those entries that are not withheld."""
    return (decode_body(entry.body) for entry in entries if entry.body is not None)


def in_order_of_doing(written: Sequence[Body]) -> list[tuple[Body, Deed]]:
    """Return the deeds of *written* bodies in the order in which they were done.

    A consultation is written when it ends; each of its deeds was done after the entry it names.
    """
    placed = [
        ((body.number, 0) if deed.after is None else (deed.after, 1), body, deed)
        for body in written
        for deed in body.deeds
    ]
    placed.sort(key=lambda each: each[0])
    return [(body, deed) for _, body, deed in placed]
