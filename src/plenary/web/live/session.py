"""Who is signed in: the session's cookie names an account, the account a person.

Rule 1: the store is asked; what it said is believed for a few seconds where somebody asks all the time.
Rule 2: being signed in opens nothing: what a person may do and see, the record says.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Final

from msgspec.structs import replace

from plenary.feed.viewers import PUBLIC_VIEWER, Viewer, viewer_in
from plenary.rules.names import PersonId
from plenary.web.live.around import guarded
from plenary.web.live.asking import Request, not_found
from plenary.web.live.rooms import Room

People = Callable[[str], PersonId | None]
"""Whose session a key is; called in a thread."""

BELIEVED_SECONDS: Final = 5.0
REMEMBERED: Final = 5_000
LONGEST_KEY: Final = 100


class Sessions:
    """The sessions this process was asked about."""

    def __init__(self, people: People, cookie: str, threads: Executor) -> None:
        self._people = people
        self._cookie = cookie
        self._threads = threads
        self._known: OrderedDict[str, tuple[float, PersonId | None]] = OrderedDict()

    def key(self, request: Request) -> str:
        """Return the session's key in the request, or an empty one."""
        key = request.cookies.get(self._cookie, "")
        return key if len(key) <= LONGEST_KEY and key.isascii() and key.isprintable() else ""

    async def person(self, key: str, *, believing: bool = False) -> PersonId | None:
        """Return whose session *key* is; *believing*: what was said some seconds ago will do."""
        if not key:
            return None
        before = self._known.get(key)
        if believing and before is not None and time.monotonic() - before[0] < BELIEVED_SECONDS:
            return before[1]
        loop = asyncio.get_running_loop()
        person = await loop.run_in_executor(self._threads, guarded, lambda: self._people(key))
        self._known[key] = (time.monotonic(), person)
        self._known.move_to_end(key)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return person

    def forget(self) -> None:
        """Believe nothing that was said before: a session has ended."""
        self._known.clear()

    async def viewer(self, request: Request, room: Room, *, believing: bool = False) -> Viewer:
        """Return who looks on: the public, or a person in a seat the record gives them.

        Raises:
            NotAnsweredError: 404 where it does not.
        """
        seat = request.seat
        if seat is None:
            return PUBLIC_VIEWER
        key = self.key(request)
        person = await self.person(key, believing=believing)
        found = viewer_in(room.meeting, seat, person) if person is not None else None
        if found is None:
            raise not_found()
        return replace(found, session=key)
