"""The door: who asks, how much anybody may ask for, and in which language it is answered."""

import time
from concurrent.futures import Executor
from typing import Any

from plenary.feed.lines import Receive, Send
from plenary.web.live.asking import Request, language_of
from plenary.web.live.limits import Lines, Rate
from plenary.web.live.reading import Bundles
from plenary.web.live.rooms import Room
from plenary.web.live.session import People, Sessions
from plenary.web.live.settings import Settings


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


class Rates:
    """How much is allowed: lines of the public and of the room, and what each may ask in a second."""

    def __init__(self, settings: Settings) -> None:
        acts, reads, lines = (
            settings.acts_per_second,
            settings.reads_per_second,
            settings.streams_per_address,
        )
        self.public_lines = Lines(settings.streams)
        self.room_lines = Lines(settings.streams_of_the_room)
        self.acts = Rate(acts, 4 * acts)
        self.raised = Rate(0.5, 20)
        self.present = Rate(5, 20)
        self.reads = Rate(reads, 10 * reads)
        self.posts = Rate(200, 1_000)
        self.openings = Rate(reads, 5 * reads)
        self.connects = Rate(lines / 2, 2 * lines)


class Door:
    """The door of one process; every answer goes through it."""

    def __init__(
        self, settings: Settings, people: People, cookies: tuple[str, str], threads: Executor
    ) -> None:
        self.settings = settings
        self.sessions = Sessions(people, cookies[0], threads)
        self.rates = Rates(settings)
        self._language_cookie = cookies[1]
        self._bundles: dict[str, Bundles] = {}

    def bundles_of(self, room: Room) -> Bundles:
        """Return the bundles of that meeting, made when somebody asks."""
        return self._bundles.setdefault(room.minutes.origin, Bundles(room))

    def language(self, request: Request, room: Room) -> str:
        """Return the language in which whoever asks reads."""
        languages = tuple(room.profile.organisation.languages.pages)
        return language_of(request, self._language_cookie, languages)

    def limit_reading(self, request: Request) -> None:
        """Count one more reading, or raise ``TooManyError``."""
        self.rates.reads.take(request.address, time.monotonic())
