"""Reading a summit folder, and naming everything in it that is wrong.

Rule 1: a fault names the file, the step or key, and what was expected; all are found, not the first.
Rule 2: a step's ``with`` is read as the act's own fields before anything is played.
"""

import datetime
import hashlib
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from plenary.folders.folder import (
    AGENDA,
    DOCUMENTS,
    ROSTER,
    SCRIPT,
    SUMMIT,
    Everyone,
    Folder,
    Paper,
    Person,
    Placed,
    Racer,
    Step,
    Summit,
)
from plenary.folders.who import NotAWhoError, seats_of, taken_names
from plenary.folders.words import NotAWordError, sample
from plenary.rules.acts import ACTS, AnyAct, Item
from plenary.rules.names import Language, PersonId, SeatId, Text
from plenary.rules.profile import Profile
from plenary.rules.profile_reading import Fault, ProfileFaultyError

Form = TypeVar("Form")
LONGEST_KEY = 70
"""Characters of a step's key: with the number of the act it is the act's key in the record."""

ReadProfile = Callable[[str], Profile]


class FolderFaultyError(ValueError):
    """A summit folder that cannot be rehearsed, with everything that is wrong in it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read_folder(path: Path, read_profile: ReadProfile) -> Folder:
    """Read a summit folder and its profile, or raise ``FolderFaultyError``."""
    reader = _Reader(path)
    summit = reader.whole(SUMMIT, Summit)
    items = reader.parts(AGENDA, "items", Item)
    papers = reader.parts(DOCUMENTS, "documents", Paper)
    steps = reader.steps(SCRIPT, "steps")
    if summit is None:
        raise FolderFaultyError(reader.faults)
    profile = reader.profile(summit, read_profile)
    for name in taken_names(profile, summit):
        reader.faults.append(
            Fault(SUMMIT, f"groups.{name}", "is the name of another group already")
        )
    texts = {paper.id: reader.texts(paper) for paper in papers}
    people = reader.people(profile, summit)
    if reader.faults:
        raise FolderFaultyError(reader.faults)
    return Folder(
        path=path,
        name=path.resolve().name,
        profile=profile,
        summit=summit,
        people=tuple(people),
        items=tuple(items),
        papers=tuple(papers),
        texts=texts,
        steps=tuple(steps),
    )


class _Reader:
    """Reads file after file and keeps what was wrong."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.faults: list[Fault] = []

    def _tables(self, file: str) -> dict[str, Any] | None:
        tables, fault = read_toml(self._path / file, file)
        if fault is not None:
            self.faults.append(fault)
        return tables

    def whole(self, file: str, form: type[Form]) -> Form | None:
        tables = self._tables(file)
        return None if tables is None else convert(tables, form, file, "", self.faults)

    def parts(self, file: str, name: str, form: type[Form]) -> list[Form]:
        """Read a file that is one list of tables; each is named by its place and id."""
        tables = self._tables(file)
        if tables is None:
            return []
        self._only(file, tables, (name,))
        return list(self._each(file, name, tables.get(name, []), form))

    def _only(self, file: str, tables: dict[str, Any], known: tuple[str, ...]) -> None:
        self.faults.extend(
            Fault(
                file, key, f"is not known here; expected {' or '.join(f'[[{k}]]' for k in known)}"
            )
            for key in tables
            if key not in known
        )

    def _each(self, file: str, name: str, parts: object, form: type[Form]) -> Iterator[Form]:
        if not isinstance(parts, list):
            self.faults.append(Fault(file, name, f"expected [[{name}]], a list of tables"))
            return
        for place, part in enumerate(parts, 1):
            called = part.get("id") or part.get("seat") if isinstance(part, dict) else None
            where = f"{name} {place}" + (f" ({called})" if called else "")
            read = convert(part, form, file, where, self.faults)
            if read is not None:
                yield read

    def steps(self, file: str, name: str) -> list[Placed]:
        tables = self._tables(file)
        if tables is None:
            return []
        self._only(file, tables, (name,))
        return read_steps(tables.get(name, []), file, "step", self.faults)

    def profile(self, summit: Summit, read_profile: ReadProfile) -> Profile:
        beside = self._path / summit.profile
        try:
            return read_profile(str(beside) if beside.is_dir() else summit.profile)
        except ProfileFaultyError as faulty:
            self.faults.extend(
                Fault(f"{summit.profile}/{fault.file}", fault.key, fault.expected)
                for fault in faulty.faults
            )
        except (OSError, ValueError) as error:
            self.faults.append(Fault(SUMMIT, "profile", f"expected a profile; {error}"))
        raise FolderFaultyError(self.faults)

    def texts(self, paper: Paper) -> dict[Language, str]:
        found = {
            Language(file.name.removeprefix(f"{paper.id}.").removesuffix(".md")): hashlib.sha256(
                file.read_bytes()
            ).hexdigest()
            for file in sorted((self._path / "documents").glob(f"{paper.id}.*.md"))
        }
        if not found:
            self.faults.append(
                Fault(
                    DOCUMENTS,
                    f"documents ({paper.id})",
                    f"expected its texts in documents/{paper.id}.LANGUAGE.md",
                )
            )
        return found

    def people(self, profile: Profile, summit: Summit) -> list[Person]:
        tables = self._tables(ROSTER)
        if tables is None:
            return []
        self._only(ROSTER, tables, ("people", "everyone"))
        people = list(self._each(ROSTER, "people", tables.get("people", []), Person))
        for everyone in self._each(ROSTER, "everyone", tables.get("everyone", []), Everyone):
            try:
                people.extend(_one_each(everyone, profile, summit))
            except NotAWhoError as error:
                self.faults.append(Fault(ROSTER, "everyone.of", str(error)))
        return people


