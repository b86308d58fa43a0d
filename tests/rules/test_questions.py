"""What may be put, by which rule it is decided, and who has a say."""

from typing import Any

import pytest
from msgspec.structs import replace
from tests.rules.room import (
    CHAIR,
    SECRETARY,
    Room,
    agenda,
    convene,
    head,
    instructed,
    not_convened,
    opened,
    package,
    sco,
    sitting,
    text,
    un_ga,
    with_decision,
    with_procedure,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Form
from plenary.rules.evolve import evolve_all
from plenary.rules.names import DocumentId, ItemId, PartyId, RuleId
from plenary.rules.questions import MOST_SILENCES, subject_digest
from plenary.rules.refusals import Reason

THREE_DAYS = 259_200_000


@pytest.fixture
def room() -> Room:
    room = sitting(sco())
    room.listed("d1", "d2")
    return room


def refuses_to_put(
    room: Room, subject: a.AnySubject, reason: Reason, rule: str | None = None, **put: Any
) -> dict[str, object]:
    return room.refuses(CHAIR, a.Put(subject=subject, **put), reason, rule).facts


# ---- one question at a time ----------------------------------------------------------------------


def test_one_question_of_the_sitting_at_a_time_and_nobody_speaking(room: Room) -> None:
    window = room.put_texts("d1")
    assert refuses_to_put(room, package("d2"), Reason.QUESTION_OPEN) == {"window": window}
    room.do(CHAIR, a.SetAside(window=window))
    room.do(CHAIR, a.AskForTheFloor())
    room.do(CHAIR, a.GiveTheFloor(seat=CHAIR.seat))
    refuses_to_put(room, package("d1"), Reason.FLOOR_TAKEN, "decisions")


def test_a_window_says_by_which_rule_who_decides_and_until_when(room: Room) -> None:
    put = room.one(e.QuestionPut, CHAIR, a.Put(subject=package("d1")))
    assert (put.decision, put.way, put.why) == ("consensus", "consensus", "consensus")
    assert list(put.electorate) == room.members
    assert put.closes == room.now + 10_000


def test_what_is_acknowledged_is_the_subject_and_its_texts(room: Room) -> None:
    one, other = package("d1", "d2"), package("d2", "d1")
    assert subject_digest(room.meeting, one) != subject_digest(room.meeting, other)
    before = subject_digest(room.meeting, one)
    texts = {**room.document("d1").texts, **dict.fromkeys(room.document("d1").texts, "0" * 64)}
    room.do(SECRETARY, a.Amend(document=DocumentId("d1"), texts=texts, ground="better"))
    assert subject_digest(room.meeting, one) != before


# ---- who has a say -------------------------------------------------------------------------------


def test_the_member_concerned_has_no_say_in_its_suspension() -> None:
    room = sitting(sco())
    room.listed("d1", type="decision", matter="suspension_of_member", concerns=PartyId("PK"))
    window = room.put_texts("d1")
    assert "PK" not in room.window.electorate
    refused = room.refuses(head("PK"), a.Object(window=window), Reason.NO_SAY)
    assert refused.rule == "consensus_minus_one"
    room.do(head("KZ"), a.Object(window=window))


@pytest.mark.parametrize(
    "given",
    [{"concerns": PartyId("PK")}, {"matter": "suspension_of_member"}],
    ids=["nobody is excluded", "nobody is concerned"],
)
def test_a_member_is_concerned_exactly_where_the_rule_excludes_it(given: dict[str, Any]) -> None:
    room = sitting(sco())
    room.listed("d1", **given)
    refuses_to_put(room, package("d1"), Reason.NOTHING_CONCERNED, "decisions")


def test_where_absence_bars_a_member_that_never_came_has_a_say() -> None:
    room = not_convened(sco())
    room.do(SECRETARY, convene(sco()))
    there = ["presiding", *room.members[:-1]]
    room.delegate(*there)
    room.sit(*there)
    room.do(CHAIR, a.OpenMeeting())
    room.agree(a.RemoteForm(form=Form.VIDEOCONFERENCE))
    room.listed("d1")
    room.put_texts("d1")
    assert "UZ" in room.window.electorate, "though not asked how the meeting runs"
    room.all_acknowledge(but=["UZ"])
    assert room.refuses_to_declare(Reason.NOT_PRESENT).facts["seats"] == ["UZ"]


def test_who_left_is_not_asked(room: Room) -> None:
    room.do(head("UZ"), a.LeaveMeeting())
    room.put_texts("d1")
    assert "UZ" not in room.window.electorate


def test_on_how_the_meeting_runs_only_those_who_came_are_asked() -> None:
    room = opened(un_ga())
    room.put(agenda("1"))
    assert len(room.window.electorate) == 9
    room.do(CHAIR, a.SetAside(window=room.window.id))
    room.do(head("AR"), a.LeaveMeeting())
    room.put(agenda("1"))
    assert "AR" not in room.window.electorate


def test_a_vote_is_all_the_members_own() -> None:
    room = sitting(un_ga())
    room.table("d1", head("AF"))
    room.do(head("AR"), a.LeaveMeeting())
    room.put_texts("d1", decision="simple_majority")
    assert "AR" in room.window.electorate


# ---- by which rule -------------------------------------------------------------------------------


def test_where_consensus_fails_the_chair_goes_on_to_the_vote_the_profile_names() -> None:
    room = sitting(un_ga())
    room.table("d1", head("AF"))
    window = room.put_texts("d1")
    room.do(instructed("AL"), a.Object(window=window))
    room.do(CHAIR, a.SetAside(window=window))
    put = room.one(e.QuestionPut, CHAIR, a.Put(subject=package("d1"), decision="simple_majority"))
    assert (put.way, put.why) == ("vote", "simple_majority")


def test_no_other_rule_than_the_matters_own_or_its_fallbacks_applies(room: Room) -> None:
    facts = refuses_to_put(room, package("d1"), Reason.UNKNOWN_DECISION, decision="silence")
    assert facts == {"decision": "silence", "allowed": ["consensus"]}
    room.put_texts("d1", decision="consensus")


def test_a_package_is_decided_by_one_rule() -> None:
    room = sitting(un_ga())
    room.table("d1", head("AF"))
    room.table("d2", head("AF"), matter="important_question")
    refuses_to_put(room, package("d1", "d2"), Reason.MIXED_MATTERS, "decisions")


def test_nothing_stands_twice_in_a_package_a_list_or_an_agenda() -> None:
    room = opened(sco())
    room.agree(a.RemoteForm(form=Form.VIDEOCONFERENCE))
    room.table("d1", SECRETARY)
    twice = (DocumentId("d1"), DocumentId("d1"))
    refuses_to_put(room, a.Texts(documents=twice), Reason.TWICE_IN_PACKAGE, "decisions")
    refuses_to_put(room, a.DocumentList(documents=twice), Reason.TWICE_IN_PACKAGE)
    refuses_to_put(room, agenda("1", "1"), Reason.TWICE_IN_PACKAGE, "agenda")


def test_agenda_and_list_name_documents_there_are() -> None:
    room = opened(un_ga())
    refuses_to_put(room, agenda("1", **{"1": ("d9",)}), Reason.UNKNOWN_DOCUMENT)
    refuses_to_put(room, a.DocumentList(documents=(DocumentId("d9"),)), Reason.UNKNOWN_DOCUMENT)
    refuses_to_put(room, package("d9"), Reason.UNKNOWN_DOCUMENT, "documents")


def test_form_and_agenda_are_agreed_once(room: Room) -> None:
    refuses_to_put(room, a.RemoteForm(form=Form.HYBRID), Reason.ALREADY_AGREED, "form")
    refuses_to_put(room, agenda("3"), Reason.ALREADY_AGREED, "agenda")


def test_the_form_knows_only_the_profiles_special_rules() -> None:
    room = opened(sco())
    form = a.RemoteForm(form=Form.HYBRID, special_rules=(RuleId("chair_knows_best"),))
    refuses_to_put(room, form, Reason.NO_SPECIAL_RULE, "form")


def test_the_agenda_is_adopted_with_its_items() -> None:
    room = opened(un_ga())
    adopted = room.agree(agenda("1", "2"))[-1]
    assert isinstance(adopted, e.AgendaAdopted)
    assert [item.id for item in adopted.items] == [ItemId("1"), ItemId("2")]


# ---- silence procedures --------------------------------------------------------------------------


def test_a_silence_procedure_runs_beside_the_sitting(room: Room) -> None:
    put = room.one(
        e.QuestionPut, CHAIR, a.Put(subject=package("d1"), expires=room.now + THREE_DAYS)
    )
    assert (put.way, put.closes) == ("silence", room.now + THREE_DAYS)
    room.put_texts("d2")
    refuses_to_put(room, package("d1"), Reason.NOT_ON_THE_TABLE, expires=room.now + THREE_DAYS)


def test_a_silence_procedure_runs_at_least_its_time(room: Room) -> None:
    soon = room.now + THREE_DAYS - 1
    facts = refuses_to_put(room, package("d1"), Reason.TOO_SHORT, "silence", expires=soon)
    assert facts == {"seconds": 259_200}


def test_only_texts_and_only_where_the_profile_has_it_go_by_silence(room: Room) -> None:
    expires = room.now + THREE_DAYS
    waiver = a.Waiver(rule=RuleId("agenda"), ground="g")
    refuses_to_put(room, waiver, Reason.NO_SILENCE_PROCEDURE, expires=expires)
    refuses_to_put(
        room, package("d1"), Reason.UNKNOWN_DECISION, expires=expires, decision="consensus"
    )
    room.put_texts("d1", expires=expires, decision="silence")
    loud = sitting(with_procedure(sco(), lambda p: replace(p, silence=None)))
    loud.listed("d1")
    refuses_to_put(loud, package("d1"), Reason.NO_SILENCE_PROCEDURE, expires=expires)


def test_there_is_an_end_to_silence_procedures(room: Room) -> None:
    room.put_texts("d1", expires=room.now + THREE_DAYS)
    put = room.happened[-1]
    assert isinstance(put, e.QuestionPut)
    many = [replace(put, window=f"s{n}") for n in range(MOST_SILENCES)]
    room.meeting = evolve_all(room.meeting, many)
    refuses_to_put(room, package("d2"), Reason.TOO_MANY, expires=room.now + THREE_DAYS)


def test_a_fallback_that_falls_back_ends() -> None:
    profile = with_decision(un_ga(), "simple_majority", fallback="two_thirds")
    profile = with_decision(profile, "two_thirds", fallback="without_a_vote")
    room = sitting(profile)
    room.table("d1", head("AF"), titles=text("d1"))
    facts = refuses_to_put(room, package("d1"), Reason.UNKNOWN_DECISION, decision="silence")
    assert facts["allowed"] == ["without_a_vote", "simple_majority", "two_thirds"]
