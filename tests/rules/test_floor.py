"""The list of speakers, the floor, time, readiness, replies and points of order."""

import pytest
from msgspec.structs import replace
from tests.rules.room import (
    AIDE,
    CHAIR,
    SECRETARY,
    Room,
    head,
    instructed,
    sco,
    sha,
    sitting,
    staff,
    text,
    un_ga,
    with_procedure,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Delivery
from plenary.rules.evolve import evolve_all
from plenary.rules.floor import MOST_WAITING
from plenary.rules.names import ItemId, RuleId, SeatId
from plenary.rules.profile import Reply
from plenary.rules.refusals import Reason

ASK = a.AskForTheFloor()
SPEAKING_ORDER = ["RU", "IN", "KZ", "CN", "KG", "PK", "TJ", "UZ"]


def give(seat: str, seconds: int | None = None) -> a.GiveTheFloor:
    return a.GiveTheFloor(seat=SeatId(seat), seconds=seconds)


@pytest.fixture
def room() -> Room:
    return sitting(sco())


@pytest.fixture
def assembly() -> Room:
    return sitting(un_ga())


# ---- the list ------------------------------------------------------------------------------------


def test_a_seat_stands_on_the_list_once_and_leaves_it_at_will(room: Room) -> None:
    room.do(staff("KZ"), ASK)
    room.refuses(head("KZ"), ASK, Reason.ALREADY_LISTED, "speakers_list")
    assert room.one(e.RequestWithdrawn, staff("KZ"), a.WithdrawRequest()).seat == "KZ"
    room.refuses(staff("KZ"), a.WithdrawRequest(), Reason.NOT_LISTED)
    room.refuses(CHAIR, give("KZ"), Reason.NOT_LISTED, "speakers_list")


def test_the_chair_speaks_first_and_then_the_members_in_order(room: Room) -> None:
    for seat in room.members:
        room.do(staff(seat), ASK)
    order = a.ReorderList(order=tuple(map(SeatId, SPEAKING_ORDER)))
    assert room.one(e.ListReordered, AIDE, order).order == order.order
    assert [request.seat for request in room.meeting.floor.waiting] == SPEAKING_ORDER


def test_a_list_that_changed_meanwhile_is_not_reordered(room: Room) -> None:
    room.do(staff("KZ"), ASK)
    room.do(staff("IN"), ASK)
    order = a.ReorderList(order=(SeatId("IN"), SeatId("KZ")))
    room.do(staff("CN"), ASK)
    assert room.refuses(AIDE, order, Reason.LIST_CHANGED).facts == {"waiting": ["KZ", "IN", "CN"]}


def test_nobody_is_added_to_a_closed_list(room: Room) -> None:
    assert room.do(AIDE, a.CloseList()) == [e.ListClosed()]
    room.refuses(AIDE, a.CloseList(), Reason.LIST_CLOSED)
    room.refuses(staff("KZ"), ASK, Reason.LIST_CLOSED, "speakers_list")
    assert room.do(AIDE, a.ReopenList()) == [e.ListReopened()]
    room.refuses(AIDE, a.ReopenList(), Reason.LIST_OPEN)
    room.do(staff("KZ"), ASK)


def test_there_is_an_end_to_the_list(room: Room) -> None:
    crowd = [e.FloorRequested(seat=SeatId(f"s{n}")) for n in range(MOST_WAITING)]
    room.meeting = evolve_all(room.meeting, crowd)
    room.refuses(staff("KZ"), ASK, Reason.TOO_MANY, "speakers_list")


# ---- consent -------------------------------------------------------------------------------------


def test_an_observer_speaks_with_the_chairs_consent(room: Room) -> None:
    room.do(staff("AF"), ASK)
    room.refuses(CHAIR, give("AF"), Reason.CONSENT_NEEDED, "speaking")
    consent = a.ConsentToSpeak(seat=SeatId("AF"))
    assert room.one(e.ConsentGiven, AIDE, consent).seat == "AF"
    room.refuses(AIDE, consent, Reason.NO_CONSENT_NEEDED)
    assert room.one(e.FloorGiven, CHAIR, give("AF")).seconds == 600


def test_consent_is_given_to_who_asked_and_needs_it(room: Room) -> None:
    room.refuses(AIDE, a.ConsentToSpeak(seat=SeatId("AF")), Reason.NOT_LISTED)
    room.do(staff("KZ"), ASK)
    room.refuses(AIDE, a.ConsentToSpeak(seat=SeatId("KZ")), Reason.NO_CONSENT_NEEDED, "speaking")


def test_who_waits_beside_an_observer_is_not_consented_to(room: Room) -> None:
    room.do(staff("AF"), ASK)
    room.do(staff("BY"), ASK)
    room.do(AIDE, a.ConsentToSpeak(seat=SeatId("BY")))
    room.refuses(CHAIR, give("AF"), Reason.CONSENT_NEEDED)


def test_where_the_rule_on_speaking_is_waived_no_consent_is_needed(room: Room) -> None:
    room.agree(a.Waiver(rule=RuleId("speaking"), ground="observers speak freely today"))
    room.do(staff("AF"), ASK)
    room.do(CHAIR, give("AF"))


# ---- a recorded statement ------------------------------------------------------------------------


def test_a_recorded_statement_names_its_recording(room: Room) -> None:
    room.do(
        SECRETARY,
        a.InviteGuest(seat=SeatId("un"), titles=text("UN"), delivery=Delivery.RECORDED),
    )
    room.delegate("un")
    recorded = a.AskForTheFloor(delivery=Delivery.RECORDED)
    room.refuses(head("un"), recorded, Reason.NO_RECORDING, "speaking")
    room.refuses(head("un"), replace(ASK, recording=sha("v")), Reason.NO_RECORDING)
    asked = room.one(
        e.FloorRequested,
        head("un"),
        replace(recorded, recording=sha("video"), check_against_delivery=sha("text")),
    )
    assert asked.needs_consent
    room.do(AIDE, a.ConsentToSpeak(seat=SeatId("un")))
    given = room.one(e.FloorGiven, CHAIR, give("un"))
    assert (given.delivery, given.recording) == (Delivery.RECORDED, sha("video"))


# ---- the floor and time --------------------------------------------------------------------------


def test_one_speaks_at_a_time(room: Room) -> None:
    room.do(staff("KZ"), ASK)
    room.do(staff("IN"), ASK)
    room.do(AIDE, give("KZ"))
    assert room.refuses(AIDE, give("IN"), Reason.FLOOR_TAKEN).facts == {"speaking": "KZ"}
    room.later(30)
    yielded = room.one(e.FloorEnded, staff("KZ"), a.YieldTheFloor())
    assert (yielded.lasted, yielded.yielded) == (30_000, True)
    room.do(AIDE, give("IN"))
    room.refuses(staff("KZ"), a.YieldTheFloor(), Reason.NOT_SPEAKING, "speaking")


@pytest.mark.parametrize(
    "act",
    [a.UndoFloor(), a.ExtendTime(seconds=60), a.EndSpeech()],
    ids=lambda act: type(act).__name__,
)
def test_a_free_floor_is_neither_ended_extended_nor_taken_back(room: Room, act: a.AnyAct) -> None:
    room.refuses(AIDE, act, Reason.FLOOR_FREE, "speaking")


def test_a_limit_is_the_profiles_unless_the_chair_says_otherwise(room: Room) -> None:
    room.do(staff("KZ"), ASK)
    assert room.one(e.FloorGiven, AIDE, give("KZ", 120)).seconds == 120
    room.do(AIDE, a.EndSpeech())
    assert room.speak("IN").seconds == 600


def test_a_limit_never_ends_a_speech(room: Room) -> None:
    room.do(staff("KZ"), ASK)
    room.do(AIDE, give("KZ"))
    room.later(2000)
    assert room.meeting.floor.speaking is not None
    extended = room.one(e.TimeExtended, AIDE, a.ExtendTime(seconds=60))
    assert (extended.seat, room.meeting.floor.speaking.seconds) == ("KZ", 660)


def test_more_time_sets_no_limit_where_there_was_none(assembly: Room) -> None:
    assembly.do(staff("AF"), ASK)
    assert assembly.one(e.FloorGiven, AIDE, give("AF")).seconds is None
    assembly.do(AIDE, a.ExtendTime(seconds=60))
    speech = assembly.meeting.floor.speaking
    assert speech is not None
    assert speech.seconds is None


def test_a_floor_given_by_mistake_is_taken_back_within_seconds(room: Room) -> None:
    room.do(staff("KZ"), ASK)
    room.do(staff("IN"), ASK)
    room.do(AIDE, give("IN"))
    room.later(5)
    assert room.one(e.FloorTakenBack, AIDE, a.UndoFloor()).seat == "IN"
    assert [request.seat for request in room.meeting.floor.waiting] == ["IN", "KZ"]
    room.do(AIDE, give("KZ"))
    room.later(5.001)
    assert room.refuses(AIDE, a.UndoFloor(), Reason.TOO_LATE, "speaking").facts == {"seconds": 5}


def test_no_speech_begins_while_votes_are_cast(assembly: Room) -> None:
    assembly.table("d1", head("AF"))
    assembly.do(staff("AL"), ASK)
    assembly.put_texts("d1", decision="simple_majority")
    assembly.refuses(AIDE, give("AL"), Reason.VOTING_HAS_BEGUN, "decisions")


def test_seats_booths_and_the_operator_say_when_they_are_ready(room: Room) -> None:
    room.delegate("booth-ru")
    room.do(staff("booth-ru"), a.SignalReady(ready=True))
    assert room.seat("booth-ru").ready
    assert not room.one(e.ReadySignalled, staff("booth-ru"), a.SignalReady(ready=False)).ready
    assert not room.seat("booth-ru").ready


# ---- replies -------------------------------------------------------------------------------------


def reply(to: str) -> a.AskForReply:
    return a.AskForReply(to=SeatId(to))


def test_two_replies_first_of_ten_minutes_then_of_five(assembly: Room) -> None:
    assembly.do(CHAIR, a.TakeUpItem(item=ItemId("1")))
    assembly.speak("AF")
    assembly.do(CHAIR, a.CloseList())
    limits = []
    for _ in range(2):
        assembly.do(instructed("AL"), reply("AF"))
        given = assembly.one(e.FloorGiven, AIDE, give("AL"))
        assert (given.reply_to, given.why) == ("AF", "reply")
        limits.append(given.seconds)
        assembly.do(staff("AL"), a.YieldTheFloor())
    assert limits == [600, 300]
    refused = assembly.refuses(instructed("AL"), reply("AF"), Reason.REPLIES_USED, "reply")
    assert refused.facts == {"used": 2, "most": 2}


def test_where_the_rule_on_replies_is_waived_the_last_length_stays(assembly: Room) -> None:
    assembly.agree(a.Waiver(rule=RuleId("reply"), ground="a full debate is wished for"))
    assembly.do(CHAIR, a.TakeUpItem(item=ItemId("1")))
    assembly.speak("AF")
    for _ in range(2):
        assembly.do(instructed("AL"), reply("AF"))
        assembly.do(AIDE, give("AL"))
        assembly.do(AIDE, a.EndSpeech())
    assembly.do(instructed("AL"), reply("AF"))
    assert assembly.one(e.FloorGiven, AIDE, give("AL")).seconds == 300


def test_a_reply_is_to_a_seat_that_spoke_under_this_item(assembly: Room) -> None:
    assembly.do(CHAIR, a.TakeUpItem(item=ItemId("1")))
    assembly.refuses(instructed("AL"), reply("AF"), Reason.HAS_NOT_SPOKEN, "reply")
    assembly.speak("AF")
    assembly.do(CHAIR, a.ConcludeItem())
    assembly.do(CHAIR, a.TakeUpItem(item=ItemId("2")))
    assembly.refuses(instructed("AL"), reply("AF"), Reason.HAS_NOT_SPOKEN)


def test_who_already_waits_waits_once_also_for_a_reply(assembly: Room) -> None:
    assembly.speak("AF")
    assembly.do(staff("AL"), ASK)
    assembly.refuses(instructed("AL"), reply("AF"), Reason.ALREADY_LISTED)


def test_where_the_profile_has_no_right_of_reply_there_is_none() -> None:
    room = sitting(with_procedure(sco(), lambda p: replace(p, reply=None)))
    room.refuses(instructed("KZ"), reply("IN"), Reason.NO_SUCH_RIGHT, "reply")
    never = Reply(per_item=0, seconds=(180,))
    none = sitting(with_procedure(sco(), lambda p: replace(p, reply=never)))
    none.refuses(instructed("KZ"), reply("IN"), Reason.NO_SUCH_RIGHT)


# ---- points of order -----------------------------------------------------------------------------

POINT = a.RaisePointOfOrder(point="the order of speakers")


def test_a_point_of_order_is_raised_on_a_closed_list_and_over_a_speaker(room: Room) -> None:
    room.do(staff("IN"), ASK)
    room.do(AIDE, a.CloseList())
    room.do(AIDE, give("IN"))
    assert room.one(e.PointOfOrderRaised, instructed("KZ"), POINT).seat == "KZ"


def test_what_interrupts_a_speech_does_not_count_as_its_time(room: Room) -> None:
    room.do(head("KZ"), a.AskForTheFloor())
    room.do(CHAIR, give("KZ"))
    room.later(60)
    room.do(head("IN"), a.RaisePointOfOrder(point="The list was closed"))
    speech = room.meeting.floor.speaking
    assert speech is not None
    assert speech.lasted(room.now + 5_000) == 60_000, "the clock stands"
    room.later(30)
    room.do(CHAIR, a.Suspend(ground="The legal adviser is asked"))
    room.later(100)
    room.do(CHAIR, a.Resume())
    room.later(10)
    room.do(CHAIR, a.Rule(rule=RuleId("speaking"), ruling="It was not", upheld=False))
    room.later(5)
    room.do(CHAIR, a.Suspend(ground="A line is lost"))
    room.later(100)
    room.do(CHAIR, a.Resume())
    room.later(7)
    ended = room.one(e.FloorEnded, head("KZ"), a.YieldTheFloor())
    assert ended.lasted == (60 + 5 + 7) * 1000


def test_who_speaks_next_is_not_charged_with_an_interruption_before(room: Room) -> None:
    room.do(head("IN"), a.RaisePointOfOrder(point="The list was closed"))
    room.later(30)
    room.do(CHAIR, a.Rule(rule=RuleId("speaking"), ruling="It was not", upheld=False))
    room.do(head("KZ"), a.AskForTheFloor())
    room.do(CHAIR, give("KZ"))
    room.later(8)
    assert room.one(e.FloorEnded, CHAIR, a.EndSpeech()).lasted == 8_000


def test_a_point_of_order_interrupts_a_vote(assembly: Room) -> None:
    assembly.table("d1", head("AF"))
    assembly.put_texts("d1", decision="simple_majority")
    assembly.vote(yes="AF AL DZ AD AO AG")
    assembly.do(instructed("AL"), POINT)
    declare = a.DeclareResult(window=assembly.window.id)
    assembly.refuses(CHAIR, declare, Reason.POINT_OF_ORDER_PENDING, "points_of_order")
    assembly.do(CHAIR, a.Rule(upheld=False, rule=RuleId("decisions"), ruling="the vote goes on"))
    assert assembly.result().carried


def test_one_point_of_order_at_a_time(room: Room) -> None:
    room.do(instructed("KZ"), POINT)
    refused = room.refuses(instructed("IN"), POINT, Reason.POINT_OF_ORDER_PENDING)
    assert refused.facts == {"seat": "KZ"}
