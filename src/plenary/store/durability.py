"""That what is committed survives a loss of power: asked of the database itself, never assumed.

Rule 1: the answer of the open connection counts, not what the settings say.
Rule 2: a database that answers otherwise is not written to.
"""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

ON_SQLITE: Final[dict[str, tuple[object, ...]]] = {
    "journal_mode": ("wal",),
    "synchronous": (2, 3),  # FULL, EXTRA
    "fullfsync": (1,),  # on a Mac a plain fsync leaves it in the drive's cache
    "foreign_keys": (1,),
}
ON_POSTGRES: Final[dict[str, tuple[object, ...]]] = {
    "synchronous_commit": ("on", "remote_apply"),
    "fsync": ("on",),
    "full_page_writes": ("on",),  # or a page half written when the power went cannot be mended
    "transaction_isolation": ("read committed",),  # a writer that waited sees what it waited for
}


class NotDurableError(RuntimeError):
    """The database would say that something is written before it is."""


def check_durable(connection: BaseDatabaseWrapper) -> None:
    """Ask the database behind *connection* how it writes, or raise ``NotDurableError``."""
    if connection.vendor == "sqlite":
        question, wanted = "PRAGMA", ON_SQLITE
        _one(connection, "PRAGMA busy_timeout", tuple(range(1, 600_001)))
    elif connection.vendor == "postgresql":
        question, wanted = "SHOW", ON_POSTGRES
    else:
        raise NotDurableError(f"{connection.vendor} is not a database this record is kept in")
    for setting, allowed in wanted.items():
        _one(connection, f"{question} {setting}", allowed)


def _one(connection: BaseDatabaseWrapper, question: str, allowed: tuple[object, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    answer = row[0] if row else None
    if answer not in allowed:
        raise NotDurableError(
            f"the record is not safe in this database: {question} says {answer}, not {allowed[0]}"
        )
