"""Reading a few rows past Django's cursor, where an act waits for them: building the query costs more than it.

Rule: what is read so is what an act asks for each time: entries and deeds after a number, a session, its person.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


@cache
def marked(sql: str) -> str:
    """Return *sql* with the marks of SQLite's driver."""
    return sql.replace("%s", "?")


def rows(
    connection: BaseDatabaseWrapper, sql: str, values: Sequence[int | str | bytes]
) -> list[tuple[Any, ...]]:
    """Return the rows that *sql* finds on an open *connection*, which notices where it broke."""
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            found = connection.connection.execute(marked(sql), values)
        else:
            found = connection.connection.execute(sql, values)
        return [tuple(row) for row in found.fetchall()]


def usable(connection: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    """Return *connection*, opened, and anew after a failure."""
    if connection.errors_occurred:
        connection.close_if_unusable_or_obsolete()
    if connection.connection is None:
        connection.ensure_connection()
    return connection
