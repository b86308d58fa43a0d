"""Who chairs the organisation, and who is next."""

import datetime

import pytest
from msgspec.structs import replace
from tests.rules.room import (
    CHAIR,
    SECRETARY,
    Room,
    head,
    not_convened,
    sco,
    sitting,
    un_ga,
    with_matter,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import TakesEffect
from plenary.rules.chairmanship import chair_on, electing, passed_on_closing, rotation_proposes
from plenary.rules.evolve import evolve
from plenary.rules.names import PartyId
from plenary.rules.profile import Chairmanship, Profile, Term
from plenary.rules.refusals import Reason


def next_chair(party: str = "TJ", **when: object) -> a.NextChair:
    subject = a.NextChair(party=PartyId(party), takes_effect=TakesEffect.ON_CLOSING)
    return replace(subject, **when)


def with_chairmanship(profile: Profile, chairmanship: Chairmanship | None) -> Profile:
    return replace(profile, organisation=replace(profile.organisation, chairmanship=chairmanship))


@pytest.fixture
def room() -> Room:
    return sitting(sco())


def refuses(room: Room, subject: a.NextChair, reason: Reason) -> None:
    room.refuses(CHAIR, a.Put(subject=subject), reason, "chairmanship")


# ---- the rotation --------------------------------------------------------------------------------


def test_the_rotation_proposes_tajikistan_after_russia(room: Room) -> None:
    assert rotation_proposes(room.meeting) == "TJ"
    put = room.one(e.QuestionPut, CHAIR, a.Put(subject=next_chair()))
    assert put.rotation == "TJ"


def test_a_turn_passed_over_does_not_move_the_order() -> None:
    chairmanship = sco().organisation.chairmanship
    assert chairmanship is not None
    assert chair_on(chairmanship, datetime.date(2019, 6, 14)) == "RU", "Pakistan was passed over"
    assert chair_on(chairmanship, datetime.date(2019, 6, 13)) == "KG"
    assert chair_on(chairmanship, datetime.date(1999, 1, 1)) is None
    assert [skip.party for skip in chairmanship.skips] == ["PK"]


def test_after_the_last_comes_the_first_and_who_is_no_member_is_passed_over() -> None:
    begins = datetime.date(2020, 1, 1)

    def proposed(chair: str, *rotation: str) -> PartyId | None:
        terms = (Term(party=PartyId(chair), since=begins),)
        turns = tuple(map(PartyId, rotation))
        profile = with_chairmanship(sco(), Chairmanship(terms=terms, rotation=turns))
        return rotation_proposes(sitting(profile).meeting)

    assert proposed("UZ", "IN", "RU", "UZ") == "IN"
    assert proposed("RU", "IN", "RU", "TR", "UZ") == "UZ", "partners have no seat"
    assert proposed("CN", "IN", "RU") == "IN", "the present chair is not in the rotation"
    assert proposed("CN") is None


def test_without_a_day_or_a_chairmanship_nothing_is_proposed() -> None:
    assert rotation_proposes(not_convened(sco()).meeting) is None
    assert rotation_proposes(sitting(un_ga()).meeting) is None


# ---- the decision --------------------------------------------------------------------------------


def test_the_meeting_decides_and_it_takes_effect_when_the_sitting_closes(room: Room) -> None:
    decided = room.agree(next_chair())[-1]
    assert isinstance(decided, e.ChairmanshipDecided)
    room.do(CHAIR, a.OpenSegment(format="narrow"))
    passed, closed = room.do(CHAIR, a.CloseMeeting())
    assert passed == e.ChairmanshipPassed(party=PartyId("TJ"), before=PartyId("RU"))
    assert isinstance(closed, e.MeetingClosed)


def test_a_chairmanship_that_passes_on_a_date_does_not_pass_on_closing(room: Room) -> None:
    later = next_chair(takes_effect=TakesEffect.ON_DATE, date="2021-01-01")
    room.agree(later)
    assert len(room.do(CHAIR, a.CloseMeeting())) == 1


def test_the_meeting_may_decide_otherwise_than_the_rotation_proposes(room: Room) -> None:
    room.agree(next_chair("UZ"))
    assert room.meeting.next_chair == "UZ"
    refuses(room, next_chair("TJ"), Reason.ALREADY_AGREED)


def test_the_next_chair_presides_if_the_presiding_officer_is_lost(room: Room) -> None:
    room.agree(next_chair("UZ"))
    room.lose("presiding")
    install = a.InstallActingChair(seat=room.seat("UZ").id, ground="line lost")
    assert room.one(e.ActingChairInstalled, SECRETARY, install).seat == "UZ"


@pytest.mark.parametrize("party", ["AF", "XX", "presiding"])
def test_only_a_member_chairs(room: Room, party: str) -> None:
    refuses(room, next_chair(party), Reason.UNKNOWN_PARTY)


def test_a_date_is_given_exactly_where_one_is_needed_and_is_a_day(room: Room) -> None:
    refuses(room, next_chair(date="2021-01-01"), Reason.DATE_MISSING)
    refuses(room, next_chair(takes_effect=TakesEffect.ON_DATE), Reason.DATE_MISSING)
    no_day = next_chair(takes_effect=TakesEffect.ON_DATE, date="2021-02-30")
    refuses(room, no_day, Reason.NO_SUCH_DATE)


def test_where_no_chairmanship_goes_round_none_is_decided() -> None:
    refuses(sitting(un_ga()), next_chair("AF"), Reason.NO_TERM)


def test_one_member_can_keep_the_next_chair_open(room: Room) -> None:
    window = room.put(next_chair())
    room.all_acknowledge()
    room.do(head("UZ"), a.Object(window=window))
    room.refuses_to_declare(Reason.OBJECTION_STANDS, "consensus")
    room.do(CHAIR, a.SetAside(window=window))
    assert len(room.do(CHAIR, a.CloseMeeting())) == 1


def test_where_the_profile_says_so_the_chair_is_voted_on() -> None:
    terms = (Term(party=PartyId("AF"), since=datetime.date(2020, 1, 1)),)
    chairmanship = Chairmanship(terms=terms, rotation=(PartyId("AF"), PartyId("AL")))
    profile = with_chairmanship(with_matter(un_ga(), "chairmanship", "two_thirds"), chairmanship)
    room = sitting(profile)
    room.put(next_chair("AL"))
    room.vote(yes="AF AL DZ AD AO AG")
    assert room.result().carried
    assert room.meeting.next_chair == "AL"


def test_what_passes_is_told_also_where_nobody_chaired_before() -> None:
    decided = e.ChairmanshipDecided(party=PartyId("TJ"), takes_effect=TakesEffect.ON_CLOSING)
    meeting = evolve(not_convened(sco()).meeting, decided)
    assert passed_on_closing(meeting) == [e.ChairmanshipPassed(party=PartyId("TJ"))]


def test_a_body_nobody_knows_is_taken_to_be_the_members() -> None:
    room = sitting(sco())
    assert electing(replace(room.meeting, body="senate")) == room.members
