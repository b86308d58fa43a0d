"""The room as a viewer's screen has folded it: from the entries it may read, and nothing else.

Rule 1: a snapshot at n, and entries n+1 to m folded into it, is the snapshot at m.
Rule 2: what a consultation holds is not folded in: it stands beside, until it is an entry.
"""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from plenary.desk.codec import Body
from plenary.desk.projections import may_read
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import Meeting
from plenary.rules.names import SeatId, Value

_FIELDS: Final = [field for field in msgspec.structs.fields(Meeting) if field.name != "profile"]


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    return field.default


RoomState: Final = msgspec.defstruct(
    "RoomState",
    [(field.name, field.type, _default(field)) for field in _FIELDS],
    bases=(Value,),
    frozen=True,
    kw_only=True,
    omit_defaults=True,
)
"""A ``Meeting`` without its profile, which never changes and is fetched once."""

_encoder = msgspec.json.Encoder(order="deterministic")


def room_state(meeting: Meeting) -> Any:
    """Return *meeting* without its profile."""
    return RoomState(**{field.name: getattr(meeting, field.name) for field in _FIELDS})


def encode_room(number: int, meeting: Meeting, held: dict[str, object]) -> bytes:
    """Return the bytes of ``room.json``: what entries up to *number* amount to, and what is held beside."""
    return _encoder.encode({"number": number, "meeting": room_state(meeting), "held": held})


def fold_in_order(
    before: Meeting, written: Iterable[Body], whole: Meeting, seat: SeatId | None
) -> Meeting:
    """Return *before* after those of the *written* bodies that *seat* may read, entry by entry.

    *whole* is the meeting with everything, which says what the seat is.
    """
    for body in written:
        if may_read(whole, seat, body.visibility):
            for deed in body.deeds:
                before = evolve_all(before, deed.events)
    return before
