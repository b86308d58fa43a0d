"""Preparing a summit for people: the script's acts up to the opening, done now, in the database in use.

Rule 1: the acts are those of the rehearsal, through ``Desk.perform``; seats are left for people to take.
Rule 2: what the presiding officer says and does from the opening on is offered as ``script.json``.
Rule 3: the tables must be in use (``wiring.use_database``) before this module is imported.
"""

from collections.abc import Iterator

import msgspec

from plenary import wiring
from plenary.cli.rehearsal.desks import Answered, Asked
from plenary.cli.rehearsal.macros import MACROS
from plenary.cli.rehearsal.playing import Player
from plenary.cli.rehearsal.telling import Silence
from plenary.cli.rehearsal.weaving import Woven
from plenary.desk.codec import encode
from plenary.desk.desk import Desk
from plenary.desk.ports import Minutes
from plenary.folders.folder import Folder, Placed, Step
from plenary.folders.words import fill
from plenary.rules.visibility import MEMBERS, PUBLIC
from plenary.store.files import keep_file
from plenary.store.models import Person
from plenary.store.scripts import keep_script

OPENING = "open_meeting"
AT_A_SCREEN = frozenset({"take_seat", "take_seats", "signal_ready"})
"""What only somebody at a screen can do."""

ON_THE_SCREEN = frozenset({"window", "digest"})
"""Words whose meaning the screen knows by itself."""


class DeskNow:
    """A desk whose time is the machine's, whatever the script says."""

    def __init__(self, folder: Folder, minutes: Minutes) -> None:
        self._minutes = minutes
        self._desk = Desk(
            folder.profile,
            minutes,
            clock=wiring.system_clock,
            salts=wiring.random_salts,
            presence=lambda: (),
        )

    def do(self, asked: Asked, *, killed: bool = False) -> Answered:
        """Do an act, now."""
        del killed
        done = self._desk.perform(asked.by, asked.act, key=asked.key)
        return Answered(number=done.number, events=done.events)

    def finish(self) -> Minutes:
        """Return what was written."""
        return self._minutes


def prepare(folder: Folder) -> None:
    """Prepare the meeting up to its opening: record, texts, accounts and script."""
    origin = folder.summit.origin
    keep_file(origin, encode(folder.profile), PUBLIC)
    for document in folder.texts:
        for file in sorted((folder.path / "documents").glob(f"{document}.*.md")):
            keep_file(origin, file.read_bytes(), MEMBERS)
    steps = tuple(
        each for each in _before(folder) if not AT_A_SCREEN & {each.step.act, each.step.do}
    )
    woven = Woven(names=(), steps=steps, expected=folder.summit.expected, drawn={}, kill=0)
    desk = DeskNow(folder, wiring.minutes(origin))
    player = Player(folder, woven, desk, "1", Silence())
    player.play(lambda _: None, MACROS)
    for seat in player.meeting.seats.values():
        for person, letter in seat.letters.items():
            if not Person.objects.filter(identifier=person).exists():
                Person.objects.enrol(person, {str(key): name for key, name in letter.names.items()})
    keep_script(origin, msgspec.json.encode(list(spoken(folder))))


def _before(folder: Folder) -> Iterator[Placed]:
    for each in folder.steps:
        if each.step.act == OPENING:
            return
        yield each


def spoken(folder: Folder) -> Iterator[dict[str, object]]:
    """Yield what the presiding officer says and does from the opening on, as the screens read it."""
    before = {each.key for each in _before(folder)}
    for each in folder.steps:
        if each.key in before:
            continue
        with_ = _with(folder, each.step) if _presides(folder, each.step) else None
        act = each.step.act if with_ is not None else None
        if each.step.say is not None or act is not None:
            yield {"id": each.key, "act": act, "with": with_ or {}, "say": each.step.say or {}}


def _presides(folder: Folder, step: Step) -> bool:
    kind = folder.profile.procedure.opening.presiding_kind
    seats = {seat.id for seat in folder.profile.organisation.seats if seat.kind == kind}
    return step.by in seats  # what an aide does in between has a control of its own


def _with(folder: Folder, step: Step) -> dict[str, object] | None:
    """Return what the act takes as far as it is known beforehand; None where that is too little."""
    known: dict[str, object] = {
        "agenda": msgspec.to_builtins(folder.items),
        "documents": [paper.id for paper in folder.papers if paper.amends is None],
    }
    with_ = {
        key: value
        for key, value in step.with_.items()
        if not (isinstance(value, str) and value.removeprefix("$") in ON_THE_SCREEN)
    }
    try:
        filled = fill(with_, lambda name, _: known[name])
    except KeyError:
        return None
    return filled if isinstance(filled, dict) else None
