"""Seats, letters, heads of delegation, and who presides.

Rule 1: accreditation to a seat, an office held, and full powers are three things; this is the first.
Rule 2: the presiding officer's seat is apart from that of the member which provides him or her.
"""

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Facts
from plenary.rules.chairmanship import succession
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import NEXT_FINDING, Letter, Meeting, Seat
from plenary.rules.names import PersonId, RuleId, SeatId, Text
from plenary.rules.order import may_act, require
from plenary.rules.refusals import Reason, Refused

MOST_LETTERS = 200
MOST_GUESTS = 100


def invite_guest(meeting: Meeting, act: a.InviteGuest) -> list[AnyEvent]:
    """A guest gets a seat under an identifier nobody has."""
    if act.seat in meeting.seats:
        raise Refused(Reason.SEAT_EXISTS, RuleId("seats"), seat=act.seat)
    guests = sum(
        seat.kind == meeting.profile.procedure.opening.guest_kind for seat in meeting.seats.values()
    )
    require(meeting, guests < MOST_GUESTS, Reason.TOO_MANY, "seats", most=MOST_GUESTS)
    return [e.GuestInvited(seat=act.seat, titles=act.titles, delivery=act.delivery)]


def receive_letter(meeting: Meeting, act: a.ReceiveLetter) -> list[AnyEvent]:
    """A letter names a person, a role, and for a head the office held on the day of the meeting."""
    seat = known_seat(meeting, act.seat)
    if act.person in seat.letters:
        raise Refused(
            Reason.LETTER_EXISTS, RuleId("accreditation"), seat=seat.id, person=act.person
        )
    require(
        meeting,
        len(seat.letters) < MOST_LETTERS,
        Reason.TOO_MANY,
        "accreditation",
        most=MOST_LETTERS,
    )
    titles = act.titles or _titles(meeting, seat, act.office)
    return [
        e.LetterReceived(
            seat=seat.id,
            person=act.person,
            names=act.names,
            role=act.role,
            titles=titles,
            office=act.office,
            signed_by=act.signed_by,
        )
    ]


def _titles(meeting: Meeting, seat: Seat, office: str | None) -> Text | None:
    if office is None:
        return None
    party = meeting.profile.party(seat.party) if seat.party else None
    found = next((each for each in party.offices if each.id == office), None) if party else None
    if found is None:
        raise Refused(Reason.OFFICE_UNKNOWN, RuleId("accreditation"), seat=seat.id, office=office)
    return found.names


def examine_letter(meeting: Meeting, by: a.Actor, act: a.ExamineLetter) -> list[AnyEvent]:
    """What an examination may find depends on what was found before; nobody examines his or her own."""
    if (by.seat, by.person) == (act.seat, act.person):
        raise Refused(Reason.ONES_OWN_LETTER, RuleId("accreditation"), person=by.person)
    seat = known_seat(meeting, act.seat)
    letter = _letter(seat, act.person)
    if act.finding not in NEXT_FINDING[letter.finding]:
        raise Refused(Reason.ALREADY_FOUND, RuleId("accreditation"), finding=letter.finding)
    return [e.LetterExamined(seat=seat.id, person=act.person, finding=act.finding, note=act.note)]


def replace_head(meeting: Meeting, act: a.ReplaceHead) -> list[AnyEvent]:
    """The new head must be accredited to the same seat by a letter that allows acting."""
    seat = known_seat(meeting, act.seat)
    if not may_act(meeting, _letter(seat, act.person)):
        raise Refused(
            Reason.NOT_ACCREDITED, RuleId("accreditation"), seat=seat.id, person=act.person
        )
    if seat.head == act.person:
        raise Refused(Reason.ALREADY_HEAD, RuleId("accreditation"), seat=seat.id, person=act.person)
    return [e.HeadReplaced(seat=seat.id, person=act.person, before=seat.head, ground=act.ground)]


