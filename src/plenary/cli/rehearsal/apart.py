"""A desk at a server of its own: the live process, over HTTP, by the script's clock, and to be killed.

Rule: a server that was killed is started anew on the same file, and what it did not acknowledge is sent again
    with its key.
"""

import contextlib
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import httpx
import msgspec

from plenary.cli.rehearsal.desks import Answered, Asked
from plenary.cli.rehearsal.following import Following
from plenary.cli.rehearsal.line import SECONDS, Lines
from plenary.cli.rehearsal.server import PERSON, PROFILE, SCRIPT, SECRET, Script
from plenary.cli.serve import LIVE_SETTINGS, answer_of, listening, url_of
from plenary.desk.codec import encode
from plenary.desk.memory import MemoryMinutes
from plenary.desk.ports import Minutes
from plenary.folders.folder import Folder
from plenary.record import decode_bundle
from plenary.rules.acts import Convene
from plenary.rules.names import PersonId, SeatId

DATABASE: Final = "minutes.sqlite3"
LONGEST_LIFE: Final = 0.008
"""Seconds a server that will be killed has at most for the act it was sent; an act takes some four."""

READY_SECONDS: Final = 30.0


class Server:
    """The server's process, on sockets that outlive it."""

    def __init__(self, place: Path, origin: str, seed: str) -> None:
        self._arguments = [str(place), origin, seed]
        self._public = listening("127.0.0.1", 0)
        self._internal = listening("127.0.0.1", 0)
        self._lifeline, self._ours = os.pipe()  # closes when we are gone, and it ends then
        self.secret = secrets.token_urlsafe(32)
        self.url = url_of(self._public)
        self.inside = url_of(self._internal)
        self._environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": LIVE_SETTINGS,
            "DATABASE_URL": f"sqlite:///{place / DATABASE}",
            "PLENARY_DATA": str(place),
            "PLENARY_SOCKETS": f"{self._public.fileno()},{self._internal.fileno()}",
            "PLENARY_INTERNAL_PORT": str(self._internal.getsockname()[1]),
            "PLENARY_LIFELINE": str(self._lifeline),
            "PLENARY_LIVE_SECRET": self.secret,
        }
        self._process = self._started()

    def _started(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "plenary.cli.rehearsal.server", *self._arguments],
            env=self._environment,
            pass_fds=[self._public.fileno(), self._internal.fileno(), self._lifeline],
            stdin=subprocess.DEVNULL,
        )
        until = time.monotonic() + READY_SECONDS
        while answer_of(self._internal, "/internal/ready", self.secret) != 200:
            if process.poll() is not None or time.monotonic() > until:
                process.kill()
                process.wait()
                raise ChildProcessError("the rehearsal's server does not come up; see above")
            time.sleep(0.02)
        return process

    def kill(self) -> None:
        """End it with SIGKILL, whatever it does."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def start_anew(self) -> None:
        """Start it again, on the same sockets and the same file."""
        self._process = self._started()

    def close(self) -> None:
        """End it."""
        self.kill()
        self._public.close()
        self._internal.close()
        os.close(self._lifeline)
        os.close(self._ours)


class DeskApart:
    """The desk of a meeting at a server of its own."""

    def __init__(self, folder: Folder, seed: str, place: Path, lot: random.Random) -> None:
        (place / PROFILE).write_bytes(encode(folder.profile))
        self._origin = folder.summit.origin
        self._lot = lot
        self._script = Script()
        self.killed = 0
        self.server = Server(place, self._origin, seed)
        self._lines = Lines(self.server.url, self._origin, self._come_in)
        self._following = Following(folder, self._lines)
        self._inside = httpx.Client(
            base_url=self.server.inside,
            timeout=SECONDS,
            trust_env=False,
            verify=False,  # noqa: S501 - plain HTTP within this machine
        )
        self._say_the_script(self._inside)

    def _come_in(self, client: httpx.Client, person: PersonId, seat: SeatId) -> None:
        del seat
        client.cookies.set(PERSON, person)
        self._say_the_script(client)

    def _say_the_script(self, client: httpx.Client) -> None:
        def say(request: httpx.Request) -> None:
            request.headers[SECRET] = self.server.secret
            request.headers[SCRIPT] = msgspec.json.encode(self._script).decode()

        client.event_hooks = {"request": [say]}

    def do(self, asked: Asked, *, killed: bool = False) -> Answered:
        """Do an act; ``killed``: the server gets SIGKILL at a drawn moment and starts anew."""
        self._script = Script(at=asked.at, connected=asked.connected)
        if killed:
            self._killed_during(asked)
        return self._following.answered(asked, self._sent(asked, self._lines.post))

    def _sent(
        self, asked: Asked, post: Callable[[httpx.Client, str, dict[str, object]], httpx.Response]
    ) -> httpx.Response:
        posted = self._following.posted(asked)
        if isinstance(asked.act, Convene):  # no seats yet that could say who may act
            named = {"origin": self._origin, "person": asked.by.person}
            del posted["seen"]
            return self._inside.post("/internal/acts", json={**posted, **named})
        return post(self._lines.of(asked.by.person, asked.by.seat), "acts", posted)

    def _killed_during(self, asked: Asked) -> None:
        sending = threading.Thread(target=self._once, args=(asked,))
        sending.start()
        time.sleep(self._lot.random() * LONGEST_LIFE)
        self.server.kill()
        self.killed += 1
        self.server.start_anew()  # what waits on its sockets unread, only a server answers
        sending.join()
        self._lines.close()

    def _once(self, asked: Asked) -> None:
        def post(client: httpx.Client, name: str, said: dict[str, object]) -> httpx.Response:
            return client.post(self._lines.path(name), json=said)

        with contextlib.suppress(httpx.TransportError):  # it is killed while it works
            self._sent(asked, post)

    def finish(self) -> Minutes:
        """Return what was written, as the server gives it to the secretariat."""
        entries = decode_bundle(self._following.read("record.bundle")).entries
        minutes = MemoryMinutes(self._origin)
        minutes.append(entries)
        return minutes

    def stop(self) -> None:
        """End the server, whatever it does."""
        self._lines.close()
        self._inside.close()
        self.server.close()
