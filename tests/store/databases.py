"""Databases for tests: a SQLite file of one's own, and PostgreSQL where `plenary test` started one."""

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from plenary import wiring
from plenary.store.address import database


def postgres_url() -> str:
    """The server's URL; without one the test is skipped, but never where changes are judged."""
    url = os.environ.get("PLENARY_TEST_POSTGRES")
    if url:
        return url
    message = "no PLENARY_TEST_POSTGRES: ./plenary test starts a server"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def postgres_of_ones_own() -> Iterator[str]:
    """The URL of a new, empty database on the server of the tests."""
    server = postgres_url()
    name = f"plenary_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


@contextmanager
def known_to_django(url: str) -> Iterator[str]:
    """An alias under which Django has the database at *url*, for as long as the context lasts."""
    alias = f"test_{secrets.token_hex(6)}"
    connections.settings[alias] = connections.configure_settings({"default": database(url)})[
        "default"
    ]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def migrated(alias: str) -> None:
    call_command("migrate", database=alias, interactive=False, verbosity=0)


def sqlite_file(folder: Path) -> str:
    """The URL of a SQLite file in *folder*, with the tables in it."""
    path = folder / "plenary.sqlite3"
    shutil.copy(_template(), path)
    return f"sqlite:///{path}"


def _set_up() -> None:
    """Django, with a default database that no test writes to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{_folder('default')}/plenary.sqlite3")
        wiring.use_database(migrate=True)


def _folder(purpose: str) -> Path:
    path = Path(tempfile.mkdtemp(prefix=f"plenary-{purpose}-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


@cache
def _template() -> Path:
    path = _folder("template") / "plenary.sqlite3"
    with known_to_django(f"sqlite:///{path}") as alias:
        migrated(alias)
    return path


_set_up()  # before any test module imports a table
