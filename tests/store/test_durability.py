"""A database that would acknowledge before it has written is refused."""

import sqlite3
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections, transaction
from psycopg import sql
from tests.store.databases import known_to_django, sqlite_file

from plenary.record import Entry, first_seal, seal_entry
from plenary.store.durability import ON_POSTGRES, ON_SQLITE, NotDurableError, check_durable
from plenary.store.minutes import DatabaseMinutes

ORIGIN = "sco/chs-2020-11-10"


def first_entry() -> Entry:
    return seal_entry(first_seal(ORIGIN), 0, bytes(32), b"{}")


def answers(alias: str) -> dict[str, object]:
    connection = connections[alias]
    question, settings = (
        ("PRAGMA", ON_SQLITE) if connection.vendor == "sqlite" else ("SHOW", ON_POSTGRES)
    )
    found = {}
    with connection.cursor() as cursor:
        for setting in [*settings, *(["busy_timeout"] if question == "PRAGMA" else [])]:
            cursor.execute(f"{question} {setting}")
            found[setting] = cursor.fetchone()[0]
    return found


def test_each_connection_writes_durably(url, alias):
    if url.startswith("sqlite"):
        assert answers(alias) == {
            "journal_mode": "wal",
            "synchronous": 2,
            "fullfsync": 1,
            "foreign_keys": 1,
            "busy_timeout": 10_000,
        }
    else:
        assert answers(alias) == {
            "synchronous_commit": "on",
            "fsync": "on",
            "full_page_writes": "on",
            "transaction_isolation": "read committed",
        }


@pytest.mark.parametrize(
    "pragma",
    [
        "synchronous=NORMAL",
        "synchronous=OFF",
        "fullfsync=OFF",
        "foreign_keys=OFF",
        "busy_timeout=0",
    ],
)
def test_a_weakened_pragma_is_refused(tmp_path, pragma):
    with known_to_django(sqlite_file(tmp_path)) as alias:
        with connections[alias].cursor() as cursor:
            cursor.execute(f"PRAGMA {pragma}")
        with pytest.raises(NotDurableError, match=pragma.split("=")[0]):
            DatabaseMinutes(ORIGIN, alias)


def test_a_journal_that_is_not_wal_is_refused(tmp_path):
    url = sqlite_file(tmp_path)
    with known_to_django(url) as alias:
        connections.settings[alias]["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL"
        )
        with pytest.raises(NotDurableError, match="journal_mode says delete"):
            DatabaseMinutes(ORIGIN, alias)


def test_a_database_in_memory_is_refused():
    with known_to_django("sqlite:///:memory:") as alias, pytest.raises(NotDurableError):
        DatabaseMinutes(ORIGIN, alias)


def test_postgresql_that_answers_before_it_has_written_is_refused(postgres):
    with known_to_django(postgres) as alias:
        with connections[alias].cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        with pytest.raises(NotDurableError, match="synchronous_commit says off"):
            DatabaseMinutes(ORIGIN, alias)


def test_what_the_server_was_told_otherwise_does_not_count(postgres):
    """The server's default is off; our connections say on, and are believed."""
    name = sql.Identifier(urlsplit(postgres).path[1:])
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(name))
        try:
            with known_to_django(postgres) as alias:
                check_durable(connections[alias])
        finally:
            connection.execute(sql.SQL("ALTER DATABASE {} RESET synchronous_commit").format(name))


def test_a_new_connection_is_asked_again(tmp_path):
    with known_to_django(sqlite_file(tmp_path)) as alias:
        minutes = DatabaseMinutes(ORIGIN, alias)
        connections[alias].close()
        connections[alias].settings_dict["OPTIONS"]["init_command"] = "PRAGMA synchronous=OFF"
        with pytest.raises(NotDurableError):
            minutes.append([first_entry()])


def test_nothing_is_written_inside_somebody_elses_transaction(alias):
    origin = f"{ORIGIN}/inside"
    minutes = DatabaseMinutes(origin, alias)
    entry = seal_entry(first_seal(origin), 0, bytes(32), b"{}")
    with transaction.atomic(using=alias):
        with pytest.raises(NotDurableError):
            minutes.append([entry])
        with pytest.raises(NotDurableError):
            minutes.hold(0, b"{}", after=-1)
        with pytest.raises(NotDurableError):
            minutes.keep_checkpoint("a note on\n0\n")
    assert list(minutes.entries()) == []


def test_a_withheld_entry_is_not_written(alias):
    minutes = DatabaseMinutes(f"{ORIGIN}/withheld", alias)
    with pytest.raises(ValueError, match="withheld"):
        minutes.append([first_entry().withhold()])


def test_a_database_that_is_full_has_written_nothing_and_goes_on_when_there_is_room(tmp_path):
    with known_to_django(sqlite_file(tmp_path)) as alias:
        minutes = DatabaseMinutes(ORIGIN, alias)
        minutes.append([first_entry()])
        raw: sqlite3.Connection = connections[alias].connection
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages}")
        large = b'{"text":"' + b"x" * 100_000 + b'"}'
        entry = seal_entry(first_entry().seal, 1, bytes(32), large)
        with pytest.raises(Exception, match="full"):
            minutes.append([entry])
        assert list(minutes.entries()) == [first_entry()]
        connections[alias].close()
        minutes.append([entry])
        assert list(minutes.entries()) == [first_entry(), entry]


def test_a_lost_line_to_the_database_is_replaced(postgres):
    with known_to_django(postgres) as alias:
        origin = f"{ORIGIN}/lost-line"
        minutes = DatabaseMinutes(origin, alias)
        entry = seal_entry(first_seal(origin), 0, bytes(32), b"{}")
        minutes.keep_checkpoint("x\n0\n")
        backend = connections[alias].connection.info.backend_pid
        with psycopg.connect(postgres, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [backend])
        with pytest.raises(Exception, match=r"terminat|closed|lost"):
            minutes.append([entry])
        minutes.append([entry])
        assert list(minutes.entries()) == [entry]
