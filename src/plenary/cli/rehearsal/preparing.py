"""Preparing a summit for people: the script's acts up to the opening, done now, in the database in use.

Rule 1: the acts are those of the rehearsal, through ``Desk.perform``; seats are left for people to take.
Rule 2: what the presiding officer says and does from the opening on is offered as ``script.json``.
Rule 3: the tables must be in use (``wiring.use_database``) before this module is imported.
"""

from plenary import wiring
from plenary.cli.rehearsal.beginning import steps_prepared
from plenary.cli.rehearsal.desks import Answered, Asked
from plenary.cli.rehearsal.macros import MACROS
from plenary.cli.rehearsal.playing import Player
from plenary.cli.rehearsal.telling import Silence
from plenary.desk.desk import Desk
from plenary.desk.ports import Minutes
from plenary.folders.folder import Folder
from plenary.web.secretariat.beside import enrol, keep_texts, keep_words


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
        done = self._desk.perform(asked.by, asked.act, key=asked.record_key)
        return Answered(number=done.number, events=done.events)

    def finish(self) -> Minutes:
        """Return what was written."""
        return self._minutes


def prepare(folder: Folder) -> None:
    """Prepare the meeting up to its opening: record, texts, accounts and script."""
    origin = folder.summit.origin
    keep_texts(folder, origin)
    desk = DeskNow(folder, wiring.minutes(origin))
    player = Player(folder, steps_prepared(folder), desk, "1", Silence())
    player.play(lambda _: None, MACROS)
    for seat in player.meeting.seats.values():
        for person, letter in seat.letters.items():
            enrol(person, letter.names)
    keep_words(folder, origin)
