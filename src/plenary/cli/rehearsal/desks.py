"""The desk a rehearsal acts through, and the one in this process.

Rule: time and lines are given with each act, so that an act sent again is the same act.
"""

from collections.abc import Iterable
from typing import Protocol

from plenary import wiring
from plenary.desk.desk import Desk, record_key
from plenary.desk.memory import MemoryMinutes
from plenary.desk.ports import Minutes
from plenary.rules.acts import Actor, AnyAct
from plenary.rules.events import AnyEvent
from plenary.rules.names import Moment, RuleId, SeatId, Value
from plenary.rules.profile import Profile
from plenary.rules.refusals import Reason, Refused


class Asked(Value, kw_only=True):
    """An act as it is sent to the desk, with the facts of the room at that moment."""

    by: Actor
    act: AnyAct
    key: str
    at: Moment
    connected: tuple[SeatId, ...]

    @property
    def record_key(self) -> str:
        """The key as the record has it."""
        return record_key(self.by.person, self.by.seat, self.key)


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
        """Do an act; with ``killed`` its server is killed while it does."""
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
            done = self._desk.perform(asked.by, asked.act, key=asked.record_key)
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
