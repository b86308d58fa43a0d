"""Where the database is, and how durably it is to write.

Rule: what it answers, ``durability.py`` asks again; here it is only told.
"""

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
