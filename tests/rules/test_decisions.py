"""Consensus, silence, votes, lost lines: how the meeting decides."""

import pytest
from msgspec.structs import replace
from tests.rules.room import (
    CHAIR,
    SECRETARY,
    Room,
    head,
    instructed,
    opened,
    package,
    sco,
    sitting,
    staff,
    texts,
    un_ga,
    with_decision,
    with_matter,
    with_procedure,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Finding, OpinionKind, Scope, Vote
from plenary.rules.decisions import MOST_RAISED
from plenary.rules.meeting import DocumentStage, WindowState
from plenary.rules.names import DocumentId, PartyId, PersonId, RuleId, SeatId, WindowId
from plenary.rules.profile import Majority, Profile, Share
from plenary.rules.refusals import Reason

THREE_DAYS = 259_200
SPECIAL = RuleId("proceed_without")


@pytest.fixture
def room() -> Room:
    """A consensus body with d1 and d2 listed."""
    room = sitting(sco())
    room.listed("d1", "d2")
    return room


@pytest.fixture
def window(room: Room) -> WindowId:
    """A window on d1 and d2 that everybody acknowledged."""
    window = room.put_texts("d1", "d2")
    room.all_acknowledge()
    return window


def telephone(room: Room, seat: str, person: str | None = None) -> a.ConfirmByTelephone:
    return a.ConfirmByTelephone(
        window=room.window.id,
        seat=SeatId(seat),
        person=PersonId(person or f"head-{seat}"),
        digest=room.window.digest,
    )


def without(room: Room, seat: str, rule: RuleId = SPECIAL) -> a.ProceedWithout:
    return a.ProceedWithout(
        window=room.window.id, seat=SeatId(seat), special_rule=rule, ground="cannot be reached"
    )


def scope(document: str = "d1", **part: str) -> Scope:
    return Scope(document=DocumentId(document), **part)


# ---- consensus -----------------------------------------------------------------------------------


def test_silence_of_connected_seats_adopts(room: Room, window: WindowId) -> None:
    agreed, *adopted = room.declare()
    assert isinstance(agreed, e.QuestionAgreed)
    assert (agreed.count, agreed.why) == (e.Count(present=8), "consensus")
    assert [each.document for each in adopted if isinstance(each, e.DocumentAdopted)] == [
        "d1",
        "d2",
    ]
    assert room.meeting.window is None


def test_everybody_has_the_time_to_object(room: Room, window: WindowId) -> None:
    room.later(9.5)
    declare = a.DeclareAdopted(window=window)
    assert room.refuses(CHAIR, declare, Reason.WINDOW_RUNNING).facts == {"seconds": 1}


def test_one_objection_and_the_package_is_not_adopted(room: Room, window: WindowId) -> None:
    objected = room.one(e.ObjectionRaised, instructed("KZ"), a.Object(window=window, reason="no"))
    assert objected.seat == "KZ"
    assert room.window.state is WindowState.RETURNED
    refused = room.refuses_to_declare(Reason.OBJECTION_STANDS, "consensus")
    assert refused.facts == {"seats": ["KZ"]}
    room.do(CHAIR, a.SetAside(window=window, ground="no consensus"))
    assert {room.document(key).stage for key in ("d1", "d2")} == {DocumentStage.TABLED}


def test_the_old_window_resumes_when_the_last_objection_is_lifted(
    room: Room, window: WindowId
) -> None:
    lift = a.LiftObjection(window=window)
    room.refuses(instructed("KZ"), lift, Reason.NOT_OBJECTING, "consensus")
    for seat in ("KZ", "IN"):
        room.do(instructed(seat), a.Object(window=window))
        room.refuses(head(seat), a.Object(window=window), Reason.ALREADY_OBJECTING, "consensus")
    room.refuses(instructed("CN"), lift, Reason.NOT_OBJECTING)
    assert room.one(e.ObjectionLifted, instructed("KZ"), lift).seat == "KZ"
    room.refuses_to_declare(Reason.OBJECTION_STANDS)
    room.do(head("IN"), lift)
    assert room.window.state is WindowState.OPEN
    room.declare()


def test_an_observer_has_no_objection_to_make(room: Room, window: WindowId) -> None:
    for seat in ("AF", "rats", "presiding"):
        room.refuses(head(seat), a.Object(window=window), Reason.NOT_ENTITLED, "rights")
    assert not room.window.objections
    room.declare()


def test_russia_may_object_as_russia_while_its_president_presides(
    room: Room, window: WindowId
) -> None:
    room.accredit("presiding", "putin")
    room.accredit("RU", "putin")
    for seat in ("presiding", "RU"):
        act = a.ReplaceHead(seat=SeatId(seat), person=PersonId("putin"), ground="the head himself")
        room.do(SECRETARY, act)
    in_the_chair = a.Actor(person=PersonId("putin"), seat=SeatId("presiding"))
    as_russia = a.Actor(person=PersonId("putin"), seat=SeatId("RU"))
    room.refuses(in_the_chair, a.Object(window=window), Reason.NOT_ENTITLED)
    room.do(as_russia, a.Object(window=window))
    room.later(10)
    room.refuses(in_the_chair, a.DeclareAdopted(window=window), Reason.OBJECTION_STANDS)


def test_an_objection_outlives_the_head_who_made_it(room: Room, window: WindowId) -> None:
    room.do(head("KZ"), a.Object(window=window))
    room.do(
        SECRETARY,
        a.ReplaceHead(seat=SeatId("KZ"), person=PersonId("staff-KZ"), ground="taken ill"),
    )
    room.refuses_to_declare(Reason.OBJECTION_STANDS)
    room.do(staff("KZ"), a.LiftObjection(window=window))


def test_an_objection_outlives_suspension_and_a_lost_line(room: Room, window: WindowId) -> None:
    room.do(head("KZ"), a.Object(window=window))
    room.lose("KZ")
    room.do(CHAIR, a.Suspend(ground="consultations"))
    room.find("KZ")
    room.do(CHAIR, a.Resume())
    room.refuses_to_declare(Reason.OBJECTION_STANDS)


def test_who_leaves_objecting_still_objects(room: Room, window: WindowId) -> None:
    room.do(head("KZ"), a.Object(window=window))
    room.do(head("KZ"), a.LeaveMeeting(under_protest=True))
    room.refuses_to_declare(Reason.OBJECTION_STANDS)
    lift = a.LiftObjection(window=window)
    room.refuses(head("KZ"), lift, Reason.HAS_LEFT)
    room.do(head("KZ"), a.ReturnToMeeting())
    room.do(head("KZ"), lift)
    room.declare()


def test_who_leaves_without_objecting_neither_bars_nor_consents(
    room: Room, window: WindowId
) -> None:
    room.do(head("KZ"), a.LeaveMeeting())
    room.lose("KZ")
    agreed = room.declare()[0]
    assert isinstance(agreed, e.QuestionAgreed)
    assert agreed.count == e.Count(present=7)


def test_a_member_that_comes_while_the_window_is_open_may_object() -> None:
    room = opened(un_ga())
    room.do(head("AR"), a.LeaveMeeting())
    window = room.put(a.RemoteForm(form=a.Form.VIDEOCONFERENCE))
    room.all_acknowledge()
    assert "AR" not in room.window.electorate
    room.do(head("AR"), a.ReturnToMeeting())
    room.do(head("AR"), a.Object(window=window))
    room.refuses_to_declare(Reason.OBJECTION_STANDS)
    room.do(head("AR"), a.LiftObjection(window=window))
    room.declare()


def test_nobody_is_consensus_of_nobody(room: Room) -> None:
    room.put_texts("d1")
    for seat in room.members:
        room.do(head(seat), a.LeaveMeeting())
    assert room.refuses_to_declare(Reason.QUORUM, "quorum").facts["present"] == 0


def test_nothing_is_put_to_nobody(room: Room) -> None:
    for seat in room.members:
        room.do(head(seat), a.LeaveMeeting())
    put = a.Put(subject=package("d1"))
    refused = room.refuses(CHAIR, put, Reason.QUORUM, "quorum")
    assert (refused.facts["present"], refused.facts["members"]) == (0, len(room.members))
    room.do(head(room.members[0]), a.ReturnToMeeting())
    room.put_texts("d1")
    assert room.window.electorate == (room.members[0],)


def test_a_quorum_to_decide_holds_for_consensus_too() -> None:
    room = sitting(un_ga())
    room.table("d1", head("AF"))
    room.put_texts("d1")
    room.all_acknowledge()
    room.lose("AF", "AL", "DZ", "AD", "AO")
    refused = room.refuses_to_declare(Reason.QUORUM, "quorum")
    assert (refused.facts["present"], refused.facts["members"]) == (4, 9)


def test_consensus_minus_one_is_without_the_member_concerned() -> None:
    room = sitting(sco())
    room.listed("d1", matter="suspension_of_member", concerns=PartyId("PK"))
    room.put_texts("d1")
    room.lose("PK")
    room.all_acknowledge()
    adopted = room.declare()
    assert adopted[0] == e.QuestionAgreed(
        window=WindowId("w4"), count=e.Count(present=7), why=RuleId("consensus_minus_one")
    )


def test_after_the_gavel_it_is_a_statement_and_no_objection(room: Room, window: WindowId) -> None:
    room.declare()
    room.refuses(head("KZ"), a.Object(window=window), Reason.ANOTHER_WINDOW, "decisions")
    said = a.PlaceOpinion(kind=OpinionKind.OPINION, scope=scope(), text="we had doubts")
    recorded = room.one(e.StatementRecorded, head("KZ"), said)
    assert recorded.annotation.text == "we had doubts"
    assert recorded.annotation in room.document("d1").annotations
    assert room.document("d1").stage is DocumentStage.ADOPTED


# ---- lost lines ----------------------------------------------------------------------------------


def test_a_lost_line_is_never_consent(room: Room, window: WindowId) -> None:
    room.lose("KZ")
    refused = room.refuses_to_declare(Reason.NOT_PRESENT, "presence")
    assert refused.facts == {"seats": ["KZ"], "states": {"KZ": "not_connected"}}


def test_who_is_connected_and_did_not_acknowledge_the_text_is_not_present(room: Room) -> None:
    room.put_texts("d1")
    room.all_acknowledge(but=["KZ"])
    refused = room.refuses_to_declare(Reason.NOT_PRESENT)
    assert refused.facts["states"] == {"KZ": "not_acknowledged"}


def test_only_the_very_text_is_acknowledged_and_once(room: Room) -> None:
    window = room.put_texts("d1")
    wrong = a.AcknowledgeText(window=window, digest="0" * 64)
    room.refuses(staff("KZ"), wrong, Reason.ANOTHER_TEXT, "presence")
    right = replace(wrong, digest=room.window.digest)
    assert room.one(e.TextAcknowledged, staff("KZ"), right).seat == "KZ"
    room.refuses(head("KZ"), right, Reason.ALREADY_RAISED, "presence")


def test_a_line_that_comes_back_needs_no_second_acknowledgement(
    room: Room, window: WindowId
) -> None:
    room.lose("KZ")
    room.refuses_to_declare(Reason.NOT_PRESENT)
    room.find("KZ")
    room.declare()


def test_the_wait_ends_by_telephone(room: Room, window: WindowId) -> None:
    room.lose("KZ")
    confirmed = room.one(e.ConfirmedByTelephone, SECRETARY, telephone(room, "KZ", "staff-KZ"))
    assert confirmed.person == "staff-KZ"
    room.refuses(SECRETARY, telephone(room, "KZ"), Reason.ALREADY_RAISED, "presence")
    agreed = room.declare()[0]
    assert isinstance(agreed, e.QuestionAgreed)
    assert agreed.count == e.Count(present=7, by_telephone=1)


def test_only_an_accredited_person_of_a_seat_with_a_say_confirms_this_very_text(
    room: Room, window: WindowId
) -> None:
    room.lose("KZ")
    room.refuses(SECRETARY, telephone(room, "XX"), Reason.NO_SAY, "presence")
    room.refuses(SECRETARY, telephone(room, "AF"), Reason.NO_SAY)
    room.refuses(SECRETARY, telephone(room, "KZ", "head-IN"), Reason.NOT_ACCREDITED)
    wrong = replace(telephone(room, "KZ"), digest="0" * 64)
    room.refuses(SECRETARY, wrong, Reason.ANOTHER_TEXT, "presence")
    room.refuses(head("KZ"), telephone(room, "KZ"), Reason.NOT_ENTITLED)


def test_the_wait_ends_by_suspension_which_stops_the_clock(room: Room) -> None:
    room.put_texts("d1")
    room.later(4)
    room.lose("KZ")
    suspended = room.one(e.MeetingSuspended, CHAIR, a.Suspend(ground="the line to KZ"))
    assert suspended.ground == "the line to KZ"
    room.later(600)
    declare = a.DeclareAdopted(window=room.window.id)
    room.refuses(CHAIR, declare, Reason.NOT_NOW, "sitting")
    room.find("KZ")
    room.do(CHAIR, a.Resume())
    room.all_acknowledge()
    room.later(5.5)
    room.refuses(CHAIR, declare, Reason.WINDOW_RUNNING)
    room.later(0.5)
    room.do(CHAIR, declare)


def test_the_wait_ends_under_a_rule_adopted_at_the_opening(room: Room, window: WindowId) -> None:
    room.lose("KZ")
    proceeded = room.one(e.ProceededWithout, CHAIR, without(room, "KZ"))
    assert (proceeded.ground, proceeded.why) == ("cannot be reached", "proceed_without")
    room.refuses(CHAIR, without(room, "KZ"), Reason.ALREADY_RAISED, "presence")
    agreed = room.declare()[0]
    assert isinstance(agreed, e.QuestionAgreed)
    assert agreed.count == e.Count(present=7, proceeded_without=1), (
        "it is not counted as consenting"
    )


def test_without_that_rule_the_chair_does_not_proceed() -> None:
    room = opened(sco())
    room.agree(a.RemoteForm(form=a.Form.VIDEOCONFERENCE))
    room.listed("d1")
    room.put_texts("d1")
    room.lose("KZ")
    refused = room.refuses(CHAIR, without(room, "KZ"), Reason.NO_SPECIAL_RULE, "presence")
    assert refused.facts == {"special_rule": "proceed_without"}


@pytest.mark.parametrize("rule", ["acting_chair", "chair_knows_best"])
def test_another_special_rule_is_not_that_rule(room: Room, window: WindowId, rule: str) -> None:
    room.lose("KZ")
    room.refuses(CHAIR, without(room, "KZ", RuleId(rule)), Reason.NO_SPECIAL_RULE)


def test_nobody_is_proceeded_without_who_is_there_or_has_no_say(
    room: Room, window: WindowId
) -> None:
    room.refuses(CHAIR, without(room, "KZ"), Reason.LINE_IS_THERE, "presence")
    room.refuses(CHAIR, without(room, "AF"), Reason.NO_SAY, "presence")


def test_no_way_of_ending_the_wait_works_over_a_standing_objection(
    room: Room, window: WindowId
) -> None:
    room.do(head("KZ"), a.Object(window=window))
    room.lose("KZ")
    room.refuses(SECRETARY, telephone(room, "KZ"), Reason.OBJECTION_STANDS, "consensus")
    room.refuses(CHAIR, without(room, "KZ"), Reason.OBJECTION_STANDS, "consensus")
    room.do(CHAIR, a.Suspend(ground="the line to KZ"))
    room.do(CHAIR, a.Resume())
    room.refuses_to_declare(Reason.OBJECTION_STANDS)


@pytest.mark.parametrize("way", ["telephone", "without"])
def test_an_objection_after_the_wait_was_ended_still_stands(
    room: Room, window: WindowId, way: str
) -> None:
    room.lose("KZ")
    if way == "telephone":
        room.do(SECRETARY, telephone(room, "KZ"))
    else:
        room.do(CHAIR, without(room, "KZ"))
    room.find("KZ")
    room.do(head("KZ"), a.Object(window=window))
    room.lose("KZ")
    room.refuses_to_declare(Reason.OBJECTION_STANDS)


# ---- an objection outlives the window ------------------------------------------------------------


def test_putting_the_text_again_is_no_way_round_an_objection(room: Room, window: WindowId) -> None:
    room.do(head("KZ"), a.Object(window=window))
    room.lose("KZ")
    room.do(CHAIR, a.SetAside(window=window))
    for documents in (("d2", "d1"), ("d1",)):
        again = room.put_texts(*documents)
        room.all_acknowledge(but=["KZ"])
        room.refuses(CHAIR, without(room, "KZ"), Reason.OBJECTION_STANDS, "consensus")
        room.refuses_to_declare(Reason.NOT_PRESENT)
        room.do(CHAIR, a.SetAside(window=again))
    room.put_texts("d1")
    room.find("KZ")
    room.all_acknowledge()
    room.declare()  # it is there, has the text before it, and is silent


def test_who_objected_and_left_is_asked_when_the_text_is_put_again(
    room: Room, window: WindowId
) -> None:
    room.do(head("KZ"), a.Object(window=window))
    room.do(head("KZ"), a.LeaveMeeting(under_protest=True))
    room.lose("KZ")
    room.do(CHAIR, a.SetAside(window=window))
    again = room.put_texts("d1", "d2")
    assert "KZ" not in room.window.electorate, "the public does not read there who objected"
    room.all_acknowledge()
    room.refuses_to_declare(Reason.NOT_PRESENT)
    room.do(SECRETARY, telephone(room, "KZ"))  # its own word, on this very text
    room.do(CHAIR, a.DeclareAdopted(window=again))


def test_who_objected_left_and_returned_is_there_for_the_text_again(
    room: Room, window: WindowId
) -> None:
    room.do(head("KZ"), a.Object(window=window))
    room.do(head("KZ"), a.LeaveMeeting())
    room.do(CHAIR, a.SetAside(window=window))
    room.put_texts("d1", "d2")
    room.all_acknowledge()
    room.do(head("KZ"), a.ReturnToMeeting())
    room.refuses_to_declare(Reason.NOT_PRESENT)
    room.acknowledge("KZ")
    room.declare()


def test_an_objection_to_an_old_wording_is_none_to_the_new(room: Room, window: WindowId) -> None:
    room.do(head("KZ"), a.Object(window=window))
    new = texts(sco(), "better")
    room.do(SECRETARY, a.Amend(document=DocumentId("d1"), texts=new, ground="as KZ wished"))
    room.lose("KZ")
    room.put_texts("d1")
    room.all_acknowledge(but=["KZ"])
    room.do(CHAIR, without(room, "KZ"))
    room.declare()


def test_an_objection_to_how_the_meeting_runs_outlives_its_window_too(room: Room) -> None:
    waiver = a.Waiver(rule=RuleId("reply"), ground="short of time")
    window = room.put(waiver)
    room.do(head("KZ"), a.Object(window=window))
    room.do(head("KZ"), a.LeaveMeeting())
    room.do(CHAIR, a.SetAside(window=window))
    room.put(waiver)
    room.all_acknowledge(but=["KZ"])
    room.refuses_to_declare(Reason.NOT_PRESENT)


def test_who_broke_a_silence_is_not_proceeded_without_in_the_room(room: Room) -> None:
    silent = room.put_texts("d1", expires=room.now + 1000 * THREE_DAYS)
    room.do(head("KZ"), a.Object(window=silent))
    room.do(CHAIR, a.SetAside(window=silent))
    room.lose("KZ")
    room.put_texts("d1")
    room.refuses(CHAIR, without(room, "KZ"), Reason.OBJECTION_STANDS)


# ---- standing aside and opinions -----------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [{}, {"paragraph": "7"}, {"project": "Belt and Road"}],
    ids=["document", "para", "project"],
)
def test_a_member_stands_aside_without_blocking_and_joins_later(
    room: Room, window: WindowId, part: dict[str, str]
) -> None:
    aside = a.StandAside(window=window, scope=scope(**part))
    assert room.one(e.StoodAside, instructed("IN"), aside).scope == aside.scope
    room.refuses(instructed("IN"), aside, Reason.ALREADY_RAISED, "annotations")
    room.declare()
    note = e.Annotation(seat=SeatId("IN"), scope=aside.scope)
    assert room.document("d1").annotations == (note,)
    assert room.document("d2").annotations == ()
    room.refuses(head("KZ"), a.JoinLater(scope=aside.scope), Reason.NOTHING_RAISED)
    assert room.one(e.JoinedLater, head("IN"), a.JoinLater(scope=aside.scope)).seat == "IN"
    assert room.document("d1").annotations == ()
    room.refuses(head("IN"), a.JoinLater(scope=aside.scope), Reason.NOTHING_RAISED, "annotations")


