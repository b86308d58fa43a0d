"""Words: nothing untranslated, every reason and event said in three languages, dates and plurals right."""

from typing import get_args

import msgspec
import pytest
from django.conf import settings
from django.utils.translation import override
from tests.web.conftest import browser
from tests.web.meetings import Held, head

from plenary.desk.codec import bodies
from plenary.rules import events as e
from plenary.rules.acts import ACTS, Finding, SignatureMeans
from plenary.rules.events import AnyEvent
from plenary.rules.names import DocumentId, PersonId, RuleId, WindowId
from plenary.rules.refusals import Reason, Refused
from plenary.web import catalogue
from plenary.web.event_phrases import LINES, NAMELESS, event_line
from plenary.web.languages import LANGUAGES, day, day_and_time
from plenary.web.naming import WORDS, Naming, duration
from plenary.web.phrases import REASONS, refusal, rule_in_words

CODES = [code for code, _ in LANGUAGES]


@pytest.mark.slow
def test_no_word_is_left_untranslated():
    assert list(catalogue.faults()) == []


def test_every_reason_and_every_event_has_its_words():
    assert set(REASONS) == set(Reason)
    assert set(LINES) == set(get_args(AnyEvent))
    assert set(ACTS) <= set(WORDS)


@pytest.mark.parametrize("language", CODES)
def test_a_refusal_is_said_whatever_its_facts(language, held: Held):
    for reason in Reason:
        said = refusal(Refused(reason, RuleId("sitting")), held.profile, language)
        assert said
        assert "%" not in said
        assert language == "en" or said != REASONS[reason]


@pytest.mark.parametrize("language", CODES)
def test_every_event_of_a_meeting_is_said_in_one_line(language, held: Held):
    meeting = held.desk.meeting
    english = []
    for body in bodies(held.desk.minutes.entries()):
        for deed in body.deeds:
            for event in deed.events:
                line = event_line(event, meeting, language)
                assert "%(" not in line
                assert "\n" not in line
                english.append(line == event_line(event, meeting, "en"))
                assert event_line(event, held.profile, language)
    assert language == "en" or not any(english)


@pytest.mark.parametrize("language", CODES)
def test_a_person_whose_letter_the_reader_does_not_know_is_said_as_the_seat(language, held: Held):
    seat, person = held.members()[0], PersonId("nobody-wrote-of")
    about = held.desk.meeting
    replaced = e.HeadReplaced(seat=seat, person=person, ground="ill", before=head(seat))
    rule, window = RuleId("acting_chair"), WindowId("w1")
    signed = e.DocumentSigned(
        document=DocumentId("st-1"),
        seat=seat,
        person=person,
        means=SignatureMeans.ELECTRONIC,
        digest="0" * 64,
    )
    events: list[AnyEvent] = [
        e.LetterExamined(seat=seat, person=person, finding=Finding.ACCEPTED),
        e.ActingChairInstalled(seat=seat, person=person, ground="line", why=rule),
        e.ConfirmedByTelephone(seat=seat, person=person, window=window),
        replaced,
        signed,
        msgspec.structs.replace(signed, ad_referendum=True),
    ]
    assert {type(event) for event in events} == set(NAMELESS)
    for event in events:
        line = event_line(event, about, language)
        assert person not in line
        assert Naming(held.profile, language).seat(seat) in line
    known = msgspec.structs.replace(replaced, person=head(seat))
    assert f"Head of {seat}" in event_line(known, about, language)


def test_names_are_those_of_the_readers_language(held: Held):
    refused = Refused(Reason.FLOOR_TAKEN, RuleId("speaking"), speaking="KZ")
    assert "Kazakhstan" in refusal(refused, held.profile, "en")
    assert "Казахстан" in refusal(refused, held.profile, "ru")
    assert "哈萨克斯坦" in refusal(refused, held.profile, "zh-hans")
    assert Naming(held.profile, "ru").seat("nowhere") == "nowhere"


def test_a_rule_says_what_it_rests_on_and_an_inference_is_never_shown_as_law(held: Held):
    inferred = rule_in_words(held.profile, "quorum", "ru")
    assert inferred is not None
    assert inferred.standing == "our inference"
    assert inferred.standing_in_words == "вывод составителей"
    treaty = rule_in_words(held.profile, "consensus", "zh-hans")
    assert treaty is not None
    assert treaty.standing_in_words == "条约"
    assert rule_in_words(held.profile, "no such rule", "en") is None


def test_dates_are_written_as_each_language_writes_them():
    assert day("2020-11-10", "en") == "10 November 2020"
    assert day("2020-11-10", "ru") == "10 ноября 2020 года"
    assert day("2020-11-10", "zh-hans") == "2020年11月10日"
    assert day_and_time(1_605_000_000_000, "en") == "10 November 2020, 09:20 UTC"


@pytest.mark.parametrize(
    ("seconds", "en", "ru"),
    [
        (1, "1 second", "1 секунда"),
        (63, "1 minute 3 seconds", "1 минута 3 секунды"),
        (660, "11 minutes", "11 минут"),
        (1320, "22 minutes", "22 минуты"),
    ],
)
def test_plurals_are_right(seconds, en, ru):
    with override("en"):
        assert duration(seconds) == en
    with override("ru"):
        assert duration(seconds) == ru


@pytest.mark.parametrize("language", ["ru", "zh-hans"])
def test_a_page_is_in_the_language_asked_for_and_remembers_it(language, held: Held, desk):
    client = browser()
    answer = client.get(f"/meetings/sco/held/?language={language}")
    assert answer.headers["Content-Language"] == language
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == language
    assert client.get("/").headers["Content-Language"] == language
    assert client.get("/?language=xx").headers["Content-Language"] == language


def test_the_browsers_language_is_spoken_where_none_was_chosen(database):
    from django.test import Client  # noqa: PLC0415

    answer = Client(headers={"host": "localhost", "accept-language": "zh-CN,zh;q=0.9"}).get("/")
    assert answer.headers["Content-Language"] == "zh-hans"


def test_a_disguised_word_keeps_its_placeholders():
    assert (
        catalogue.disguised("Give %(seat)s <b>now</b>, %(n)d")
        == "⟦Ĝíṽé %(seat)s <b>ñóŵ</b>, %(n)d⟧"
    )


def test_the_words_of_a_template_are_found():
    source = '{% load i18n %}{% translate "One" %}{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}'
    assert list(catalogue.words_of_template(source)) == [
        ("One", None),
        (("%(n)s day", "%(n)s days"), None),
    ]
