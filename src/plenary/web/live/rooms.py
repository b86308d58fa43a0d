"""A meeting in the live process: its desk, its feed, its presence and its notes.

Rule 1: one act at a time; it is decided on what the database holds at that moment, also where another
    process wrote, and published before the next one begins.
Rule 2: an act that has begun is finished, whether or not somebody still waits for the answer.
Rule 3: just after the start nobody is known to be connected; acts decided on that wait until all could
    have said so.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from django.db import Error as DatabaseError

from plenary import wiring
from plenary.desk.codec import Body, Deed, decode_body, decode_deed, decode_profile, encode
from plenary.desk.desk import Desk, Receipt, record_key
from plenary.desk.ports import Minutes
from plenary.desk.publishing import profile_digest
from plenary.feed.frames import chain_frame, displaced_frame, event, presence_frame
from plenary.feed.notes import Notes
from plenary.feed.presence import MILLISECONDS, Presence
from plenary.feed.stream import Feed
from plenary.feed.viewers import Viewer, actor_in, sees_checks, sees_connections, viewer_in
from plenary.record import Entry
from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Actor, AnyAct
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Meeting
from plenary.rules.names import Moment, PersonId, SeatId, Value
from plenary.rules.profile import Profile
from plenary.rules.refusals import Refused
from plenary.rules.visibility import PUBLIC
from plenary.store import access
from plenary.store.files import keep_file
from plenary.web.live.around import Around, T, guarded
from plenary.web.live.asking import NotAnsweredError, not_found
from plenary.web.live.limits import TooManyError

MOST_WAITING: Final = 500
"""Acts that wait for their turn in one meeting."""
TICK_SECONDS: Final = 0.1

log = logging.getLogger("plenary.live")


class Asked(Value, kw_only=True):
    """An act as it reached us, by a person who is signed in."""

    person: PersonId
    seat: SeatId
    act: AnyAct
    key: str
    on_instruction: bool = False
    convening: bool = False

    def record_key(self) -> str:
        """Return the key as the record has it."""
        return record_key(self.person, self.seat, self.key)


class News(Value, kw_only=True):
    """What the database holds beyond what was published."""

    entries: tuple[Entry, ...]
    held: tuple[Deed, ...]


def steady_clock() -> Callable[[], Moment]:
    """Return a clock that begins with the machine's time and is never set."""
    offset = wiring.system_clock() - time.monotonic_ns() // 1_000_000
    return lambda: offset + time.monotonic_ns() // 1_000_000