def test_joining_is_of_what_was_adopted(room: Room, window: WindowId) -> None:
    room.do(head("IN"), a.StandAside(window=window, scope=scope()))
    room.refuses(head("IN"), a.JoinLater(scope=scope()), Reason.NOT_ADOPTED)
    room.refuses(head("IN"), a.JoinLater(scope=scope("d9")), Reason.UNKNOWN_DOCUMENT)


def test_nobody_stands_aside_where_the_rule_does_not_have_it(room: Room) -> None:
    window = room.put(a.Waiver(rule=RuleId("reply"), ground="g"))
    aside = a.StandAside(window=window, scope=scope())
    room.refuses(head("IN"), aside, Reason.NO_STANDING_ASIDE, "annotations")


def test_what_is_raised_is_about_a_text_in_the_window(room: Room) -> None:
    room.table("d3", SECRETARY)
    window = room.put_texts("d1")
    for act in (
        a.StandAside(window=window, scope=scope("d3")),
        a.PlaceOpinion(window=window, kind=OpinionKind.OPINION, scope=scope("d3"), text="x"),
    ):
        room.refuses(head("IN"), act, Reason.UNKNOWN_DOCUMENT, "annotations")


def opinion(window: WindowId | None, kind: OpinionKind = OpinionKind.OPINION) -> a.PlaceOpinion:
    return a.PlaceOpinion(window=window, kind=kind, scope=scope(), text="we read this narrowly")


