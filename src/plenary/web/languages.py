"""The languages pages are read in, and how one text of a record is shown in them.

Rule 1: a text is shown in the reader's language; where it is missing, in another, and marked as that.
Rule 2: words of the pages stand in the catalogues; names and titles stand in the record.
"""

import datetime
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.conf import locale, settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi, to_locale

LANGUAGES: Final = (("en", "English"), ("ru", "Русский"), ("zh-hans", "中文"))
PSEUDO: Final = "qps-rtl"
"""A language to test layouts with: longer than English, and written from right to left."""

TRANSLATED: Final = tuple(code for code, _ in LANGUAGES if code != "en")
LOCALE: Final = Path(__file__).parent / "locale"
BABEL: Final = {"en": "en_GB", "ru": "ru", "zh-hans": "zh_Hans_CN", PSEUDO: "en_GB"}
BETWEEN: Final = {"zh-hans": "、"}
"""What stands between the members of a list where it is not a comma."""

COMMA: Final = {"zh-hans": "，"}
"""The comma of a language where it is not the Latin one with its space."""

DATES: Final = {"ru": "d MMMM y 'года'"}
"""How a date is written out where it is not as CLDR has it: the documents of record spell the year."""

TAGS: Final = {"zh-hans": "zh-Hans", PSEUDO: "ar-x-pseudo"}
"""How a language is written in ``lang`` where it is not simply its code."""


def catalogue_of(language: str, kind: str = "po") -> Path:
    """Return where the catalogue of *language* is kept: as it is edited, or (``mo``) as Django reads it."""
    return LOCALE / to_locale(language) / "LC_MESSAGES" / f"django.{kind}"


def know_pseudo() -> list[tuple[str, str]]:
    """Let Django know the pseudo-language, and return its entry for ``LANGUAGES``."""
    locale.LANG_INFO[PSEUDO] = {
        "bidi": True,
        "code": PSEUDO,
        "name": "Pseudo",
        "name_local": "[ƥšéúðö]",
    }
    return [(PSEUDO, "[ƥšéúðö]")]


def reader() -> str:
    """Return the language this request is answered in."""
    return get_language() or "en"


def tag(language: str) -> str:
    """Return *language* as ``lang`` has it."""
    return TAGS.get(language, language)


def name_of_language(language: str) -> str:
    """Return what a language calls itself."""
    return dict(LANGUAGES).get(language, language)


def said_in(text: Mapping[Any, str] | None, language: str) -> tuple[str, str]:
    """Return *text* in *language*, else in English, else in any; and the language that it is in."""
    if not text:
        return "", language
    for wanted in (language, "en", next(iter(text))):
        if wanted in text:
            return text[wanted], wanted
    return "", language


def said(text: Mapping[Any, str] | None, language: str | None = None) -> str:
    """Return *text* in *language* (None: the reader's), else in another."""
    return said_in(text, language or reader())[0]


def listed(parts: Iterable[str], language: str | None = None) -> str:
    """Return *parts* one after the other, as a list is written in *language* (None: the reader's)."""
    return BETWEEN.get(language or reader(), ", ").join(parts)


def apart(parts: Iterable[str], language: str | None = None) -> str:
    """Return *parts* of one expression, each set off from the next by the comma of *language*."""
    return COMMA.get(language or reader(), ", ").join(parts)


def _moment(at: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(at / 1000, ZoneInfo(settings.TIME_ZONE))


def day(date: str | datetime.date, language: str | None = None) -> str:
    """Return a date (``2020-11-10``) written out."""
    when = datetime.date.fromisoformat(date) if isinstance(date, str) else date
    return _written_out(when, language or reader())


@lru_cache(maxsize=512)
def _written_out(when: datetime.date, language: str) -> str:
    return format_date(when, DATES.get(language, "long"), locale=BABEL[language])


def day_and_time(at: int, language: str | None = None) -> str:
    """Return a moment as date and time."""
    when, spoken = _moment(at), BABEL[language or reader()]
    date, time = day(when.date(), language), f"{when:%H:%M}"
    return (
        f"{date}, {time} {_zone(when)}"
        if spoken != "zh_Hans_CN"
        else f"{date}{time}（{_zone(when)}）"
    )


def _zone(when: datetime.datetime) -> str:
    hours, rest = divmod(
        round((when.utcoffset() or datetime.timedelta()).total_seconds()) // 60, 60
    )
    return "UTC" if not hours and not rest else f"UTC{hours:+d}" + (f":{rest:02d}" if rest else "")


def clock(at: int) -> str:
    """Return the time of day of a moment, with seconds."""
    return f"{_moment(at):%H:%M:%S}"


def on_every_page(request: HttpRequest) -> dict[str, object]:
    """Return what every template may use: languages with their links, direction, the demo."""
    now = reader()
    links = []
    for code, name in settings.LANGUAGES:
        query = request.GET.copy()
        query["language"] = code
        links.append(
            {
                "code": code,
                "tag": tag(code),
                "name": name,
                "here": code == now,
                "query": query.urlencode(),
            }
        )
    return {
        "languages": links,
        "language_tag": tag(now),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "demo": settings.DEMO,
    }
