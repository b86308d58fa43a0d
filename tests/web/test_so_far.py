"""The public live page: what was decided goes with how, what was ruled stays until the next item."""

import re

import pytest
from tests.web.conftest import browser
from tests.web.meetings import Held, head

from plenary.rules import acts as a
from plenary.rules.names import DocumentId, PartyId, RuleId
from plenary.web.naming import Naming

COUNTED = {
    "en": "Agreed; present 3, confirmed by telephone 1, proceeded without 4",
    "ru": "Согласовано; присутствовали: 3, подтвердили по телефону: 1, "
    "рассмотрение продолжено без участия: 4",
    "zh-hans": "商定；3方在场、1方电话确认、在4方缺席的情况下继续进行",
}
CHOICES = re.compile("<option.*?</option>")
"""What the history can be filtered by: every seat, whoever sat there."""


def page(held: Held, path: str = "", language: str = "en") -> str:
    at = f"/meetings/{held.origin}/{path}?language={language}"
    return browser().get(at).content.decode()


def opened(origin: str, *documents: str) -> Held:
    return Held(origin).convene().accredit().table(*documents, type="decision").open()


def decide_with_three_of_eight(held: Held, subject: a.AnySubject) -> None:
    """Three members are there, one telephones, and the presiding officer proceeds without four."""
    window = held.put(subject)
    assert list(window.electorate) == held.members()
    here, away = window.electorate[:3], window.electorate[3:]
    telephones, *gone = away
    held.connected -= set(away)
    for seat in here:
        held.does(seat, a.AcknowledgeText(window=window.id, digest=window.digest))
    held.serves(
        a.ConfirmByTelephone(
            window=window.id, seat=telephones, person=head(telephones), digest=window.digest
        )
    )
    special = next(
        RuleId(key)
        for key, rule in held.profile.procedure.special_rules.items()
        if rule.allows == "proceed_without"
    )
    for seat in gone:
        held.does(
            held.presiding,
            a.ProceedWithout(
                window=window.id, seat=seat, special_rule=special, ground="The line is down"
            ),
        )
    held.declare(window)
    held.connected |= set(away)


@pytest.fixture(scope="module")
def few(database) -> Held:
    held = opened("sco/few", "d-1", "d-2", "d-3").adopt("d-3")
    decide_with_three_of_eight(held, a.Texts(documents=(DocumentId("d-1"), DocumentId("d-2"))))
    return held


@pytest.mark.parametrize("language", COUNTED)
def test_an_adoption_says_how_many_agreed_and_without_how_many(few: Held, desk, language):
    counted = COUNTED[language]
    assert counted in page(few, "history/", language)
    assert page(few, "", language).count(counted) == 1, "once for the two texts of one decision"
    own = page(few, "documents/d-2/", language)
    assert f"<dd>{counted.split('; ')[-1].split('；')[-1]}</dd>" in own


@pytest.mark.parametrize("language", COUNTED)
@pytest.mark.parametrize("path", ["", "documents/", "documents/d-1/", "history/"])
def test_who_was_not_there_is_on_no_public_page(few: Held, desk, path, language):
    shown = CHOICES.sub("", page(few, path, language))
    naming = Naming(few.profile, language)
    assert "The line is down" not in shown
    away = [naming.seat(seat) for seat in few.members()[3:]]
    assert [name for name in away if name in shown] == []


def test_where_everybody_was_there_nothing_else_is_counted(few: Held, desk):
    shown = page(few)
    everybody = f"Agreed; present {len(few.members())}</p>"
    assert everybody in shown
    places = [shown.index(each) for each in (everybody, "Draft d-3", COUNTED["en"], "Draft d-1")]
    assert places == sorted(places), "each decision stands over its own texts"


def test_the_next_chairmanship_is_told_once_it_is_decided_and_once_it_has_passed(database, desk):
    held = opened("sco/next-chair")
    subject = a.NextChair(party=PartyId("TJ"), takes_effect=a.TakesEffect.ON_CLOSING)
    before = page(held)
    decide_with_three_of_eight(held, subject)
    decided = page(held)
    held.does(held.presiding, a.CloseMeeting())
    passed = page(held)
    assert "hairmanship" not in before
    assert "Next chairmanship of the organisation: Tajikistan</h2>" in decided
    assert f"on closing of the meeting · {COUNTED['en']}" in decided
    assert "The chairmanship of the organisation passed to: Tajikistan</h2>" in passed
    assert "on closing" not in passed
    assert COUNTED["en"] in passed
    assert "Председательство в Организации перешло к следующему государству: Таджикистан" in page(
        held, language="ru"
    )
    assert "本组织轮值主席国职责移交：塔吉克斯坦" in page(held, language="zh-hans")


def test_a_chairmanship_that_passes_on_a_day_is_told_with_the_day(database, desk):
    held = opened("sco/chair-on-a-day")
    on_date = a.TakesEffect.ON_DATE
    held.agree(a.NextChair(party=PartyId("TJ"), takes_effect=on_date, date="2021-01-01"))
    held.does(held.presiding, a.CloseMeeting())
    shown = page(held)
    assert "Next chairmanship of the organisation: Tajikistan</h2>" in shown
    assert "1 January 2021 · Agreed" in shown


def test_a_point_of_order_and_its_ruling_are_told_until_the_next_item(database, desk):
    held = Held("sco/ruled").convene().accredit().open()
    first = held.members()[0]
    held.does(first, a.RaisePointOfOrder(point="Not on the list"))
    raised = page(held)
    ruling = a.Rule(upheld=False, rule=RuleId("speaking"), ruling="It is on the list")
    held.does(held.presiding, ruling)
    ruled = page(held)
    second = held.members()[1]
    held.does(second, a.RaisePointOfOrder(point="Another matter"))
    another = page(held)
    held.does(held.presiding, a.Rule(upheld=True, rule=RuleId("speaking"), ruling="So be it"))
    held.does(held.presiding, a.Suspend(ground="Noon"))
    suspended = page(held)
    held.does(held.presiding, a.Resume())
    resumed = page(held)
    held.does(held.presiding, a.ConcludeItem())
    assert '<blockquote dir="auto">Not on the list</blockquote>' in raised
    assert "Ruling:" not in raised
    assert "Not on the list" in ruled
    assert "Ruling: the point of order is not upheld" in ruled
    assert '<blockquote dir="auto">It is on the list</blockquote>' in ruled
    assert "Another matter" in another
    assert "Not on the list" not in another
    assert "It is on the list" not in another
    assert "So be it" not in suspended
    assert '<p dir="auto">Noon</p>' in suspended
    assert "Noon" not in resumed
    assert "So be it" in resumed
    assert "So be it" not in page(held)


def test_what_is_ruled_in_closed_session_is_not_told(database, desk):
    held = Held("sco/ruled-behind-doors").convene().accredit().open()
    formats = list(held.profile.procedure.formats)
    held.does(held.presiding, a.OpenSegment(format=formats[0], closed=True))
    held.does(held.members()[0], a.RaisePointOfOrder(point="Behind doors"))
    ruling = a.Rule(upheld=True, rule=RuleId("speaking"), ruling="Said behind doors")
    held.does(held.presiding, ruling)
    closed = page(held)
    held.does(held.presiding, a.OpenSegment(format=formats[0]))
    assert "ehind doors" not in closed
    assert "ehind doors" not in page(held)