def test_an_opinion_is_no_obstacle_and_goes_with_the_adoption(room: Room, window: WindowId) -> None:
    placed = room.one(e.OpinionPlaced, instructed("IN"), opinion(window))
    room.refuses(head("IN"), opinion(window), Reason.ALREADY_RAISED, "annotations")
    room.do(head("IN"), opinion(window, OpinionKind.INTERPRETATIVE_STATEMENT))
    adopted = room.declare()[1]
    assert isinstance(adopted, e.DocumentAdopted)
    assert [note.kind for note in adopted.annotations] == ["opinion", "interpretative_statement"]
    assert adopted.annotations[0].text == placed.text


def test_only_the_profiles_kinds_of_annotation_are_placed(room: Room, window: WindowId) -> None:
    reservation = opinion(window, OpinionKind.RESERVATION)
    refused = room.refuses(head("IN"), reservation, Reason.NO_SUCH_ANNOTATION, "annotations")
    assert refused.facts["allowed"] == ["opinion", "interpretative_statement", "explanation_of_position"]  # fmt: skip
    room.declare()
    room.refuses(head("IN"), replace(reservation, window=None), Reason.NO_SUCH_ANNOTATION)


def test_until_the_gavel_what_was_raised_can_be_taken_back(room: Room, window: WindowId) -> None:
    room.do(head("IN"), a.StandAside(window=window, scope=scope()))
    room.do(head("IN"), opinion(window))
    for what in ("stand_aside", "opinion"):
        take_back = a.TakeBack(window=window, what=what, scope=scope())
        room.refuses(head("KZ"), take_back, Reason.NOTHING_RAISED, "annotations")
        assert room.one(e.TakenBack, head("IN"), take_back).what == what
        room.refuses(head("IN"), take_back, Reason.NOTHING_RAISED)
    room.declare()
    assert room.document("d1").annotations == ()