class Room:
    """One meeting; made in a thread by ``open_room``, used on the loop from then on."""

    def __init__(self, profile: Profile, minutes: Minutes, around: Around) -> None:
        self.profile = profile
        self.minutes = minutes
        self.notes = Notes()
        self.presence = Presence()
        self.steady = steady_clock()
        self.feed = Feed(minutes.origin, profile)
        self.profile_json = encode(profile)
        self.key = around.key(minutes.origin)
        self._around = around
        self._opened = self.steady()
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._running: set[asyncio.Task[Receipt]] = set()
        self._catching_up = False
        self._connected: frozenset[SeatId] = frozenset()
        self._ticking: asyncio.Task[None] | None = None
        self._desk: Desk | None = None
        self._desk_knows = (-1, -1)
        for body in self.feed.read(minutes.entries()):
            self._remember(body)

    # ---- in the loop -----------------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting:
        """The meeting as published."""
        return self.feed.meeting

    @property
    def convened(self) -> bool:
        """Whether there is anything to see."""
        return self.feed.size > 0

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Do *work* with the database in a thread; a broken line to it is given up."""
        return await asyncio.get_running_loop().run_in_executor(self._around.threads, guarded, work)

    def start(self) -> None:
        """Begin to tell who is connected."""
        if self._ticking is None:
            self._ticking = asyncio.get_running_loop().create_task(self._tick())

    async def perform(self, asked: Asked) -> Receipt:
        """Do an act: durable and published on return.

        Raises:
            Refused: if it is not in order.
            NotAnsweredError: if the record does not give that person that seat, or the database fails.
            TooManyError: if too many wait already.
        """
        if self._waiting >= MOST_WAITING:
            raise TooManyError(1)
        self._waiting += 1
        task = asyncio.get_running_loop().create_task(self._perform_in_turn(asked))
        self._running.add(task)
        task.add_done_callback(self._finished)
        return await asyncio.shield(task)

    def _finished(self, task: asyncio.Task[Receipt]) -> None:
        self._waiting -= 1
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waited has it; nobody may

    async def _perform_in_turn(self, asked: Asked) -> Receipt:
        if asked.act.sees_connections:
            until_known = MILLISECONDS - (self.steady() - self._opened)
            await asyncio.sleep(max(0, until_known) / 1000)
        async with self._turn:
            try:
                receipt, news = await self.in_thread(lambda: self._do(asked))
            except DatabaseError as error:
                log.exception("the database failed; it is not known whether an act was written")
                raise NotAnsweredError(503, "unavailable") from error
            self._publish(news)
        if any(isinstance(each, e.MeetingClosed) for each in receipt.events):
            await self._sign()
        return receipt

    async def _sign(self) -> None:
        """Sign the closed record; where that fails, the record is closed all the same."""
        try:
            await self.in_thread(lambda: self._fresh_desk().checkpoint(self.key))
        except (DatabaseError, OSError, ValueError):
            log.exception("the record of %s is closed, but not signed", self.minutes.origin)

    async def catch_up(self) -> None:
        """Publish what another process wrote."""
        if self._catching_up:
            return
        self._catching_up = True
        try:
            async with self._turn:
                self._catching_up = False  # whatever is written from here on needs another look
                self._publish(await self.in_thread(self._news))
        except DatabaseError as error:
            log.warning("could not look for news: %s", error)
        finally:
            self._catching_up = False

    def _publish(self, news: News) -> None:
        bodies = self.feed.publish(news.entries, news.held)
        for body in bodies:
            for seat, screen in self._remember(body):
                self.feed.tell(displaced_frame(screen), partial(_sits_in, seat))
        if bodies:
            self.feed.cut_those(self._no_longer)

    def _no_longer(self, viewer: Viewer) -> bool:
        if viewer.seat is None or viewer.person is None:
            return False
        return viewer_in(self.meeting, viewer.seat, viewer.person) is None

    def _remember(self, body: Body) -> list[tuple[SeatId, str]]:
        """Take note of seats taken and freed; return the screens that were displaced."""
        return [each for deed in body.deeds for each in self._seats(deed.events)]

    def _seats(self, events: tuple[AnyEvent, ...]) -> Iterator[tuple[SeatId, str]]:
        for each in events:
            match each:
                case e.SeatTaken():
                    self.presence.took(each.seat, each.screen, each.displaced)
                    if each.displaced is not None:
                        yield each.seat, each.displaced
                case e.HeadReplaced() | e.MeetingLeft():
                    self.presence.freed(each.seat)
                case e.MeetingClosed():
                    self.notes.clear()
                case _:
                    pass

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            connected = self.presence.connected(self.steady())
            if connected != self._connected:
                self._connected = connected  # what one that joins is told, is not told to all
                self.feed.tell(self.presence_now(), self._sees_connections)

    def _sees_connections(self, viewer: Viewer) -> bool:
        return sees_connections(self.meeting, viewer.seat)

    def presence_now(self) -> bytes:
        """Return the frame that says who is connected."""
        at = self.steady()
        return presence_frame(at, self.presence.connected(at), self.presence.lost(at))

    def notes_of(self, viewer: Viewer, since: Moment = 0) -> bytes:
        """Return the frames of the notes of a viewer's seat."""
        if viewer.seat is None:
            return b""
        return b"".join(event("note", note) for note in self.notes.of(viewer.seat, since))

    def on_joining(self, viewer: Viewer, came: Moment) -> bytes:
        """Return what a viewer that *came* then is told as it joins: who is connected, checks, new notes."""
        told = b""
        if sees_connections(self.meeting, viewer.seat):
            told += self.presence_now()
        if sees_checks(self.meeting, viewer.seat):
            told += b"".join(
                chain_frame(seat, screen, number, whole=whole)
                for seat, screen, number, whole in self.presence.checks()
            )
        return told + self.notes_of(viewer, came)

    def checked(self, seat: SeatId, screen: str, number: int, *, whole: bool) -> None:
        """Take in that a screen is there, and how its check of the chain came out."""
        self.presence.heard(seat, screen, self.steady())
        if self.presence.checked(seat, screen, number, whole=whole):
            frame = chain_frame(seat, screen, number, whole=whole)
            self.feed.tell(frame, lambda viewer: sees_checks(self.meeting, viewer.seat))

    def close(self) -> None:
        """End every line and the telling."""
        if self._ticking is not None:
            self._ticking.cancel()
        self.feed.close()

    async def finish(self) -> None:
        """Wait for acts that have begun."""
        if self._running:
            await asyncio.wait(self._running, timeout=5)

    # ---- in a thread, one at a time --------------------------------------------------------------

    def _news(self) -> News:
        return News(
            entries=tuple(self.minutes.entries(self.feed.size - 1)),
            held=tuple(decode_deed(deed) for deed in self.minutes.held()),
        )

    def _do(self, asked: Asked) -> tuple[Receipt, News]:
        desk = self._present_desk()
        by = self._actor(desk.meeting, asked)
        self._desk = None  # where something fails below, the next act looks at the database
        try:
            receipt = desk.perform(by, asked.act, key=asked.record_key())
        except Refused:
            self._desk = desk  # refused means that nothing changed
            raise
        news = self._news()
        self._desk_knows = (self.feed.size + len(news.entries), len(news.held))
        self._desk = desk
        if asked.convening:
            keep_file(self.minutes.origin, self.profile_json, PUBLIC)
        try:
            self._around.others.tell(self.minutes.origin)
        except DatabaseError as error:
            log.warning("other processes will notice later: %s", error)
        return receipt, news

    def _actor(self, meeting: Meeting, asked: Asked) -> Actor:
        if asked.convening:
            return Actor(person=asked.person, seat=asked.seat)
        by = actor_in(meeting, asked.seat, asked.person, on_instruction=asked.on_instruction)
        if by is None:
            raise not_found()
        return by

    def _present_desk(self) -> Desk:
        """Return the desk, opened anew if it does not know all that the database holds."""
        news = self._news()
        holds = (self.feed.size + len(news.entries), len(news.held))
        if self._desk is None or self._desk_knows != holds:
            self._desk = self._fresh_desk()
            self._desk_knows = holds
        return self._desk

    def _fresh_desk(self) -> Desk:
        return self._around.desk(
            self.profile, self.minutes, lambda: self.presence.connected(self.steady())
        )


