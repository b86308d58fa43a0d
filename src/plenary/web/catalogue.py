"""The catalogue of words: one for Python, templates and the live room.

    python -m plenary.web.catalogue update [--take FILE ...]
    python -m plenary.web.catalogue compile
    python -m plenary.web.catalogue check

``update`` collects every word from the sources into the catalogues, and takes translations from JSON files
of the form ``{"English": {"ru": "…", "zh-hans": "…"}}``; plurals are lists, a context stands before the
English and is set off by U+0004. ``compile`` makes what Django reads. ``check`` fails on a word that is not
in the catalogues, is not translated, or has other placeholders than its English.

Rule 1: a word that no source uses any more leaves the catalogue; a translation is never guessed.
Rule 2: catalogues hold no dates and no line numbers, so that they change only when words do.
"""

import argparse
import ast
import datetime
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from plenary.web.languages import PSEUDO, TRANSLATED, catalogue_of

WEB: Final = Path(__file__).parent
ROOT: Final = WEB.parents[2]
FRONTEND: Final = ROOT / "frontend"
KEYWORDS: Final = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    "npgettext": ((1, "c"), 2, 3),
}
CALL: Final = re.compile(
    r"\b(?P<name>_|n?p?gettext)\((?P<given>(?:u?'(?:\\.|[^'\\])*'|u?\"(?:\\.|[^\"\\])*\"|[\s,]|\w)+)\)"
)
LITERAL: Final = re.compile(r"u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")")
NO_DATE: Final = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
HEADER: Final = "# The words of Plenary; see plenary/web/catalogue.py.\n#"
PLAIN: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED: Final = "áƀçđéƒĝĥíĵķĺḿñóƥɋŕśţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĹḾÑÓƤɊŔŚŢÚṼŴẊÝŽ"
NOT_PSEUDO: Final = re.compile(r"%(?:\(\w+\))?[a-z%]|<[^>]*>|[a-zA-Z]")

Found = tuple[str, str | tuple[str, ...], str | None]
"""Where a word stands, the word (with its plural), and its context."""


# ---- collecting ---------------------------------------------------------------------------------


def words_in_use() -> Iterator[Found]:
    """Yield every word of the sources, in the order of the files."""
    for path in sorted(WEB.rglob("*.py")):
        with path.open("rb") as file:
            for _, word, _, context in extract("python", file, keywords=KEYWORDS):
                yield path.relative_to(ROOT).as_posix(), word, context
    for path in sorted([*WEB.rglob("templates/**/*.html"), *WEB.rglob("templates/**/*.txt")]):
        for word, context in words_of_template(path.read_text(encoding="utf-8")):
            yield path.relative_to(ROOT).as_posix(), word, context
    yield from _words_of_screens()


