"""The minutes in a database: one durable statement for an act.

Rule 1: an act is one statement that commits by itself, whatever it writes; only where a consultation's
deeds are given up does a transaction bind two.
Rule 2: the statement writes only if the database holds exactly what its writer has seen. SQLite lets in one
writer at a time by itself; on PostgreSQL a writer first takes the meeting's lock.
Rule 3: nothing is written inside somebody else's transaction, for it would not be durable on return.
"""

import threading
from collections.abc import Iterator, Sequence
from typing import Final

from django.db import IntegrityError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from plenary.desk.ports import NumberTakenError
from plenary.record import Entry, first_seal
from plenary.store import models
from plenary.store.durability import NotDurableError, check_durable
from plenary.store.rows import marked, rows, usable

PAGE = 1_000
"""Entries read at a time."""

LOCKS: Final = 0x504C454E
"""The class of our advisory locks on PostgreSQL ("PLEN"); the other half is the meeting's key."""

LAST: Final = "(SELECT COALESCE(MAX(number), -1) FROM store_entry WHERE meeting_id = %s)"
HELD: Final = "(SELECT COUNT(*) FROM store_helddeed WHERE meeting_id = %s)"
SEEN: Final = f"WHERE {LAST} = %s AND {HELD} = %s"
ENTRY: Final = "INSERT INTO store_entry (meeting_id, number, seal, commitment, salt, body) "
ROW: Final = "%s, %s, %s, %s, %s, %s"
INSERT: Final = {
    1: f"{ENTRY} SELECT {ROW} {SEEN}",
    2: f"{ENTRY} SELECT * FROM (VALUES ({ROW}), ({ROW})) AS given {SEEN}",  # noqa: S608 - all words stand here
}
"""By how many entries it writes: an act is one, and the consultation it ends another."""
HOLD: Final = f"INSERT INTO store_helddeed (meeting_id, place, deed) SELECT %s, %s, %s {SEEN}"
GIVE_UP: Final = "DELETE FROM store_helddeed WHERE meeting_id = %s"
LOCK: Final = "SELECT pg_advisory_xact_lock(%s, %s); "
OF_THE_MEETING: Final = "WHERE meeting_id = (SELECT id FROM store_meeting WHERE origin = %s)"
READ: Final = (
    f"SELECT number, seal, commitment, salt, body FROM store_entry {OF_THE_MEETING}"  # noqa: S608 - all words stand here
    f" AND number > %s ORDER BY number LIMIT {PAGE}"
)
READ_HELD: Final = f"SELECT deed FROM store_helddeed {OF_THE_MEETING} ORDER BY place"  # noqa: S608 - as above


class DatabaseMinutes:
    """Keeps one meeting's entries in the database *using*; any number of threads may read and write.

    Raises:
        NotDurableError: on opening and on writing, if the database is not safe to write to.
        ValueError: if *origin* is no meeting's name.
    """

    def __init__(self, origin: str, using: str = "default") -> None:
        first_seal(origin)
        self._origin = origin
        self._using = using
        self._checked = threading.local()
        self._key: int | None = None
        self._connection()

    @property
    def origin(self) -> str:
        """The meeting's name in checkpoints."""
        return self._origin

    def entries(self, after: int = -1) -> Iterator[Entry]:
        """Yield the entries with a number greater than *after*, in order."""
        read = PAGE
        while read == PAGE:
            page = rows(self._connection(), READ, [self._origin, after])
            for number, *parts in page:
                after = number
                yield Entry(number, *map(bytes, parts))
            read = len(page)

    def append(
        self, entries: Sequence[Entry], *, held: int = 0, ends_consultation: bool = False
    ) -> None:
        """Write the next entries, durably; with ``ends_consultation`` what was held goes."""
        if not entries:
            return
        first = entries[0].number
        if [entry.number for entry in entries] != list(range(first, first + len(entries))):
            raise NumberTakenError
        key = self._meeting()
        values: list[int | bytes] = []
        for entry in entries:
            if entry.salt is None or entry.body is None:
                raise ValueError(f"entry {entry.number} is withheld and cannot be written")
            values += (key, entry.number, entry.seal, entry.commitment, entry.salt, entry.body)
        values += (key, first - 1, key, held)
        connection = self._alone()
        if ends_consultation and held:
            with transaction.atomic(using=self._using, durable=True):
                self._write(connection, INSERT[len(entries)], values)
                self._execute(connection, GIVE_UP, [key])
        else:
            self._write(connection, INSERT[len(entries)], values)

    def held(self) -> Sequence[bytes]:
        """Return the deeds the running consultation holds, in order."""
        return tuple(bytes(deed) for (deed,) in rows(self._connection(), READ_HELD, [self._origin]))

    def hold(self, place: int, deed: bytes, *, after: int) -> None:
        """Keep a deed of the running consultation, durably."""
        key = self._meeting()
        self._write(self._alone(), HOLD, [key, place, deed, key, after, key, place])

    def checkpoints(self) -> Sequence[str]:
        """Return the signed notes kept, smallest first."""
        self._connection()
        notes = models.Checkpoint.objects.using(self._using).filter(meeting__origin=self._origin)
        return tuple(notes.values_list("note", flat=True))

    def keep_checkpoint(self, note: str) -> None:
        """Keep a signed note, durably."""
        size = int(note.split("\n", 2)[1])
        key = self._meeting()
        self._alone()
        models.Checkpoint.objects.using(self._using).create(meeting_id=key, size=size, note=note)

    def _meeting(self) -> int:
        """Return the key of the meeting's row, which is made when first written to."""
        if self._key is None:
            self._alone()
            rows = models.Meeting.objects.using(self._using)
            self._key = rows.get_or_create(origin=self._origin)[0].pk
        return self._key

    def _write(
        self, connection: BaseDatabaseWrapper, sql: str, values: Sequence[int | bytes]
    ) -> None:
        try:
            written = self._execute(connection, sql, values)
        except IntegrityError as error:
            raise NumberTakenError from error
        if not written:
            raise NumberTakenError

    def _execute(
        self, connection: BaseDatabaseWrapper, sql: str, values: Sequence[int | bytes]
    ) -> int:
        """Execute one statement past Django's cursor, which costs a third of what the disk does."""
        with connection.wrap_database_errors:
            if connection.vendor == "sqlite":
                return int(connection.connection.execute(marked(sql), values).rowcount)
            cursor = connection.connection.execute(LOCK + sql, [LOCKS, values[0], *values])
            while cursor.nextset():
                pass  # on to the answer of the last statement
            return int(cursor.rowcount)

    def _alone(self) -> BaseDatabaseWrapper:
        """Return this thread's connection, which commits each statement by itself."""
        connection = self._connection()
        if connection.in_atomic_block or not connection.autocommit:
            raise NotDurableError("the record is not written inside a transaction")
        return connection

    def _connection(self) -> BaseDatabaseWrapper:
        """Return this thread's connection, a new one after a failure; each new one is asked how it writes."""
        connection = usable(connections[self._using])
        if getattr(self._checked, "raw", None) is not connection.connection:
            check_durable(connection)
            self._checked.raw = connection.connection
        return connection
