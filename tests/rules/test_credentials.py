"""Who is accredited, who heads a delegation, who sits where, and who presides."""

import pytest
from msgspec.structs import replace
from tests.rules.room import (
    CHAIR,
    SECRETARY,
    Room,
    convene,
    convened,
    head,
    instructed,
    not_convened,
    opened,
    package,
    sco,
    sitting,
    staff,
    text,
    un_ga,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Actor, Delivery, Finding, Role
from plenary.rules.credentials import MOST_GUESTS, MOST_LETTERS
from plenary.rules.names import Language, PersonId, SeatId, day_of
from plenary.rules.profile import within
from plenary.rules.refusals import Reason


def letter(seat: str, person: str, **given: object) -> a.ReceiveLetter:
    act = a.ReceiveLetter(
        seat=SeatId(seat), person=PersonId(person), names=text(person), role=Role.HEAD
    )
    return replace(act, **given)


def examine(seat: str, person: str, finding: Finding) -> a.ExamineLetter:
    return a.ExamineLetter(seat=SeatId(seat), person=PersonId(person), finding=finding)


def replace_head(seat: str, person: str) -> a.ReplaceHead:
    return a.ReplaceHead(seat=SeatId(seat), person=PersonId(person), ground="taken ill")


def install(seat: str) -> a.InstallActingChair:
    return a.InstallActingChair(seat=SeatId(seat), ground="the line to the chair was lost")


@pytest.fixture
def room() -> Room:
    room = not_convened(sco())
    room.do(SECRETARY, convene(sco()))
    return room


# ---- seats ---------------------------------------------------------------------------------------


def test_every_party_that_attends_has_a_seat_in_the_organisations_order(room: Room) -> None:
    assert room.members == ["IN", "KZ", "CN", "KG", "PK", "RU", "TJ", "UZ"]
    observers = [key for key, seat in room.meeting.seats.items() if seat.kind == "observer"]
    assert observers == ["AF", "BY", "IR", "MN"]
    assert "TR" not in room.meeting.seats, "dialogue partners do not attend"


def test_the_presiding_officer_and_the_chairs_state_are_two_seats(room: Room) -> None:
    assert room.meeting.presiding().id == "presiding"
    assert room.seat("RU").kind == "member"


def test_a_guest_is_invited_to_a_seat_nobody_has(room: Room) -> None:
    invite = a.InviteGuest(seat=SeatId("un"), titles=text("UN"), delivery=Delivery.RECORDED)
    assert room.one(e.GuestInvited, SECRETARY, invite).delivery is Delivery.RECORDED
    assert room.seat("un").kind == "guest"
    room.refuses(SECRETARY, invite, Reason.SEAT_EXISTS, "seats")


def test_there_is_an_end_to_guests(room: Room) -> None:
    for number in range(MOST_GUESTS):
        room.do(
            SECRETARY,
            a.InviteGuest(seat=SeatId(f"g{number}"), titles=text("guest"), delivery=Delivery.LIVE),
        )
    one_more = a.InviteGuest(seat=SeatId("late"), titles=text("guest"), delivery=Delivery.LIVE)
    room.refuses(SECRETARY, one_more, Reason.TOO_MANY, "seats")


# ---- letters -------------------------------------------------------------------------------------


def test_nobody_acts_before_the_letter_is_accepted(room: Room) -> None:
    room.do(SECRETARY, letter("KZ", "tokayev", office="president"))
    by = Actor(person=PersonId("tokayev"), seat=SeatId("KZ"))
    room.refuses(by, a.TakeSeat(screen="s"), Reason.NOT_ACCREDITED, "accreditation")
    room.do(SECRETARY, examine("KZ", "tokayev", Finding.ACCEPTED))
    room.do(by, a.TakeSeat(screen="s"))
    assert room.seat("KZ").head == "tokayev"


def test_a_provisional_letter_lets_act_and_a_contested_one_does_not(room: Room) -> None:
    room.accredit("KZ", "one", finding=Finding.PROVISIONAL)
    room.accredit("IN", "two", finding=Finding.CONTESTED)
    room.do(Actor(person=PersonId("one"), seat=SeatId("KZ")), a.SignalReady(ready=True))
    two = Actor(person=PersonId("two"), seat=SeatId("IN"))
    room.refuses(two, a.SignalReady(ready=True), Reason.NOT_ACCREDITED)


def test_a_contested_letter_makes_nobody_a_head_of_delegation(room: Room) -> None:
    room.accredit("IN", "contested", finding=Finding.CONTESTED)
    assert room.seat("IN").head is None
    room.accredit("IN", "accepted")
    assert room.seat("IN").head == "accepted"
    room.do(SECRETARY, examine("IN", "contested", Finding.ACCEPTED))
    assert room.seat("IN").head == "accepted", "a second head's letter replaces nobody"


def test_who_may_not_act_may_not_instruct() -> None:
    room = sitting(sco())
    room.do(SECRETARY, examine("KZ", "head-KZ", Finding.CONTESTED))
    point = a.RaisePointOfOrder(point="the order of speakers")
    assert room.refuses(head("KZ"), point, Reason.NOT_ACCREDITED).facts["person"] == "head-KZ"
    refused = room.refuses(instructed("KZ"), point, Reason.NOT_ACCREDITED, "accreditation")
    assert refused.facts["person"] == "head-KZ"


def test_nobody_examines_ones_own_letter(room: Room) -> None:
    own = examine("secretariat", "secretary", Finding.CONTESTED)
    room.refuses(SECRETARY, own, Reason.ONES_OWN_LETTER, "accreditation")


def test_what_an_examination_may_find_follows_what_was_found_before(room: Room) -> None:
    room.accredit("KZ", "one")
    room.refuses(SECRETARY, examine("KZ", "one", Finding.PROVISIONAL), Reason.ALREADY_FOUND)
    room.do(SECRETARY, examine("KZ", "one", Finding.CONTESTED))
    room.do(SECRETARY, examine("KZ", "one", Finding.PROVISIONAL))
    found = room.one(e.LetterExamined, SECRETARY, examine("KZ", "one", Finding.ACCEPTED))
    assert found.finding is Finding.ACCEPTED


def test_a_letter_is_for_a_seat_there_is_and_is_received_once(room: Room) -> None:
    room.refuses(SECRETARY, letter("XX", "one"), Reason.UNKNOWN_SEAT, "seats")
    room.do(SECRETARY, letter("KZ", "one"))
    room.refuses(SECRETARY, letter("KZ", "one"), Reason.LETTER_EXISTS)
    room.refuses(SECRETARY, examine("KZ", "two", Finding.ACCEPTED), Reason.NO_LETTER)


def test_there_is_an_end_to_letters(room: Room) -> None:
    for number in range(MOST_LETTERS):
        room.do(SECRETARY, letter("KZ", f"p{number}", role=Role.STAFF))
    room.refuses(SECRETARY, letter("KZ", "late"), Reason.TOO_MANY, "accreditation")


def test_a_head_bears_the_title_of_the_office(room: Room) -> None:
    received = room.one(e.LetterReceived, SECRETARY, letter("PK", "khan", office="prime-minister"))
    assert received.titles == text("Prime Minister") | {
        Language("ru"): "Премьер-министр",
        Language("zh-hans"): "总理",
    }
    own = room.one(e.LetterReceived, SECRETARY, letter("PK", "b", titles=text("Envoy")))
    assert own.titles == text("Envoy")


@pytest.mark.parametrize("seat", ["KZ", "presiding"])
def test_an_office_nobody_knows_is_refused(room: Room, seat: str) -> None:
    room.refuses(SECRETARY, letter(seat, "one", office="emperor"), Reason.OFFICE_UNKNOWN)


def test_a_prime_minister_is_no_president_on_the_day_of_the_meeting(room: Room) -> None:
    party = room.meeting.profile.party("BY")
    day = day_of(room.meeting.date)
    assert party is not None
    assert day is not None
    held = {
        office.id
        for office in party.offices
        for holder in office.holders
        if holder.names[Language("en")] == "Roman Golovchenko"
        and within(day, holder.since, holder.until)
    }
    assert held == {"prime-minister"}


# ---- heads ---------------------------------------------------------------------------------------


def test_a_head_is_replaced_the_same_day_by_a_deputy_who_then_stands_on_the_roll() -> None:
    room = opened(sco())
    replaced = room.one(e.HeadReplaced, SECRETARY, replace_head("KZ", "staff-KZ"))
    assert (replaced.before, replaced.person) == ("head-KZ", "staff-KZ")
    assert room.seat("KZ").screen is None, "the new head takes the place at a screen"
    roll = room.one(e.RollCalled, CHAIR, a.CallTheRoll())
    assert [line.person for line in roll.present if line.seat == "KZ"] == ["staff-KZ"]


def test_a_replaced_head_speaks_for_the_delegation_no_more() -> None:
    room = opened(sco())
    room.do(SECRETARY, replace_head("KZ", "staff-KZ"))
    leave = a.LeaveMeeting()
    room.refuses(head("KZ"), leave, Reason.NO_INSTRUCTION, "roles")
    room.do(staff("KZ"), leave)


def test_only_an_accredited_person_of_the_delegation_can_replace_its_head(room: Room) -> None:
    room.accredit("KZ", "one")
    room.refuses(SECRETARY, replace_head("KZ", "two"), Reason.NO_LETTER)
    room.receive("KZ", "two")
    room.refuses(SECRETARY, replace_head("KZ", "two"), Reason.NOT_ACCREDITED)
    room.refuses(SECRETARY, replace_head("KZ", "one"), Reason.ALREADY_HEAD)
    room.refuses(SECRETARY, replace_head("XX", "one"), Reason.UNKNOWN_SEAT)


# ---- taking and leaving a seat -------------------------------------------------------------------


def test_a_second_screen_must_ask_to_displace_the_first() -> None:
    room = convened(sco())
    other = a.TakeSeat(screen="tablet")
    refused = room.refuses(head("KZ"), other, Reason.SEAT_TAKEN, "seats")
    assert refused.facts == {"seat": "KZ", "screen": "screen-KZ"}
    taken = room.one(e.SeatTaken, head("KZ"), replace(other, displace=True))
    assert taken.displaced == "screen-KZ"


def test_a_screen_whose_line_is_lost_is_taken_over_without_asking() -> None:
    room = convened(sco())
    room.lose("KZ")
    assert room.one(e.SeatTaken, head("KZ"), a.TakeSeat(screen="tablet")).displaced is None


def test_who_left_under_protest_acts_no_more_until_he_returns() -> None:
    room = sitting(sco())
    room.do(staff("KZ"), a.AskForTheFloor())
    left = room.one(
        e.MeetingLeft, head("KZ"), a.LeaveMeeting(under_protest=True, statement="in protest")
    )
    assert left.under_protest
    assert room.meeting.floor.waiting == ()
    room.refuses(head("KZ"), a.AskForTheFloor(), Reason.HAS_LEFT, "seats")
    assert room.one(e.ReturnedToMeeting, head("KZ"), a.ReturnToMeeting()).seat == "KZ"
    room.do(head("KZ"), a.AskForTheFloor())
    room.refuses(head("KZ"), a.ReturnToMeeting(), Reason.NOT_AWAY)


# ---- who presides --------------------------------------------------------------------------------


def test_the_next_chair_presides_while_the_presiding_officer_is_lost() -> None:
    room = sitting(sco())
    room.lose("presiding")
    installed = room.one(e.ActingChairInstalled, SECRETARY, install("TJ"))
    assert (installed.seat, installed.person) == ("TJ", "head-TJ")
    acting = Actor(person=PersonId("head-TJ"), seat=SeatId("presiding"))
    room.do(acting, a.Suspend(ground="until the line is back"))
    room.refuses(CHAIR, a.Resume(), Reason.HEAD_ALONE, "roles")
    room.do(acting, a.Resume())


def test_the_presiding_officer_presides_again_once_there() -> None:
    room = sitting(sco())
    room.refuses(SECRETARY, a.RestoreChair(), Reason.NO_ACTING_CHAIR)
    room.lose("presiding")
    room.do(SECRETARY, install("TJ"))
    room.refuses(SECRETARY, a.RestoreChair(), Reason.NOT_PRESENT, "presiding")
    room.find("presiding")
    assert room.one(e.ChairRestored, SECRETARY, a.RestoreChair()).why == "presiding"
    room.do(CHAIR, a.Suspend(ground="lunch"))


def test_the_presiding_officer_takes_the_chair_back_in_person() -> None:
    room = sitting(sco())
    room.lose("presiding")
    room.do(SECRETARY, install("TJ"))
    room.find("presiding")
    room.one(e.ChairRestored, CHAIR, a.RestoreChair())
    room.do(CHAIR, a.Suspend(ground="lunch"))


def test_nobody_presides_in_place_of_a_presiding_officer_who_is_there() -> None:
    sitting(sco()).refuses(SECRETARY, install("TJ"), Reason.PRESIDING_OFFICER_HERE, "presiding")


def test_the_succession_passes_over_who_is_not_there_has_left_or_may_not_act() -> None:
    room = sitting(sco())
    room.lose("presiding", "TJ")
    refused = room.refuses(SECRETARY, install("TJ"), Reason.NOT_NEXT_IN_SUCCESSION)
    assert refused.facts["next"] == "IN"
    room.do(head("IN"), a.LeaveMeeting())
    room.do(SECRETARY, examine("KZ", "head-KZ", Finding.CONTESTED))
    room.refuses(SECRETARY, install("KZ"), Reason.NOT_NEXT_IN_SUCCESSION)
    room.do(SECRETARY, install("CN"))
    assert room.meeting.acting_chair == "CN"


def test_a_seat_without_a_head_provides_no_acting_chair(room: Room) -> None:
    room.refuses(SECRETARY, install("TJ"), Reason.NO_PRESIDING_OFFICER)
    room.accredit("KZ", "one")
    refused = room.refuses(SECRETARY, install("KZ"), Reason.NOT_NEXT_IN_SUCCESSION)
    assert refused.facts["next"] is None, "nobody is connected"


def test_an_acting_chair_whose_letter_is_contested_or_who_left_presides_no_more() -> None:
    room = sitting(sco())
    room.lose("presiding")
    room.do(SECRETARY, install("TJ"))
    acting = Actor(person=PersonId("head-TJ"), seat=SeatId("presiding"))
    suspend = a.Suspend(ground="lunch")
    room.do(SECRETARY, examine("TJ", "head-TJ", Finding.CONTESTED))
    room.refuses(acting, suspend, Reason.NOT_ACCREDITED)
    room.do(SECRETARY, examine("TJ", "head-TJ", Finding.ACCEPTED))
    room.do(head("TJ"), a.LeaveMeeting())
    room.refuses(acting, suspend, Reason.HAS_LEFT)


def test_an_acting_chair_still_objects_as_head_of_the_own_delegation() -> None:
    room = sitting(sco())
    room.listed("d1")
    window = room.put_texts("d1")
    room.lose("presiding")
    room.do(SECRETARY, install("TJ"))
    room.do(head("TJ"), a.Object(window=window))
    acting = Actor(person=PersonId("head-TJ"), seat=SeatId("presiding"))
    room.refuses(acting, a.DeclareAdopted(window=window), Reason.OBJECTION_STANDS)


def test_where_no_chairmanship_rotates_the_first_member_in_order_presides() -> None:
    room = opened(un_ga())
    room.lose("presiding")
    assert (
        room.refuses(SECRETARY, install("AL"), Reason.NOT_NEXT_IN_SUCCESSION).facts["next"] == "AF"
    )
    room.do(SECRETARY, install("AF"))


def test_a_profile_may_name_who_presides() -> None:
    profile = sco()
    lost = replace(profile.procedure.presiding_lost, succession=("CN", "next_chair", "XX"))
    named = replace(profile, procedure=replace(profile.procedure, presiding_lost=lost))
    room = sitting(named)
    room.lose("presiding")
    room.do(SECRETARY, install("CN"))


def test_observers_and_bodies_stand_on_the_roll_and_booths_do_not() -> None:
    room = opened(sco())
    room.find("booth-ru")
    room.do(
        SECRETARY,
        a.InviteGuest(seat=SeatId("un"), titles=text("UN"), delivery=Delivery.RECORDED),
    )
    room.find("un")
    room.lose("IR")
    room.do(head("MN"), a.LeaveMeeting())
    roll = room.one(e.RollCalled, SECRETARY, a.CallTheRoll())
    seats = [line.seat for line in roll.present]
    assert {"IN", "AF", "rats", "sco-secretariat", "un"} <= set(seats)
    assert not {"booth-ru", "presiding", "secretariat", "IR", "MN"} & set(seats)
    guest = next(line for line in roll.present if line.seat == "un")
    assert guest.person is None, "a video message has nobody at the seat"


def test_a_package_is_no_business_of_who_presides() -> None:
    room = sitting(sco())
    room.listed("d1")
    room.refuses(head("RU"), a.Put(subject=package("d1")), Reason.NOT_ENTITLED, "rights")
