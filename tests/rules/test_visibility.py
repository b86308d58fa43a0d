"""Who may read what."""

import pytest
from tests.rules.room import CHAIR, SECRETARY, Room, head, sco, sitting, staff, un_ga

from plenary.rules import acts as a
from plenary.rules.acts import Actor, Scope
from plenary.rules.names import DocumentId, RuleId, SeatId
from plenary.rules.visibility import (
    MEMBERS,
    PARTICIPANTS,
    PUBLIC,
    SECRETARIAT,
    is_confidential,
    sees_everything,
    visibility,
)


@pytest.fixture
def room() -> Room:
    room = sitting(sco())
    room.listed("d1", "d2")
    return room


def late(done: a.AnyAct, by: Actor) -> a.EnterLate:
    return a.EnterLate(done=done, done_by=by, done_at=0, ground="said in the hall")


def test_the_course_of_an_open_segment_is_public(room: Room) -> None:
    assert visibility(room.meeting, CHAIR, a.GiveTheFloor(seat=SeatId("KZ"))) == PUBLIC
    assert visibility(room.meeting, staff("KZ"), a.AskForTheFloor()) == PARTICIPANTS


def test_in_a_closed_segment_nothing_is_public_but_that_it_begins_and_ends(room: Room) -> None:
    closing = a.OpenSegment(format="narrow", closed=True)
    assert visibility(room.meeting, CHAIR, closing) == PUBLIC
    room.do(CHAIR, closing)
    assert visibility(room.meeting, CHAIR, a.GiveTheFloor(seat=SeatId("KZ"))) == MEMBERS
    assert visibility(room.meeting, CHAIR, a.Put(subject=a.Texts(documents=()))) == MEMBERS
    for act in (
        a.OpenSegment(format="extended"),
        a.Suspend(ground="g"),
        a.Resume(),
        a.CloseMeeting(),
    ):
        assert visibility(room.meeting, CHAIR, act) == PUBLIC


def test_what_was_done_in_a_closed_segment_is_not_public_when_it_is_entered_later(
    room: Room,
) -> None:
    before = room.now
    room.later(60)
    room.do(CHAIR, a.OpenSegment(format="narrow", closed=True))
    within = room.now
    room.later(60)
    room.do(CHAIR, a.OpenSegment(format="extended"))
    leaves = a.LeaveMeeting(statement="Said behind closed doors")

    def level(at: int, done: a.AnyActInTheRoom = leaves) -> str:
        entered = a.EnterLate(done=done, done_by=head("KZ"), done_at=at, ground="On paper")
        return visibility(room.meeting, SECRETARY, entered)

    assert level(within) == MEMBERS
    assert level(before) == level(room.now) == PUBLIC
    assert level(within, a.AskForTheFloor()) == MEMBERS
    assert level(before, a.AskForTheFloor()) == PARTICIPANTS
    room.do(CHAIR, a.OpenSegment(format="narrow", closed=True))
    assert level(within) == level(before) == MEMBERS
    room.do(CHAIR, a.OpenSegment(format="extended"))
    assert level(within) == MEMBERS
    assert level(room.now) == PUBLIC


IN_THE_LIST: tuple[tuple[Actor, a.AnyAct], ...] = (
    (head("KZ"), a.AskForTheFloor()),
    (head("KZ"), a.WithdrawRequest()),
    (head("KZ"), a.SignalReady(ready=True)),
    (CHAIR, a.ConsentToSpeak(seat=SeatId("AF"))),
)


def test_those_outside_a_closed_narrow_segment_do_not_follow_its_list(room: Room) -> None:
    room.do(CHAIR, a.OpenSegment(format="narrow", closed=True))
    for by, act in IN_THE_LIST:
        assert visibility(room.meeting, by, act) == MEMBERS
    outside = a.WithdrawRequest()
    assert visibility(room.meeting, head("AF"), outside) == PARTICIPANTS
    assert visibility(room.meeting, SECRETARY, late(outside, head("KZ"))) == MEMBERS


@pytest.mark.parametrize(("format", "closed"), [("narrow", False), ("extended", True)])
def test_where_nobody_is_kept_outside_participants_follow_the_list(
    room: Room, format: str, closed: bool
) -> None:
    room.do(CHAIR, a.OpenSegment(format=format, closed=closed))
    for by, act in IN_THE_LIST:
        assert visibility(room.meeting, by, act) == PARTICIPANTS


def test_which_screen_a_delegation_uses_is_its_own_affair(room: Room) -> None:
    assert visibility(room.meeting, head("KZ"), a.TakeSeat(screen="s")) == "seat:KZ"


def test_what_is_raised_in_a_consultation_is_confidential_and_only_there(room: Room) -> None:
    window = room.put_texts("d1")
    assert is_confidential(room.meeting, a.Object(window=window))
    assert is_confidential(room.meeting, late(a.Object(window=window), head("KZ")))
    assert visibility(room.meeting, head("KZ"), a.LiftObjection(window=window)) == SECRETARIAT
    opinion = a.PlaceOpinion(
        kind=a.OpinionKind.OPINION,
        scope=Scope(document=DocumentId("d1")),
        text="we think otherwise",
    )
    assert not is_confidential(room.meeting, opinion), "after the gavel a statement is public"
    assert not is_confidential(room.meeting, a.DeclareAdopted(window=window))


def test_breaking_a_silence_is_told_to_all_members_at_once(room: Room) -> None:
    silent = room.put(a.Texts(documents=(DocumentId("d1"),)), expires=room.now + 259_200_000)
    assert not is_confidential(room.meeting, a.Object(window=silent))
    room.put_texts("d2")
    assert not is_confidential(room.meeting, a.Object(window=silent)), "another window is open"
    assert visibility(room.meeting, head("KZ"), a.Object(window=silent)) == MEMBERS


def test_what_is_raised_while_silence_runs_is_published_with_the_adoption_if_at_all(
    room: Room,
) -> None:
    silent = room.put(a.Texts(documents=(DocumentId("d1"),)), expires=room.now + 259_200_000)
    scope = Scope(document=DocumentId("d1"))
    opinion = a.PlaceOpinion(
        kind=a.OpinionKind.OPINION, scope=scope, text="we think otherwise", window=silent
    )
    back = a.TakeBack(window=silent, what="opinion", scope=scope)
    assert visibility(room.meeting, head("KZ"), opinion) == MEMBERS
    assert visibility(room.meeting, head("KZ"), back) == MEMBERS


def test_votes_are_public() -> None:
    room = sitting(un_ga())
    room.table("d1", head("AF"))
    window = room.put_texts("d1", decision="simple_majority")
    vote = a.CastVote(window=window, vote=a.Vote.YES)
    assert not is_confidential(room.meeting, vote)
    assert visibility(room.meeting, head("AF"), vote) == PUBLIC


def test_a_late_entry_is_as_visible_as_the_act(room: Room) -> None:
    act = late(a.AskForTheFloor(), head("KZ"))
    assert visibility(room.meeting, SECRETARY, act) == PARTICIPANTS
    waiver = late(a.Put(subject=a.Waiver(rule=RuleId("agenda"), ground="g")), CHAIR)
    assert visibility(room.meeting, SECRETARY, waiver) == PUBLIC


def test_the_presiding_officer_and_the_secretariat_alone_see_individual_states(room: Room) -> None:
    seeing = {key for key in room.meeting.seats if sees_everything(room.meeting, key)}
    assert seeing == {"presiding", "secretariat"}
    assert not sees_everything(room.meeting, SeatId("XX"))
