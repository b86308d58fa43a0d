"""Serve Plenary: start its two processes, start again one that ends, and stop both cleanly.

Settings come from the environment (docs/operations.md, "Processes"):
PLENARY_ADDRESS and PLENARY_PORT, where it listens (127.0.0.1, 8000); PLENARY_ORIGIN, where people reach it;
PLENARY_DATA, the folder it keeps its files in (var); DATABASE_URL, where the record is kept.

Exit status: 0 stopped, 1 could not begin, 2 a setting was not understood.
"""

import argparse
import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Final

BACKLOG: Final = 4_096
USER_TIMEOUT_MS: Final = 20_000
"""How long a line may leave what we sent unacknowledged before the system drops it."""
SEND_BUFFER: Final = 131_072
"""Bytes the system takes for one line; a reader that stalls costs us no more."""
READY_SECONDS: Final = 30.0
STOP_SECONDS: Final = 8.0
SETTINGS: Final = "plenary.web.settings"
LIVE_SETTINGS: Final = "plenary.web.live.django_settings"


class CannotBeginError(RuntimeError):
    """What stands in the way of beginning; the text says what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--address", help="overrides PLENARY_ADDRESS")
    parser.add_argument("--port", help="overrides PLENARY_PORT; 0 takes a free one")


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    environment = dict(os.environ)
    environment.pop("PLENARY_DEMO", None)  # seats for everybody: `plenary demo` alone has them
    os.environ.pop("PLENARY_DEMO", None)
    for name, given in (("ADDRESS", arguments.address), ("PORT", arguments.port)):
        if given is not None:
            environment[f"PLENARY_{name}"] = given
    try:
        supervisor = Supervisor(environment)
    except ValueError as error:
        print(f"plenary serve: {error}", file=sys.stderr)
        return 2
    try:
        return supervisor.run(lambda url: print(f"Plenary is at {url}", flush=True))
    except CannotBeginError as why:
        print(f"plenary serve: {why}", file=sys.stderr)
        return 1


class Child:
    """One process, started again when it ends: at once, then after ever longer pauses."""

    def __init__(self, name: str, module: str, environment: Mapping[str, str]) -> None:
        self.name = name
        self._module = module
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._pause = 0.1
        self._again_at = 0.0
        self.starts = 0

    def look_after(self, now: float) -> None:
        """Start it if it does not run and its pause is over."""
        if self._process is not None:
            status = self._process.poll()
            if status is None:
                return
            self._pause = 0.1 if now - self._began > 20 else min(5.0, self._pause * 2)
            self._again_at = now + self._pause
            self._process = None
            said(f"{self.name} ended ({status}); starting it again in {self._pause:.1f} s")
        if now >= self._again_at:
            self._start(now)

    def _start(self, now: float) -> None:
        descriptors = [
            *map(int, self._environment["PLENARY_SOCKETS"].split(",")),
            int(self._environment["PLENARY_LIFELINE"]),
        ]
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._module],
            env=self._environment,
            pass_fds=descriptors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches us first
        )
        self._began = now
        self.starts += 1

    @property
    def pid(self) -> int | None:
        """The process's number while it runs."""
        return self._process.pid if self._process is not None else None

    def stop(self) -> None:
        """Ask it to end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for its end; after *seconds* end it."""
        if self._process is None:
            return
        try:
            self._process.wait(timeout=max(0.0, seconds))
        except subprocess.TimeoutExpired:
            said(f"{self.name} did not stop; ending it")
            self._process.kill()
            self._process.wait()


