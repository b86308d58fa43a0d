"""A desk at a server: acts are posted, screens say that they are there, what followed is read in the feed.

Rule: time and presence are the server's; a line that the script loses is a screen that falls silent.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

import httpx

from plenary.cli.rehearsal.desks import Answered, Asked
from plenary.cli.rehearsal.following import Following
from plenary.cli.rehearsal.line import Lines
from plenary.folders.folder import Folder
from plenary.rules.acts import TakeSeat
from plenary.rules.names import Moment, PersonId, SeatId

BETWEEN_SIGNS: Final = 0.6
UNTIL_LOST: Final = 2.2
"""Seconds after which the server has noticed that a screen is silent (docs/live.md, presence)."""

LONGEST_WAIT: Final = 600
"""Seconds; a silence procedure runs for days, and nobody waits for that."""


class DeskElsewhere:
    """The desk of a meeting at a server."""

    def __init__(self, folder: Folder, lines: Lines, pause: Callable[[float], object]) -> None:
        self.following = Following(folder, lines)
        self._lines = lines
        self._pause = pause
        self._script_at: Moment | None = None
        self._screens: dict[SeatId, tuple[PersonId, str]] = {}
        self._connected: frozenset[SeatId] = frozenset()
        self._server_ahead = 0

    def now(self) -> Moment:
        """Return the server's time."""
        return int(time.time() * 1000) + self._server_ahead

    def wait_for(self, seconds: int) -> bool:
        """Wait for the server's clock; return whether it was a wait that a sitting has."""
        if seconds > LONGEST_WAIT:
            return False
        time.sleep(seconds)
        return True

    @contextlib.contextmanager
    def screens(self) -> Iterator[None]:
        """Let every screen say that it is there, until the rehearsal ends."""
        ended = threading.Event()
        saying = threading.Thread(target=self._say_present, args=(ended,), daemon=True)
        saying.start()
        try:
            yield
        finally:
            ended.set()
            saying.join()

    def _say_present(self, ended: threading.Event) -> None:
        while not ended.wait(BETWEEN_SIGNS):
            for seat in self._connected:
                with contextlib.suppress(httpx.HTTPError):
                    self._sign(seat)

    def _sign(self, seat: SeatId) -> None:
        if seat in self._screens:
            person, screen = self._screens[seat]
            said = {"seat": seat, "screen": screen, "number": self.following.last, "whole": True}
            self._lines.of(person, seat).post(self._lines.path("presence"), json=said)

    def do(self, asked: Asked, *, killed: bool = False) -> Answered:
        """Do an act, when it is its turn by the script's clock."""
        if killed:
            raise ValueError("a server elsewhere cannot be killed; rehearse it without --url")
        if self._script_at is not None and asked.at > self._script_at:
            self._pause((asked.at - self._script_at) / 1000)
        self._script_at = asked.at
        self._lines_are(frozenset(asked.connected))
        line = self._lines.of(asked.by.person, asked.by.seat)
        answer = self._lines.post(line, "acts", self.following.posted(asked))
        answered = self.following.answered(asked, answer)
        if answered.reason is None:
            self._server_ahead = answer.json()["at"] - int(time.time() * 1000)
            self._sits_down(asked)
        return answered

    def _sits_down(self, asked: Asked) -> None:
        if isinstance(asked.act, TakeSeat):
            self._screens[asked.by.seat] = (asked.by.person, asked.act.screen)
            self._connected |= {asked.by.seat}
            self._sign(asked.by.seat)

    def _lines_are(self, connected: frozenset[SeatId]) -> None:
        lost, back = self._connected - connected, connected - self._connected
        self._connected = connected
        for seat in back:
            self._sign(seat)
        if lost:
            time.sleep(UNTIL_LOST)