def test_there_is_an_end_to_what_one_seat_raises(room: Room, window: WindowId) -> None:
    for number in range(MOST_RAISED - 1):
        aside = a.StandAside(window=window, scope=scope(paragraph=str(number)))
        room.do(head("IN"), aside)
    room.do(head("IN"), opinion(window))
    one_more = a.StandAside(window=window, scope=scope(paragraph="last"))
    room.refuses(head("IN"), one_more, Reason.RAISED_TOO_OFTEN, "annotations")
    room.do(head("KZ"), one_more)
    # what was taken back was raised, and an objection needs no reason to be heard
    room.do(head("IN"), a.TakeBack(window=window, what="opinion", scope=scope()))
    room.refuses(head("IN"), opinion(window), Reason.RAISED_TOO_OFTEN, "annotations")
    reasoned = a.Object(window=window, reason="Paragraph 4 is new")
    room.refuses(head("IN"), reasoned, Reason.RAISED_TOO_OFTEN, "annotations")
    for _ in range(3):
        room.do(head("IN"), a.Object(window=window))
        room.do(head("IN"), a.LiftObjection(window=window))
    room.do(head("KZ"), reasoned)
    room.do(head("KZ"), a.LiftObjection(window=window))
    room.declare()
    room.do(head("IN"), opinion(None))
    room.refuses(head("IN"), opinion(None), Reason.TOO_MANY, "annotations")


