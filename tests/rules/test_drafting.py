"""Tabling, amending and withdrawing documents, and when one may be put."""

import pytest
from msgspec.structs import replace
from tests.rules.room import (
    CHAIR,
    SECRETARY,
    Room,
    head,
    instructed,
    package,
    sco,
    sha,
    sitting,
    staff,
    tabling,
    text,
    texts,
    un_ga,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Authorisation, Report
from plenary.rules.drafting import MOST_DOCUMENTS, digest_of
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import DocumentStage
from plenary.rules.names import DocumentId, Language, PartyId
from plenary.rules.refusals import Reason


@pytest.fixture
def room() -> Room:
    return sitting(sco())


@pytest.fixture
def assembly() -> Room:
    return sitting(un_ga())


def amend(room: Room, document: str, words: str) -> a.Amend:
    new = texts(room.meeting.profile, words)
    return a.Amend(document=DocumentId(document), texts=new, ground="as agreed in consultations")


def withdraw(document: str) -> a.WithdrawDocument:
    return a.WithdrawDocument(document=DocumentId(document))


# ---- tabling -------------------------------------------------------------------------------------


def test_a_document_is_its_texts_in_several_languages_under_one_digest(room: Room) -> None:
    act = tabling(sco(), "d1", annexes=(a.Annex(titles=text("plan"), digest=sha("plan")),))
    tabled = room.one(e.DocumentTabled, SECRETARY, act)
    assert tabled.digest == digest_of(tabled.texts)
    assert tabled.digest == digest_of(dict(reversed(tabled.texts.items())))
    assert tabled.annexes == act.annexes
    assert room.document("d1").stage is DocumentStage.TABLED


def test_a_document_is_of_a_type_and_a_matter_the_profile_has_and_tabled_once(room: Room) -> None:
    room.refuses(SECRETARY, tabling(sco(), "d1", type="treaty"), Reason.UNKNOWN_TYPE, "documents")
    room.refuses(SECRETARY, tabling(sco(), "d1", matter="war"), Reason.UNKNOWN_MATTER, "documents")
    room.do(SECRETARY, tabling(sco(), "d1"))
    room.refuses(SECRETARY, tabling(sco(), "d1"), Reason.DOCUMENT_EXISTS, "documents")


def test_only_members_and_the_secretariat_sponsor(room: Room) -> None:
    sponsored = tabling(sco(), "d1", sponsors=(PartyId("KG"), PartyId("AF")))
    refused = room.refuses(SECRETARY, sponsored, Reason.NO_SPONSOR, "documents")
    assert refused.facts["sponsor"] == "AF"
    room.do(instructed("KG"), tabling(sco(), "d1", sponsors=(PartyId("KG"),)))


def test_a_type_says_who_may_table_it(assembly: Room) -> None:
    presidents = tabling(un_ga(), "d1", type="amendment")
    refused = assembly.refuses(CHAIR, presidents, Reason.NO_SPONSOR)
    assert refused.facts == {"sponsor": "presiding", "allowed": ["member"]}


@pytest.mark.parametrize(
    "named",
    [
        {"initiative_of": PartyId("XX")},
        {"concerns": PartyId("XX")},
        {"report": Report(author=PartyId("XX"), period="2019")},
        {
            "authorises": Authorisation(
                signatory=PartyId("XX"), counterpart=text("WHO"), instrument=text("memorandum")
            )
        },
    ],
    ids=lambda named: next(iter(named)),
)
def test_a_party_a_document_names_is_one_there_is(room: Room, named: dict[str, object]) -> None:
    refused = room.refuses(SECRETARY, tabling(sco(), "d1", **named), Reason.UNKNOWN_PARTY)
    assert refused.facts == {"party": "XX"}


def test_there_is_an_end_to_documents(room: Room) -> None:
    room.table("d0", SECRETARY)
    (tabled,) = room.happened
    assert isinstance(tabled, e.DocumentTabled)
    pile = [replace(tabled, document=DocumentId(f"p{n}")) for n in range(MOST_DOCUMENTS)]
    room.meeting = evolve_all(room.meeting, pile)
    room.refuses(SECRETARY, tabling(sco(), "d1"), Reason.TOO_MANY, "documents")


# ---- amending and withdrawing --------------------------------------------------------------------


def test_an_amended_text_has_a_new_digest_and_version(room: Room) -> None:
    room.table("d1", SECRETARY)
    before = room.document("d1").digest
    amended = room.one(e.DocumentAmended, SECRETARY, amend(room, "d1", "better"))
    assert (amended.version, amended.ground) == (2, "as agreed in consultations")
    assert room.document("d1").digest == amended.digest != before
    room.refuses(SECRETARY, amend(room, "d1", "better"), Reason.SAME_TEXT, "documents")
    room.refuses(SECRETARY, amend(room, "d9", "better"), Reason.UNKNOWN_DOCUMENT, "documents")


def test_a_delegation_changes_only_what_it_tabled_or_sponsors(room: Room) -> None:
    room.do(instructed("KG"), tabling(sco(), "d1", sponsors=(PartyId("KG"), PartyId("UZ"))))
    refused = room.refuses(instructed("KZ"), amend(room, "d1", "x"), Reason.NOT_THE_SPONSOR)
    assert refused.facts == {"document": "d1", "sponsors": ["KG", "UZ"]}
    room.refuses(instructed("KZ"), withdraw("d1"), Reason.NOT_THE_SPONSOR)
    room.do(instructed("UZ"), amend(room, "d1", "better"))
    assert room.one(e.DocumentWithdrawn, instructed("KG"), withdraw("d1")).document == "d1"
    assert room.document("d1").stage is DocumentStage.WITHDRAWN
    room.refuses(SECRETARY, amend(room, "d1", "again"), Reason.NOT_ON_THE_TABLE)


def test_amending_ends_the_window_and_needs_a_new_one(room: Room) -> None:
    room.listed("d1", "d2")
    window = room.put_texts("d1", "d2")
    room.all_acknowledge()
    ended, amended = room.do(SECRETARY, amend(room, "d2", "better"))
    assert isinstance(ended, e.QuestionSetAside)
    assert isinstance(amended, e.DocumentAmended)
    room.later(10)
    room.refuses(CHAIR, a.DeclareAdopted(window=window), Reason.ANOTHER_WINDOW)
    assert room.document("d1").stage is DocumentStage.TABLED
    assert room.put_texts("d1", "d2") != window
    assert room.window.acknowledged == frozenset(), "the new text was acknowledged by nobody"
    room.refuses_to_declare(Reason.NOT_PRESENT, "presence")


def test_amending_a_text_leaves_other_windows_open(room: Room) -> None:
    room.listed("d1", "d2", "d3")
    silent = room.put(package("d2"), expires=room.now + 259_200_000)
    open_window = room.put_texts("d1")
    assert len(room.do(SECRETARY, amend(room, "d3", "better"))) == 1
    ended = room.one(e.QuestionSetAside, SECRETARY, amend(room, "d2", "better"))
    assert ended.window == silent
    assert room.window.id == open_window


def test_a_question_about_no_text_stays_open_when_a_text_is_amended(room: Room) -> None:
    room.table("d1", SECRETARY)
    room.put(a.DocumentList(documents=(DocumentId("d1"),)))
    assert len(room.do(SECRETARY, amend(room, "d1", "better"))) == 1


def test_a_text_that_is_voted_on_is_neither_amended_nor_withdrawn(assembly: Room) -> None:
    assembly.table("d1", head("AF"))
    assembly.put_texts("d1", decision="simple_majority")
    assembly.refuses(SECRETARY, amend(assembly, "d1", "x"), Reason.VOTING_HAS_BEGUN, "decisions")
    refused = assembly.refuses(head("AF"), withdraw("d1"), Reason.NOT_ON_THE_TABLE)
    assert refused.facts["stage"] == "before_the_meeting"


# ---- may it be put -------------------------------------------------------------------------------


def test_only_a_listed_document_is_put_where_the_profile_asks_for_a_list(room: Room) -> None:
    room.table("d1", SECRETARY)
    room.refuses(CHAIR, a.Put(subject=package("d1")), Reason.NOT_LISTED_DOCUMENT, "documents")
    listed = room.agree(a.DocumentList(documents=(DocumentId("d1"),)))[-1]
    assert listed == e.DocumentsListed(documents=(DocumentId("d1"),))
    room.put_texts("d1")


def test_a_document_is_put_in_all_authentic_languages_or_not_at_all(room: Room) -> None:
    room.listed("d1", texts={Language("ru"): sha("текст"), Language("en"): sha("text")})
    refused = room.refuses(
        CHAIR, a.Put(subject=package("d1")), Reason.LANGUAGE_MISSING, "languages"
    )
    assert refused.facts == {"document": "d1", "languages": ["zh-hans"]}


def test_what_was_withdrawn_or_adopted_is_not_put(room: Room) -> None:
    room.listed("d1", "d2")
    room.do(SECRETARY, withdraw("d1"))
    room.agree(package("d2"))
    for document, stage in (("d1", "withdrawn"), ("d2", "adopted")):
        refused = room.refuses(CHAIR, a.Put(subject=package(document)), Reason.NOT_ON_THE_TABLE)
        assert refused.facts["stage"] == stage


# ---- amendments as documents ---------------------------------------------------------------------


def amendment(room: Room, key: str, amends: str, removed: int = 0, by: str = "AL") -> None:
    room.table(
        key,
        instructed(by),
        type="amendment",
        amends=DocumentId(amends),
        furthest_removed=removed,
    )


def test_the_amendment_furthest_removed_goes_first_then_the_proposal(assembly: Room) -> None:
    assembly.table("d1", head("AF"))
    amendment(assembly, "near", "d1", 1)
    amendment(assembly, "far", "d1", 9)
    for later in ("d1", "near"):
        refused = assembly.refuses(CHAIR, a.Put(subject=package(later)), Reason.AMENDMENTS_FIRST)
        assert refused.facts == {"document": later, "first": "far"}
    incorporated = assembly.agree(package("far"))[-1]
    assert isinstance(incorporated, e.AmendmentIncorporated)
    assert assembly.document("d1").texts == texts(un_ga(), "far")
    assembly.put_texts("near", decision="simple_majority")
    assembly.vote(no="AF AL DZ AD AO")
    rejected = assembly.do(CHAIR, a.DeclareResult(window=assembly.window.id))[-1]
    assert isinstance(rejected, e.DocumentRejected)
    adopted = assembly.agree(package("d1"))[-1]
    assert isinstance(adopted, e.DocumentAdopted)
    assert (adopted.number, adopted.texts) == (1, texts(un_ga(), "far"))


def test_an_amendment_to_an_amendment_goes_before_it(assembly: Room) -> None:
    assembly.table("d1", head("AF"))
    amendment(assembly, "first", "d1")
    amendment(assembly, "to-first", "first")
    refused = assembly.refuses(CHAIR, a.Put(subject=package("first")), Reason.AMENDMENTS_FIRST)
    assert refused.facts["first"] == "to-first"


def test_what_is_amended_is_on_the_table(assembly: Room) -> None:
    unknown = tabling(un_ga(), "m", type="amendment", amends=DocumentId("d9"))
    assembly.refuses(head("AL"), unknown, Reason.UNKNOWN_DOCUMENT)
    assembly.table("d1", head("AF"))
    amendment(assembly, "m", "d1")
    assembly.do(head("AF"), withdraw("d1"))
    again = tabling(un_ga(), "m2", type="amendment", amends=DocumentId("d1"))
    assembly.refuses(head("AL"), again, Reason.NOT_ON_THE_TABLE)
    assembly.refuses(CHAIR, a.Put(subject=package("m")), Reason.NOT_ON_THE_TABLE)


def test_an_amendment_under_silence_still_goes_before_what_it_amends(assembly: Room) -> None:
    """Else the amendment would be incorporated into a text that was adopted without it."""
    assembly.table("d1", head("AF"))
    amendment(assembly, "m", "d1")
    assembly.put(package("m"), expires=assembly.now + 259_200_000)
    assembly.refuses(CHAIR, a.Put(subject=package("d1")), Reason.AMENDMENTS_FIRST)


def test_a_reconsidered_amendment_does_not_change_an_adopted_text(assembly: Room) -> None:
    assembly.table("d1", head("AF"))
    amendment(assembly, "m", "d1")
    assembly.put_texts("m", decision="simple_majority")
    assembly.vote(no="AF AL DZ AD AO")
    assembly.result()
    assembly.agree(package("d1"))
    assembly.meeting = evolve_all(assembly.meeting, [e.Reconsidered(document=DocumentId("m"))])
    refused = assembly.refuses(CHAIR, a.Put(subject=package("m")), Reason.NOT_ON_THE_TABLE)
    assert refused.facts == {"document": "d1", "stage": "adopted"}


def test_staff_table_on_instruction_only(room: Room) -> None:
    room.refuses(staff("KG"), tabling(sco(), "d1"), Reason.NO_INSTRUCTION, "roles")
