"""Weaving faults into a script.

Rule 1: a fault puts steps before, behind or instead of named steps, and changes what is expected.
Rule 2: faults that cannot happen together are refused before anything is played.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from plenary.cli.rehearsal.chance import lot
from plenary.folders.folder import SCRIPT, Change, Expected, Fault, Folder, Placed
from plenary.folders.reading import FolderFaultyError, convert, read_steps, read_toml
from plenary.folders.who import NotAWhoError, seats_of
from plenary.rules.names import SeatId
from plenary.rules.profile_reading import Fault as Misread

FAULTS = "faults"


class Woven(msgspec.Struct, frozen=True, kw_only=True):
    """A script with the faults in it: the steps, what is expected, who was drawn, how often it is killed."""

    names: tuple[str, ...]
    steps: tuple[Placed, ...]
    expected: Expected
    drawn: dict[str, SeatId]
    kill: int


def known_faults(folder: Path) -> list[str]:
    """Return the names of the faults a folder has."""
    return sorted(path.stem.replace(".", ":") for path in (folder / FAULTS).glob("*.toml"))


def read_faults(folder: Folder, names: tuple[str, ...]) -> dict[str, Fault]:
    """Read the faults of those names, or raise ``FolderFaultyError``."""
    faults: dict[str, Fault] = {}
    misread: list[Misread] = []
    for name in names:
        if name not in known_faults(folder.path):
            known = ", ".join(known_faults(folder.path)) or "none"
            misread.append(Misread(FAULTS, name, f"is no fault of {folder.name}; known: {known}"))
            continue
        file = file_of(name)
        tables, fault = read_toml(folder.path / file, file)
        if fault is not None:
            misread.append(fault)
            continue
        read = convert(tables, Fault, file, "", misread)
        if read is not None:
            faults[name] = read
    if misread:
        raise FolderFaultyError(misread)
    return faults


def draw(folder: Folder, faults: dict[str, Fault], seed: str) -> dict[str, SeatId]:
    """Return the seats drawn by lot, as ``FAULT/NAME``; two faults draw the same one only at need."""
    drawn: dict[str, SeatId] = {}
    for name, fault in faults.items():
        for what, given in fault.drawn.items():
            try:
                seats = list(seats_of(given, folder.profile, folder.summit))
            except NotAWhoError as error:
                raise FolderFaultyError(
                    [Misread(file_of(name), f"drawn.{what}", str(error))]
                ) from error
            lot(seed, name, what).shuffle(seats)
            free = [seat for seat in seats if seat not in drawn.values()]
            drawn[f"{name}/{what}"] = (free or seats)[0]
    return drawn


def weave(folder: Folder, faults: dict[str, Fault], drawn: dict[str, SeatId]) -> Woven:
    """Return the script with *faults* in it, or raise ``FolderFaultyError`` if they contradict each other."""
    loom = _Loom(folder)
    loom.misread.extend(_contradictions(faults))
    for name, fault in faults.items():
        for number, change in enumerate(fault.changes, 1):
            loom.change(name, change, f"change {number}")
    if loom.misread:
        raise FolderFaultyError(loom.misread)
    return Woven(
        names=tuple(faults),
        steps=loom.steps(),
        expected=_expected(folder.summit.expected, faults.values()),
        drawn=drawn,
        kill=max((fault.kill for fault in faults.values()), default=0),
    )


class _Loom:
    """The script, with room before, behind and instead of each of its steps."""

    def __init__(self, folder: Folder) -> None:
        self.misread: list[Misread] = []
        self._script = folder.steps
        self._before: dict[str, list[Placed]] = {each.key: [] for each in folder.steps}
        self._behind: dict[str, list[Placed]] = {each.key: [] for each in folder.steps}
        self._instead: dict[str, tuple[str, list[Placed]]] = {}

    def change(self, name: str, change: Change, where: str) -> None:
        file = file_of(name)
        anchors = [each for each in (change.before, change.behind, change.instead) if each]
        if len(anchors) != 1:
            self._wrong(file, where, "expected one of before, behind and instead")
        elif anchors[0] not in self._before:
            self._wrong(file, where, f"{anchors[0]} is no step of {SCRIPT}")
        else:
            kind = f"{where}, step"
            mark = f"{name.replace(':', '.')}.{where.replace(' ', '-')}"
            steps = read_steps(change.steps, file, kind, self.misread, (name, mark))
            self._put(change, anchors[0], name, steps)

    def _put(self, change: Change, anchor: str, name: str, steps: list[Placed]) -> None:
        if change.before:
            self._before[anchor] += steps
        elif change.behind:
            self._behind[anchor] += steps
        elif anchor in self._instead:
            other = self._instead[anchor][0]
            self._wrong(file_of(name), "changes", f"{name} and {other} both replace {anchor}")
        else:
            self._instead[anchor] = (name, steps)

    def _wrong(self, file: str, where: str, expected: str) -> None:
        self.misread.append(Misread(file, where, expected))

    def steps(self) -> tuple[Placed, ...]:
        woven: list[Placed] = []
        for each in self._script:
            woven += self._before[each.key]
            woven += self._instead[each.key][1] if each.key in self._instead else [each]
            woven += self._behind[each.key]
        return tuple(woven)


def file_of(name: str) -> str:
    """Return the file of a fault, within its folder."""
    return f"{FAULTS}/{name.replace(':', '.')}.toml"


def _contradictions(faults: dict[str, Fault]) -> Iterator[Misread]:
    for name, fault in faults.items():
        for other in faults:
            if other != name and any(
                other == each or other.startswith(f"{each}:") for each in fault.not_with
            ):
                yield Misread(
                    file_of(name), "not_with", f"{name} and {other} contradict each other"
                )
    for key in Expected.__struct_fields__:
        said = {
            name: value
            for name, fault in faults.items()
            if key not in ("events", "same") and (value := getattr(fault.expected, key)) is not None
        }
        if len({repr(value) for value in said.values()}) > 1:
            first, second, *_ = said
            yield Misread(
                file_of(second), f"expected.{key}", f"{first} and {second} contradict each other"
            )


def _expected(script: Expected, faults: Iterable[Fault]) -> Expected:
    """Return what is expected with *faults*: what they say, else what the script says."""
    for fault in faults:
        said = {
            key: value
            for key in Expected.__struct_fields__
            if key not in ("events", "same") and (value := getattr(fault.expected, key)) is not None
        }
        events = dict(script.events)
        for kind, count in fault.expected.events.items():
            more = isinstance(count, str)
            events[kind] = int(count) + (int(events.get(kind, 0)) if more else 0)
        script = replace(script, **said, events=events)
    return script
