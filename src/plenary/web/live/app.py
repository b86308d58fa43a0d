"""The live process as an ASGI application: its meetings, who is woken, and who answers what is asked.

Rule: everything here is short; what it does stands in the modules beside it.
"""

import asyncio
import hmac
import logging
import re
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

from django.db import Error as DatabaseError

from plenary import wiring
from plenary.feed.frames import time_frame
from plenary.feed.lines import Receive, Send
from plenary.rules.acts import Convene
from plenary.web.live import acts
from plenary.web.live.answers import answer, answer_error, answer_json
from plenary.web.live.around import Around, OpensDesk, desk_now, guarded
from plenary.web.live.asking import NotAnsweredError, Request, not_found
from plenary.web.live.door import Door, Exchange
from plenary.web.live.limits import TooManyError
from plenary.web.live.meetings import NAME, perform, what_answers
from plenary.web.live.proxy import Pages
from plenary.web.live.rooms import Room, open_room
from plenary.web.live.session import People
from plenary.web.live.settings import Settings
from plenary.web.live.static import PREFIX, Files, send_file
from plenary.web.live.waking import SESSIONS, Waking

MEETING: Final = re.compile(rf"/meetings/({NAME}/{NAME})/(.+)")
THREADS: Final = 8

log = logging.getLogger("plenary.live")