def test_a_statement_is_on_what_was_adopted_and_by_whom_it_binds(room: Room) -> None:
    room.refuses(head("IN"), opinion(None), Reason.NOT_ADOPTED, "annotations")
    assembly = sitting(with_speaking_presiding(un_ga()))
    assembly.table("d1", head("AF"))
    assembly.agree(package("d1"))
    statement = opinion(None, OpinionKind.RESERVATION)
    assembly.refuses(CHAIR, statement, Reason.NO_SAY)
    assembly.do(head("AL"), statement)


def with_speaking_presiding(profile: Profile) -> Profile:
    """A profile so careless as to let the presiding seat place opinions."""
    kinds = profile.procedure.kinds
    acts = {**kinds["presiding"].acts, "place_opinion": "head"}
    changed = {**kinds, "presiding": replace(kinds["presiding"], acts=acts)}
    return with_procedure(profile, lambda p: replace(p, kinds=changed))


# ---- silence -------------------------------------------------------------------------------------


@pytest.fixture
def silent(room: Room) -> WindowId:
    return room.put_texts("d1", expires=room.now + 1000 * THREE_DAYS)


def test_unbroken_silence_adopts_when_it_runs_out(room: Room, silent: WindowId) -> None:
    declare = a.DeclareAdopted(window=silent)
    room.later(THREE_DAYS - 1)
    room.refuses(CHAIR, declare, Reason.WINDOW_RUNNING, "silence")
    room.do(head("IN"), opinion(silent))
    room.later(1)
    room.lose(*room.members)
    agreed, adopted = room.do(CHAIR, declare)
    assert agreed == e.QuestionAgreed(
        window=silent, count=e.Count(present=0), why=RuleId("silence")
    )
    assert isinstance(adopted, e.DocumentAdopted)
    assert len(adopted.annotations) == 1
    assert room.meeting.silences == {}


