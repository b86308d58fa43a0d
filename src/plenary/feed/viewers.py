"""Who looks on, and what the record lets them see.

Rule: a person has a seat by the record alone: a letter that lets it act, or an acting chair's place.
"""

from plenary.desk.codec import Deed
from plenary.rules.acts import Actor, EnterLate, Role
from plenary.rules.meeting import Meeting
from plenary.rules.names import PersonId, SeatId, Value
from plenary.rules.order import may_act
from plenary.rules.visibility import sees_everything


class Viewer(Value, kw_only=True):
    """Somebody who looks on: from a seat, or (all None) the public.

    ``session`` is whatever whoever opened the line knows it by.
    """

    seat: SeatId | None = None
    person: PersonId | None = None
    role: str | None = None
    session: str = ""


PUBLIC_VIEWER = Viewer()


def viewer_in(meeting: Meeting, seat: SeatId, person: PersonId) -> Viewer | None:
    """Return the viewer that *person* is in *seat*, or None if the record does not let it be there."""
    found = meeting.seats.get(seat)
    if found is None:
        return None
    letter = found.letters.get(person)
    heads = meeting.head_of(found) == person
    if not may_act(meeting, letter) and not (heads and letter is None):
        return None
    return Viewer(seat=seat, person=person, role=Role.HEAD if heads else Role.STAFF)


def actor_in(
    meeting: Meeting, seat: SeatId, person: PersonId, *, on_instruction: bool
) -> Actor | None:
    """Return who acts when *person* acts in *seat*; on instruction: of whoever heads it now."""
    if viewer_in(meeting, seat, person) is None:
        return None
    principal = meeting.head_of(meeting.seats[seat]) if on_instruction else None
    return Actor(person=person, seat=seat, instructed_by=principal)


def sees_connections(meeting: Meeting, seat: SeatId | None) -> bool:
    """Return whether *seat* is told who is connected: the presiding officer's, and those that serve."""
    found = meeting.seats.get(seat) if seat is not None else None
    if found is None:
        return False
    guest = meeting.profile.procedure.opening.guest_kind
    return found.party is None and found.kind != guest


def sees_checks(meeting: Meeting, seat: SeatId | None) -> bool:
    """Return whether *seat* is told of the screens' checks: the seats that serve the meeting."""
    presiding = meeting.profile.procedure.opening.presiding_kind
    return (
        sees_connections(meeting, seat)
        and seat is not None
        and (meeting.seats[seat].kind != presiding)
    )


def sees_held(meeting: Meeting, seat: SeatId | None, deed: Deed) -> bool:
    """Return whether *seat* may see a deed that the running consultation holds."""
    if seat is None or seat not in meeting.seats:
        return False
    if sees_everything(meeting, seat) or deed.by.seat == seat:
        return True
    if isinstance(deed.act, EnterLate) and deed.act.done_by.seat == seat:
        return True
    return any(getattr(event, "seat", None) == seat for event in deed.events)
