"""The live process as an ASGI application: what each address answers.

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

from plenary import wiring
from plenary.desk.ports import NumberTakenError
from plenary.feed.frames import event, time_frame
from plenary.feed.lines import Receive, Send
from plenary.feed.viewers import Viewer
from plenary.rules.acts import Convene
from plenary.rules.names import PersonId
from plenary.rules.refusals import Refused
from plenary.web.live import acts, reading
from plenary.web.live.answers import answer, answer_error, answer_json, answer_unless_known
from plenary.web.live.asking import NotAnsweredError, Request, decoded, language_of, not_found
from plenary.web.live.limits import Lines, Rate, TooManyError
from plenary.web.live.proxy import Pages
from plenary.web.live.rooms import (
    Around,
    Asked,
    OpensDesk,
    Room,
    desk_now,
    guarded,
    open_room,
)
from plenary.web.live.session import People, Sessions
from plenary.web.live.settings import Settings
from plenary.web.live.static import PREFIX, Files, send_file
from plenary.web.live.waking import SESSIONS, Waking

NAME: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}"
MEETING: Final = re.compile(rf"/meetings/({NAME}/{NAME})/(.+)")
DOCUMENT: Final = re.compile(rf"documents/({NAME})/([a-z]{{2,3}}(?:-[a-z0-9]{{2,8}})*)")
AFTER: Final = re.compile(r"[0-9]{1,12}|-1")
DOCUMENTS: Final = "documents/{document}/{language}"
THREADS: Final = 8
JSON_BODY: Final = [(b"content-type", b"application/json")]
BUNDLE: Final = [(b"content-type", b"application/octet-stream")]

log = logging.getLogger("plenary.live")

Answering = Callable[["Exchange", Room], Awaitable[None]]


class Exchange:
    """One request and the line its answer goes to."""

    def __init__(self, request: Request, receive: Receive, send: Send) -> None:
        self.request = request
        self.receive = receive
        self._send = send
        self.started = False

    async def send(self, message: Any) -> None:
        """Send, and remember that an answer has begun."""
        self.started = True
        await self._send(message)

    @property
    def line(self) -> tuple[Receive, Send]:
        """The bare line, for a feed that steps the server's own ``send``."""
        self.started = True
        return self.receive, self._send


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
        self._sessions = Sessions(people, cookies[0], self._threads)
        self._language_cookie = cookies[1]
        self._rooms: dict[str, asyncio.Task[Room]] = {}
        self._bundles: dict[str, reading.Bundles] = {}
        self._files = Files()
        self._pages = Pages(settings.pages, settings.largest_upload) if settings.pages else None
        self._public_lines = Lines(settings.streams)
        self._room_lines = Lines(settings.streams_of_the_room)
        self._acts = Rate(settings.acts_per_second, 4 * settings.acts_per_second)
        self._present = Rate(5, 20)
        self._reads = Rate(settings.reads_per_second, 10 * settings.reads_per_second)
        self._posts = Rate(200, 1_000)
        self._openings = Rate(settings.reads_per_second, 5 * settings.reads_per_second)
        self._connects = Rate(settings.streams_per_address / 2, 2 * settings.streams_per_address)
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
        ended = {key for key in keys if await self._sessions.person(key) is None}
        if ended:
            room.feed.cut_those(lambda viewer: viewer.session in ended)

    def _a_session_ended(self) -> None:
        self._sessions.forget()
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
        what = self._what(found[2], request.method) if found else None
        if found and what:
            await what(exchange, await self._room(found[1], request.address))
        elif request.path.startswith(PREFIX):
            await self._static(exchange)
        elif request.path.startswith("/internal"):
            raise not_found()
        elif self._pages is not None:
            await self._pages.pass_on(request, exchange.receive, exchange.send)
        else:
            raise not_found()

    def _what(self, name: str, method: str) -> Answering | None:
        """Return what answers that address of a meeting, None: the pages."""
        document = DOCUMENT.fullmatch(name)
        wanted, does = ADDRESSES.get(DOCUMENTS if document else name, ("", None))
        if does is None:
            return None
        if method != wanted:
            return _only(wanted)
        return partial(does, self, *(document.groups() if document else ()))

    async def _room(self, origin: str, address: str, convene: Convene | None = None) -> Room:
        task = self._rooms.get(origin)
        if task is None:
            self._openings.take(address, time.monotonic())
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
        self._bundles[origin] = reading.Bundles(room)
        log.info("%s is open here, %d entries", origin, room.feed.size)
        return room

    def _limit_reading(self, request: Request) -> None:
        self._reads.take(request.address, time.monotonic())

    def _language(self, request: Request, room: Room) -> str:
        return language_of(
            request, self._language_cookie, tuple(room.profile.organisation.languages.pages)
        )

    # ---- reading ---------------------------------------------------------------------------------

    async def _feed(self, exchange: Exchange, room: Room) -> None:
        request = exchange.request
        self._connects.take((request.address, request.seat is None), time.monotonic())
        said = request.headers.get("last-event-id") or request.arguments.get("after", "-1")
        if not AFTER.fullmatch(said):
            raise NotAnsweredError(400, "malformed", "not a number", "after")
        viewer = await self._sessions.viewer(request, room)
        if viewer.person is None:
            line = self._public_lines.one(request.address, self.settings.streams_per_address)
        else:
            line = self._room_lines.one(viewer.person, self.settings.streams_per_person)
        with line:
            hello = self._hello(room, viewer, self._language(request, room))
            await room.feed.stream(
                viewer, int(said), exchange.line, hello, lambda: room.on_joining(viewer)
            )

    def _hello(self, room: Room, viewer: Viewer, language: str) -> bytes:
        seat = room.meeting.seats.get(viewer.seat) if viewer.seat is not None else None
        said = {
            "at": room.steady(),
            "origin": room.minutes.origin,
            "size": room.feed.size,
            "seat": viewer.seat,
            "person": viewer.person,
            "role": viewer.role,
            "language": language,
            "own_screen": seat.screen if seat is not None else None,
        }
        return event("hello", said)

    async def _room_json(self, exchange: Exchange, room: Room) -> None:
        self._limit_reading(exchange.request)
        viewer = await self._sessions.viewer(exchange.request, room)
        await answer(exchange.send, 200, room.feed.room_json(viewer.seat), JSON_BODY)

    async def _profile(self, exchange: Exchange, room: Room) -> None:
        self._limit_reading(exchange.request)
        known = exchange.request.headers.get("if-none-match", "")
        await answer_unless_known(exchange.send, known, room.profile_json, JSON_BODY)

    async def _script(self, exchange: Exchange, room: Room) -> None:
        viewer = await self._sessions.viewer(exchange.request, room)
        await answer(exchange.send, 200, await reading.script(room, viewer), JSON_BODY)

    async def _document(self, name: str, language: str, exchange: Exchange, room: Room) -> None:
        self._limit_reading(exchange.request)
        viewer = await self._sessions.viewer(exchange.request, room)
        await answer_json(exchange.send, 200, await reading.document(room, viewer, name, language))

    async def _public_bundle(self, exchange: Exchange, room: Room) -> None:
        self._limit_reading(exchange.request)
        made = await self._bundles[room.minutes.origin].public()
        known = exchange.request.headers.get("if-none-match", "")
        await answer_unless_known(exchange.send, known, made, BUNDLE)

    async def _record_bundle(self, exchange: Exchange, room: Room) -> None:
        self._limit_reading(exchange.request)
        viewer = await self._sessions.viewer(exchange.request, room)
        made = await self._bundles[room.minutes.origin].record(viewer)
        await answer(exchange.send, 200, made, BUNDLE)

    async def _static(self, exchange: Exchange) -> None:
        request = exchange.request
        if request.method not in ("GET", "HEAD"):
            raise NotAnsweredError(405, "method")
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, self._files.find, request.path)
        await send_file(
            exchange.send, request.path, found, request.headers.get("if-none-match", "")
        )

    # ---- acting ----------------------------------------------------------------------------------

    async def _posted(self, exchange: Exchange, rate: Rate, decoder: Any) -> tuple[Any, PersonId]:
        """Return what was posted and by whom, once all is as it must be."""
        request = exchange.request
        self._posts.take(request.address, time.monotonic())
        request.check_same_origin()
        request.check_json()
        believing = rate is self._present
        person = await acts.person_asking(request, self._sessions, believing=believing)
        rate.take(person, time.monotonic())
        data = await request.body(self.settings.largest_body, self.settings.body_seconds)
        return decoded(data, decoder), person

    async def _act(self, exchange: Exchange, room: Room) -> None:
        posted, person = await self._posted(exchange, self._acts, acts.ACT)
        asked = acts.act_asked(posted, room, person)
        await self._perform(exchange, room, asked, self._language(exchange.request, room))

    async def _perform(self, exchange: Exchange, room: Room, asked: Asked, language: str) -> None:
        begun = time.perf_counter()
        try:
            receipt = await room.perform(asked)
        except Refused as refused:
            said = acts.refused_answer(refused, room, asked.seat, language)
            await answer_json(exchange.send, 409, said)
            return
        except NumberTakenError:
            raise NotAnsweredError(503, "unavailable") from None
        took = (time.perf_counter() - begun) * 1000
        if receipt.number is not None:
            log.info("%s entry %d (%.1f ms)", room.minutes.origin, receipt.number, took)
        await answer_json(exchange.send, 200, acts.done(room, receipt))

    async def _presence(self, exchange: Exchange, room: Room) -> None:
        posted, person = await self._posted(exchange, self._present, acts.PRESENCE)
        if acts.said_present(posted, room, person):
            await answer_json(exchange.send, 409, {"displaced": True})
        else:
            await answer(exchange.send, 204, b"")

    async def _note(self, exchange: Exchange, room: Room) -> None:
        posted, person = await self._posted(exchange, self._acts, acts.NOTE)
        acts.send_note(posted, room, person)
        await answer(exchange.send, 204, b"")

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
        await self._perform(exchange, room, asked, given_act.language)


def _only(method: str) -> Answering:
    async def refuse(exchange: Exchange, room: Room) -> None:
        allow = [(b"allow", method.encode())]
        await answer_error(exchange.send, NotAnsweredError(405, "method"), allow)

    return refuse


ADDRESSES: Final[dict[str, tuple[str, Callable[..., Awaitable[None]]]]] = {
    "feed": ("GET", Live._feed),
    "room.json": ("GET", Live._room_json),
    "profile.json": ("GET", Live._profile),
    "script.json": ("GET", Live._script),
    DOCUMENTS: ("GET", Live._document),
    "public.bundle": ("GET", Live._public_bundle),
    "record.bundle": ("GET", Live._record_bundle),
    "acts": ("POST", Live._act),
    "presence": ("POST", Live._presence),
    "notes": ("POST", Live._note),
}
"""Every address of a meeting that this process answers itself, with its method."""

INTERNAL: Final[dict[tuple[str, str], Callable[[Live, Exchange], Awaitable[None]]]] = {
    ("GET", "/internal/ready"): Live._ready,
    ("POST", "/internal/sessions"): Live._sessions_ended,
    ("POST", "/internal/acts"): Live._act_handed_over,
}
"""What the pages process and the supervisor may ask."""
