"""How many pages a second the pages process answers, beside a bare WSGI application that returns the same bytes.

`python benchmarks/pages.py [ROUNDS]` starts a live process with the real pages behind it, and the same live
process with a bare application under the same waitress behind it, on a meeting that is open; asks
both for each page over 8 lines that stay open, in turn, for ROUNDS rounds (5) of a second each, and prints
medians: pages a second, the ratio to the bare one, and the CPU that one page costs the pages process and
the front door. It takes under two minutes, stops by itself, and asserts nothing.
"""

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import uvloop

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.web.live.serving import SECRET, LiveProcess, Prepared, prepare, serving  # noqa: E402

from plenary.cli.serve import listening, url_of  # noqa: E402

LINES = 8
SECONDS = 1.0
TICKS = os.sysconf("SC_CLK_TCK")
SECRETARY = "secretary"
PAGES = {
    "live page": ("/meetings/sco/test/", None),
    "adopted documents": ("/meetings/sco/test/documents/", None),
    "history": ("/meetings/sco/test/history/", None),
    "sign-in": ("/accounts/login/", None),
    "roster": ("/meetings/sco/test/secretariat/roster/", SECRETARY),
}
BARE = """
from pathlib import Path
KEPT = Path(__file__).parent
def application(environ, start_response):
    name = environ["PATH_INFO"].strip("/").replace("/", "-")
    body = (KEPT / name).read_bytes() if name not in SEEN else SEEN[name]
    SEEN[name] = body
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]
SEEN = {}
"""


def cpu(pid: int) -> float:
    """Return the seconds of CPU the process *pid* has used."""
    parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / TICKS


@dataclass
class House:
    """A front door and the pages behind it."""

    live: LiveProcess
    pages: int

    @property
    def front(self) -> int:
        assert self.live.process is not None  # noqa: S101
        return self.live.process.pid


@dataclass
class Measured:
    """One round: pages a second, and seconds of CPU for one page."""

    rate: float
    pages: float
    front: float


@contextlib.contextmanager
def house(prepared: Prepared, **environment: str) -> Iterator[House]:
    """Serve the real pages, or those that *environment* names."""
    with listening("127.0.0.1", 0) as listener, serving(prepared, url_of(listener)) as live:
        process = subprocess.Popen(
            [sys.executable, "-m", "plenary.web.live.pages"],
            env={
                **prepared.environment,
                "DJANGO_SETTINGS_MODULE": "plenary.web.settings",
                "PLENARY_LIVE_URL": f"http://127.0.0.1:{live.internal_port}",
                "PLENARY_LIVE_SECRET": SECRET,
                "PLENARY_SOCKETS": str(listener.fileno()),
                **environment,
            },
            pass_fds=[listener.fileno()],
            cwd=ROOT,
        )
        try:
            yield House(live, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=10)


async def asking(request: bytes, port: int, until: float) -> int:
    """Ask over one line until then; return how many whole answers came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    answered = 0
    while time.perf_counter() < until:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith(b"http/1.1 200"):
            raise SystemExit(head.decode())
        if b"content-length: " in head:
            length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        else:
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        answered += 1
    writer.close()
    return answered


async def measured(there: House, request: bytes) -> Measured:
    before = cpu(there.pages), cpu(there.front)
    began = time.perf_counter()
    lines = (asking(request, there.live.port, began + SECONDS) for _ in range(LINES))
    answered = sum(await asyncio.gather(*lines))
    took = time.perf_counter() - began
    return Measured(
        answered / took,
        (cpu(there.pages) - before[0]) / answered,
        (cpu(there.front) - before[1]) / answered,
    )


def request_for(there: House, path: str, person: str | None) -> bytes:
    cookie = f"Cookie: {there.live.cookie(person)['Cookie']}\r\n" if person else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{there.live.port}\r\n{cookie}\r\n".encode()


def keep_the_bytes(there: House, folder: Path) -> None:
    """Keep what each page answers, for the bare application to answer the same."""
    for path, person in PAGES.values():
        answer = there.live.ask("GET", path, headers=there.live.cookie(person))
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        (folder / path.strip("/").replace("/", "-")).write_bytes(answer.body)


async def compare(ours: House, bare: House, rounds: int) -> None:
    print(
        f"{'page':>18} {'pages/s':>8} {'bare':>8} {'ratio':>6} {'ms CPU':>8} {'door':>6} {'bare door':>10}"
    )
    for name, (path, person) in PAGES.items():
        found = []
        for _ in range(rounds):
            one = await measured(ours, request_for(ours, path, person))
            two = await measured(bare, request_for(bare, path, person))
            found.append((one, two))
        rate, bare_rate = (median(pair[i].rate for pair in found) for i in (0, 1))
        ratio = median(one.rate / two.rate for one, two in found)
        costs = [
            median(each) * 1000
            for each in (
                [one.pages for one, _ in found],
                [one.front for one, _ in found],
                [two.front for _, two in found],
            )
        ]
        print(
            f"{name:>18} {rate:>8.0f} {bare_rate:>8.0f} {ratio:>6.2f}"
            f" {costs[0]:>8.2f} {costs[1]:>6.2f} {costs[2]:>10.2f}"
        )


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        prepared = prepare(Path(name) / "data", "--open", "--document")
        kept = Path(name) / "kept"
        kept.mkdir()
        (kept / "plenary_bare_pages.py").write_text(BARE)
        paths = f"{kept}:{prepared.environment['PYTHONPATH']}"
        with (
            house(prepared) as ours,
            house(
                prepared, PLENARY_PAGES_APP="plenary_bare_pages:application", PYTHONPATH=paths
            ) as bare,
        ):
            keep_the_bytes(ours, kept)
            uvloop.run(compare(ours, bare, rounds))


if __name__ == "__main__":
    main()
