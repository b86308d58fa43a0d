"""What follows from a decision: adoption, numbers, reports, mandates, initiatives."""

import pytest
from tests.rules.room import (
    CHAIR,
    SECRETARY,
    Room,
    head,
    instructed,
    package,
    sco,
    sitting,
    tabling,
    text,
    texts,
    un_ga,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Authorisation, Report
from plenary.rules.adoption import consequences
from plenary.rules.evolve import evolve_all
from plenary.rules.names import DocumentId, PartyId
from plenary.rules.refusals import Reason, Refused


@pytest.fixture
def room() -> Room:
    return sitting(sco())


def memorandum(partner: str) -> Authorisation:
    return Authorisation(
        signatory=PartyId("sco-secretariat"),
        counterpart=text(partner),
        instrument=text(f"memorandum with {partner}"),
    )


# The sixteen documents of 10 November 2020 (domain, section 8.3): type, and what each does.
MOSCOW: list[tuple[str, str, dict[str, object]]] = [
    ("01", "declaration", {}),
    ("02", "decision", {"annexes": (a.Annex(titles=text("Action Plan 2021-2025")),)}),
    ("03", "decision", {}),
    ("04", "decision", {}),
    ("05", "decision", {"authorises": memorandum("ESCAP")}),
    ("06", "decision", {"authorises": memorandum("Eurasian Economic Commission")}),
    ("07", "decision", {"authorises": memorandum("WHO")}),
    ("08", "decision", {"initiative_of": PartyId("KG")}),
    ("09", "decision", {"report": Report(author=PartyId("sco-secretariat"), period="2019-2020")}),
    ("10", "decision", {"report": Report(author=PartyId("rats"), period="2019")}),
    *((str(number), "statement", {}) for number in range(11, 17)),
]


@pytest.fixture
def moscow(room: Room) -> Room:
    keys = [key for key, _, _ in MOSCOW]
    for key, kind, does in MOSCOW:
        room.table(key, SECRETARY, type=kind, **does)
    room.agree(a.DocumentList(documents=tuple(map(DocumentId, keys))))
    room.happened.clear()
    room.agree(package(*keys))
    return room


def in_all(symbol: str) -> dict[str, str]:
    return dict.fromkeys(sco().organisation.languages.pages, symbol)


def of_kind(room: Room, kind: type[e.AnyEvent]) -> list[e.AnyEvent]:
    return [event for event in room.happened if isinstance(event, kind)]


def test_sixteen_documents_ten_for_signature_and_six_without_signing(moscow: Room) -> None:
    adopted = [event for event in moscow.happened if isinstance(event, e.DocumentAdopted)]
    assert len(adopted) == 16
    types = [event.type for event in adopted]
    assert {kind: types.count(kind) for kind in types} == {
        "declaration": 1,
        "decision": 9,
        "statement": 6,
    }
    modes = [event.adoption for event in adopted]
    assert (modes.count("for_signature"), modes.count("without_signing")) == (10, 6)


def test_three_mandates_two_reports_and_an_initiative_follow(moscow: Room) -> None:
    mandates = [event for event in moscow.happened if isinstance(event, e.MandateGiven)]
    assert [each.document for each in mandates] == ["05", "06", "07"]
    assert {each.signatory for each in mandates} == {"sco-secretariat"}
    reports = [event for event in moscow.happened if isinstance(event, e.ReportApproved)]
    assert [(each.author, each.period) for each in reports] == [
        ("sco-secretariat", "2019-2020"),
        ("rats", "2019"),
    ]
    (initiative,) = of_kind(moscow, e.InitiativeDecided)
    assert initiative == e.InitiativeDecided(document=DocumentId("08"), party=PartyId("KG"))


def test_decisions_are_numbered_in_the_order_of_the_package(moscow: Room) -> None:
    adopted = [event for event in moscow.happened if isinstance(event, e.DocumentAdopted)]
    decisions = [event for event in adopted if event.type == "decision"]
    assert [event.number for event in decisions] == list(range(1, 10))
    assert [event.symbols for event in decisions] == [
        {"en": f"No. {n}", "ru": f"№ {n}", "zh-hans": f"第{n}号"} for n in range(1, 10)
    ]


def test_a_symbol_made_of_body_and_date_is_the_same_in_all_languages(moscow: Room) -> None:
    adopted = [event for event in moscow.happened if isinstance(event, e.DocumentAdopted)]
    assert adopted[0].symbols == in_all("CHS/2020-11-10/D1")
    assert moscow.document("16").symbols == in_all("CHS/2020-11-10/S6")


def test_a_document_is_adopted_in_all_its_languages_at_once(moscow: Room) -> None:
    adopted = next(event for event in moscow.happened if isinstance(event, e.DocumentAdopted))
    assert adopted.texts == texts(sco(), "01")
    assert set(sco().organisation.languages.authentic) <= set(adopted.texts)


def test_numbers_go_on_from_one_question_to_the_next(room: Room) -> None:
    room.listed("d1", "d2", type="decision")
    room.agree(package("d1"))
    room.agree(package("d2"))
    assert room.document("d2").symbols == {"en": "No. 2", "ru": "№ 2", "zh-hans": "第2号"}


def test_what_is_not_adopted_has_no_consequences(room: Room) -> None:
    room.listed("d1", initiative_of=PartyId("KG"))
    window = room.put_texts("d1")
    room.do(instructed("IN"), a.Object(window=window))
    room.happened.clear()
    room.do(CHAIR, a.SetAside(window=window))
    assert of_kind(room, e.InitiativeDecided) == []


def test_an_amendment_takes_no_number_from_the_proposals() -> None:
    room = sitting(un_ga())
    room.table("d1", head("AF"))
    room.table("d2", head("AF"))
    room.do(head("AL"), tabling(un_ga(), "m", amends=DocumentId("d1")))
    incorporated, second = room.agree(package("m", "d2"))[1:]
    assert isinstance(incorporated, e.AmendmentIncorporated)
    assert (incorporated.document, incorporated.version) == ("d1", 2)
    assert isinstance(second, e.DocumentAdopted)
    assert second.number == 1


def test_consequences_of_what_is_not_known_are_refused_not_guessed(room: Room) -> None:
    """A reader of the public record knows of a window on texts whose tabling is withheld."""
    room.listed("d1")
    room.put_texts("d1")
    window = room.window
    stranger = evolve_all(sitting(sco()).meeting, [])
    with pytest.raises(Refused) as caught:
        consequences(stranger, window, a.Facts(at=room.now))
    assert caught.value.reason is Reason.UNKNOWN_DOCUMENT
