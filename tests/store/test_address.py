"""Which database a URL names."""

import subprocess
import sys

import pytest

from plenary.store.address import POSTGRES_ALWAYS, database


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///plenary.sqlite3", "plenary.sqlite3"),
        ("sqlite:////srv/plenary/record.sqlite3", "/srv/plenary/record.sqlite3"),
        ("sqlite:////srv/with%20space.sqlite3", "/srv/with space.sqlite3"),
    ],
)
def test_a_sqlite_file_is_named_by_its_path(url, path):
    assert database(url)["NAME"] == path


def test_a_postgresql_database_is_named_with_everything_a_url_can_say():
    found = database("postgresql://mee%40ting:p%3Ass@db.example:6432/rec%20ord?sslmode=verify-full")
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "rec ord",
        "USER": "mee@ting",
        "PASSWORD": "p:ss",
        "HOST": "db.example",
        "PORT": "6432",
    }
    assert found["OPTIONS"] == {"sslmode": "verify-full", "options": POSTGRES_ALWAYS}


def test_options_of_ones_own_do_not_weaken_ours():
    """What PostgreSQL is told last, it does."""
    found = database(
        "postgresql:///record?host=/run/postgresql&options=-c%20synchronous_commit%3Doff"
    )
    assert found["OPTIONS"]["options"].endswith(POSTGRES_ALWAYS)
    assert found["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "plenary.sqlite3",
        "sqlite://",
        "sqlite:///",
        "sqlite://host/path",
        "mysql://host/name",
        "postgresql://host/",
    ],
)
def test_what_names_no_database_is_refused(url):
    with pytest.raises(ValueError, match="DATABASE_URL must be"):
        database(url)


@pytest.mark.slow
def test_the_tables_are_those_the_migrations_make():
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "store"],
        env={
            "DJANGO_SETTINGS_MODULE": "plenary.store.settings",
            "DATABASE_URL": "sqlite:///:memory:",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
