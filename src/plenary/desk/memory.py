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

    def append(self, entries: Sequence[Entry], *, ends_consultation: bool = False) -> None:
        """Keep the next entries."""
        if [entry.number for entry in entries] != list(
            range(len(self._entries), len(self._entries) + len(entries))
        ):
            raise NumberTakenError
        self._entries.extend(entries)
        if ends_consultation:
            self._held.clear()

    def held(self) -> Sequence[bytes]:
        """Return the deeds the running consultation holds."""
        return tuple(self._held)

    def hold(self, place: int, deed: bytes) -> None:
        """Keep a deed of the running consultation."""
        if place != len(self._held):
            raise NumberTakenError
        self._held.append(deed)

    def checkpoints(self) -> Sequence[str]:
        """Return the signed notes kept."""
        return tuple(self._checkpoints)

    def keep_checkpoint(self, note: str) -> None:
        """Keep a signed note."""
        self._checkpoints.append(note)
