"""Who chairs the organisation, who is next, and who presides when the presiding officer is lost.

Rule 1: chairing the sitting and chairing the organisation are two things.
Rule 2: the rotation proposes; the meeting decides; it takes effect at a defined moment.
"""

import datetime

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import TakesEffect
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Meeting
from plenary.rules.names import PartyId, RuleId, SeatId, day_of
from plenary.rules.order import require
from plenary.rules.profile import Chairmanship, within
from plenary.rules.refusals import Reason, Refused


def chair_on(chairmanship: Chairmanship, day: datetime.date) -> PartyId | None:
    """Return the party that chairs the organisation on *day*; the last that began, on a day of change."""
    terms = [term.party for term in chairmanship.terms if within(day, term.since, term.until)]
    return terms[-1] if terms else None


def rotation_proposes(meeting: Meeting) -> PartyId | None:
    """Return the party whose turn follows that of the present chair, among members that day."""
    chairmanship = meeting.profile.organisation.chairmanship
    day = day_of(meeting.date)
    if chairmanship is None or day is None:
        return None
    present = chair_on(chairmanship, day)
    rotation = [party for party in chairmanship.rotation if SeatId(party) in meeting.seats]
    if present not in rotation:
        return rotation[0] if rotation else None
    return rotation[(rotation.index(present) + 1) % len(rotation)]


def succession(meeting: Meeting) -> list[SeatId]:
    """Return the seats whose heads preside when the presiding officer is lost, first choice first."""
    chosen: list[SeatId] = []
    for step in meeting.profile.procedure.presiding_lost.succession:
        if step == "next_chair":
            proposed = meeting.next_chair or rotation_proposes(meeting)
            names = [str(proposed)] if proposed else []
        elif step == "ordering":
            names = [str(key) for key in electing(meeting)]
        else:
            names = [step]
        chosen += [SeatId(name) for name in names if name in meeting.seats and name not in chosen]
    return chosen


def electing(meeting: Meeting) -> list[SeatId]:
    """Return the seats of the members of the body that meets, in the organisation's order."""
    body = next(
        (each for each in meeting.profile.organisation.bodies if each.id == meeting.body), None
    )
    kind = body.members if body else "member"
    return [key for key, seat in meeting.seats.items() if seat.kind == kind]


def check_next_chair(meeting: Meeting, subject: a.NextChair) -> None:
    """The next chair must be a member, and a date given where it takes effect on one."""
    if subject.party not in {str(key) for key in electing(meeting)}:
        raise Refused(Reason.UNKNOWN_PARTY, RuleId("chairmanship"), party=subject.party)
    if meeting.profile.organisation.chairmanship is None:
        raise Refused(Reason.NO_TERM, RuleId("chairmanship"))
    if (subject.date is None) == (subject.takes_effect is TakesEffect.ON_DATE):
        raise Refused(
            Reason.DATE_MISSING, RuleId("chairmanship"), takes_effect=subject.takes_effect
        )
    if subject.date is not None and day_of(subject.date) is None:
        raise Refused(Reason.NO_SUCH_DATE, RuleId("chairmanship"), date=subject.date)
    require(
        meeting,
        meeting.next_chair is None,
        Reason.ALREADY_AGREED,
        "chairmanship",
        party=meeting.next_chair,
    )


def passed_on_closing(meeting: Meeting) -> list[AnyEvent]:
    """The chairmanship of the organisation passes when the sitting closes, where that was decided."""
    if meeting.next_chair is None or not meeting.chair_passes_on_closing:
        return []
    chairmanship = meeting.profile.organisation.chairmanship
    day = day_of(meeting.date)
    before = chair_on(chairmanship, day) if chairmanship and day else None
    return [e.ChairmanshipPassed(party=meeting.next_chair, before=before)]
