"""The record and the room as one seat, or the public, may see them.

Rule 1: an entry is shown whole or as its digest; nothing in between.
Rule 2: individual states are seen by the presiding officer and the secretariat; a delegation sees its own.
"""

from msgspec.structs import replace

from plenary.desk.codec import decode_body
from plenary.record import Entry
from plenary.rules.meeting import Meeting, Window, WindowState
from plenary.rules.names import SeatId
from plenary.rules.visibility import (
    DELEGATION,
    MEMBERS,
    PARTICIPANTS,
    PUBLIC,
    sees_everything,
)


def may_read(meeting: Meeting, seat: SeatId | None, visibility: str) -> bool:
    """Return whether *seat* (None: the public) may read an entry of that visibility."""
    if visibility == PUBLIC:
        return True
    found = meeting.seats.get(seat) if seat is not None else None
    if found is None or seat is None:
        return False
    if sees_everything(meeting, seat):
        return True
    if visibility == PARTICIPANTS:
        return True
    if visibility == MEMBERS:  # those who may attend every format of the meeting
        return set(meeting.profile.procedure.formats) <= set(meeting.kind(found).formats)
    return visibility == DELEGATION + seat


def entry_for(meeting: Meeting, seat: SeatId | None, entry: Entry) -> Entry:
    """Return *entry* as *seat* may read it: itself, or withheld."""
    if entry.body is None or may_read(meeting, seat, decode_body(entry.body).visibility):
        return entry
    return entry.withhold()


def room_as_seen_by(meeting: Meeting, seat: SeatId | None) -> Meeting:
    """Return the meeting with only those individual states that *seat* (None: the public) may see."""
    if seat is not None and sees_everything(meeting, seat):
        return meeting
    window = None if meeting.window is None else _own(meeting.window, seat)
    return replace(meeting, window=window, objected={})


def _own(window: Window, seat: SeatId | None) -> Window:
    objections = {key: reason for key, reason in window.objections.items() if key == seat}
    return replace(
        window,
        state=WindowState.RETURNED if objections else WindowState.OPEN,
        acknowledged=window.acknowledged & {seat},
        objections=objections,
        aside=tuple(each for each in window.aside if each[0] == seat),
        opinions=tuple(each for each in window.opinions if each.seat == seat),
        raised={key: count for key, count in window.raised.items() if key == seat},
        by_telephone=window.by_telephone & {seat},
        without=frozenset() if seat is None else window.without,
    )
