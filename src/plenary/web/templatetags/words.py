"""Filters: texts of records, dates and terms in the reader's language.

Rule: a text that is there in another language only is marked with that language.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plenary.store.models import Person
from plenary.web import languages, naming

register = template.Library()


@register.filter
def said(text: Mapping[Any, str] | None) -> str | SafeString:
    """Return a text of a record in the reader's language, else in another, marked as that."""
    now = languages.reader()
    words, language = languages.said_in(text, now)
    if language == now:
        return words
    return format_html('<span lang="{}" dir="auto">{}</span>', languages.tag(language), words)


@register.filter
def plainly(text: Mapping[Any, str] | None) -> str:
    """Return a text of a record in the reader's language, without markup."""
    return languages.said(text)


@register.filter
def day(date: str | datetime.date) -> str:
    """Return a date written out."""
    return languages.day(date)


@register.filter
def moment(at: int) -> str:
    """Return a moment as date and time."""
    return languages.day_and_time(at)


@register.filter
def stamp(at: datetime.datetime) -> str:
    """Return a moment of the tables as date and time."""
    return languages.day_and_time(round(at.timestamp() * 1000))


@register.filter
def time_of_day(at: int) -> str:
    """Return the time of day of a moment."""
    return languages.clock(at)


@register.filter
def iso(at: int) -> str:
    """Return a moment as ``datetime`` has it."""
    return datetime.datetime.fromtimestamp(at / 1000, datetime.UTC).isoformat(timespec="seconds")


@register.filter
def tag(language: str) -> str:
    """Return a language as ``lang`` has it."""
    return languages.tag(language)


@register.filter
def own_name(language: str) -> str:
    """Return what a language calls itself."""
    return languages.name_of_language(language)


@register.filter
def word(term: str) -> str:
    """Return one of the house's terms in the reader's language."""
    return naming.word(str(term))


@register.filter
def long(seconds: int) -> str:
    """Return so many seconds in words."""
    return naming.duration(seconds)


@register.filter
def short_digest(digest: str) -> str:
    """Return the beginning of a digest, in groups that can be read aloud."""
    return " ".join(digest[place : place + 4] for place in range(0, 16, 4))


@register.filter
def listed(parts: Iterable[str]) -> str:
    """Return *parts* as a list in the reader's language."""
    return languages.listed(parts)


@register.filter
def get(table: Mapping[str, object], key: str) -> object:
    """Return what *table* holds under *key*."""
    return table.get(key)


@register.filter
def person_name(person: Person) -> str:
    """Return a person's name in the reader's language."""
    return person.name_in(languages.reader())


@register.filter
def act_word(name: str) -> str:
    """Return what an act is, as what somebody wanted to do."""
    return naming.act_word(name)
