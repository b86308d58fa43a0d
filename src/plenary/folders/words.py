"""The words beginning with ``$`` that stand in a script for what is known only when it is played.

Rule 1: ``SAMPLES`` is the whole list, with a sample of each for reading a script before it is played.
Rule 2: a list within a list is spliced in, and what stands twice stands once: ``["RU", "$waiting"]``.
"""

from collections.abc import Callable
from typing import Final

DRAWN: Final = "drawn."
"""``$drawn.NAME`` is a seat a fault had drawn by lot."""

SAMPLES: Final[dict[str, object]] = {
    "window": "w1",
    "digest": "0" * 64,
    "waiting": ["SEAT"],
    "speaking": "SEAT",
    "ruling": 1,
    "seat": "SEAT",
    "head": "person",
    "agenda": [{"id": "1", "titles": {"en": "Item"}}],
    "documents": ["document"],
    # with an argument after a colon
    "head_of": "person",
    "digest_of": "0" * 64,
    "texts_of": {"en": "0" * 64},
    "sha256": "0" * 64,
    "ago": 0,
    "in": 0,
}
"""Every word and what it looks like."""

WITH_ARGUMENT: Final = frozenset({"head_of", "digest_of", "texts_of", "sha256", "ago", "in"})


class NotAWordError(ValueError):
    """A word nobody knows, or one that means nothing at this moment."""


def sample(with_: dict[str, object]) -> dict[str, object]:
    """Return *with_* with a sample for each word in it."""
    filled = fill(with_, lambda name, _: "SEAT" if name.startswith(DRAWN) else SAMPLES[name])
    return filled if isinstance(filled, dict) else {}


def fill(value: object, meaning: Callable[[str, str], object]) -> object:
    """Return *value* with *meaning(word, argument)* in place of each word."""
    if isinstance(value, str):
        return _word(value, meaning) if value.startswith("$") else value
    if isinstance(value, dict):
        return {key: fill(part, meaning) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return _spliced(value, meaning)
    return value


def _word(word: str, meaning: Callable[[str, str], object]) -> object:
    name, colon, argument = word[1:].partition(":")
    known = name in SAMPLES or name.startswith(DRAWN)
    if not known:
        raise NotAWordError(f"{word} is not known here; known: {', '.join(sorted(SAMPLES))}")
    if bool(colon) != (name in WITH_ARGUMENT):
        raise NotAWordError(f"{word}: expected ${name}{'' if colon else ':…'}")
    return meaning(name, argument)


def _spliced(
    values: list[object] | tuple[object, ...], meaning: Callable[[str, str], object]
) -> list[object]:
    filled: list[object] = []
    for value in values:
        part = fill(value, meaning)
        several = isinstance(part, list) and isinstance(value, str)
        filled += [each for each in (part if several else [part]) if each not in filled]  # type: ignore[attr-defined]
    return filled