class Live:
    """The live process."""

    def __init__(
        self,
        settings: Settings,
        people: People,
        *,
        cookies: tuple[str, str],
        desk: OpensDesk = desk_now,
    ) -> None:
        self.settings = settings
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="desk")
        self._waking = Waking(self._woken_in_a_thread)
        self._around = Around(
            threads=self._threads,
            key=lambda origin: wiring.log_key(settings.data / "log.key", origin, make=True),
            others=self._waking,
            desk=desk,
        )
        self._door = Door(settings, people, cookies, self._threads)
        self._rooms: dict[str, asyncio.Task[Room]] = {}
        self._files = Files()
        self._pages: Pages | None = None
        if settings.pages:
            self._pages = Pages(settings.pages, settings.largest_upload, settings.body_seconds)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._beating: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    # ---- starting and stopping -------------------------------------------------------------------

    async def start(self) -> None:
        """Begin to listen for other processes and to beat."""
        self._loop = asyncio.get_running_loop()
        self._beating = self._loop.create_task(self._beat())
        self._waking.start()

    async def stop(self) -> None:
        """End every line, and let acts that have begun finish."""
        self._waking.stop()
        self._loop = None  # nobody is woken any more
        for task in self._tasks:
            task.cancel()
        if self._beating is not None:
            self._beating.cancel()
        for room in self._open_rooms():
            room.close()
            await room.finish()
        if self._pages is not None:
            await self._pages.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _open_rooms(self) -> list[Room]:
        return [
            task.result()
            for task in self._rooms.values()
            if task.done() and not task.cancelled() and task.exception() is None
        ]

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self.settings.heartbeat_seconds)
            for room in self._open_rooms():
                await room.feed.tell_everybody(time_frame(room.steady()))
                self._spawn(self._still_signed_in(room))

    async def _still_signed_in(self, room: Room) -> None:
        """Cut the lines of people whose session has ended meanwhile."""
        keys = {viewer.session for viewer in room.feed.viewers()}
        ended = {key for key in keys if await self._door.sessions.person(key) is None}
        if ended:
            room.feed.cut_those(lambda viewer: viewer.session in ended)

    def _a_session_ended(self) -> None:
        self._door.sessions.forget()
        for room in self._open_rooms():
            self._spawn(self._still_signed_in(room))

    def _woken_in_a_thread(self, origin: str | None) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken, origin)

    def _woken(self, origin: str | None) -> None:
        if origin == SESSIONS:
            self._a_session_ended()
            return
        for room in self._open_rooms():
            if origin in (None, room.minutes.origin):
                self._spawn(room.catch_up())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # ---- one request -----------------------------------------------------------------------------

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            exchange = Exchange(Request(scope, receive, self.settings), receive, send)
            await self._answered(exchange)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _answered(self, exchange: Exchange) -> None:
        try:
            await self._route(exchange)
        except NotAnsweredError as error:
            if not exchange.started:
                await answer_error(exchange.send, error)
        except TooManyError as error:
            again = [(b"retry-after", b"%d" % error.seconds)]
            await answer_error(exchange.send, NotAnsweredError(429, "too_many"), again)
        except DatabaseError:
            log.exception("the database failed: %s", exchange.request.path[:200])
            if not exchange.started:
                await answer_error(exchange.send, NotAnsweredError(503, "unavailable"))
        except Exception:
            log.exception("a request failed: %s", exchange.request.path[:200])
            if not exchange.started:
                await answer_error(exchange.send, NotAnsweredError(500, "failed"))

    async def _route(self, exchange: Exchange) -> None:
        request = exchange.request
        if request.server_port is not None and request.server_port == self.settings.internal_port:
            await self._internal(exchange)
            return
        request.check_host()
        found = MEETING.fullmatch(request.path)
        what = what_answers(found[2], request.method) if found else None
        if found and what:
            await what(self._door, exchange, await self._room(found[1], request.address))
        elif request.path.startswith(PREFIX):
            await self._static(exchange)
        elif request.path.startswith("/internal"):
            raise not_found()
        elif self._pages is not None:
            await self._pages.pass_on(request, exchange.receive, exchange.send)
        else:
            raise not_found()

    async def _room(self, origin: str, address: str, convene: Convene | None = None) -> Room:
        task = self._rooms.get(origin)
        if task is None:
            self._door.rates.openings.take(address, time.monotonic())
            task = asyncio.get_running_loop().create_task(self._opened(origin, convene))
            self._rooms[origin] = task
        try:
            room = await asyncio.shield(task)
        except BaseException:
            if task.done() and self._rooms.get(origin) is task:
                del self._rooms[origin]
            raise
        if not room.convened and convene is None:
            raise not_found()
        return room

    async def _opened(self, origin: str, convene: Convene | None) -> Room:
        loop = asyncio.get_running_loop()
        room = await loop.run_in_executor(
            self._threads, lambda: open_room(origin, self._around, convene=convene)
        )
        room.start()
        log.info("%s is open here, %d entries", origin, room.feed.size)
        return room

    async def _static(self, exchange: Exchange) -> None:
        request = exchange.request
        if request.method not in ("GET", "HEAD"):
            raise NotAnsweredError(405, "method")
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, self._files.find, request.path)
        await send_file(
            exchange.send, request.path, found, request.headers.get("if-none-match", "")
        )

    # ---- the pages process -----------------------------------------------------------------------

    async def _internal(self, exchange: Exchange) -> None:
        """Answer the pages process and the supervisor, on a loopback port of its own."""
        request = exchange.request
        given = request.headers.get("x-plenary-secret", "").encode()
        if not self.settings.secret or not hmac.compare_digest(
            given, self.settings.secret.encode()
        ):
            raise not_found()
        does = INTERNAL.get((request.method, request.path))
        if does is None:
            raise not_found()
        await does(self, exchange)

    async def _ready(self, exchange: Exchange) -> None:
        await answer_json(exchange.send, 200, {"ready": True})

    async def _sessions_ended(self, exchange: Exchange) -> None:
        """Look again whose lines are open, here and in the other processes."""
        self._a_session_ended()
        await answer(exchange.send, 204, b"")
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(
            self._threads, guarded, partial(self._around.others.tell, SESSIONS)
        )

    async def _act_handed_over(self, exchange: Exchange) -> None:
        request = exchange.request
        data = await request.body(self.settings.largest_upload, self.settings.body_seconds)
        given_act, asked = acts.act_handed_over(data)
        if not re.fullmatch(rf"{NAME}/{NAME}", given_act.origin):
            raise not_found()
        convene = asked.act if isinstance(asked.act, Convene) else None
        room = await self._room(given_act.origin, request.address, convene)
        await perform(exchange, room, asked, given_act.language)


INTERNAL: Final[dict[tuple[str, str], Callable[[Live, Exchange], Awaitable[None]]]] = {
    ("GET", "/internal/ready"): Live._ready,
    ("POST", "/internal/sessions"): Live._sessions_ended,
    ("POST", "/internal/acts"): Live._act_handed_over,
}
"""What the pages process and the supervisor may ask."""
