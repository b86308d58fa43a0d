"""What goes over the line, as bytes of Server-Sent Events (docs/live.md).

Rule 1: pure: whoever calls says what time it is.
Rule 2: an entry's body goes as a string, exactly as it was sealed, so that a screen can check the hash.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from plenary.desk.codec import Deed, decode_body
from plenary.record import Entry
from plenary.rules.names import Moment, SeatId, WindowId

RETRY: Final = b"retry: 1000\n\n"
COMMENT: Final = b":\n\n"

_json = msgspec.json.Encoder()


class Frame(msgspec.Struct, frozen=True):
    """One entry, encoded for those who may read it and for those who may not."""

    visibility: str
    whole: bytes
    withheld: bytes


def event(name: str, data: object, number: int | None = None) -> bytes:
    """Return one event; *number* is what a reader resumes from."""
    head = b"" if number is None else b"id: %d\n" % number
    return b"%bevent: %b\ndata: %b\n\n" % (head, name.encode(), _json.encode(data))


def entry_frame(entry: Entry) -> Frame:
    """Return both encodings of an entry that is not withheld."""
    if entry.body is None or entry.salt is None:
        raise ValueError(f"entry {entry.number} is withheld; the feed begins with the whole record")
    common = {"number": entry.number, "seal": entry.seal.hex()}
    whole = {**common, "salt": entry.salt.hex(), "body": entry.body.decode()}
    withheld = {**common, "commitment": entry.commitment.hex()}
    return Frame(
        decode_body(entry.body).visibility,
        event("entry", whole, entry.number),
        event("entry", withheld, entry.number),
    )


def held_frame(window: WindowId | None, deeds: Sequence[Deed]) -> bytes:
    """Return what the running consultation holds for one viewer; nothing when it ended."""
    return event("held", held(window, deeds))


def held(window: WindowId | None, deeds: Sequence[Deed]) -> dict[str, object]:
    """Return the data of a ``held`` event."""
    return {"window": window if deeds else None, "deeds": [_said(deed) for deed in deeds]}


def _said(deed: Deed) -> Deed:
    """Leave out who was connected: a late entry holds it, and it is not the delegation's to know."""
    return replace(deed, facts=replace(deed.facts, connected=None))


def presence_frame(at: Moment, connected: Iterable[SeatId], lost: Mapping[SeatId, Moment]) -> bytes:
    """Return who is connected, and since when who is not any more."""
    return event("presence", {"at": at, "connected": sorted(connected), "lost": dict(lost)})


def chain_frame(seat: SeatId, screen: str, number: int, *, whole: bool) -> bytes:
    """Return how a screen's check of the chain came out."""
    return event("chain", {"seat": seat, "screen": screen, "number": number, "whole": whole})


def displaced_frame(screen: str) -> bytes:
    """Return that another screen took the place of *screen*."""
    return event("displaced", {"screen": screen})


def time_frame(at: Moment) -> bytes:
    """Return the server's time; it also keeps the line open."""
    return event("time", {"at": at})
