"""The feed on a loop of its own, written to by hand: what happens between two steps."""

import asyncio
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from plenary import wiring
from plenary.desk.codec import Body, Deed, encode
from plenary.feed.frames import COMMENT
from plenary.feed.stream import SLICE, Feed
from plenary.feed.viewers import PUBLIC_VIEWER, Viewer
from plenary.record import Entry, first_seal, seal_entry
from plenary.rules import acts as a
from plenary.rules.names import PersonId, SeatId

PROFILE = wiring.profile("sco")
RU = Viewer(seat=SeatId("RU"), person=PersonId("p"))
ID = re.compile(rb"^id: (\d+)$", re.MULTILINE)


class Entries:
    """A record that grows."""

    def __init__(self) -> None:
        self.seal = first_seal("sco/x")
        self.number = 0

    def next(self, length: int = 10) -> Entry:
        by = a.Actor(person=PersonId("p"), seat=SeatId("RU"))
        act = a.GiveRuling(rule="speaking", ruling="r" * length, ground="g")  # type: ignore[arg-type]
        deed = Deed(by=by, act=act, facts=a.Facts(at=1), events=())
        body = Body(meeting="sco/x", number=self.number, at=1, visibility="public", deeds=(deed,))
        entry = seal_entry(self.seal, self.number, sha256(b"").digest(), encode(body))
        self.seal, self.number = entry.seal, self.number + 1
        return entry


class Line:
    """One line: keeps what it was given, and lets a test act in the middle of being written to."""

    def __init__(self, on_write: Callable[[bytes], None] = lambda data: None) -> None:
        self.data = b""
        self.on_write = on_write
        self.closed = asyncio.Event()
        self.full = False

    async def receive(self) -> Any:
        await self.closed.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if self.full:
            await asyncio.Event().wait()
        data = message.get("body", b"")
        self.data += data
        self.on_write(data)

    @property
    def numbers(self) -> list[int]:
        return [int(number) for number in ID.findall(self.data)]


def reading(feed: Feed, line: Line, viewer: Viewer = PUBLIC_VIEWER, after: int = -1) -> Any:
    both = (line.receive, line.send)
    return asyncio.ensure_future(feed.stream(viewer, after, both, b"", lambda: b"joined\n\n"))


async def settled() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


@pytest.mark.parametrize("viewer", [PUBLIC_VIEWER, RU])
def test_an_entry_that_comes_while_a_reader_joins_is_neither_missed_nor_sent_twice(viewer):
    async def there() -> None:
        feed, record = Feed("sco/x", PROFILE), Entries()
        feed.read([record.next(), record.next()])
        late = [record.next(), record.next()]

        def publish_once(data: bytes) -> None:
            if data == COMMENT and late:
                feed.publish([late.pop(0)], ())

        line = Line(publish_once)
        task = reading(feed, line, viewer)
        await settled()
        assert line.numbers == [0, 1, 2, 3]
        feed.publish([record.next()], ())
        await settled()
        assert line.numbers == [0, 1, 2, 3, 4]
        line.closed.set()
        await task
        assert feed.readers == 0

    asyncio.run(there())


def test_acts_that_come_while_the_public_is_written_reach_everybody_once():
    async def there() -> None:
        feed, record = Feed("sco/x", PROFILE), Entries()
        feed.read([record.next()])
        lines = [Line() for _ in range(3 * SLICE)]
        tasks = [reading(feed, line) for line in lines]
        in_room = Line()
        tasks.append(reading(feed, in_room, RU))
        await settled()
        for _ in range(5):
            feed.publish([record.next()], ())
            assert in_room.numbers[-1] == record.number - 1  # at once
            assert lines[-1].numbers[-1] < record.number - 1
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        await settled()
        for line in [in_room, *lines]:
            assert line.numbers == list(range(6))
        for line in [in_room, *lines]:
            line.closed.set()
        await asyncio.gather(*tasks)

    asyncio.run(there())


def test_a_line_that_would_have_to_wait_is_cut_and_nobody_waits_for_it():
    async def there() -> None:
        feed, record = Feed("sco/x", PROFILE), Entries()
        slow, quick = Line(), Line()
        tasks = [reading(feed, slow), reading(feed, quick), reading(feed, Line(), RU)]
        await settled()
        slow.full = True
        feed.publish([record.next()], ())
        await settled()
        assert (slow.numbers, quick.numbers, feed.cut, feed.readers) == ([], [0], 1, 2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(there())


def test_a_long_record_comes_in_portions_and_a_reader_resumes_where_it_was():
    async def there() -> None:
        feed, record = Feed("sco/x", PROFILE), Entries()
        feed.read(record.next(400) for _ in range(300))
        pieces: list[int] = []
        line = Line(lambda data: pieces.append(len(data)))
        task = reading(feed, line, after=99)
        await settled()
        assert line.numbers == list(range(100, 300))
        assert max(pieces) <= 40_000
        line.closed.set()
        await task

    asyncio.run(there())


def test_a_number_that_does_not_follow_is_no_entry():
    feed, record = Feed("sco/x", PROFILE), Entries()
    record.next()
    with pytest.raises(ValueError, match="does not follow"):
        feed.read([record.next()])