def words_of_template(source: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Yield the words of a Django template, each with its context."""
    for call in CALL.finditer(templatize(source)):
        given = [ast.literal_eval(each) for each in LITERAL.findall(call["given"])]
        context = given.pop(0) if "p" in call["name"].replace("gettext", "") else None
        yield (tuple(given) if len(given) > 1 else given[0]), context


def _words_of_screens() -> Iterator[Found]:
    script = FRONTEND / "extract.mjs"
    node = which("node")
    if not script.is_file() or node is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [node, str(script), folder]
        subprocess.run(command, cwd=FRONTEND, check=True, stdin=subprocess.DEVNULL)  # noqa: S603
        for path in sorted(Path(folder).rglob("*.js")):
            place = f"frontend/{path.relative_to(folder).as_posix().removesuffix('.js')}"
            with path.open("rb") as file:
                for _, word, _, context in extract("javascript", file, keywords=KEYWORDS):
                    yield place, word, context


def template() -> Catalog:
    """Return all words in use, without translations."""
    found = Catalog(
        project="Plenary", header_comment=HEADER, creation_date=NO_DATE, charset="utf-8"
    )
    places: dict[tuple[str | tuple[str, ...], str | None], list[str]] = {}
    for place, word, context in words_in_use():
        if place not in places.setdefault((word, context), []):
            places[word, context].append(place)
    for (word, context), where in places.items():
        found.add(word, locations=[(place, 1) for place in where], context=context)
    return found


# ---- the catalogues -----------------------------------------------------------------------------


def catalogue(language: str) -> Catalog:
    """Return the catalogue of *language* as it is kept."""
    path = catalogue_of(language)
    if not path.exists():
        return Catalog(locale=to_locale(language), charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language))


def updated(language: str, words: Catalog, taken: Mapping[str, Mapping[str, object]]) -> bytes:
    """Return the catalogue of *language* with exactly the *words*, keeping and taking translations."""
    old = catalogue(language)
    new = Catalog(
        locale=to_locale(language),
        project="Plenary",
        header_comment=HEADER,
        creation_date=NO_DATE,
        revision_date=NO_DATE,
        charset="utf-8",
        fuzzy=False,
    )
    for message in words:
        if message.id:
            said = _taken(message, language, taken) or _kept(old, message)
            new.add(message.id, said, message.locations, context=message.context)
    out = BytesIO()
    write_po(out, new, width=110, include_lineno=False, sort_by_file=False, omit_header=False)
    return re.sub(rb'"Generated-By: [^\n]*\n', b"", out.getvalue())


def _kept(old: Catalog, message: Message) -> str | tuple[str, ...] | None:
    kept = old.get(message.id, message.context)
    if kept is None or kept.fuzzy:
        return None
    return tuple(kept.string) if isinstance(kept.string, tuple | list) else kept.string


def _taken(
    message: Message, language: str, taken: Mapping[str, Mapping[str, object]]
) -> str | tuple[str, ...] | None:
    first = message.id[0] if isinstance(message.id, tuple | list) else message.id
    found = taken.get(f"{message.context}\x04{first}" if message.context else first, {}).get(
        language
    )
    if isinstance(found, list):
        return tuple(map(str, found))
    if found is None:
        return None
    return (str(found),) if isinstance(message.id, tuple | list) else str(found)


def update(take: Iterable[Path] = ()) -> None:
    """Bring the catalogues up to date with the sources, with translations from the files *take*."""
    taken: dict[str, dict[str, object]] = {}
    for path in take:
        for word, said in json.loads(path.read_text(encoding="utf-8")).items():
            taken.setdefault(word, {}).update(said)
    words = template()
    for language in TRANSLATED:
        data = updated(language, words, taken)
        catalogue_of(language).parent.mkdir(parents=True, exist_ok=True)
        catalogue_of(language).write_bytes(data)


def faults() -> Iterator[str]:
    """Yield what is wrong with the catalogues, one line each."""
    words = template()
    for language in TRANSLATED:
        kept = catalogue(language)
        if updated(language, words, {}) != catalogue_of(language).read_bytes():
            yield f"{language}: not up to date; run: python -m plenary.web.catalogue update"
        for message in words:
            found = kept.get(message.id, message.context) if message.id else None
            if message.id and (found is None or not _complete(found, kept)):
                yield f"{language}: not translated: {message.id!r}"
            for error in found.check(kept) if found else ():
                yield f"{language}: {message.id!r}: {error}"


def _complete(message: Message, kept: Catalog) -> bool:
    said = message.string
    if message.fuzzy:
        return False
    if isinstance(said, tuple | list):
        return len(said) == kept.num_plurals and all(said)
    return bool(said)


# ---- what Django reads --------------------------------------------------------------------------


def compile_all() -> None:
    """Make Django's binary catalogues, and the one of the language to test layouts with."""
    for language in TRANSLATED:
        _write_mo(language, catalogue(language))
    pseudo = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for message in catalogue(TRANSLATED[0]):
        if message.id:
            words = message.id
            several = isinstance(words, tuple | list)
            said = tuple(map(disguised, words)) if several else disguised(str(words))
            pseudo.add(message.id, said, context=message.context)
    _write_mo(PSEUDO, pseudo)


def _write_mo(language: str, kept: Catalog) -> None:
    path = catalogue_of(language, "mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        write_mo(file, kept)
    beside.replace(path)


def disguised(word: str) -> str:
    """Return *word* accented and in brackets; placeholders and tags stay as they are."""

    def one(found: re.Match[str]) -> str:
        place = PLAIN.find(found.group()) if len(found.group()) == 1 else -1
        return ACCENTED[place] if place >= 0 else found.group()

    return f"⟦{NOT_PSEUDO.sub(one, word)}⟧"


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m plenary.web.catalogue")
    parser.add_argument("what", choices=["update", "compile", "check"])
    parser.add_argument("--take", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    if given.what == "update":
        update(given.take)
    if given.what in ("update", "compile"):
        compile_all()
    found = list(faults()) if given.what != "compile" else []
    for fault in found:
        print(fault, file=sys.stderr)  # noqa: T201 - a terminal command
    return 1 if found and given.what == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