def read_toml(path: Path, file: str) -> tuple[dict[str, Any] | None, Fault | None]:
    """Return what *path* holds, or the fault that it cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8")), None
    except FileNotFoundError:
        return None, Fault(file, "(the whole file)", f"expected this file in {path.parent}")
    except (OSError, ValueError, RecursionError) as error:
        return None, Fault(file, "(the whole file)", f"expected TOML; {error}")


def convert(
    value: object, form: type[Form], file: str, where: str, faults: list[Fault]
) -> Form | None:
    """Return *value* as a *form*, or note what does not fit."""
    try:
        return msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        said, _, key = str(error).replace("`", "").partition(" - at $")
        found = ": ".join(part for part in (where, key.lstrip(".")) if part)
        faults.append(Fault(file, found or "(the whole file)", said))
        return None


def read_steps(
    tables: object,
    file: str,
    kind: str,
    faults: list[Fault],
    fault: tuple[str, str] | None = None,
) -> list[Placed]:
    """Return the steps of a list of tables, each checked down to the fields of its acts.

    *fault* is the name of the fault that brings them, and the beginning of their keys.
    """
    if not isinstance(tables, list | tuple):
        faults.append(Fault(file, "steps", "expected [[steps]], a list of tables"))
        return []
    placed: list[Placed] = []
    for number, table in enumerate(tables, 1):
        called = table.get("id") if isinstance(table, dict) else None
        place = f"{kind} {number}" + (f" ({called})" if called else "")
        step = convert(table, Step, file, place, faults)
        if step is None:
            continue
        key = f"{fault[1]}.{called or number}" if fault else called or f"step-{number}"
        if any(each.key == key for each in placed):
            faults.append(Fault(file, place, f"expected each id once; {key} stands there twice"))
        if len(key) > LONGEST_KEY:
            faults.append(Fault(file, place, f"expected a shorter id than {key}"))
        faults.extend(_misread(step, file, place))
        placed.append(
            Placed(step=step, key=key, place=f"{file}: {place}", fault=fault and fault[0])
        )
    return placed


def _misread(step: Step, file: str, place: str) -> Iterator[Fault]:
    doing = [name for name in ("act", "do", "race") if getattr(step, name)]
    if len(doing) > 1:
        yield Fault(file, place, f"expected one of {' and '.join(doing)}")
    if step.act is not None:
        yield from _act_misread(step, file, place)
    if step.with_ and step.act is None:
        yield Fault(file, f"{place}: with", "expected an act that takes it")
    for number, racer in enumerate(step.race):
        yield from _act_misread(racer, file, f"{place}: race[{number}]")


def _act_misread(step: Step | Racer, file: str, place: str) -> Iterator[Fault]:
    if step.act not in ACTS:
        known = ", ".join(sorted(ACTS))
        yield Fault(file, f"{place}: act", f"{step.act} is no act; known: {known}")
        return
    if step.by is None:
        yield Fault(file, f"{place}: by", "expected who does it")
    faults: list[Fault] = []
    try:
        convert({"act": step.act, **sample(step.with_)}, AnyAct, file, f"{place}: with", faults)  # type: ignore[arg-type]
    except NotAWordError as error:
        faults.append(Fault(file, f"{place}: with", str(error)))
    yield from faults


def _one_each(everyone: Everyone, profile: Profile, summit: Summit) -> Iterator[Person]:
    for seat in seats_of(everyone.of, profile, summit):
        party = profile.party(seat)
        yield Person(
            seat=seat,
            id=PersonId(everyone.id.replace("{seat}", seat)),
            names=_filled(everyone.names, seat, party.short if party else {}),
            titles=everyone.titles and _filled(everyone.titles, seat, party.short if party else {}),
            role=everyone.role,
            signed_by=everyone.signed_by,
            finding=everyone.finding,
        )


def _filled(text: Text, seat: SeatId, short: Text) -> Text:
    return {
        language: words.replace("{seat}", seat).replace("{short}", _name(short, language) or seat)
        for language, words in text.items()
    }


def _name(short: Text, language: Language) -> str | None:
    return short.get(language) or next(iter(short.values()), None)


def moment(instant: datetime.datetime) -> int:
    """Return *instant* in milliseconds since 1970."""
    return round(instant.timestamp() * 1000)
