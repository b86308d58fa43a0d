"""``plenary serve``: starts both processes, keeps them running, leaves nothing behind."""

import contextlib
import os
import re
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


class Serving:
    """A ``plenary serve`` of this test."""

    def __init__(self, folder: Path, **settings: str) -> None:
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PLENARY_")},
            "PLENARY_DATA": str(folder),
            "PLENARY_PORT": "0",
            "PLENARY_PAGES_APP": "tests.web.live.pages_app:application",
            "DATABASE_URL": "",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
            **settings,
        }
        self.process = subprocess.Popen(
            [str(Path(sys.executable).parent / "plenary"), "serve"],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        self.url = self.said.strip().rsplit(" ", 1)[-1]

    def get(self, path: str) -> int:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(self.url + path, timeout=5) as got,
        ):
            return int(got.status)
        return 0

    def children(self) -> dict[str, int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        found = {}
        for pid in map(int, listed.split()):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if len(command) > 2:  # or it is only just being started
                found[command[2].decode()] = pid
        return found

    def stop(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGTERM)
        try:
            _, log = self.process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode, log


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Serving]:
    serving = Serving(tmp_path / "data")
    yield serving
    if serving.process.poll() is None:
        serving.stop()


def is_there(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False


def wait_until(condition, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_it_says_where_it_is_serves_both_processes_and_stops_cleanly(served: Serving) -> None:
    assert re.fullmatch(r"Plenary is at http://127\.0\.0\.1:\d+\n", served.said)
    assert set(served.children()) == {"plenary.web.live", "plenary.web.live.pages"}
    assert served.get("/") == 200
    assert served.get("/static/admin/css/base.css") == 200
    children = served.children().values()
    status, log = served.stop()
    assert status == 0
    assert "Traceback" not in log
    assert not any(is_there(pid) for pid in children)


@pytest.mark.parametrize("name", ["plenary.web.live", "plenary.web.live.pages"])
def test_a_process_that_ended_is_started_again_on_the_same_port(served: Serving, name: str) -> None:
    before = served.children()
    os.kill(before[name], signal.SIGKILL)
    wait_until(lambda: served.children().get(name) not in (None, before[name]))
    wait_until(lambda: served.get("/") == 200)
    _, log = served.stop()
    assert "ended (-9); starting it again" in log


def test_its_processes_do_not_outlive_it(served: Serving) -> None:
    children = list(served.children().values())
    served.process.kill()
    wait_until(lambda: not any(is_there(pid) for pid in children))
    _, log = served.process.communicate()
    assert "Traceback" not in log


def test_what_it_keeps_is_its_owners_alone(served: Serving, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert {"log.key", "log.pub", "secret.key", "plenary.sqlite3"} <= {
        each.name for each in data.iterdir()
    }
    for each in (data, *data.rglob("*")):
        others = 0o044 if each.name == "log.pub" else 0  # the log key's public half
        assert stat.S_IMODE(each.stat().st_mode) & 0o077 == others, each


def test_a_port_that_is_taken_is_said_so(served: Serving, tmp_path: Path) -> None:
    port = served.url.rsplit(":", 1)[1]
    other = Serving(tmp_path / "other", PLENARY_PORT=port)
    _, log = other.process.communicate(timeout=20)
    assert other.process.returncode == 1
    assert f"cannot listen on 127.0.0.1, port {port}" in log


def test_a_port_that_is_none_is_said_so(tmp_path: Path) -> None:
    other = Serving(tmp_path / "other", PLENARY_PORT="http")
    _, log = other.process.communicate(timeout=20)
    assert other.process.returncode == 2
    assert "PLENARY_PORT" in log
