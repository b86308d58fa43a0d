"""Motions: which there are, which goes first, who may speak, and what each does."""

import pytest
from tests.rules.room import (
    CHAIR,
    Room,
    agenda,
    head,
    instructed,
    opened,
    sco,
    sitting,
    staff,
    un_ga,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.events import AnyEvent
from plenary.rules.evolve import evolve
from plenary.rules.meeting import DocumentStage, Stage
from plenary.rules.motions import effects, known_motion
from plenary.rules.names import DocumentId, ItemId, MotionId, SeatId
from plenary.rules.refusals import Reason


def move(kind: str, motion: str = "m1", **about: object) -> a.Move:
    return a.Move(motion=MotionId(motion), kind=kind, **about)  # type: ignore[arg-type]


def on(motion: str = "m1") -> a.MotionSubject:
    return a.MotionSubject(motion=MotionId(motion))


def speak(motion: str = "m1", *, against: bool = False) -> a.SpeakOnMotion:
    return a.SpeakOnMotion(motion=MotionId(motion), against=against)


@pytest.fixture
def room() -> Room:
    """The Assembly at item 1, with the draft d1 of AF under it."""
    room = opened(un_ga())
    room.table("d1", head("AF"))
    room.agree(agenda("1", "2", **{"1": ("d1",)}))
    room.do(CHAIR, a.TakeUpItem(item=ItemId("1")))
    return room


def carry(room: Room, motion: a.Move) -> list[AnyEvent]:
    """Move, put and carry *motion*; return what follows after the result."""
    room.do(instructed("AL"), motion)
    room.put(a.MotionSubject(motion=motion.motion))
    room.vote(yes="AF AL DZ AD AO AG")
    return room.do(CHAIR, a.DeclareResult(window=room.window.id))[1:]


# ---- precedence ----------------------------------------------------------------------------------


def test_the_motion_of_the_lowest_rank_is_put_first(room: Room) -> None:
    room.do(instructed("AL"), move("close_debate", "m1"))
    room.do(instructed("DZ"), move("adjourn_debate", "m2"))
    room.do(instructed("AD"), move("suspend", "m3"))
    for lower, first in (("m1", "m3"), ("m2", "m3")):
        refused = room.refuses(CHAIR, a.Put(subject=on(lower)), Reason.PRECEDENCE)
        assert refused.facts == {"motion": lower, "first": first}
    room.do(instructed("AD"), a.WithdrawMotion(motion=MotionId("m3")))
    room.refuses(CHAIR, a.Put(subject=on("m1")), Reason.PRECEDENCE)
    room.put(on("m2"))


def test_motions_go_before_all_other_proposals(room: Room) -> None:
    room.do(instructed("AL"), move("close_list"))
    refused = room.refuses(
        CHAIR, a.Put(subject=a.Texts(documents=(DocumentId("d1"),))), Reason.PRECEDENCE, "motions"
    )
    assert refused.facts == {"first": "m1"}


def test_the_same_motion_is_not_moved_twice_at_once(room: Room) -> None:
    room.do(instructed("AL"), move("close_list", "m1"))
    room.refuses(instructed("DZ"), move("close_list", "m2"), Reason.MOTION_EXISTS)
    room.refuses(instructed("DZ"), move("suspend", "m1"), Reason.MOTION_EXISTS, "suspension")


def test_a_consensus_body_has_few_motions() -> None:
    room = sitting(sco())
    refused = room.refuses(instructed("KZ"), move("reconsider"), Reason.NO_SUCH_MOTION, "motions")
    assert refused.facts == {"kind": "reconsider"}


def test_nothing_is_moved_once_voting_has_begun(room: Room) -> None:
    room.put(a.Texts(documents=(DocumentId("d1"),)), decision="simple_majority")
    room.refuses(instructed("AL"), move("suspend"), Reason.VOTING_HAS_BEGUN, "suspension")


# ---- moving, withdrawing, speaking ---------------------------------------------------------------


def test_a_motion_belongs_to_its_mover_until_it_is_put(room: Room) -> None:
    withdraw = a.WithdrawMotion(motion=MotionId("m1"))
    room.refuses(instructed("AL"), withdraw, Reason.NO_SUCH_MOTION)
    moved = room.one(e.MotionMoved, instructed("AL"), move("suspend"))
    assert (moved.seat, moved.kind) == ("AL", "suspend")
    refused = room.refuses(instructed("DZ"), withdraw, Reason.NOT_THE_MOVER, "motions")
    assert refused.facts == {"mover": "AL"}
    room.put(on())
    room.refuses(instructed("AL"), withdraw, Reason.VOTING_HAS_BEGUN)
    room.do(CHAIR, a.SetAside(window=room.window.id))
    room.do(instructed("AL"), move("suspend"))
    assert room.one(e.MotionWithdrawn, instructed("AL"), withdraw).motion == "m1"


def test_a_motion_waiting_behind_another_can_be_withdrawn_while_that_is_put(room: Room) -> None:
    room.do(instructed("AL"), move("close_list", "m1"))
    room.do(instructed("DZ"), move("suspend", "m2"))
    room.put(on("m2"))
    room.do(instructed("AL"), a.WithdrawMotion(motion=MotionId("m1")))


def test_two_speak_for_and_two_against_adjourning_the_debate(room: Room) -> None:
    room.do(instructed("AL"), move("close_list", "other"))
    room.do(instructed("AL"), move("adjourn_debate"))
    for seat in ("DZ", "AD"):
        room.do(instructed(seat), speak())
    room.refuses(instructed("AO"), speak(), Reason.SPEAKERS_USED, "adjournment_of_debate")
    for seat in ("AO", "AG"):
        assert room.one(e.SpokenOnMotion, instructed(seat), speak(against=True)).against
    refused = room.refuses(instructed("AR"), speak(against=True), Reason.SPEAKERS_USED)
    assert refused.facts == {"used": 2, "most": 2}


def test_nobody_speaks_for_closing_the_debate_nor_on_suspending_the_meeting(room: Room) -> None:
    room.do(instructed("AL"), move("close_debate", "m1"))
    room.do(instructed("AL"), move("suspend", "m2"))
    room.refuses(instructed("DZ"), speak("m1"), Reason.SPEAKERS_USED, "closure_of_debate")
    room.do(instructed("DZ"), speak("m1", against=True))
    room.refuses(instructed("DZ"), speak("m2", against=True), Reason.SPEAKERS_USED, "suspension")


def test_a_motion_that_is_put_is_not_spoken_on(room: Room) -> None:
    room.do(instructed("AL"), move("limit_speeches", seconds=180))
    room.put(on())
    room.refuses(instructed("DZ"), speak(), Reason.VOTING_HAS_BEGUN, "limits")


@pytest.mark.parametrize(
    "motion",
    [
        move("adjourn_debate"),
        move("close_debate"),
        move("limit_speeches"),
        move("no_competence"),
        move("no_competence", document=DocumentId("d9")),
        move("reconsider"),
        move("reconsider", document=DocumentId("d1")),
    ],
    ids=lambda motion: f"{motion.kind}-{motion.document}",
)
def test_a_motion_needs_what_it_is_about(motion: a.Move) -> None:
    room = sitting(un_ga())
    room.table("d1", head("AF"))
    room.refuses(instructed("AL"), motion, Reason.NOTHING_TO_MOVE_ON)


# ---- what a carried motion does ------------------------------------------------------------------


def test_a_lost_motion_does_nothing(room: Room) -> None:
    room.do(instructed("AL"), move("suspend"))
    room.put(on())
    room.vote(yes="AF AL DZ", no="AD AO AG")
    decided = room.one(e.MotionDecided, CHAIR, a.DeclareResult(window=room.window.id))
    assert not decided.carried
    assert room.meeting.stage is Stage.OPEN
    assert room.meeting.motions == ()


def test_the_meeting_is_suspended_on_a_motion(room: Room) -> None:
    decided, suspended = carry(room, move("suspend"))
    assert isinstance(decided, e.MotionDecided)
    assert isinstance(suspended, e.MeetingSuspended)
    assert room.meeting.stage is Stage.SUSPENDED
    room.later(60)
    assert room.one(e.MeetingResumed, CHAIR, a.Resume()).after == 60_000


def test_once_adjourned_the_meeting_can_only_be_closed(room: Room) -> None:
    room.do(staff("DZ"), a.AskForTheFloor())
    _, adjourned = carry(room, move("adjourn_meeting"))
    assert adjourned == e.MeetingAdjourned(motion=MotionId("m1"))
    for act in (
        a.GiveTheFloor(seat=SeatId("DZ")),
        a.Put(subject=a.Texts(documents=(DocumentId("d1"),))),
        a.TakeUpItem(item=ItemId("2")),
    ):
        room.refuses(CHAIR, act, Reason.MEETING_ADJOURNED, "motions")
    room.refuses(instructed("AL"), move("suspend"), Reason.MEETING_ADJOURNED)
    room.do(CHAIR, a.CloseMeeting())


def test_when_the_debate_is_adjourned_no_action_is_taken_on_the_items_documents(room: Room) -> None:
    _, adjourned = carry(room, move("adjourn_debate"))
    assert adjourned == e.DebateAdjourned(item=ItemId("1"))
    put = a.Put(subject=a.Texts(documents=(DocumentId("d1"),)))
    room.refuses(CHAIR, put, Reason.DEBATE_ADJOURNED, "motions")


def test_when_the_debate_is_closed_nobody_is_left_on_the_list(room: Room) -> None:
    room.do(staff("DZ"), a.AskForTheFloor())
    _, closed = carry(room, move("close_debate"))
    assert closed == e.DebateClosed(item=ItemId("1"))
    assert room.meeting.floor.waiting == ()
    room.refuses(staff("DZ"), a.AskForTheFloor(), Reason.LIST_CLOSED)


@pytest.mark.parametrize("kind", ["adjourn_debate", "close_debate"])
def test_a_debate_that_ended_meanwhile_is_not_ended_again(room: Room, kind: str) -> None:
    room.do(instructed("AL"), move(kind))
    room.do(CHAIR, a.ConcludeItem())
    room.put(on())
    room.vote(yes="AF AL DZ AD AO AG")
    followed = room.do(CHAIR, a.DeclareResult(window=room.window.id))[1:]
    assert [type(each) for each in followed] == [e.MotionDecided]


def test_the_list_is_closed_on_a_motion_and_not_twice(room: Room) -> None:
    assert carry(room, move("close_list"))[1:] == [e.ListClosed()]
    assert carry(room, move("close_list"))[1:] == []


def test_speeches_are_limited_to_the_shortest_time_that_applies(room: Room) -> None:
    _, limited = carry(room, move("limit_speeches", seconds=180))
    assert limited == e.SpeechesLimited(seconds=180)
    assert room.speak("DZ").seconds == 180
    room.do(CHAIR, a.ConcludeItem())
    room.do(CHAIR, a.TakeUpItem(item=ItemId("2")))
    assert room.speak("DZ").seconds is None, "the limit was for the item"


def test_what_the_assembly_is_not_competent_for_is_rejected(room: Room) -> None:
    _, denied = carry(room, move("no_competence", document=DocumentId("d1")))
    assert denied == e.CompetenceDenied(document=DocumentId("d1"))
    assert room.document("d1").stage is DocumentStage.REJECTED


def test_two_thirds_bring_a_decided_text_back_on_the_table(room: Room) -> None:
    room.agree(a.Texts(documents=(DocumentId("d1"),)))
    first = room.document("d1").symbols
    reconsider = move("reconsider", document=DocumentId("d1"))
    room.do(instructed("AL"), reconsider)
    room.put(on())
    room.vote(yes="AF AL DZ AD AO", no="AG AR AM")
    assert not room.result().carried, "five of eight are no two thirds"
    _, again = carry(room, reconsider)
    assert again == e.Reconsidered(document=DocumentId("d1"))
    assert room.document("d1").stage is DocumentStage.TABLED
    room.agree(a.Texts(documents=(DocumentId("d1"),)))
    assert room.document("d1").symbols != first, "a number once given is not given again"


def test_a_reconsidered_text_has_its_two_votes_again(room: Room) -> None:
    for _ in range(2):
        room.put(a.Texts(documents=(DocumentId("d1"),)), decision="simple_majority")
        room.vote(yes="AF AL DZ", no="AD AO AG")
        room.result()
    assert room.document("d1").stage is DocumentStage.REJECTED
    carry(room, move("reconsider", document=DocumentId("d1")))
    room.put(a.Texts(documents=(DocumentId("d1"),)), decision="simple_majority")
    room.vote(yes="AF AL DZ", no="AD AO AG")
    assert room.result().tied


# ---- in a body that decides by consensus ---------------------------------------------------------


def test_a_motion_is_agreed_when_nobody_objects() -> None:
    room = sitting(sco())
    room.do(instructed("KZ"), move("suspend"))
    decided = room.agree(on())[1]
    assert decided == e.MotionDecided(
        motion=MotionId("m1"), carried=True, why=sco().procedure.decisions["consensus"].rule
    )
    assert room.meeting.stage is Stage.SUSPENDED


def test_one_objection_and_a_motion_is_not_carried() -> None:
    room = sitting(sco())
    room.do(instructed("KZ"), move("adjourn"))
    window = room.put(on())
    room.do(instructed("IN"), a.Object(window=window))
    room.refuses_to_declare(Reason.OBJECTION_STANDS)
    assert not room.one(e.MotionDecided, CHAIR, a.SetAside(window=window)).carried


def test_an_effect_that_lost_what_it_is_about_does_nothing() -> None:
    """A motion whose document or time a reader does not know is carried, and that is all."""
    room = sitting(un_ga())
    for kind in ("limit_speeches", "no_competence", "reconsider"):
        moved = e.MotionMoved(motion=MotionId(kind), kind=kind, seat=SeatId("AF"))
        meeting = evolve(room.meeting, moved)
        facts = a.Facts(at=room.now)
        assert effects(meeting, known_motion(meeting, MotionId(kind)), facts) == []
