"""One whole rehearsal at a server that was prepared from the same folder.

Rule 1: the meeting must be the folder's own and at its beginning; bots never step into another.
Rule 2: head and seals are of the server's time, so that what a fault leaves the same is not compared.
"""

import contextlib
from pathlib import Path

import httpx
from msgspec.structs import replace

from plenary.cli.rehearsal.beginning import meeting_prepared, steps_left
from plenary.cli.rehearsal.desks import Answered
from plenary.cli.rehearsal.elsewhere import DeskElsewhere
from plenary.cli.rehearsal.following import Following, events_of
from plenary.cli.rehearsal.line import Lines, a_seat_of_the_demonstration
from plenary.cli.rehearsal.macros import MACROS
from plenary.cli.rehearsal.playing import Player, Telling
from plenary.cli.rehearsal.running import KEY, PUBLIC, RECORD, Rehearsal
from plenary.cli.rehearsal.summary import Course, fold_bundle, otherwise
from plenary.cli.rehearsal.weaving import Woven, draw, read_faults, weave
from plenary.folders.folder import Folder, Placed
from plenary.folders.preparation import convening
from plenary.rules.acts import Actor, AnyAct
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import Meeting, new_meeting
from plenary.rules.names import SeatId
from plenary.rules.refusals import Reason


class Attending(Player):
    """Plays a script at a server, whose time it is."""

    def __init__(
        self, folder: Folder, woven: Woven, desk: DeskElsewhere, seed: str, telling: Telling
    ) -> None:
        super().__init__(folder, woven, desk, seed, telling)
        self._elsewhere = desk

    def _further_word(self, name: str, argument: str) -> object:
        if name in ("ago", "in"):
            seconds = int(argument) if name == "in" else -int(argument)
            return self._elsewhere.now() + 1000 * seconds
        return super()._further_word(name, argument)

    def send(self, placed: Placed, number: int, by: Actor, act: AnyAct, *, kill: bool) -> Answered:
        """Send one act; at a greater speed than the meeting's own, when the server's clock allows it."""
        answered = super().send(placed, number, by, act, kill=kill)
        while (
            answered.reason is Reason.WINDOW_RUNNING and placed.step.refused != answered.reason
        ) and self._elsewhere.wait_for(int(answered.facts["seconds"])):
            self.refused[Reason.WINDOW_RUNNING] -= 1
            answered = super().send(placed, number, by, act, kill=kill)
        return answered


def rehearse_at(url: str, asked: Rehearsal) -> tuple[Course, list[str]]:
    """Rehearse at the server at *url*; see ``rehearse``.

    Raises:
        ValueError: if bots cannot sit there, or another meeting is held, or this one has begun.
    """
    folder = asked.folder
    faults = read_faults(folder, asked.faults)
    woven = weave(folder, faults, draw(folder, faults, asked.seed))
    if woven.kill:
        raise ValueError("a server elsewhere cannot be killed; rehearse this fault without --url")
    woven = replace(woven, steps=steps_left(folder, woven))
    way_in = a_seat_of_the_demonstration(folder.summit.origin)
    try:
        with contextlib.closing(Lines(url, folder.summit.origin, way_in)) as lines:
            desk = DeskElsewhere(folder, lines, asked.pause)
            player = Attending(folder, woven, desk, asked.seed, asked.telling)
            player.meeting = at_its_beginning(folder, desk.following)
            with desk.screens():
                player.play(lambda _: None, MACROS)
            _fetch(desk.following, asked.out)
    except httpx.HTTPError as error:
        raise ValueError(f"{url}: {error}") from error
    path = asked.out / RECORD
    course = fold_bundle(path.read_bytes(), str(path), player.refused.total())
    return course, otherwise(woven.expected, course)


def at_its_beginning(folder: Folder, following: Following, apart: SeatId | None = None) -> Meeting:
    """Return the meeting as the server prepared it; in the seat *apart* somebody may sit already.

    Raises:
        ValueError: if it is another meeting, or has begun.
    """
    deeds = following.news()
    meeting = evolve_all(new_meeting(folder.profile), events_of(deeds))
    wanted = meeting_prepared(folder)
    if (
        not deeds
        or deeds[0].act != convening(folder)
        or _basis(meeting, apart) != _basis(wanted, apart)
    ):
        raise ValueError(
            f"the meeting {folder.summit.origin} at the server is not the one of {folder.path} at its "
            "beginning: begin it anew with ./plenary demo --fresh"
        )
    return meeting


def _basis(meeting: Meeting, apart: SeatId | None) -> object:
    """Return what a meeting begins with: its stage, letters and documents, and that no seat is taken."""
    papers = {key: (each.digest, each.stage) for key, each in meeting.documents.items()}
    seats = {
        key: (each.head, sorted(each.letters), None if key == apart else each.screen)
        for key, each in meeting.seats.items()
    }
    return meeting.stage, papers, seats


def _fetch(following: Following, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name in (RECORD, PUBLIC, KEY):
        (out / name).write_bytes(following.read(name))
