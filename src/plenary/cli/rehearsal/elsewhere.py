"""A desk at a server: acts are posted, screens say that they are there, what followed is read in the feed.

Rule 1: time and presence are the server's; a line that the script loses is a screen that falls silent.
Rule 2: what followed an act is read in the seat of the secretariat, entry by entry and what is held.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import httpx
import msgspec

from plenary.cli.rehearsal.desks import Answered, Asked
from plenary.cli.rehearsal.line import Lines
from plenary.desk.codec import Body, Deed, decode_body, encode, in_order_of_doing
from plenary.folders.folder import Folder
from plenary.folders.preparation import secretariat_seat
from plenary.rules.acts import TakeSeat
from plenary.rules.events import AnyEvent
from plenary.rules.names import Moment, PersonId, RuleId, SeatId
from plenary.rules.refusals import Reason

BETWEEN_SIGNS: Final = 0.6
UNTIL_LOST: Final = 2.2
"""Seconds after which the server has noticed that a screen is silent (docs/live.md, presence)."""

LONGEST_WAIT: Final = 600
"""Seconds; a silence procedure runs for days, and nobody waits for that."""


class DeskElsewhere:
    """The desk of a meeting at a server."""

    def __init__(self, folder: Folder, lines: Lines, pause: Callable[[float], object]) -> None:
        self.secretariat = secretariat_seat(folder)
        person = next(iter(folder.summit.secretariat))
        self.lines = lines
        self.reader = lines.of(PersonId(person), self.secretariat)
        self._pause = pause
        self._last = -1
        self._known: set[object] = set()
        self.heard: list[Deed] = []
        """What was done at the server, in the order in which it was read here."""
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

    def begin(self) -> list[Deed]:
        """Return everything that was done before the bots came."""
        return self._what_followed(held=False)

    def news(self) -> list[Deed]:
        """Return what was entered since and is not known yet."""
        return self._what_followed(held=False)

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
            said = {"seat": seat, "screen": screen, "number": self._last, "whole": True}
            self.lines.of(person, seat).post(self.lines.path("presence"), json=said)

    def do(self, asked: Asked, *, killed: bool = False) -> Answered:
        """Do an act, when it is its turn by the script's clock."""
        if killed:
            raise ValueError("a server elsewhere cannot be killed; rehearse it without --url")
        if self._script_at is not None and asked.at > self._script_at:
            self._pause((asked.at - self._script_at) / 1000)
        self._script_at = asked.at
        self._lines_are(frozenset(asked.connected))
        answer = self.lines.post(
            self.lines.of(asked.by.person, asked.by.seat),
            "acts",
            {
                "key": f"rehearsed {asked.key}"[-80:],
                "seen": max(self._last, 0),
                "seat": asked.by.seat,
                "on_instruction": asked.by.instructed_by is not None,
                "act": msgspec.to_builtins(asked.act),
            },
        )
        return self._answered(asked, answer)

    def _lines_are(self, connected: frozenset[SeatId]) -> None:
        lost, back = self._connected - connected, connected - self._connected
        self._connected = connected
        for seat in back:
            self._sign(seat)
        if lost:
            time.sleep(UNTIL_LOST)

    def _answered(self, asked: Asked, answer: httpx.Response) -> Answered:
        said: dict[str, Any] = answer.json()
        if answer.status_code == 409:
            facts = {key: str(value) for key, value in said["facts"].items()}
            rule = RuleId(said["rule"]["key"]) if said["rule"] else None
            return Answered(reason=Reason(said["refused"]), rule=rule, facts=facts)
        if answer.status_code != 200:
            raise ValueError(
                f"{asked.act.__struct_config__.tag} by {asked.by.seat}/{asked.by.person}: the server "
                f"answered {answer.status_code}: {said.get('message', '')}"
            )
        self._server_ahead = said["at"] - int(time.time() * 1000)
        if isinstance(asked.act, TakeSeat):
            self._screens[asked.by.seat] = (asked.by.person, asked.act.screen)
            self._connected |= {asked.by.seat}
            self._sign(asked.by.seat)
        deeds = self._what_followed(held=said["number"] is None)
        events = tuple(event for deed in deeds for event in deed.events)
        return Answered(number=said["number"], events=events)

    def _what_followed(self, *, held: bool) -> list[Deed]:
        """Return the deeds that were not known yet, in the order of their doing."""
        written: list[Body] = []
        size = 0
        with contextlib.closing(
            self.lines.feed(self.reader, self.secretariat, self._last)
        ) as saying:
            for name, data in saying:
                if name == "hello":
                    size = data["size"]
                elif name == "entry":
                    written.append(decode_body(data["body"].encode()))
                    self._last = data["number"]
                elif name == "held" and held:
                    new = self._unknown(msgspec.convert(data["deeds"], list[Deed]))
                    if new:
                        return new
                elif name == "time" and held:
                    raise ValueError("the server did not show what the consultation holds")
                if self._last == size - 1 and not held:
                    break
        return self._unknown([deed for _, deed in in_order_of_doing(written)])

    def _unknown(self, deeds: list[Deed]) -> list[Deed]:
        new = [deed for deed in deeds if _mark(deed) not in self._known]
        self._known.update(map(_mark, new))
        self.heard += new
        return new


def _mark(deed: Deed) -> object:
    return deed.key if deed.key is not None else encode(deed)


def events_of(deeds: list[Deed]) -> list[AnyEvent]:
    """Return everything that followed from *deeds*."""
    return [event for deed in deeds for event in deed.events]
