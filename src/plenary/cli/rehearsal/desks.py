"""The desk a rehearsal acts through: in this process, or in one that can be killed.

Rule 1: time and lines are given with each act, so that an act sent again is the same act.
Rule 2: a desk that was killed is started anew on the same file, and what it did not acknowledge is sent
    again with its key.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Protocol

import msgspec

from plenary import wiring
from plenary.desk.codec import decode_profile, encode
from plenary.desk.desk import Desk
from plenary.desk.memory import MemoryMinutes
from plenary.desk.ports import Minutes
from plenary.desk.publishing import full_bundle
from plenary.record import decode_bundle
from plenary.rules.acts import Actor, AnyAct
from plenary.rules.events import AnyEvent
from plenary.rules.names import Moment, RuleId, SeatId, Value
from plenary.rules.profile import Profile
from plenary.rules.refusals import Reason, Refused

LONGEST_LIFE = 0.004
"""Seconds a desk that will be killed has at most for the act it was sent."""

PROFILE, DATABASE, WRITTEN = "profile.json", "minutes.sqlite3", "written.bundle"
"""What lies in the folder of a desk in a process of its own."""


class Asked(Value, kw_only=True):
    """An act as it is sent to the desk, with the facts of the room at that moment."""

    by: Actor
    act: AnyAct
    key: str
    at: Moment
    connected: tuple[SeatId, ...]


class Answered(Value, kw_only=True):
    """What the desk said: what followed and in which entry, or why it was refused."""

    number: int | None = None
    events: tuple[AnyEvent, ...] = ()
    reason: Reason | None = None
    rule: RuleId | None = None
    facts: dict[str, str] = {}


class ActingDesk(Protocol):
    """Does acts at a moment of the script."""

    def do(self, asked: Asked, *, killed: bool = False) -> Answered:
        """Do an act; with ``killed`` the desk is killed while it does, if it can be."""
        ...


class RehearsalDesk(ActingDesk, Protocol):
    """A desk whose record ends with the rehearsal."""

    def finish(self) -> Minutes:
        """End, and return what was written."""
        ...


class DeskHere:
    """A desk in this process."""

    def __init__(self, profile: Profile, minutes: Minutes, seed: str) -> None:
        self._minutes = minutes
        self._at: Moment = 0
        self._connected: Iterable[SeatId] = ()
        self._desk = Desk(
            profile,
            minutes,
            clock=lambda: self._at,
            salts=wiring.seeded_salts(seed),
            presence=lambda: self._connected,
        )

    def do(self, asked: Asked, *, killed: bool = False) -> Answered:
        """Do an act; this desk lives on."""
        del killed
        self._at, self._connected = asked.at, asked.connected
        try:
            done = self._desk.perform(asked.by, asked.act, key=asked.key)
        except Refused as refused:
            facts = {key: str(value) for key, value in refused.facts.items()}
            return Answered(reason=refused.reason, rule=refused.rule, facts=facts)
        return Answered(number=done.number, events=done.events)

    def finish(self) -> Minutes:
        """Return what was written."""
        return self._minutes


def desk_in_memory(profile: Profile, origin: str, seed: str) -> DeskHere:
    """Return a desk whose minutes live as long as it does."""
    return DeskHere(profile, MemoryMinutes(origin), seed)


class DeskInAChild:
    """A desk in a process of its own, on a database of its own, both in *folder*."""

    def __init__(
        self, profile: Profile, origin: str, seed: str, folder: Path, lot: random.Random
    ) -> None:
        (folder / PROFILE).write_bytes(encode(profile))
        self._folder = folder
        self._origin = origin
        self._seed = seed
        self._lot = lot
        self._child = self._start()
        self.killed = 0

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "plenary.cli.rehearsal.desks",
                str(self._folder),
                self._origin,
                self._seed,
            ],
            env={**os.environ, "DATABASE_URL": f"sqlite:///{self._folder / DATABASE}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def do(self, asked: Asked, *, killed: bool = False) -> Answered:
        """Do an act; ``killed``: the process gets SIGKILL at a drawn moment and starts anew."""
        if killed:
            self._send(asked)
            time.sleep(self._lot.random() * LONGEST_LIFE)
            self._child.send_signal(signal.SIGKILL)
            self._ended()
            self.killed += 1
            self._child = self._start()
        self._send(asked)
        line = _pipe(self._child.stdout).readline()
        if not line:
            raise ChildProcessError("the desk's process ended by itself")
        return msgspec.json.decode(line, type=Answered)

    def _send(self, asked: Asked) -> None:
        pipe = _pipe(self._child.stdin)
        pipe.write(msgspec.json.encode(asked) + b"\n")
        pipe.flush()

    def _ended(self) -> None:
        self._child.communicate()

    def finish(self) -> Minutes:
        """Let the process end and return what it wrote, read from its database."""
        self._ended()
        minutes = MemoryMinutes(self._origin)
        minutes.append(decode_bundle((self._folder / WRITTEN).read_bytes()).entries)
        return minutes

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._child.kill()
        self._ended()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ChildProcessError("the desk's process has no pipes")
    return pipe


def main(arguments: list[str]) -> None:
    """Be the child: one act a line, one answer a line; when the pipe closes, write down what is there."""
    folder, origin, seed = Path(arguments[0]), arguments[1], arguments[2]
    profile = decode_profile((folder / PROFILE).read_bytes())
    wiring.use_database(migrate=True)
    minutes = wiring.minutes(origin)
    desk = DeskHere(profile, minutes, seed)
    for line in sys.stdin.buffer:
        answered = desk.do(msgspec.json.decode(line, type=Asked))
        sys.stdout.buffer.write(msgspec.json.encode(answered) + b"\n")
        sys.stdout.buffer.flush()
    written = full_bundle(profile, minutes, wiring.seeded_log_key(origin, seed))
    (folder / WRITTEN).write_bytes(written)


if __name__ == "__main__":
    main(sys.argv[1:])