def test_silence_is_declared_unbroken_also_while_the_meeting_is_suspended(
    room: Room, silent: WindowId
) -> None:
    room.do(CHAIR, a.Suspend(ground="until Friday"))
    room.later(THREE_DAYS)
    room.do(CHAIR, a.DeclareAdopted(window=silent))


@pytest.mark.parametrize("how", ["objection", "amendment"])
def test_anyone_breaks_a_silence(room: Room, silent: WindowId, how: str) -> None:
    act: a.AnyAct = a.Object(window=silent, reason="no")
    if how == "amendment":
        act = a.BreakSilence(window=silent, amendment="strike paragraph 2")
    broken = room.one(e.SilenceBroken, instructed("KZ"), act)
    assert (broken.reason, broken.amendment) in {("no", None), (None, "strike paragraph 2")}
    room.refuses(head("IN"), a.Object(window=silent), Reason.SILENCE_BROKEN, "silence")
    room.later(THREE_DAYS)
    room.refuses(CHAIR, a.DeclareAdopted(window=silent), Reason.SILENCE_BROKEN, "silence")
    room.one(e.QuestionSetAside, CHAIR, a.SetAside(window=silent))
    assert room.document("d1").stage is DocumentStage.TABLED


def test_after_its_time_a_silence_is_broken_no_more(room: Room, silent: WindowId) -> None:
    room.later(THREE_DAYS)
    for act in (a.Object(window=silent), a.BreakSilence(window=silent, amendment="x")):
        room.refuses(head("KZ"), act, Reason.WINDOW_EXPIRED, "silence")


def test_what_belongs_to_one_way_of_deciding_is_refused_in_another(
    room: Room, silent: WindowId
) -> None:
    stand_aside = a.StandAside(window=silent, scope=scope())
    room.refuses(head("KZ"), stand_aside, Reason.ANOTHER_WAY, "silence")
    room.refuses(head("KZ"), a.LiftObjection(window=silent), Reason.ANOTHER_WAY)
    assembly = sitting(un_ga())
    assembly.table("d1", head("AF"))
    vote = assembly.put_texts("d1")
    cast = a.CastVote(window=vote, vote=Vote.YES)
    assembly.refuses(head("AF"), cast, Reason.ANOTHER_WAY, "without_a_vote")
    assembly.refuses(CHAIR, a.DeclareResult(window=vote), Reason.ANOTHER_WAY)


# ---- votes ---------------------------------------------------------------------------------------


def voting(profile: Profile, decision: str, **table: object) -> Room:
    room = sitting(profile)
    room.table("d1", head("AF"), **table)
    room.put_texts("d1", decision=decision)
    return room


def test_a_majority_of_those_present_and_voting_carries() -> None:
    room = voting(un_ga(), "simple_majority")
    room.vote(yes="AF AL DZ", no="AD AO", abstain="AG AR AM")
    result = room.result()
    assert result.carried
    assert result.tally == e.Tally(yes=3, no=2, abstaining=3, not_voting=1)
    assert room.document("d1").stage is DocumentStage.ADOPTED


