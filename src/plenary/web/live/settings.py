"""What differs from one installation to another, from the environment (docs/operations.md, "Limits")."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from plenary.rules.names import Value

LOOPBACK = ("127.0.0.1", "::1")
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


class Settings(Value, kw_only=True):
    """The live process's settings.

    ``hosts`` are the names it answers to; ``proxies`` the addresses whose word on the client is taken.
    ``internal_port`` is a loopback port of its own for the pages process, ``pages`` that one's address.
    """

    data: Path = Path("var")
    hosts: tuple[str, ...] = LOOPBACK_NAMES
    proxies: tuple[str, ...] = LOOPBACK
    pages: str | None = None
    internal_port: int | None = None
    secret: str = ""
    streams: int = 10_000
    streams_of_the_room: int = 1_000
    streams_per_address: int = 200
    streams_per_person: int = 12
    acts_per_second: int = 5
    reads_per_second: int = 20
    largest_body: int = 131_072
    largest_upload: int = 40_000_000
    heartbeat_seconds: float = 15.0
    body_seconds: float = 10.0


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings the environment names."""
    given = [urlsplit(environ.get("PLENARY_ORIGIN", "")).hostname or ""]
    given += environ.get("PLENARY_HOSTS", "").split(",")
    usual = Settings()
    return Settings(
        data=Path(environ.get("PLENARY_DATA") or "var"),
        hosts=(*(each.strip().lower() for each in given if each.strip()), *LOOPBACK_NAMES),
        proxies=tuple(filter(None, environ.get("PLENARY_PROXIES", "127.0.0.1,::1").split(","))),
        pages=environ.get("PLENARY_PAGES_URL") or None,
        internal_port=int(environ.get("PLENARY_INTERNAL_PORT") or 0) or None,
        secret=environ.get("PLENARY_LIVE_SECRET", ""),
        heartbeat_seconds=float(
            environ.get("PLENARY_HEARTBEAT_SECONDS") or usual.heartbeat_seconds
        ),
        acts_per_second=int(environ.get("PLENARY_ACTS_PER_SECOND") or usual.acts_per_second),
        reads_per_second=int(environ.get("PLENARY_READS_PER_SECOND") or usual.reads_per_second),
        streams=int(environ.get("PLENARY_STREAMS") or usual.streams),
        streams_per_address=int(
            environ.get("PLENARY_STREAMS_PER_ADDRESS") or usual.streams_per_address
        ),
    )