def _sits_in(seat: SeatId, viewer: Viewer) -> bool:
    return viewer.seat == seat


def open_room(origin: str, around: Around, *, convene: a.Convene | None = None) -> Room:
    """Return the meeting of that name; *convene*: the act it is to begin with.

    Raises:
        NotAnsweredError: 404 if there is none; 503 if its profile is not to be had.
    """
    if convene is None and origin not in access.origins():
        raise not_found()
    minutes = wiring.minutes(origin)
    first = next(iter(minutes.entries()), None)
    if first is not None:
        act: AnyAct | None = decode_body(first.body or b"").deeds[0].act
    else:
        act = convene
    if not isinstance(act, a.Convene):
        raise not_found()
    profile = _profile(origin, act.profile)
    return Room(profile, minutes, around)


def _profile(origin: str, digest: str) -> Profile:
    """Return the profile that entry 0 pins: kept with the meeting, or one that comes with the house."""
    try:
        return decode_profile(access.named_file(origin, digest))
    except access.NotFoundError:
        pass
    try:
        shipped = wiring.profile(origin.split("/", 1)[0])
    except (OSError, ValueError):
        shipped = None
    if shipped is None or profile_digest(shipped) != digest:
        log.error("the profile of %s is not to be had: %s", origin, digest)
        raise NotAnsweredError(503, "unavailable")
    return shipped