def test_a_vote_is_changed_until_the_result_is_declared() -> None:
    room = voting(un_ga(), "simple_majority")
    room.vote(yes="AF AL DZ", no="AD AO AG")
    again = a.CastVote(window=room.window.id, vote=Vote.NO)
    room.refuses(head("AD"), again, Reason.ALREADY_RAISED, "simple_majority")
    assert room.one(e.VoteCast, head("AF"), again).vote is Vote.NO
    assert not room.result().carried


def test_two_thirds_of_those_present_and_voting_are_needed_for_important_questions() -> None:
    for no, carried in (("AG AR", True), ("AG AR AM", False)):
        room = voting(un_ga(), "two_thirds", matter="important_question")
        room.vote(yes="AF AL DZ AD", no=no, abstain="AU")
        result = room.result()
        assert (result.carried, result.why) == (carried, "two_thirds")


def test_without_a_majority_of_members_there_is_no_decision() -> None:
    room = voting(un_ga(), "simple_majority")
    room.vote(yes="AF AL")
    room.lose(*room.members[4:])
    declare = a.DeclareResult(window=room.window.id)
    refused = room.refuses(CHAIR, declare, Reason.QUORUM, "quorum")
    assert refused.facts == {"present": 4, "members": 9, "needed": "more than 1/2"}
    room.find("AO")
    assert room.result().carried


def test_a_vote_that_lost_its_quorum_is_given_up_and_no_other() -> None:
    room = voting(un_ga(), "simple_majority")
    room.vote(yes="AF AL")
    give_up = a.SetAside(window=room.window.id, ground="the quorum is gone")
    room.refuses(CHAIR, replace(give_up, ground=None), Reason.VOTING_HAS_BEGUN)
    room.vote(no="DZ AD AO")
    room.refuses(CHAIR, give_up, Reason.VOTING_HAS_BEGUN, "simple_majority")
    room = voting(un_ga(), "simple_majority")
    room.vote(yes="AF AL")
    room.do(CHAIR, replace(give_up, window=room.window.id))
    assert room.document("d1").stage is DocumentStage.TABLED


def test_a_vote_without_a_quorum_ends_with_its_result() -> None:
    room = voting(with_decision(un_ga(), "simple_majority", quorum=None), "simple_majority")
    room.vote(yes="AF")
    set_aside = a.SetAside(window=room.window.id, ground="too few")
    room.refuses(CHAIR, set_aside, Reason.VOTING_HAS_BEGUN)
    assert room.result().carried


def test_a_lost_line_has_not_voted() -> None:
    room = voting(un_ga(), "simple_majority")
    room.vote(yes="AF AL DZ", no="AD AO")
    room.lose("AG", "AR", "AM", "AU")
    assert room.result().tally.not_voting == 4


def test_a_vote_cast_counts_though_its_line_is_lost_afterwards() -> None:
    room = voting(un_ga(), "simple_majority")
    room.vote(yes="AF AL DZ", no="AD AO")
    room.lose(*room.members)
    assert room.result().carried


def test_an_equal_division_calls_for_a_second_vote_and_then_is_a_rejection() -> None:
    room = voting(un_ga(), "simple_majority")
    room.vote(yes="AF AL DZ", no="AD AO AG")
    first = room.result()
    assert (first.carried, first.tied) == (False, True)
    assert room.document("d1").stage is DocumentStage.TABLED
    room.put_texts("d1", decision="simple_majority")
    room.vote(yes="AF AL DZ", no="AD AO AG")
    declared, rejected = room.do(CHAIR, a.DeclareResult(window=room.window.id))
    assert isinstance(declared, e.VoteDeclared)
    assert not declared.tied
    assert isinstance(rejected, e.DocumentRejected)
    assert room.document("d1").stage is DocumentStage.REJECTED


def test_where_no_second_vote_is_held_a_tie_is_a_rejection() -> None:
    room = voting(with_decision(un_ga(), "simple_majority", tie="rejected"), "simple_majority")
    room.vote(yes="AF AL DZ", no="AD AO AG")
    assert not room.result().tied
    assert room.document("d1").stage is DocumentStage.REJECTED


def test_nobody_voting_is_no_tie() -> None:
    room = voting(un_ga(), "simple_majority")
    room.vote(abstain="AF AL DZ AD AO")
    result = room.result()
    assert (result.carried, result.tied) == (False, False)


def test_a_veto_outweighs_any_majority_and_an_abstention_is_none() -> None:
    profile = with_decision(un_ga(), "simple_majority", vetoes=(PartyId("AM"),))
    for vote, carried in (("no", False), ("abstain", True)):
        room = voting(profile, "simple_majority")
        room.vote(yes="AF AL DZ AD AO AG AR")
        room.vote(**{vote: "AM"})
        result = room.result()
        assert (result.carried, result.vetoed) == (carried, not carried)


def test_a_vetoed_tie_is_no_tie() -> None:
    room = voting(
        with_decision(un_ga(), "simple_majority", vetoes=(PartyId("AM"),)), "simple_majority"
    )
    room.vote(yes="AF AL DZ", no="AM AD AO")
    assert not room.result().tied


