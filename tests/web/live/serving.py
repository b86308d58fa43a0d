"""A real live process on 127.0.0.1, and clients that speak with it over sockets."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

from plenary.cli.serve import listening, url_of

ROOT = Path(__file__).parents[3]
ORIGIN = "sco/test"
SECRET = "a secret of this run"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Event:
    name: str
    data: Any
    number: int | None = None
    raw: str = ""


@dataclass
class Prepared:
    """A database with a meeting in it."""

    environment: dict[str, str]
    sessions: dict[str, str]
    seats: dict[str, str]
    size: int
    origin: str = ORIGIN


def prepare(folder: Path, *flags: str, origin: str = ORIGIN, database: str = "") -> Prepared:
    environment = {
        **os.environ,
        "PLENARY_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "plenary.web.live.django_settings",
        "DATABASE_URL": database,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
    }
    made = subprocess.run(
        [sys.executable, "-m", "tests.web.live.prepared", origin, "sco", *flags],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    said = json.loads(made.stdout)
    return Prepared(environment, said["sessions"], said["seats"], said["size"], origin)


@dataclass
class LiveProcess:
    """The live process, on sockets that outlive it."""

    prepared: Prepared
    settings: dict[str, str] = field(default_factory=dict)
    pages: str = ""

    def __post_init__(self) -> None:
        self.public = listening("127.0.0.1", 0)
        self.internal = listening("127.0.0.1", 0)
        self.port: int = self.public.getsockname()[1]
        self.internal_port: int = self.internal.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None
        self.log = b""

    def start(self) -> None:
        environment = {
            **self.prepared.environment,
            "PLENARY_SOCKETS": f"{self.public.fileno()},{self.internal.fileno()}",
            "PLENARY_INTERNAL_PORT": str(self.internal_port),
            "PLENARY_LIVE_SECRET": SECRET,
            "PLENARY_PAGES_URL": self.pages,
            "PLENARY_ACTS_PER_SECOND": "100000",
            "PLENARY_READS_PER_SECOND": "100000",
            "PLENARY_STREAMS_PER_ADDRESS": "2000",
            **self.settings,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "plenary.web.live"],
            env=environment,
            pass_fds=[self.public.fileno(), self.internal.fileno()],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._reading = threading.Thread(target=self._read_log, args=(self.process,))
        self._reading.start()
        self.wait_until_ready()

    def _read_log(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stderr is not None
        with process.stderr as lines:
            for line in lines:
                self.log += line

    def wait_until_ready(self) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            assert self.process is not None
            assert self.process.poll() is None, self.log.decode()
            with contextlib.suppress(OSError):
                secret = {"X-Plenary-Secret": SECRET}
                if (
                    self.ask("GET", "/internal/ready", None, secret, port=self.internal_port).status
                    == 200
                ):
                    return
            time.sleep(0.02)
        raise AssertionError(self.log.decode())

    def kill(self, number: int = signal.SIGKILL) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(timeout=15)
        if self.process is not None:
            self._reading.join(timeout=5)

    def close(self) -> None:
        self.kill(signal.SIGTERM)
        self.public.close()
        self.internal.close()

    @property
    def url(self) -> str:
        return url_of(self.public)

    # ---- clients ---------------------------------------------------------------------------------

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        *,
        port: int | None = None,
        timeout: float = 10,
    ) -> Answer:
        line = HTTPConnection("127.0.0.1", port or self.port, timeout=timeout)
        try:
            # who sends too much is answered before the end
            with contextlib.suppress(BrokenPipeError):
                line.request(method, path, body, headers or {})
            answer = line.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())
        finally:
            line.close()

    def cookie(self, person: str | None) -> dict[str, str]:
        if person is None:
            return {}
        bound = "__Host-" if "PLENARY_ORIGIN" in self.settings else ""
        return {"Cookie": f"{bound}plenary_session={self.prepared.sessions.get(person, person)}"}

    def get(self, name: str, person: str | None = None, seat: str | None = None) -> Answer:
        query = f"?seat={urllib.parse.quote(seat)}" if seat is not None else ""
        return self.ask("GET", self.path(name) + query, headers=self.cookie(person))

    def path(self, name: str) -> str:
        return f"/meetings/{self.prepared.origin}/{name}"

    def post(
        self,
        name: str,
        data: Any,
        person: str | None = None,
        headers: dict[str, str] | None = None,
        *,
        timeout: float = 10,
    ) -> Answer:
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        return self.ask(
            "POST",
            self.path(name),
            body,
            {
                "Content-Type": "application/json",
                "Origin": self.url,
                "X-Plenary": "1",
                **self.cookie(person),
                **(headers or {}),
            },
            timeout=timeout,
        )

    def act(self, person: str, seat: str, act: dict[str, Any], key: str, **more: Any) -> Answer:
        said = {"key": key.ljust(8, "-"), "seen": 0, "seat": seat, "act": act, **more}
        return self.post("acts", said, person)

    def present(self, person: str, seat: str, screen: str = "screen-1", **more: Any) -> Answer:
        said = {"seat": seat, "screen": screen, "number": 0, "whole": True, **more}
        return self.post("presence", said, person)

    def feed(
        self, person: str | None = None, seat: str | None = None, after: int = -1, **headers: str
    ) -> "Stream":
        query = {"after": str(after)} | ({"seat": seat} if seat is not None else {})
        path = self.path("feed") + "?" + urllib.parse.urlencode(query)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Stream(self, path, {**self.cookie(person), **named})


class Stream:
    """One open feed."""

    def __init__(self, live: LiveProcess, path: str, headers: dict[str, str]) -> None:
        self.line = HTTPConnection("127.0.0.1", live.port, timeout=10)
        self.line.request("GET", path, headers=headers)
        self.answer: HTTPResponse = self.line.getresponse()
        self.status = self.answer.status
        self.raw = ""
        self.ended = False

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self.line.sock is not None:
            with contextlib.suppress(OSError):
                self.line.sock.shutdown(socket.SHUT_RDWR)
        self.answer.close()
        self.line.close()

    def events(self, seconds: float = 10) -> Iterator[Event]:
        """Yield events until none came for *seconds*, or the line ended."""
        bare = self.line.sock or self.answer.fp.raw._sock  # type: ignore[attr-defined]
        bare.settimeout(seconds)
        lines: list[str] = []
        while line := self._line():
            self.raw += line
            if line.strip():
                lines.append(line.rstrip("\n"))
                continue
            found = understood(lines)
            lines = []
            if found is not None:
                yield found

    def _line(self) -> str:
        """Return the next line, or an empty one when none came, or the line ended."""
        try:
            line = self.answer.readline()
        except TimeoutError:
            return ""
        except (OSError, HTTPException):
            line = b""
        self.ended = not line
        return line.decode()

    def until(self, name: str, seconds: float = 10) -> Event:
        for event in self.events(seconds):
            if event.name == name:
                return event
        raise AssertionError(f"no {name} came")

    def entries(self, last: int, seconds: float = 10) -> list[Event]:
        """Return the entries up to number *last*."""
        found: list[Event] = []
        for event in self.events(seconds):
            if event.name == "entry":
                found.append(event)
                if event.number == last:
                    return found
        raise AssertionError(f"entry {last} did not come, after {len(found)}")


def understood(lines: list[str]) -> Event | None:
    parts = dict(line.split(": ", 1) for line in lines if ": " in line and not line.startswith(":"))
    if "event" not in parts:
        return None
    number = int(parts["id"]) if "id" in parts else None
    return Event(parts["event"], json.loads(parts["data"]), number, "\n".join(lines))


@contextlib.contextmanager
def serving(prepared: Prepared, pages: str = "", **settings: str) -> Iterator[LiveProcess]:
    live = LiveProcess(prepared, settings, pages)
    try:
        live.start()
        yield live
    finally:
        live.close()
