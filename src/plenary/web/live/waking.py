"""Hearing that another process wrote: NOTIFY on PostgreSQL, the file's version on SQLite.

Rule 1: a wake-up says only that there may be news; what is new is read by number.
Rule 2: whoever does not wake us (a tool without NOTIFY, a line that broke) is noticed by looking, seldom.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable
from typing import Any, Final

import psycopg
from django.db import connections

CHANNEL: Final = "plenary_entries"
SESSIONS: Final = "sessions"
"""Told in place of a meeting's name (those have a slash): a session has ended."""
LOOK_SECONDS: Final = 2.0
"""On PostgreSQL: how often we look unasked."""
POLL_SECONDS: Final = 0.05
"""On SQLite: how often the file's version is read, which costs some microseconds."""

Woken = Callable[[str | None], None]
"""Called from a thread, with the meeting's name, or None: any."""

log = logging.getLogger("plenary.live")


class Waking:
    """A thread that listens for as long as the process lives, or until it is stopped."""

    def __init__(self, woken: Woken) -> None:
        self._woken = woken
        self._stopped = threading.Event()
        self._settings: dict[str, Any] = connections["default"].settings_dict
        self._postgres = connections["default"].vendor == "postgresql"
        listen = self._listen if self._postgres else self._watch
        self._thread = threading.Thread(
            target=self._run, args=(listen,), daemon=True, name="waking"
        )

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening."""
        self._stopped.set()

    def tell(self, origin: str) -> None:
        """Wake the other processes; to be called in a thread that may use the database."""
        if self._postgres:
            with connections["default"].cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, origin])

    def _run(self, listen: Callable[[], None]) -> None:
        while not self._stopped.is_set():
            try:
                listen()
            except (psycopg.Error, sqlite3.Error, OSError) as error:
                log.warning("waking: %s; listening again", error)
                self._stopped.wait(1.0)

    def _listen(self) -> None:
        given = self._settings
        with psycopg.connect(
            host=given["HOST"] or None,
            port=given["PORT"] or None,
            user=given["USER"] or None,
            password=given["PASSWORD"] or None,
            dbname=given["NAME"],
            autocommit=True,
            connect_timeout=5,
        ) as line:
            line.execute(f"LISTEN {CHANNEL}")
            self._woken(None)  # what was written while nobody listened
            while not self._stopped.is_set():
                heard = False
                for notice in line.notifies(timeout=LOOK_SECONDS, stop_after=1):
                    heard = True
                    self._woken(notice.payload)
                if not heard:
                    self._woken(None)

    def _watch(self) -> None:
        line = sqlite3.connect(f"file:{self._settings['NAME']}?mode=ro", uri=True, timeout=1.0)
        try:
            before = -1
            while not self._stopped.wait(POLL_SECONDS):
                version = line.execute("PRAGMA data_version").fetchone()[0]
                if version != before:
                    before = version
                    self._woken(None)
        finally:
            line.close()
