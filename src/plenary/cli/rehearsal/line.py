"""The lines of bots to a server: each person comes in once, acts are posted, the feed is read.

Rule 1: a bot has no way in that a browser has not; seats without a password are a demonstration's alone.
Rule 2: an act whose outcome is not known is sent again with its key.
"""

import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Generator
from typing import Any, Final

import httpx

from plenary.rules.names import PersonId, SeatId

SECONDS: Final = 20.0
"""How long an answer may take; the feed says something every 15 seconds."""

TRIES: Final = 20
TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


WayIn = Callable[[httpx.Client, PersonId, SeatId], None]
"""Brings a person in, so that the server knows who asks on that line."""


class Lines:
    """The lines of everybody whom bots play, to one meeting of one server."""

    def __init__(self, url: str, origin: str, way_in: WayIn) -> None:
        self._url = url.rstrip("/")
        self._origin = origin
        self._way_in = way_in
        self._trusted = ssl.create_default_context()  # one for all lines; each would take 60 ms
        self._open: dict[PersonId, httpx.Client] = {}
        self._one_at_a_time = (
            threading.Lock()
        )  # screens say from a thread of their own that they are there

    def close(self) -> None:
        """Close every line; whoever asks again comes in again."""
        for client in self._open.values():
            client.close()
        self._open.clear()

    def of(self, person: PersonId, seat: SeatId) -> httpx.Client:
        """Return the line of *person*, who has come in.

        Raises:
            ValueError: if the server does not let bots sit.
        """
        with self._one_at_a_time:
            return self._line_of(person, seat)

    def _line_of(self, person: PersonId, seat: SeatId) -> httpx.Client:
        if person not in self._open:
            headers = {"Origin": self._url, "X-Plenary": "1"}
            client = httpx.Client(
                base_url=self._url,
                headers=headers,
                timeout=SECONDS,
                trust_env=False,
                verify=self._trusted,
            )
            self._way_in(client, person, seat)
            self._open[person] = client
        return self._open[person]

    def path(self, name: str) -> str:
        """Return the path of something of the meeting."""
        return f"/meetings/{self._origin}/{name}"

    def post(self, client: httpx.Client, name: str, said: dict[str, Any]) -> httpx.Response:
        """Post until the server has answered; too often and not there are no answers."""
        for _ in range(TRIES):
            try:
                answer = client.post(self.path(name), json=said)
            except httpx.TransportError:
                time.sleep(0.5)
                continue
            if answer.status_code not in (429, 502, 503):
                return answer
            time.sleep(float(answer.headers.get("Retry-After") or 0.5))
        raise ValueError(f"{self._url} does not answer")

    def read(self, client: httpx.Client, name: str, seat: SeatId) -> bytes:
        """Return what stands under *name*, read in *seat*."""
        answer = client.get(self.path(name), params={"seat": seat})
        if answer.status_code != 200:
            raise ValueError(f"{self._url}{self.path(name)}: answered {answer.status_code}")
        return answer.content

    def feed(
        self, client: httpx.Client, seat: SeatId, after: int
    ) -> Generator[tuple[str, Any], None, None]:
        """Yield what the feed says after entry *after*: the event's name and its data."""
        asked = {"seat": seat, "after": str(after)}
        with client.stream("GET", self.path("feed"), params=asked) as answer:
            if answer.status_code != 200:
                raise ValueError(f"{self._url} holds no meeting {self._origin}")
            name = ""
            for line in answer.iter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    yield name, json.loads(line.removeprefix("data: "))


def a_seat_of_the_demonstration(origin: str) -> WayIn:
    """Return the way in through the seats that a demonstration of *origin* gives without a password."""

    def come_in(client: httpx.Client, person: PersonId, seat: SeatId) -> None:
        url = str(client.base_url).rstrip("/")
        page = client.get("/demo/")
        token = TOKEN.search(page.text)
        if page.status_code != 200 or token is None:
            raise ValueError(
                f"{url} has no seats that may be taken without a password; bots sit in a "
                "demonstration on this machine alone: start ./plenary demo and give its address"
            )
        chosen = {"origin": origin, "seat": seat, "person": person}
        answer = client.post("/demo/sit/", data={**chosen, "csrfmiddlewaretoken": token[1]})
        if answer.status_code != 302:
            raise ValueError(f"{person} cannot take the seat {seat} of {origin} at {url}")

    return come_in
