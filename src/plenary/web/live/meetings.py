"""What each address of a meeting answers: the feed and what is read beside it, acts, presence, notes."""

import logging
import re
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from plenary.desk.ports import NumberTakenError
from plenary.feed.frames import event
from plenary.feed.viewers import Viewer
from plenary.rules.names import PersonId
from plenary.rules.refusals import Refused
from plenary.web.live import acts, reading
from plenary.web.live.answers import answer, answer_error, answer_json, answer_unless_known
from plenary.web.live.asking import NotAnsweredError, decoded
from plenary.web.live.door import Door, Exchange
from plenary.web.live.limits import Rate
from plenary.web.live.rooms import Asked, Room

NAME: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}"
DOCUMENT: Final = re.compile(rf"documents/({NAME})/([a-z]{{2,3}}(?:-[a-z0-9]{{2,8}})*)")
AFTER: Final = re.compile(r"[0-9]{1,12}|-1")
DOCUMENTS: Final = "documents/{document}/{language}"
JSON_BODY: Final = [(b"content-type", b"application/json")]
BUNDLE: Final = [(b"content-type", b"application/octet-stream")]

log = logging.getLogger("plenary.live")

Answering = Callable[[Door, Exchange, Room], Awaitable[None]]


async def feed(door: Door, exchange: Exchange, room: Room) -> None:
    """Answer with the feed, from where the screen left off."""
    request = exchange.request
    door.rates.connects.take((request.address, request.seat is None), time.monotonic())
    said = request.headers.get("last-event-id") or request.arguments.get("after", "-1")
    if not AFTER.fullmatch(said):
        raise NotAnsweredError(400, "malformed", "not a number", "after")
    viewer = await door.sessions.viewer(request, room)
    if viewer.person is None:
        line = door.rates.public_lines.one(request.address, door.settings.streams_per_address)
    else:
        line = door.rates.room_lines.one(viewer.person, door.settings.streams_per_person)
    with line:
        came = room.steady()
        first = hello(room, viewer, door.language(request, room)) + room.notes_of(viewer)
        await room.feed.stream(
            viewer, int(said), exchange.line, first, lambda: room.on_joining(viewer, came)
        )


def hello(room: Room, viewer: Viewer, language: str) -> bytes:
    """Return the first event of a feed: who looks on, and how far the record goes."""
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


async def room_json(door: Door, exchange: Exchange, room: Room) -> None:
    """Answer with the meeting as the viewer may see it."""
    door.limit_reading(exchange.request)
    viewer = await door.sessions.viewer(exchange.request, room)
    await answer(exchange.send, 200, room.feed.room_json(viewer.seat), JSON_BODY)


async def profile(door: Door, exchange: Exchange, room: Room) -> None:
    """Answer with the organisation's profile."""
    door.limit_reading(exchange.request)
    known = exchange.request.headers.get("if-none-match", "")
    await answer_unless_known(exchange.send, known, room.profile_json, JSON_BODY)


async def script(door: Door, exchange: Exchange, room: Room) -> None:
    """Answer with the presiding officer's script."""
    door.limit_reading(exchange.request)
    viewer = await door.sessions.viewer(exchange.request, room)
    await answer(exchange.send, 200, await reading.script(room, viewer), JSON_BODY)


async def document(name: str, language: str, door: Door, exchange: Exchange, room: Room) -> None:
    """Answer with a document's text in one language."""
    door.limit_reading(exchange.request)
    viewer = await door.sessions.viewer(exchange.request, room)
    await answer_json(exchange.send, 200, await reading.document(room, viewer, name, language))


async def public_bundle(door: Door, exchange: Exchange, room: Room) -> None:
    """Answer with what the public may read of the record."""
    door.limit_reading(exchange.request)
    made = await door.bundles_of(room).public()
    known = exchange.request.headers.get("if-none-match", "")
    await answer_unless_known(exchange.send, known, made, BUNDLE)


async def record_bundle(door: Door, exchange: Exchange, room: Room) -> None:
    """Answer with what the viewer's seat may read of the record."""
    door.limit_reading(exchange.request)
    viewer = await door.sessions.viewer(exchange.request, room)
    made = await door.bundles_of(room).record(viewer)
    await answer(exchange.send, 200, made, BUNDLE)


async def posted_by(
    door: Door, exchange: Exchange, rate: Rate, decoder: Any
) -> tuple[Any, PersonId]:
    """Return what was posted and by whom, once all is as it must be."""
    request = exchange.request
    door.rates.posts.take(request.address, time.monotonic())
    request.check_same_origin()
    request.check_json()
    believing = rate is door.rates.present
    person = await acts.person_asking(request, door.sessions, believing=believing)
    rate.take(person, time.monotonic())
    data = await request.body(door.settings.largest_body, door.settings.body_seconds)
    return decoded(data, decoder), person


async def act(door: Door, exchange: Exchange, room: Room) -> None:
    """Do an act and say what came of it."""
    posted, person = await posted_by(door, exchange, door.rates.acts, acts.ACT)
    asked = acts.act_asked(posted, room, person)
    if isinstance(asked.act, acts.RAISED):  # each goes to the presiding officer with all before it
        door.rates.raised.take((room.minutes.origin, asked.seat), time.monotonic())
    await perform(exchange, room, asked, door.language(exchange.request, room))


async def perform(exchange: Exchange, room: Room, asked: Asked, language: str) -> None:
    """Do an act; the answer is sent when it is durable and published, or was refused."""
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


async def presence(door: Door, exchange: Exchange, room: Room) -> None:
    """Take in that a screen is there."""
    posted, person = await posted_by(door, exchange, door.rates.present, acts.PRESENCE)
    if acts.said_present(posted, room, person):
        await answer_json(exchange.send, 409, {"displaced": True})
    else:
        await answer(exchange.send, 204, b"")


async def note(door: Door, exchange: Exchange, room: Room) -> None:
    """Send a private note."""
    posted, person = await posted_by(door, exchange, door.rates.acts, acts.NOTE)
    acts.send_note(posted, room, person)
    await answer(exchange.send, 204, b"")


def only(method: str) -> Answering:
    """Return what answers another method than *method*."""

    async def refuse(door: Door, exchange: Exchange, room: Room) -> None:
        allow = [(b"allow", method.encode())]
        await answer_error(exchange.send, NotAnsweredError(405, "method"), allow)

    return refuse


ADDRESSES: Final[dict[str, tuple[str, Callable[..., Awaitable[None]]]]] = {
    "feed": ("GET", feed),
    "room.json": ("GET", room_json),
    "profile.json": ("GET", profile),
    "script.json": ("GET", script),
    DOCUMENTS: ("GET", document),
    "public.bundle": ("GET", public_bundle),
    "record.bundle": ("GET", record_bundle),
    "acts": ("POST", act),
    "presence": ("POST", presence),
    "notes": ("POST", note),
}
"""Every address of a meeting that this process answers itself, with its method."""


def what_answers(name: str, method: str) -> Answering | None:
    """Return what answers the address *name* of a meeting, None: the pages do."""
    document = DOCUMENT.fullmatch(name)
    wanted, does = ADDRESSES.get(DOCUMENTS if document else name, ("", None))
    if does is None:
        return None
    if method != wanted:
        return only(wanted)
    return partial(does, *(document.groups() if document else ()))