POPULATION = {"AF": 39, "AL": 3, "DZ": 44, "AD": 1, "AO": 33, "AG": 1, "AR": 45, "AM": 3, "AU": 26}


def double_majority() -> Profile:
    """55 % of the members who represent 65 % of the population; an abstention is not in favour."""
    profile = un_ga()
    parties = tuple(
        replace(party, weights={"population": POPULATION[party.id]})
        if party.id in POPULATION
        else party
        for party in profile.organisation.parties
    )
    profile = replace(profile, organisation=replace(profile.organisation, parties=parties))
    profile = with_decision(
        profile,
        "qualified",
        way="vote",
        rule=RuleId("two_thirds"),
        majorities=(
            Majority(at_least="55/100", of="members"),
            Majority(at_least="65/100", of="members", count="population"),
        ),
    )
    return with_matter(profile, "text", "qualified")


@pytest.mark.parametrize(
    ("yes", "carried"),
    [
        ("AF DZ AO AR AU", True),
        ("AF DZ AO AR", False),
        ("AL AD AG AM AF DZ", False),
        ("AF AL DZ AD AO AG AR", True),
    ],
    ids=["both", "too few members", "too few people", "many of both"],
)
def test_a_weighted_double_majority_needs_both(yes: str, carried: bool) -> None:
    room = voting(double_majority(), "qualified")
    room.vote(yes=yes, abstain="" if "AU" in yes else "AU")
    assert room.result().carried is carried


def test_a_majority_of_those_present_counts_who_does_not_vote() -> None:
    profile = with_decision(
        un_ga(), "simple_majority", majorities=(Majority(more_than="1/2", of="present"),)
    )
    room = voting(profile, "simple_majority")
    room.vote(yes="AF AL DZ AD", abstain="AO")
    assert not room.result().carried, "four of nine"
    room = voting(profile, "simple_majority")
    room.vote(yes="AF AL DZ AD", abstain="AO")
    room.lose("AR", "AM", "AU")
    assert room.result().carried, "four of six"


def test_a_seat_that_is_no_party_weighs_nothing() -> None:
    weighty = double_majority()
    profile = with_decision(weighty, "qualified", electorate=("member", "presiding"), quorum=None)
    kinds = profile.procedure.kinds
    acts = {**kinds["presiding"].acts, "cast_vote": "head"}
    changed = {**kinds, "presiding": replace(kinds["presiding"], acts=acts)}
    room = voting(with_procedure(profile, lambda p: replace(p, kinds=changed)), "qualified")
    room.do(CHAIR, a.CastVote(window=room.window.id, vote=Vote.YES))
    room.vote(yes="AF DZ AO AR AU")
    assert room.result().carried


def test_a_window_for_votes_runs_its_time() -> None:
    room = voting(with_decision(un_ga(), "simple_majority", window_seconds=30), "simple_majority")
    room.vote(yes="AF AL DZ AD AO")
    declare = a.DeclareResult(window=room.window.id)
    room.later(29)
    assert room.refuses(CHAIR, declare, Reason.WINDOW_RUNNING).facts == {"seconds": 1}
    room.later(1)
    assert room.result().carried


def test_only_who_has_a_vote_votes() -> None:
    profile = with_decision(un_ga(), "simple_majority", excluded="concerned")
    profile = with_matter(profile, "about_al", "simple_majority")
    room = sitting(profile)
    room.table("d1", head("AF"), matter="about_al", concerns=PartyId("AL"))
    window = room.put_texts("d1")
    vote = a.CastVote(window=window, vote=Vote.NO)
    room.refuses(head("AL"), vote, Reason.NO_SAY, "simple_majority")
    room.refuses(head("PS"), vote, Reason.NOT_ENTITLED, "rights")
    explanation = a.PlaceOpinion(
        window=window, kind=OpinionKind.EXPLANATION_OF_VOTE, scope=scope(), text="why"
    )
    room.do(head("AD"), explanation)


def test_a_question_set_aside_leaves_things_as_they_were(room: Room) -> None:
    window = room.put(a.Waiver(rule=RuleId("reply"), ground="g"))
    assert len(room.do(CHAIR, a.SetAside(window=window))) == 1
    refused = room.refuses(CHAIR, a.SetAside(window=window), Reason.ANOTHER_WINDOW)
    assert refused.facts == {"window": window, "now": None}


def test_nothing_is_a_share_of_nothing() -> None:
    assert not Share(at_least="1/3").met(0, 0)
    assert Share(at_least="1/3").met(1, 3)
    assert not Share(more_than="1/2").met(1, 2)


def test_a_contested_person_confirms_nothing_by_telephone(room: Room, window: WindowId) -> None:
    room.lose("KZ")
    room.do(
        SECRETARY,
        a.ExamineLetter(seat=SeatId("KZ"), person=PersonId("head-KZ"), finding=Finding.CONTESTED),
    )
    room.refuses(SECRETARY, telephone(room, "KZ"), Reason.NOT_ACCREDITED, "accreditation")