class Supervisor:
    """The live process and the pages process, on sockets that outlive both.

    Raises:
        ValueError: if a setting is not understood.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._address = environment.get("PLENARY_ADDRESS") or "127.0.0.1"
        port = environment.get("PLENARY_PORT") or "8000"
        if not port.isdigit() or int(port) > 65_535:
            raise ValueError(f"PLENARY_PORT is not a port: {port}")
        self._port = int(port)
        self._stopping = False
        self._children: list[Child] = []
        self._secret = environment.get("PLENARY_LIVE_SECRET") or secrets.token_urlsafe(32)

    def run(self, on_ready: Callable[[str], None]) -> int:
        """Serve until SIGTERM or SIGINT; *on_ready* is called with the address, once.

        Raises:
            CannotBeginError: if something stands in the way.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        os.umask(0o077)  # the record and the keys are this account's alone
        public = listening(self._address, self._port)
        prepare(self._environment)
        with contextlib.ExitStack() as stack:
            internal = stack.enter_context(listening("127.0.0.1", 0))
            pages = stack.enter_context(listening("127.0.0.1", 0))
            stack.enter_context(public)
            self._children = self._made(public, internal, pages)
            self._look_after_them()
            try:
                if self._wait_until_ready(internal, pages):
                    on_ready(self._url(public))
                while not self._stopping:
                    time.sleep(0.1)
                    self._look_after_them()
            finally:
                self._end_them()
        return 0

    def _made(
        self, public: socket.socket, internal: socket.socket, pages: socket.socket
    ) -> list[Child]:
        lifeline, _ = os.pipe()  # the other end is ours alone, and closes when we are gone
        shared = {
            **self._environment,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PLENARY_LIVE_SECRET": self._secret,
            "PLENARY_LIVE_URL": url_of(internal),
            "PLENARY_PAGES_URL": url_of(pages),
            "PLENARY_INTERNAL_PORT": str(internal.getsockname()[1]),
            "PLENARY_LIFELINE": str(lifeline),
            "PLENARY_HOSTS": ",".join(
                filter(None, [self._environment.get("PLENARY_HOSTS"), self._named_address()])
            ),
            "PYTHONUNBUFFERED": "1",
        }
        live = f"{public.fileno()},{internal.fileno()}"
        return [
            Child(
                "live",
                "plenary.web.live",
                {**shared, "DJANGO_SETTINGS_MODULE": LIVE_SETTINGS, "PLENARY_SOCKETS": live},
            ),
            Child(
                "pages",
                "plenary.web.live.pages",
                {**shared, "PLENARY_SOCKETS": str(pages.fileno())},
            ),
        ]

    def _named_address(self) -> str:
        any_address = self._address in ("0.0.0.0", "::", "")  # noqa: S104 - compared, not bound
        return "" if any_address else self._address

    def _url(self, public: socket.socket) -> str:
        return self._environment.get("PLENARY_ORIGIN") or url_of(public)

    def _look_after_them(self) -> None:
        now = time.monotonic()
        for child in self._children:
            child.look_after(now)

    def _wait_until_ready(self, internal: socket.socket, pages: socket.socket) -> bool:
        give_up_at = time.monotonic() + READY_SECONDS
        asked = [(internal, "/internal/ready"), (pages, "/")]
        while asked and not self._stopping:
            asked = [each for each in asked if answer_of(*each, self._secret) is None]
            self._look_after_them()
            if time.monotonic() > give_up_at:
                raise CannotBeginError("its processes do not come up; what they said stands above")
            if asked:
                time.sleep(0.02)
        return not self._stopping

    def _end_them(self) -> None:
        for child in self._children:
            child.stop()
        until = time.monotonic() + STOP_SECONDS
        for child in self._children:
            child.wait(until - time.monotonic())

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True


def said(line: str) -> None:
    """Write one line of the supervisor's log."""
    print(f"{time.strftime('%H:%M:%S %Z')} serve  {line}", file=sys.stderr, flush=True)


def listening(address: str, port: int) -> socket.socket:
    """Return a listening socket whose lines cannot stall for ever, or raise ``CannotBeginError``."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; a line inherits all of these
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MS)
        made.bind((address, port))
        made.listen(BACKLOG)
    except OSError as error:
        made.close()
        raise CannotBeginError(
            f"cannot listen on {address}, port {port}: {error.strerror}"
        ) from error
    return made


def answer_of(where: socket.socket, path: str, secret: str) -> int | None:
    """Return the status that whoever listens on *where* answers *path* with, or None: nobody does yet."""
    host, port = where.getsockname()[:2]
    line = http.client.HTTPConnection(host, port, timeout=0.5)
    try:
        line.request("GET", path, headers={"X-Plenary-Secret": secret})
        answer = line.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()
    return answer.status


def url_of(listener: socket.socket) -> str:
    """Return the address of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def prepare(environment: Mapping[str, str]) -> None:
    """Make the folder, the log key and the tables, where they are missing."""
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    from plenary import wiring  # noqa: PLC0415 - it reads the settings named just now

    data = Path(environment.get("PLENARY_DATA") or "var")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        key = wiring.log_key(data / "log.key", "plenary", make=True)
        wiring.keep_public_half(data / "log.pub", key)
        try:
            wiring.use_database()
        except wiring.TablesNotReadyError:
            said("bringing the database's tables up to date")
            wiring.use_database(migrate=True)
    except (OSError, ValueError) as error:
        raise CannotBeginError(str(error)) from error
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
