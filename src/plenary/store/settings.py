"""Django's settings for the tables alone: where the database is, and how durably it writes.

``DATABASE_URL``: ``postgresql://user:password@host:port/name``, ``sqlite:///relative/path`` or
``sqlite:////absolute/path``. Without it, ``plenary.sqlite3`` in the folder ``PLENARY_DATA``, which
is ``var`` where nothing else is said. There is no secret here: the tables need none.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

BUSY_SECONDS = 10
"""How long a writer waits for another one on SQLite before it gives up."""

SQLITE_ALWAYS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=ON"
POSTGRES_ALWAYS = "-c synchronous_commit=on"


def database(url: str) -> dict[str, Any]:
    """Return Django's settings of the database at *url*, or raise ``ValueError``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "OPTIONS": {
                "init_command": SQLITE_ALWAYS,
                "timeout": BUSY_SECONDS,
                "transaction_mode": "IMMEDIATE",
            },
        }
    if parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1:
        further = dict(parse_qsl(parts.query))
        options = f"{further.pop('options', '')} {POSTGRES_ALWAYS}".strip()
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or further.pop("host", "")),
            "PORT": str(parts.port or ""),
            "OPTIONS": {**further, "options": options},
        }
    raise ValueError("DATABASE_URL must be postgresql://…/name or sqlite:///path")


DATA = Path(os.environ.get("PLENARY_DATA") or "var")
DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL") or f"sqlite:///{(DATA / 'plenary.sqlite3').absolute()}"
    )
}
INSTALLED_APPS = ["django.contrib.sessions", "plenary.store"]
AUTH_USER_MODEL = "store.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
