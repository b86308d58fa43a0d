"""Rulings, appeals, waivers and late entries."""

import pytest
from msgspec.structs import replace
from tests.rules.room import (
    CHAIR,
    SECRETARY,
    T0,
    Room,
    convene,
    head,
    instructed,
    package,
    sco,
    sitting,
    staff,
    un_ga,
    with_matter,
    with_waivable,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Actor, SignatureMeans
from plenary.rules.names import RuleId, SeatId, WindowId
from plenary.rules.refusals import Reason

POINT = a.RaisePointOfOrder(point="the order of speakers")
OVERRULED = a.Rule(upheld=False, rule=RuleId("speakers_list"), ruling="the list stands")
OWN = a.GiveRuling(rule=RuleId("documents"), ruling="circulated today", ground="urgency")


def late(room: Room, done: a.AnyAct, by: Actor, seconds_ago: float = 60) -> a.EnterLate:
    done_at = room.now - round(1000 * seconds_ago)
    return a.EnterLate(done=done, done_by=by, done_at=done_at, ground="done orally")


@pytest.fixture
def room() -> Room:
    room = sitting(sco())
    room.later(3600)
    return room


@pytest.fixture
def assembly() -> Room:
    return sitting(un_ga())


# ---- rulings -------------------------------------------------------------------------------------


def test_a_point_of_order_is_ruled_on_before_anything_else(room: Room) -> None:
    room.do(staff("IN"), a.AskForTheFloor())
    room.do(instructed("KZ"), POINT)
    give = a.GiveTheFloor(seat=SeatId("IN"))
    room.refuses(CHAIR, give, Reason.POINT_OF_ORDER_PENDING, "points_of_order")
    room.refuses(CHAIR, OWN, Reason.POINT_OF_ORDER_PENDING)
    ruled = room.one(e.RulingGiven, CHAIR, OVERRULED)
    assert (ruled.number, ruled.upheld, ruled.rule) == (1, False, "speakers_list")
    room.do(CHAIR, give)


def test_a_ruling_names_a_rule_the_profile_has(room: Room) -> None:
    room.refuses(CHAIR, OVERRULED, Reason.NO_POINT_OF_ORDER)
    room.do(instructed("KZ"), POINT)
    unknown = a.Rule(upheld=True, rule=RuleId("etiquette"), ruling="quite so")
    room.refuses(CHAIR, unknown, Reason.UNKNOWN_RULE, "rulings")


def test_a_departure_of_the_chairs_own_is_a_ruling_with_its_ground(room: Room) -> None:
    ruled = room.one(e.RulingGiven, CHAIR, OWN)
    assert (ruled.upheld, ruled.ground) == (None, "urgency")
    unknown = a.GiveRuling(rule=RuleId("etiquette"), ruling="r", ground="g")
    room.refuses(CHAIR, unknown, Reason.UNKNOWN_RULE)


# ---- appeals -------------------------------------------------------------------------------------


def test_where_there_is_no_appeal_a_ruling_stands(room: Room) -> None:
    room.do(CHAIR, OWN)
    room.refuses(instructed("KZ"), a.Appeal(), Reason.NOT_ENTITLED, "rights")


def test_a_profile_without_an_appeal_has_none_whoever_asks() -> None:
    profile = sco()
    acts = profile.procedure.kinds["member"].acts
    acts_with_appeal = {**acts, "appeal": "instructed"}
    kinds = {
        **profile.procedure.kinds,
        "member": replace(profile.procedure.kinds["member"], acts=acts_with_appeal),
    }
    room = sitting(replace(profile, procedure=replace(profile.procedure, kinds=kinds)))
    room.do(CHAIR, OWN)
    room.refuses(instructed("KZ"), a.Appeal(), Reason.NO_APPEAL, "points_of_order")


def test_a_majority_overrules_a_ruling(assembly: Room) -> None:
    assembly.do(CHAIR, OWN)
    challenged = assembly.one(e.RulingChallenged, instructed("AL"), a.Appeal())
    assembly.put(a.AppealSubject(ruling=challenged.number))
    assembly.vote(yes="AF AL DZ AD AO", no="AG AR")
    decided = assembly.do(CHAIR, declare(assembly))[-1]
    assert decided == e.RulingDecided(number=1, stands=False, why=RuleId("procedural_majority"))


def test_without_a_majority_against_it_a_ruling_stands(assembly: Room) -> None:
    assembly.do(CHAIR, OWN)
    assembly.do(instructed("AL"), a.Appeal())
    assembly.put(a.AppealSubject(ruling=1))
    assembly.vote(yes="AF AL DZ", no="AG AR AM")
    decided = assembly.one(e.RulingDecided, CHAIR, declare(assembly))
    assert decided.stands, "a tie overrules nothing"
    assembly.refuses(instructed("AL"), a.Appeal(), Reason.NO_RULING)


def declare(room: Room) -> a.DeclareResult:
    return a.DeclareResult(window=room.window.id)


def test_an_appeal_goes_before_everything_else_and_is_not_lost(assembly: Room) -> None:
    assembly.refuses(instructed("AL"), a.Appeal(), Reason.NO_RULING, "points_of_order")
    assembly.refuses(CHAIR, a.Put(subject=a.AppealSubject(ruling=0)), Reason.NO_APPEAL)
    assembly.do(CHAIR, OWN)
    assembly.do(instructed("AL"), a.Appeal())
    assembly.refuses(instructed("AF"), a.Appeal(), Reason.APPEAL_PENDING)
    assembly.refuses(CHAIR, a.CloseMeeting(), Reason.APPEAL_PENDING, "points_of_order")
    assembly.refuses(CHAIR, OWN, Reason.APPEAL_PENDING)
    assembly.refuses(instructed("AF"), POINT, Reason.APPEAL_PENDING)
    assembly.refuses(CHAIR, a.Put(subject=a.AppealSubject(ruling=7)), Reason.NO_APPEAL)
    assert assembly.meeting.ruling.appealed


def test_an_appeal_decided_without_a_vote_where_the_profile_says_so() -> None:
    profile = un_ga()
    points = replace(profile.procedure.points_of_order, appeal="without_a_vote")
    room = sitting(replace(profile, procedure=replace(profile.procedure, points_of_order=points)))
    room.do(CHAIR, OWN)
    room.do(instructed("AL"), a.Appeal())
    room.put(a.AppealSubject(ruling=1))
    room.all_acknowledge()
    decided = room.declare()[-1]
    assert isinstance(decided, e.RulingDecided)
    assert not decided.stands


def test_an_appeal_does_not_stop_a_vote_for_good(assembly: Room) -> None:
    assembly.table("d1", head("AF"))
    assembly.put_texts("d1", decision="simple_majority")
    assembly.vote(yes="AF AL DZ AD AO")
    assembly.do(instructed("AL"), POINT)
    assembly.do(CHAIR, OVERRULED)
    assembly.refuses(instructed("AL"), a.Appeal(), Reason.VOTING_HAS_BEGUN, "points_of_order")
    assembly.result()
    assembly.do(instructed("AL"), a.Appeal())


def test_an_appeal_set_aside_leaves_the_ruling_standing(assembly: Room) -> None:
    assembly.do(CHAIR, OWN)
    assembly.do(instructed("AL"), a.Appeal())
    window = assembly.put(a.AppealSubject(ruling=1))
    assert assembly.one(e.RulingDecided, CHAIR, a.SetAside(window=window)).stands


# ---- waivers -------------------------------------------------------------------------------------


def test_a_waived_rule_refuses_no_longer(room: Room) -> None:
    room.do(CHAIR, a.OpenSegment(format="narrow"))
    room.refuses(staff("AF"), a.AskForTheFloor(), Reason.NOT_IN_THIS_FORMAT, "formats")
    waiver = a.Waiver(rule=RuleId("formats"), ground="observers are welcome")
    agreed = room.agree(waiver)[-1]
    assert agreed == e.RuleWaived(rule=waiver.rule, ground=waiver.ground)
    room.do(staff("AF"), a.AskForTheFloor())
    room.refuses(CHAIR, a.Put(subject=waiver), Reason.ALREADY_WAIVED, "formats")


@pytest.mark.parametrize("rule", ["consensus", "presence", "languages", "presiding", "annotations"])
def test_neither_a_treaty_nor_consensus_nor_presence_is_ever_waived(rule: str) -> None:
    room = sitting(with_waivable(sco(), rule))
    waiver = a.Put(subject=a.Waiver(rule=RuleId(rule), ground="convenience"))
    refused = room.refuses(CHAIR, waiver, Reason.NOT_WAIVABLE, rule)
    assert refused.facts["standing"] == sco().rule(rule).standing


def test_only_a_rule_there_is_and_that_says_so_is_waived(room: Room) -> None:
    unknown = a.Put(subject=a.Waiver(rule=RuleId("etiquette"), ground="g"))
    room.refuses(CHAIR, unknown, Reason.UNKNOWN_RULE, "rulings")
    firm = a.Put(subject=a.Waiver(rule=RuleId("seats"), ground="g"))
    room.refuses(CHAIR, firm, Reason.NOT_WAIVABLE, "seats")


def test_one_member_can_refuse_a_waiver(room: Room) -> None:
    window = room.put(a.Waiver(rule=RuleId("reply"), ground="short of time"))
    room.all_acknowledge()
    room.do(instructed("KZ"), a.Object(window=window))
    room.refuses_to_declare(Reason.OBJECTION_STANDS)
    assert room.meeting.waived == frozenset()


# ---- late entry ----------------------------------------------------------------------------------


def test_a_late_entry_says_who_did_it_when_and_on_what_ground(room: Room) -> None:
    room.listed("d1")
    room.agree(package("d1"))
    document = room.document("d1")
    ink = a.Sign(
        document=document.id, means=SignatureMeans.COUNTERPART_PAGE, digest=document.digest
    )
    entered, signed = room.do(SECRETARY, late(room, ink, head("KZ"), 5))
    assert entered == e.EnteredLate(
        done_by=head("KZ"), done_at=room.now - 5000, ground="done orally"
    )
    assert isinstance(signed, e.DocumentSigned)
    assert signed.person == "head-KZ"


def test_an_instruction_given_orally_is_named(room: Room) -> None:
    entered, _ = room.do(SECRETARY, late(room, POINT, instructed("KZ")))
    assert isinstance(entered, e.EnteredLate)
    assert entered.done_by.instructed_by == "head-KZ"


def test_nothing_of_the_future_is_entered_late_nor_from_before_the_meeting(room: Room) -> None:
    future = late(room, POINT, head("KZ"), -1)
    room.refuses(SECRETARY, future, Reason.LATER_THAN_NOW, "rulings")
    before = late(room, POINT, head("KZ"), (room.now - T0) / 1000 + 1)
    room.refuses(SECRETARY, before, Reason.LATER_THAN_NOW)


def test_an_act_entered_late_must_be_in_order_itself(room: Room) -> None:
    room.refuses(SECRETARY, late(room, POINT, staff("KZ")), Reason.NO_INSTRUCTION)
    room.refuses(SECRETARY, late(room, POINT, head("AF")), Reason.NOT_ENTITLED)
    room.refuses(
        SECRETARY, late(room, a.CloseMeeting(), instructed("presiding")), Reason.HEAD_ALONE
    )
    room.refuses(SECRETARY, late(room, POINT, staff("KZ", "head-IN")), Reason.WRONG_PRINCIPAL)


def test_only_the_secretariat_enters_late(room: Room) -> None:
    act = late(room, POINT, head("KZ"))
    room.refuses(head("KZ"), act, Reason.NOT_ENTITLED, "rights")
    room.refuses(CHAIR, act, Reason.NOT_ENTITLED)


def test_some_acts_are_never_entered_late(room: Room) -> None:
    for act in (
        late(room, POINT, head("KZ")),
        convene(sco()),
        a.TakeSeat(screen="s"),
    ):
        room.refuses(SECRETARY, late(room, act, SECRETARY), Reason.NOT_ENTERED_LATE, "rulings")
    deep: a.AnyAct = POINT
    for _ in range(2_000):
        deep = late(room, deep, SECRETARY)
    room.refuses(SECRETARY, deep, Reason.NOT_ENTERED_LATE, "rulings")


def test_a_late_entry_opens_no_window_that_is_already_over(room: Room) -> None:
    """The window is measured from the entry: everybody has the time to object."""
    room.listed("d1")
    put = late(room, a.Put(subject=package("d1")), CHAIR, 5)
    opened = room.one(e.QuestionPut, SECRETARY, put)
    assert opened.at == room.now
    room.all_acknowledge()
    room.refuses(CHAIR, a.DeclareAdopted(window=opened.window), Reason.WINDOW_RUNNING)


def test_what_was_raised_in_time_in_writing_breaks_a_silence_entered_after_it(room: Room) -> None:
    room.listed("d1", "d2")
    expires = room.now + 259_200_000
    first = room.put(package("d1"), expires=expires)
    second = room.put(package("d2"), expires=expires)
    room.later(259_200 + 60)
    in_time = late(room, a.Object(window=first), instructed("KZ"), 61)
    assert room.one(e.SilenceBroken, SECRETARY, in_time).seat == "KZ"
    proposal = a.BreakSilence(window=second, amendment="strike paragraph 2")
    too_late = late(room, proposal, instructed("KZ"), 60)
    room.refuses(SECRETARY, too_late, Reason.WINDOW_EXPIRED, "silence")
    room.do(SECRETARY, late(room, proposal, instructed("KZ"), 61))


def test_no_late_entry_undoes_the_gavel(room: Room) -> None:
    room.listed("d1")
    window = room.put_texts("d1")
    room.all_acknowledge()
    room.declare()
    objection = late(room, a.Object(window=window), head("KZ"), 9)
    room.refuses(SECRETARY, objection, Reason.ANOTHER_WINDOW, "decisions")


def test_a_waiver_by_vote_where_the_profile_says_so() -> None:
    room = sitting(with_matter(un_ga(), "waiver", "simple_majority"))
    room.put(a.Waiver(rule=RuleId("reply"), ground="short of time"))
    room.vote(yes="AF AL DZ", no="AD AO AG")
    assert room.result().tied is False, "only texts are voted on twice"
    room.refuses(CHAIR, a.DeclareResult(window=WindowId("w9")), Reason.ANOTHER_WINDOW)
