"""What the desk needs from outside, each with more than one real part.

Rule: ``wiring.py`` chooses; a port is added only when a second part exists.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from plenary.record import Entry, SigningKey
from plenary.rules.names import Moment, SeatId


class NumberTakenError(Exception):
    """Another writer wrote that number first; read what is there and decide again."""


class Minutes(Protocol):
    """Keeps one meeting's entries and what a consultation holds, durably.

    ``append`` and ``hold`` return only when what they were given would survive a loss of power, and
    do all or nothing. Each names how much its writer has seen, both of entries and of what is held:
    an act decided without the objection that another writer has just held is not written.
    """

    @property
    def origin(self) -> str:
        """The meeting's name in checkpoints, such as ``sco/chs-2020-11-10``."""
        ...

    def entries(self, after: int = -1) -> Iterable[Entry]:
        """Yield the entries with a number greater than *after*, in order."""
        ...

    def append(
        self, entries: Sequence[Entry], *, held: int = 0, ends_consultation: bool = False
    ) -> None:
        """Write the next entries; with ``ends_consultation`` what was held is given up as well.

        *held* is how many deeds the running consultation holds.

        Raises:
            NumberTakenError: if another writer was first.
        """
        ...

    def held(self) -> Sequence[bytes]:
        """Return the deeds the running consultation holds, in order."""
        ...

    def hold(self, place: int, deed: bytes, *, after: int) -> None:
        """Keep the deed at *place* (0, 1, 2, …) of the running consultation.

        *after* is the number of the last entry written.

        Raises:
            NumberTakenError: if another writer was first.
        """
        ...

    def checkpoints(self) -> Sequence[str]:
        """Return the signed notes kept, smallest first."""
        ...

    def keep_checkpoint(self, note: str) -> None:
        """Keep a signed note."""
        ...


class Clock(Protocol):
    """Says what time it is."""

    def __call__(self) -> Moment:
        """Return the present moment."""
        ...


class Salts(Protocol):
    """Gives each entry its salt."""

    def __call__(self, number: int) -> bytes:
        """Return 32 bytes that nobody can guess, for entry *number*."""
        ...


class Presence(Protocol):
    """Says whose line is there."""

    def __call__(self) -> Iterable[SeatId]:
        """Return the seats that are connected now."""
        ...


class LogKey(SigningKey, Protocol):
    """The secretariat's log key; where it is kept is not known here."""

    @property
    def name(self) -> str:
        """The key's name in signed notes."""
        ...
