"""Minutes in memory: what rehearsals run on; they pass the same tests as the database's."""

from collections.abc import Iterable, Sequence

from plenary.desk.ports import NumberTakenError
from plenary.record import Entry


class MemoryMinutes:
    """Keeps one meeting's entries for as long as the process lives."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._entries: list[Entry] = []
        self._held: list[bytes] = []
        self._checkpoints: list[str] = []

    @property
    def origin(self) -> str:
        """The meeting's name in checkpoints."""
        return self._origin

    def entries(self, after: int = -1) -> Iterable[Entry]:
        """Return the entries with a number greater than *after*."""
        return tuple(self._entries[after + 1 :])

    def append(
        self, entries: Sequence[Entry], *, held: int = 0, ends_consultation: bool = False
    ) -> None:
        """Keep the next entries."""
        first = len(self._entries)
        in_order = [entry.number for entry in entries] == list(range(first, first + len(entries)))
        if not in_order or held != len(self._held):
            raise NumberTakenError
        self._entries.extend(entries)
        if ends_consultation:
            self._held.clear()

    def held(self) -> Sequence[bytes]:
        """Return the deeds the running consultation holds."""
        return tuple(self._held)

    def hold(self, place: int, deed: bytes, *, after: int) -> None:
        """Keep a deed of the running consultation."""
        if place != len(self._held) or after != len(self._entries) - 1:
            raise NumberTakenError
        self._held.append(deed)

    def checkpoints(self) -> Sequence[str]:
        """Return the signed notes kept."""
        return tuple(self._checkpoints)

    def keep_checkpoint(self, note: str) -> None:
        """Keep a signed note."""
        self._checkpoints.append(note)
