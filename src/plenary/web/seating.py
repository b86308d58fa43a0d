"""The seats as the room has them: who presides, who decides, the other parties, guests, who serves.

Rule: the order follows from the profile alone; no kind of participant is named here.
"""

import datetime
from collections.abc import Iterable
from itertools import groupby

from plenary.rules.meeting import Meeting, Seat
from plenary.web.naming import Naming


def seats_in_order(meeting: Meeting) -> list[Seat]:
    """Return the seats of *meeting* in the order of the room, parties in the organisation's own."""
    kinds = _kinds(meeting)
    day = datetime.date.fromisoformat(meeting.date) if meeting.date else None
    placed = {
        str(party): place
        for kind in kinds
        for place, party in enumerate(meeting.profile.in_order(kind, day))
    }
    return sorted(
        meeting.seats.values(),
        key=lambda seat: (kinds.index(seat.kind), placed.get(str(seat.party), 0), seat.id),
    )


def by_kind(seats: Iterable[Seat], naming: Naming) -> list[tuple[str, list[Seat]]]:
    """Return *seats*, in the order of the room, under the heading of each kind of participant."""
    kinds = [(kind, list(same)) for kind, same in groupby(seats, key=lambda seat: seat.kind)]
    return [(naming.heading(kind, len(same)), same) for kind, same in kinds]


def is_a_delegation(meeting: Meeting, seat: Seat) -> bool:
    """Return whether *seat* is a delegation's: a party's or a guest's."""
    return seat.party is not None or seat.kind == meeting.profile.procedure.opening.guest_kind


def has_a_head(meeting: Meeting, seat: Seat) -> bool:
    """Return whether somebody heads *seat*: a party's, a guest's, the presiding officer's."""
    presiding = meeting.profile.procedure.opening.presiding_kind
    return is_a_delegation(meeting, seat) or seat.kind == presiding


def _kinds(meeting: Meeting) -> list[str]:
    profile, opening = meeting.profile, meeting.profile.procedure.opening
    decide = [kind for rule in profile.procedure.decisions.values() for kind in rule.electorate]
    parties = [party.kind for party in profile.organisation.parties]
    serve = [seat.kind for seat in profile.organisation.seats]
    last = [opening.guest_kind, *serve, *profile.procedure.kinds]
    return list(dict.fromkeys([opening.presiding_kind, *decide, *parties, *last]))
