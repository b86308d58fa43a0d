"""One whole rehearsal: read, weave, play, write the bundle, and say what came of it.

Rule 1: what a fault says must be as it is without it, is played without it and compared.
Rule 2: in this process and at a server of its own the same rehearsal gives the same record, byte for byte.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from plenary import wiring
from plenary.cli.rehearsal.chance import lot
from plenary.cli.rehearsal.desks import RehearsalDesk, desk_in_memory
from plenary.cli.rehearsal.macros import MACROS
from plenary.cli.rehearsal.pace import Pause
from plenary.cli.rehearsal.playing import Player, Telling
from plenary.cli.rehearsal.summary import Course, fold_bundle, otherwise
from plenary.cli.rehearsal.telling import Silence
from plenary.cli.rehearsal.weaving import Woven, draw, read_faults, weave
from plenary.desk.desk import Desk
from plenary.desk.ports import Minutes
from plenary.desk.publishing import full_bundle, public_bundle
from plenary.folders.folder import Fault, Folder
from plenary.record import decode_bundle, verifier_key
from plenary.rules.names import SeatId

RECORD, PUBLIC, KEY = "record.bundle", "public.bundle", "log.pub"


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """What a rehearsal leaves: the record, what the public may read of it, and the log's key."""

    record: bytes
    public: bytes
    key: str


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """What is rehearsed, with which faults, how, and where what is left is written."""

    folder: Folder
    faults: tuple[str, ...]
    seed: str
    telling: Telling
    pause: Pause
    out: Path


def rehearse(asked: Rehearsal, *, at_a_server: bool = False) -> tuple[Course, list[str]]:
    """Rehearse, write what is left, and return the course and what was otherwise than expected.

    It is done in this process; *at_a_server*, or with a fault that kills, at a server of its own.

    Raises:
        CourseError: if a step went another way than the script says.
        FolderFaultyError: if a fault is unknown or contradicts another.
    """
    folder, seed, out = asked.folder, asked.seed, asked.out
    faults = read_faults(folder, asked.faults)
    drawn = draw(folder, faults, seed)
    woven = weave(folder, faults, drawn)
    desk = _desk_at_a_server if at_a_server or woven.kill else _desk_here
    player, files = _played(folder, woven, seed, asked.telling, asked.pause, desk)
    out.mkdir(parents=True, exist_ok=True)
    (out / RECORD).write_bytes(files.record)
    (out / PUBLIC).write_bytes(files.public)
    (out / KEY).write_text(f"{files.key}\n", "utf-8")
    path = out / RECORD
    course = fold_bundle(path.read_bytes(), str(path), player.refused.total())
    found = otherwise(woven.expected, course)
    found += _not_the_same(folder, faults, drawn, seed, files)
    return course, found


OpensDesk = Callable[[Folder, str], AbstractContextManager[RehearsalDesk]]


def _played(
    folder: Folder, woven: Woven, seed: str, telling: Telling, pause: Pause, opened: OpensDesk
) -> tuple[Player, Files]:
    with opened(folder, seed) as desk:
        player = Player(folder, woven, desk, seed, telling)
        player.play(pause, MACROS)
        return player, _files(folder, desk.finish(), player, seed)


@contextmanager
def _desk_here(folder: Folder, seed: str) -> Iterator[RehearsalDesk]:
    yield desk_in_memory(folder.profile, folder.summit.origin, seed)


@contextmanager
def _desk_at_a_server(folder: Folder, seed: str) -> Iterator[RehearsalDesk]:
    from plenary.cli.rehearsal.apart import DeskApart  # noqa: PLC0415 - what needs no server pays for none

    with tempfile.TemporaryDirectory(prefix="plenary-") as place:
        desk = DeskApart(folder, seed, Path(place), lot(seed, "kill"))
        try:
            yield desk
        finally:
            desk.stop()


def _files(folder: Folder, minutes: Minutes, player: Player, seed: str) -> Files:
    """Sign the record as it is at its end, and make the bundles."""
    key = wiring.seeded_log_key(folder.summit.origin, seed)
    desk = Desk(
        folder.profile,
        minutes,
        clock=lambda: player.now,
        salts=wiring.seeded_salts(seed),
        presence=lambda: player.connected,
    )
    desk.checkpoint(key)
    return Files(
        record=full_bundle(folder.profile, minutes, key),
        public=public_bundle(folder.profile, minutes, key),
        key=verifier_key(key.name, key.public_key()),
    )


def _not_the_same(
    folder: Folder, faults: dict[str, Fault], drawn: dict[str, SeatId], seed: str, files: Files
) -> list[str]:
    """Play without each fault that must leave something as it is, and compare."""
    found: list[str] = []
    for name, fault in faults.items():
        if not fault.expected.same:
            continue
        others = {other: each for other, each in faults.items() if other != name}
        woven = weave(folder, others, drawn)
        desk = _desk_at_a_server if woven.kill else _desk_here
        _, without = _played(folder, woven, seed, Silence(), lambda _: None, desk)
        for what in fault.expected.same:
            if _aspect(files, what) != _aspect(without, what):
                found.append(f"{what}: expected to be as without {name}, and is not")
    return found


def _aspect(files: Files, what: str) -> object:
    """Return what is compared: the last seal, how many entries, or which are withheld from the public."""
    entries = decode_bundle(files.public).entries
    match what:
        case "head":
            return entries[-1].seal
        case "entries":
            return len(entries)
        case _:
            return [entry.number for entry in entries if entry.body is None]
