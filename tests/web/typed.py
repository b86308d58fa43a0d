"""Acts and events with hostile words in every text, made from what the structs say of their fields."""

import datetime
from enum import Enum
from types import UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin, get_type_hints

import msgspec
from tests.web.meetings import HOSTILE

from plenary.rules import names

KNOWN: dict[Any, str] = {
    names.SeatId: "KZ",
    names.PartyId: "KZ",
    names.PersonId: "head-kz",
    names.DocumentId: "st-2",
    names.ItemId: "1",
    names.RuleId: "speaking",
    names.Language: "en",
}

LANGUAGES = ("en", "ru", "zh-hans")


def filled(hint: Any, words: str = HOSTILE, *, known: bool = True) -> Any:
    """Return a value of *hint* with *words* in every text; *known*: identifiers name what there is."""
    if isinstance(hint, NewType):
        return KNOWN.get(hint, words) if known or hint is names.Language else words
    if isinstance(hint, type) and get_origin(hint) is None:
        return _plain(hint, words, known=known)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        patterns = [each.pattern for each in arguments[1:] if isinstance(each, msgspec.Meta)]
        if known and any(patterns):
            return _fitting(next(filter(None, patterns)) or "")
        return filled(arguments[0], words, known=known)
    if origin in {Union, UnionType}:
        return filled(
            next(each for each in arguments if each is not type(None)), words, known=known
        )
    if origin is dict:
        key, value = (filled(each, words, known=known) for each in arguments)
        return dict.fromkeys(LANGUAGES if key in LANGUAGES else (key,), value)
    if origin is tuple and arguments[-1] is not ...:
        return tuple(filled(each, words, known=known) for each in arguments)
    return origin([filled(arguments[0], words, known=known)])


def _plain(hint: type, words: str, *, known: bool) -> Any:
    if issubclass(hint, Enum):
        return next(iter(hint))
    if issubclass(hint, msgspec.Struct):
        hints = get_type_hints(hint, include_extras=True)
        fields = msgspec.structs.fields(hint)
        return hint(**{each.name: filled(hints[each.name], words, known=known) for each in fields})
    plain: dict[type, Any] = {
        str: words,
        bool: True,
        int: 1,
        datetime.date: datetime.date(2020, 11, 10),
    }
    return plain[hint]


def _fitting(pattern: str) -> str:
    """Return a text that fits a field's pattern: a digest, a word of a list, an identifier."""
    if "64" in pattern:
        return "0" * 64
    listed = pattern.removeprefix("^(").removesuffix(")$").split("|")
    return listed[0] if len(listed) > 1 else "x1"
