"""What the live feed costs, beside a bare uvloop server that sends the same bytes.

`python benchmarks/feed.py [ROUNDS]` starts a live process and a bare server on 127.0.0.1, lets 100, 1,000 and
5,000 viewers look on, in turn at one and at the other, for ROUNDS rounds (3), and prints medians: server CPU
for one delivery (of the act's own CPU, measured without viewers, nothing is counted), p95 from the trigger
to the viewer, the time from an act's POST until the last of 40 screens in the room has it while 5,000 look
on, and how long `plenary serve` takes to start. It needs some 11,000 file handles (`ulimit -n`), takes under
three minutes, stops by itself, and asserts nothing.
"""

import asyncio
import contextlib
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import uvloop

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.web.live.serving import LiveProcess, prepare, serving  # noqa: E402

CROWDS = (100, 1_000, 5_000)
ACTS = {0: 60, 100: 60, 1_000: 30, 5_000: 12}
LIMIT_SECONDS = 170
TICKS = os.sysconf("SC_CLK_TCK")

BARE = """
import asyncio, socket, sys, uvloop
class Line(asyncio.Protocol):
    lines = set()
    def connection_made(self, transport): self.transport = transport
    def data_received(self, data):
        if data.startswith(b"GET /go"):
            for line in tuple(self.lines): line.write(BLOB)
        else:
            self.transport.write(b"HTTP/1.1 200 OK\\r\\ntransfer-encoding: chunked\\r\\n\\r\\n1\\r\\n\\n\\r\\n")
            self.lines.add(self.transport)
    def connection_lost(self, error): self.lines.discard(self.transport)
BLOB = bytes.fromhex(sys.argv[2])
async def main():
    listener = socket.socket(fileno=int(sys.argv[1])); listener.settimeout(0.0)
    server = await asyncio.get_running_loop().create_server(Line, sock=listener, backlog=4096)
    print("ready", flush=True)
    await server.serve_forever()
uvloop.run(main())
"""


class Viewer(asyncio.Protocol):
    """One viewer: notes when something came after the line was there."""

    def __init__(self, request: bytes, crowd: "Crowd") -> None:
        self.request = request
        self.crowd = crowd
        self.there = False
        self.at = 0.0
        self.raw: bytes = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(self.request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.at = time.perf_counter()
        if self.crowd.marker in data:
            self.raw = data
            self.crowd.heard(self.at)


@dataclass
class Crowd:
    """Viewers of one server."""

    port: int
    marker: bytes
    viewers: list[Viewer] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    all_heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def join(self, count: int, request: bytes) -> None:
        loop = asyncio.get_running_loop()
        for start in range(0, count, 100):
            made = await asyncio.gather(
                *(
                    loop.create_connection(lambda: Viewer(request, self), "127.0.0.1", self.port)
                    for _ in range(min(100, count - start))
                )
            )
            self.viewers += [viewer for _, viewer in made]
        until = time.perf_counter() + 30
        while not all(each.at for each in self.viewers) and time.perf_counter() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)

    def heard(self, at: float) -> None:
        self.times.append(at)
        if len(self.times) == len(self.viewers):
            self.all_heard.set()

    def expect(self) -> None:
        self.times.clear()
        self.all_heard.clear()

    def leave(self) -> None:
        for viewer in self.viewers:
            viewer.transport.abort()  # type: ignore[attr-defined]
        self.viewers.clear()


def cpu(pid: int) -> float:
    """Return the seconds of CPU the process *pid* has used."""
    parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / TICKS


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)] * 1000 if times else float("nan")