def take_seat(
    meeting: Meeting, seat: Seat, act: a.TakeSeat, by: a.Actor, facts: Facts
) -> list[AnyEvent]:
    """One screen for each head's place: a newer one must ask to displace it while it is connected."""
    taken = (
        seat.screen is not None and seat.screen != act.screen and seat.id in (facts.connected or ())
    )
    if taken and not act.displace:
        raise Refused(Reason.SEAT_TAKEN, RuleId("seats"), seat=seat.id, screen=seat.screen)
    displaced = seat.screen if taken else None
    return [e.SeatTaken(seat=seat.id, person=by.person, screen=act.screen, displaced=displaced)]


def leave_meeting(seat: Seat, act: a.LeaveMeeting) -> list[AnyEvent]:
    """A delegation may leave at any time, and say that it leaves under protest."""
    return [e.MeetingLeft(seat=seat.id, under_protest=act.under_protest, statement=act.statement)]


def return_to_meeting(seat: Seat) -> list[AnyEvent]:
    """Only who left can come back."""
    if not seat.left:
        raise Refused(Reason.NOT_AWAY, RuleId("seats"), seat=seat.id)
    return [e.ReturnedToMeeting(seat=seat.id)]


def install_acting_chair(
    meeting: Meeting, act: a.InstallActingChair, facts: Facts
) -> list[AnyEvent]:
    """While the presiding officer's line is lost, the first in the succession who is there presides."""
    connected = facts.connected or ()
    presiding = meeting.presiding()
    require(
        meeting,
        presiding.id not in connected,
        Reason.PRESIDING_OFFICER_HERE,
        "presiding",
        seat=presiding.id,
    )
    seat = known_seat(meeting, act.seat)
    if seat.head is None:
        raise Refused(Reason.NO_PRESIDING_OFFICER, RuleId("presiding"), seat=seat.id)
    there = [key for key in succession(meeting) if key in connected and _can_preside(meeting, key)]
    require(
        meeting,
        there and there[0] == seat.id,
        Reason.NOT_NEXT_IN_SUCCESSION,
        "presiding",
        seat=seat.id,
        next=there[0] if there else None,
    )
    return [
        e.ActingChairInstalled(
            seat=seat.id, person=seat.head, ground=act.ground, why=RuleId("presiding")
        )
    ]


def _can_preside(meeting: Meeting, key: SeatId) -> bool:
    seat = meeting.seats[key]
    letter = seat.letters.get(seat.head) if seat.head else None
    return may_act(meeting, letter) and not seat.left


def restore_chair(meeting: Meeting, facts: Facts) -> list[AnyEvent]:
    """The presiding officer presides again once he or she is there."""
    if meeting.acting_chair is None:
        raise Refused(Reason.NO_ACTING_CHAIR, RuleId("presiding"))
    presiding = meeting.presiding()
    require(
        meeting,
        presiding.id in (facts.connected or ()),
        Reason.NOT_PRESENT,
        "presiding",
        seats=[presiding.id],
    )
    return [e.ChairRestored(why=RuleId("presiding"))]


def known_seat(meeting: Meeting, key: SeatId) -> Seat:
    """Return the seat of that identifier, or refuse."""
    seat = meeting.seats.get(key)
    if seat is None:
        raise Refused(Reason.UNKNOWN_SEAT, RuleId("seats"), seat=key)
    return seat


def _letter(seat: Seat, person: PersonId) -> Letter:
    letter = seat.letters.get(person)
    if letter is None:
        raise Refused(Reason.NO_LETTER, RuleId("accreditation"), seat=seat.id, person=person)
    return letter


def head_line(meeting: Meeting, seat: Seat) -> e.Present:
    """Return the line of the roll for *seat*."""
    head = meeting.head_of(seat)
    letter = meeting.letter_of(seat, head) if head else None
    if letter is None:
        return e.Present(seat=seat.id)
    return e.Present(seat=seat.id, person=head, names=letter.names, titles=letter.titles)
