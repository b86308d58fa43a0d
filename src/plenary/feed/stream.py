"""One meeting's feed in one process: who reads it, and how far each has got.

Rule 1: a reader has a number, the next it is to get, and is only ever given everything from there to the
    present: so it misses nothing and gets nothing twice, whatever happens meanwhile.
Rule 2: a reader catches up by waiting for its line; from then on it is written to without waiting
    (``lines.py``). A line that would have to wait is cut: its reader comes back.
Rule 3: the room is written at once; the public in slices, between which the next act can be done.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from plenary.desk.codec import Body, Deed, decode_body
from plenary.desk.projections import may_read
from plenary.feed.frames import COMMENT, RETRY, Frame, entry_frame, held, held_frame
from plenary.feed.lines import Piece, Receive, Send, abort, more, write
from plenary.feed.snapshots import encode_room, fold_in_order
from plenary.feed.viewers import Viewer, sees_held
from plenary.record import Entry
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import Meeting, new_meeting
from plenary.rules.names import SeatId
from plenary.rules.profile import Profile

log = logging.getLogger("plenary.feed")

HEAD: Final = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    ],
}
SLICE: Final = 100
"""Public readers written to before anything else may happen."""
TURNS: Final = 3
"""Turns of the loop from publishing to the act's answer: out of the desk's task, its shield, the request's."""
AT_ONCE: Final = 32_768
"""Bytes of entries given at a time to a reader that is catching up: under uvicorn's high-water mark."""
CATCH_UP_SECONDS: Final = 30.0
"""How long a reader may take for one such portion before it is cut."""


class Reader:
    """One open line."""

    __slots__ = ("gone", "next", "send", "viewer")

    def __init__(self, viewer: Viewer, send: Send, next_number: int) -> None:
        self.viewer = viewer
        self.send = send
        self.next = next_number
        self.gone = False


