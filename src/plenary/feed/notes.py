"""Private notes between delegations, and to the chair: for the sitting, in memory, never in the record.

Rule 1: a note is read by the seat that sent it and the seat it is for, by nobody else.
Rule 2: the same key of the same person again sends nothing.
"""

from typing import Annotated, Final

import msgspec

from plenary.rules.names import Moment, PersonId, SeatId, Value

MOST: Final = 2_000
"""Notes kept for one meeting; the oldest go first."""


class Note(Value, kw_only=True):
    """One note."""

    id: str
    at: Moment
    sender: SeatId = msgspec.field(name="from")
    from_person: PersonId
    to: SeatId
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4_000)]


class Notes:
    """The notes of one sitting."""

    def __init__(self) -> None:
        self._notes: list[Note] = []
        self._keys: dict[tuple[PersonId, str], None] = {}
        self._sent = 0

    def send(
        self, key: str, at: Moment, *, by: tuple[PersonId, SeatId], to: SeatId, text: str
    ) -> Note | None:
        """Keep a note and return it, or None if it was sent before."""
        person, seat = by
        if (person, key) in self._keys:
            return None
        self._keys[person, key] = None
        self._sent += 1
        note = Note(id=str(self._sent), at=at, sender=seat, from_person=person, to=to, text=text)
        self._notes.append(note)
        if len(self._notes) > MOST:
            del self._notes[0], self._keys[next(iter(self._keys))]
        return note

    def of(self, seat: SeatId) -> list[Note]:
        """Return the notes that *seat* sent or got, in order."""
        return [note for note in self._notes if seat in (note.sender, note.to)]

    def clear(self) -> None:
        """Forget all: the meeting is closed."""
        self._notes.clear()
        self._keys.clear()
