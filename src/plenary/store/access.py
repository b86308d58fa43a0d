"""The only doors to guarded rows: entries by meeting, files by digest.

Rule 1: what is not there and what is not for this reader are answered alike.
Rule 2: who may read is decided from the meeting's own state, which the desk has; nothing here is a login.
"""

from collections.abc import Iterator

from plenary.desk.projections import entry_for, may_read
from plenary.record import Entry
from plenary.rules.meeting import Meeting
from plenary.rules.names import SeatId
from plenary.store import models
from plenary.store.minutes import DatabaseMinutes


class NotFoundError(LookupError):
    """There is no such thing, or it is not for this reader; which of the two is not said."""


def entries_for(
    meeting: Meeting, seat: SeatId | None, origin: str, *, after: int = -1, using: str = "default"
) -> Iterator[Entry]:
    """Return the entries after *after* as *seat* (None: the public) may read them, in order.

    Raises:
        NotFoundError: if nothing was ever entered under *origin*.
    """
    if not models.Entry.objects.using(using).filter(meeting__origin=origin).exists():
        raise NotFoundError
    minutes = DatabaseMinutes(origin, using)
    return (entry_for(meeting, seat, entry) for entry in minutes.entries(after))


def file_for(
    meeting: Meeting, seat: SeatId | None, origin: str, digest: str, *, using: str = "default"
) -> bytes:
    """Return the bytes with that SHA-256, if *seat* (None: the public) may read them.

    Raises:
        NotFoundError: if there are none, or not for this reader.
    """
    found = models.File.objects.using(using).filter(meeting__origin=origin, digest=digest).first()
    if found is None or not may_read(meeting, seat, found.visibility):
        raise NotFoundError
    return bytes(found.content)