class Poster:
    """Posts acts over one line that stays open."""

    def __init__(self, live: LiveProcess) -> None:
        self.live = live
        self.sent = 0

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.live.port)

    async def act(self) -> None:
        self.sent += 1
        act = {"act": "signal_ready", "ready": self.sent % 2 == 0}
        said = {"key": f"{time.time_ns()}", "seen": 0, "seat": "operator", "act": act}
        body = json.dumps(said).encode()
        cookie = self.live.cookie("head-operator")["Cookie"]
        self.writer.write(
            f"POST {self.live.path('acts')} HTTP/1.1\r\nHost: 127.0.0.1:{self.live.port}\r\n"
            f"Origin: {self.live.url}\r\nX-Plenary: 1\r\nContent-Type: application/json\r\n"
            f"Cookie: {cookie}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await self.reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head, head  # noqa: S101
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await self.reader.readexactly(length)


@dataclass
class Measured:
    cpu: float
    p95: float


async def crowd_at_live(live: LiveProcess, poster: Poster, count: int) -> tuple[Measured, bytes]:
    crowd = Crowd(live.port, b"event: entry")
    number = json.loads(live.get("room.json").body)["number"]
    path = live.path(f"feed?after={number}")
    await crowd.join(count, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    assert live.process is not None  # noqa: S101
    before, times = cpu(live.process.pid), []
    for _ in range(ACTS[count]):
        crowd.expect()
        began = time.perf_counter()
        await poster.act()
        if count:
            await asyncio.wait_for(crowd.all_heard.wait(), 10)
        times += [at - began for at in crowd.times]
        await asyncio.sleep(0.02)
    spent = (cpu(live.process.pid) - before) / ACTS[count]
    raw = crowd.viewers[0].raw if count else b""
    crowd.leave()
    await asyncio.sleep(0.3)
    return Measured(spent, p95(times)), raw


async def crowd_at_bare(process: subprocess.Popen[bytes], port: int, count: int) -> Measured:
    crowd = Crowd(port, b"event: entry")
    await crowd.join(count, b"GET / HTTP/1.1\r\n\r\n")
    _, trigger = await asyncio.open_connection("127.0.0.1", port)
    before, times = cpu(process.pid), []
    for _ in range(ACTS[count]):
        crowd.expect()
        began = time.perf_counter()
        trigger.write(b"GET /go")
        await asyncio.wait_for(crowd.all_heard.wait(), 10)
        times += [at - began for at in crowd.times]
        await asyncio.sleep(0.02)
    spent = (cpu(process.pid) - before) / ACTS[count]
    trigger.close()
    crowd.leave()
    await asyncio.sleep(0.3)
    return Measured(spent, p95(times))


async def room_among(live: LiveProcess, poster: Poster, count: int) -> tuple[float, float]:
    """Return median and p95 (ms) from an act's POST until the last screen of the room has it."""
    number = json.loads(live.get("room.json").body)["number"]
    public = Crowd(live.port, b"event: entry")
    path = live.path(f"feed?after={number}")
    await public.join(count, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    room = Crowd(live.port, b"event: entry")
    seats = [seat for seat in live.prepared.seats if f"head-{seat}" in live.prepared.sessions]
    for seat in (seats * 3)[:40]:
        path = live.path(f"feed?after={number}&seat={seat}")
        cookie = live.cookie(f"head-{seat}")["Cookie"]
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
        await room.join(1, head.encode())
    await poster.open()  # joining may take longer than a line that says nothing is kept
    took = []
    for _ in range(60):
        public.expect()
        room.expect()
        began = time.perf_counter()
        await poster.act()
        await asyncio.wait_for(room.all_heard.wait(), 10)
        took.append(max(room.times) - began)
        await asyncio.sleep(0.15)
    public.leave()
    room.leave()
    return median(took) * 1000, p95(took)


def start_seconds(folder: Path) -> list[float]:
    """Return how long `plenary serve` takes to say where it is, the first time and two more."""
    took = []
    environment = {**os.environ, "PLENARY_DATA": str(folder), "PLENARY_PORT": "0"}
    for _ in range(3):
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(Path(sys.executable).parent / "plenary"), "serve"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None  # noqa: S101
        if process.stdout.readline():
            took.append(time.perf_counter() - began)
        process.terminate()
        process.communicate(timeout=20)
    return took


@contextlib.contextmanager
def bare(blob: bytes):  # type: ignore[no-untyped-def]
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    command = [sys.executable, "-c", BARE, str(listener.fileno()), blob.hex()]
    process = subprocess.Popen(command, pass_fds=[listener.fileno()], stdout=subprocess.PIPE)
    try:
        process.stdout.readline()  # type: ignore[union-attr]
        yield process, listener.getsockname()[1]
    finally:
        process.terminate()
        process.communicate(timeout=10)
        listener.close()


async def measure(live: LiveProcess, rounds: int) -> None:
    poster = Poster(live)
    await poster.open()
    nobody, _ = await crowd_at_live(live, poster, 0)
    print(f"an act with nobody looking on: {nobody.cpu * 1000:.2f} ms of CPU")
    blob = await _one_frame(live, poster)
    results: dict[int, list[tuple[Measured, Measured]]] = {count: [] for count in CROWDS}
    began = time.monotonic()
    with bare(blob) as (process, port):
        for _ in range(rounds):
            for count in CROWDS:
                if time.monotonic() - began < LIMIT_SECONDS - 60:
                    one, _ = await crowd_at_live(live, poster, count)
                    two = await crowd_at_bare(process, port, count)
                    results[count].append((one, two))
    print(f"{'viewers':>8} {'CPU µs/delivery':>24} {'ratio':>6} {'p95 ms':>20} {'ratio':>6}")
    for count, pairs in results.items():
        ours = [(one.cpu - nobody.cpu) / count * 1e6 for one, _ in pairs]
        raw = [two.cpu / count * 1e6 for _, two in pairs]
        late = [one.p95 for one, _ in pairs]
        raw_late = [two.p95 for _, two in pairs]
        cost = median(a / b for a, b in zip(ours, raw, strict=True))
        slow = median(a / b for a, b in zip(late, raw_late, strict=True))
        print(
            f"{count:>8} {median(ours):>10.1f} bare {median(raw):>8.1f} {cost:>6.2f}"
            f" {median(late):>8.1f} bare {median(raw_late):>6.1f} {slow:>6.2f}"
        )
    middle, late_one = await room_among(live, poster, 5_000)
    print(
        f"act by POST to the last of 40 screens, 5,000 looking on: {middle:.1f} ms, p95 {late_one:.1f}"
    )


async def _one_frame(live: LiveProcess, poster: Poster) -> bytes:
    """Return one delivery to the public as it goes over the line."""
    crowd = Crowd(live.port, b"event: entry")
    number = json.loads(live.get("room.json").body)["number"]
    path = live.path(f"feed?after={number}")
    await crowd.join(1, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    await poster.act()
    await asyncio.wait_for(crowd.all_heard.wait(), 5)
    raw = crowd.viewers[0].raw
    crowd.leave()
    return raw


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as name:
        prepared = prepare(Path(name) / "data", "--open")
        with serving(prepared, PLENARY_STREAMS_PER_ADDRESS="20000") as live:
            uvloop.run(measure(live, rounds))
        took = start_seconds(Path(name) / "started")
    if took:
        print(f"plenary serve starts in {took[0]:.1f} s the first time, then {min(took[1:]):.1f} s")


if __name__ == "__main__":
    main()