class Feed:
    """The feed of one meeting."""

    def __init__(self, origin: str, profile: Profile) -> None:
        self.origin = origin
        self.cut = 0
        self._blank = new_meeting(profile)
        self._meeting = self._blank
        self._frames: list[Frame] = []
        self._bodies: list[Body] = []
        self._held: tuple[Deed, ...] = ()
        self._folded: dict[SeatId | None, tuple[int, Meeting]] = {}
        self._room: dict[Reader, None] = {}
        self._public: dict[Reader, None] = {}
        self._joined: dict[tuple[SeatId | None, int], Piece] = {}
        self._told: dict[SeatId, bytes] = {}
        self._pumping: asyncio.Task[None] | None = None

    # ---- what there is to see --------------------------------------------------------------------

    @property
    def size(self) -> int:
        """How many entries were published."""
        return len(self._frames)

    @property
    def meeting(self) -> Meeting:
        """The meeting that all published entries amount to, without what is held."""
        return self._meeting

    @property
    def readers(self) -> int:
        """How many lines are open."""
        return len(self._room) + len(self._public)

    def viewers(self) -> list[Viewer]:
        """Return who looks on from the room, each line once."""
        return [reader.viewer for reader in self._room]

    def seen(self, seat: SeatId | None) -> Meeting:
        """Return what the entries that *seat* may read amount to."""
        upto, meeting = self._folded.get(seat, (0, self._blank))
        if upto < self.size:
            meeting = fold_in_order(meeting, self._bodies[upto:], self._meeting, seat)
            self._folded[seat] = (self.size, meeting)
        return meeting

    def room_json(self, seat: SeatId | None) -> bytes:
        """Return ``room.json`` as *seat* may see it."""
        return encode_room(self.size - 1, self.seen(seat), self._held_for(seat))

    def _held_for(self, seat: SeatId | None) -> dict[str, object]:
        window = self._meeting.window
        return held(window.id if window else None, self._deeds_for(seat))

    def _deeds_for(self, seat: SeatId | None) -> Sequence[Deed]:
        return [deed for deed in self._held if sees_held(self._meeting, seat, deed)]

    # ---- publishing ------------------------------------------------------------------------------

    def read(self, entries: Iterable[Entry]) -> list[Body]:
        """Take in the next entries without sending them; returns their bodies. Any thread, before readers."""
        bodies = []
        for entry in entries:
            if entry.number != self.size:
                raise ValueError(f"entry {entry.number} does not follow {self.size - 1}")
            body = decode_body(entry.body or b"")
            self._frames.append(entry_frame(entry))
            self._bodies.append(body)
            for deed in body.deeds:
                self._meeting = evolve_all(self._meeting, deed.events)
            bodies.append(body)
        return bodies

    def publish(self, entries: Iterable[Entry], deeds: Sequence[Deed]) -> list[Body]:
        """Send the next entries, and what the consultation holds now; returns the entries' bodies."""
        ended = bool(self._held) and not deeds
        if not ended:
            self._hold(deeds)
        bodies = self.read(entries)
        if bodies:
            self._joined.clear()
            for reader in tuple(self._room):
                self._bring(reader)
            self._wake()
        if ended:
            self._hold(deeds)
        return bodies

    def _hold(self, deeds: Sequence[Deed]) -> None:
        """Tell each seat what is held, where that changed for it and for no other reason."""
        if tuple(deeds) == self._held:
            return
        self._held = tuple(deeds)
        nothing = self._held_frame(())
        seats = {reader.viewer.seat for reader in self._room if reader.viewer.seat is not None}
        news: dict[SeatId, Piece] = {}
        for seat in seats:
            frame = self._held_frame(self._deeds_for(seat))
            if self._told.get(seat, nothing) != frame:
                self._told[seat] = frame
                news[seat] = Piece(frame)
        if not self._held:
            self._told.clear()
        for reader in tuple(self._room):
            if reader.viewer.seat in news:
                self._write(reader, news[reader.viewer.seat])

    def _held_frame(self, deeds: Sequence[Deed]) -> bytes:
        window = self._meeting.window
        return held_frame(window.id if window else None, deeds)

    def tell(self, frame: bytes, wanted: Callable[[Viewer], bool]) -> None:
        """Send *frame* to those in the room for whom it is."""
        piece = Piece(frame)
        for reader in tuple(self._room):
            if wanted(reader.viewer):
                self._write(reader, piece)

    async def tell_everybody(self, frame: bytes) -> None:
        """Send *frame* to the room, then to the public in slices."""
        self.tell(frame, lambda viewer: True)
        piece = Piece(frame)
        for place, reader in enumerate(tuple(self._public), 1):
            if not reader.gone:
                self._write(reader, piece)
            if place % SLICE == 0:
                await asyncio.sleep(0)

    def _wake(self) -> None:
        if self._public and (self._pumping is None or self._pumping.done()):
            self._pumping = asyncio.get_running_loop().create_task(self._pump())

    async def _pump(self) -> None:
        """Bring the public to the present, in slices, until nobody is behind."""
        size = -1
        while size < self.size:
            size = self.size
            for _ in range(TURNS):  # first the room's lines are flushed, and the act is answered
                await asyncio.sleep(0)
            for place, reader in enumerate(tuple(self._public), 1):
                if not reader.gone:
                    self._bring(reader)
                if place % SLICE == 0:
                    await asyncio.sleep(0)

    def _bring(self, reader: Reader) -> None:
        if reader.next < len(self._frames):
            piece = self._since(reader)
            reader.next = len(self._frames)
            self._write(reader, piece)

    def _since(self, reader: Reader) -> Piece:
        key = (reader.viewer.seat, reader.next)
        piece = self._joined.get(key)
        if piece is None:
            piece = Piece(b"".join(self._encoded(reader.viewer.seat, reader.next, self.size)))
            self._joined[key] = piece
        return piece

    def _encoded(self, seat: SeatId | None, start: int, stop: int) -> Iterable[bytes]:
        for frame in self._frames[start:stop]:
            readable = may_read(self._meeting, seat, frame.visibility)
            yield frame.whole if readable else frame.withheld

    def _write(self, reader: Reader, piece: Piece) -> None:
        if not write(reader.send, piece):
            self._cut(reader)

    # ---- reading ---------------------------------------------------------------------------------

    async def stream(
        self,
        viewer: Viewer,
        after: int,
        line: tuple[Receive, Send],
        first: bytes,
        on_joining: Callable[[], bytes],
    ) -> None:
        """Serve one reader, who has seen entries up to *after*, until it goes.

        *first* is sent before the first entry; what ``on_joining`` returns when the reader has caught
        up, in the step in which it joins, so that of what is told from then on nothing is missed.
        """
        receive, send = line
        reader = Reader(viewer, send, min(after + 1, self.size))
        await send(dict(HEAD))
        await send(more(RETRY + first))
        try:
            await self._catch_up(reader, on_joining)
            while not reader.gone and (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self._leave(reader)

    async def _catch_up(self, reader: Reader, on_joining: Callable[[], bytes]) -> None:
        """Give *reader* everything up to the present, waiting for its line, and let it join in that step."""
        timer = asyncio.get_running_loop().call_later(CATCH_UP_SECONDS, self._cut, reader)
        try:
            while True:
                while reader.next < self.size and not reader.gone:
                    await reader.send(more(self._portion(reader)))
                await reader.send(more(COMMENT))  # waits until the line has taken what it was given
                if reader.gone:
                    return
                if reader.next == self.size:
                    break
        finally:
            timer.cancel()
        self._join(reader, on_joining())

    def _join(self, reader: Reader, told: bytes) -> None:
        seat = reader.viewer.seat
        if seat is None:
            self._public[reader] = None
            return
        self._room[reader] = None
        deeds = self._deeds_for(seat)
        if deeds:  # a seat that raised nothing is not told that others did
            self._told[seat] = self._held_frame(deeds)
            told += self._told[seat]
        if told:
            self._write(reader, Piece(told))

    def _portion(self, reader: Reader) -> bytes:
        parts: list[bytes] = []
        length = 0
        for part in self._encoded(reader.viewer.seat, reader.next, self.size):
            if parts and length + len(part) > AT_ONCE:
                break
            parts.append(part)
            length += len(part)
        reader.next += len(parts)
        return b"".join(parts)

    def _cut(self, reader: Reader) -> None:
        if not reader.gone:
            self.cut += 1
            self._leave(reader)
            abort(reader.send)

    def _leave(self, reader: Reader) -> None:
        reader.gone = True
        self._room.pop(reader, None)
        self._public.pop(reader, None)

    def cut_those(self, no_longer: Callable[[Viewer], bool]) -> None:
        """Cut the lines of viewers in the room who may no longer be there."""
        for reader in tuple(self._room):
            if no_longer(reader.viewer):
                self._cut(reader)

    def close(self) -> None:
        """End every line; the readers come back to whoever serves then."""
        for reader in (*self._room, *self._public):
            self._cut(reader)
