"""Private notes between delegations, and to the chair: for the sitting, in memory, never in the record.

Rule 1: a note is read by the seat that sent it and the seat it is for, by nobody else.
Rule 2: the same key of the same person in the same seat again sends nothing.
Rule 3: a note's identifier says nothing of other notes, and no sender crowds out those of another.
"""

import hashlib
from typing import Annotated, Final

import msgspec

from plenary.rules.names import Moment, PersonId, SeatId, Value

MOST: Final = 100
"""Notes kept of one sender; its oldest go first."""


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
        self._notes: dict[str, Note] = {}

    def send(
        self, key: str, at: Moment, *, by: tuple[PersonId, SeatId], to: SeatId, text: str
    ) -> Note | None:
        """Keep a note and return it, or None if it was sent before."""
        person, seat = by
        name = hashlib.sha256(f"{person}\n{seat}\n{key}".encode()).hexdigest()[:32]
        if name in self._notes:
            return None
        note = Note(id=name, at=at, sender=seat, from_person=person, to=to, text=text)
        self._notes[name] = note
        own = [each.id for each in self._notes.values() if each.sender == seat]
        if len(own) > MOST:
            del self._notes[own[0]]
        return note

    def of(self, seat: SeatId, since: Moment = 0) -> list[Note]:
        """Return the notes that *seat* sent or got from *since* on, in order."""
        return [
            note
            for note in self._notes.values()
            if seat in (note.sender, note.to) and note.at >= since
        ]

    def clear(self) -> None:
        """Forget all: the meeting is closed."""
        self._notes.clear()
