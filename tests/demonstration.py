"""A ``plenary demo`` of one test: the Moscow summit on a loopback port, and seats that nobody looks at.

Rule 1: it is the command people run; only its folder was prepared once and is copied for each test.
Rule 2: seats without a window are held over HTTP as a screen would: taken, present, texts acknowledged.
"""

import http.cookiejar
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MEETING = "/meetings/sco/chs-2020-11-10"
TELEPHONE = "+7 000 000-00-00"
IN_WINDOWS = {
    "PLENARY_PSEUDO": "1",
    "PLENARY_TELEPHONE": TELEPHONE,
    "PLENARY_ACTS_PER_SECOND": "1000",
    "PLENARY_READS_PER_SECOND": "1000",
}
"""Settings for what is looked at in a browser."""

LOG = "server.log"
LOG_KEY = "log.pub"


class Demonstration:
    """``plenary demo``: the supervisor and its two processes, on a folder of their own."""

    def __init__(self, data: Path, *flags: str, **settings: str) -> None:
        self.data = data
        ours = {key: value for key, value in os.environ.items() if not key.startswith("PLENARY_")}
        not_ours = {"DATABASE_URL": "sqlite:////dev/null"}  # what a demonstration must not touch
        data.mkdir(parents=True, exist_ok=True)
        self._log = (data / LOG).open("w")
        self.process = subprocess.Popen(
            [str(Path(sys.executable).parent / "plenary"), "demo", "--port", "0", *flags],
            env={**ours, **not_ours, "PLENARY_DATA": str(data), **settings},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self.said: list[str] = []
        self.url = self._address()

    def _address(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if found := re.search(r"(http://[^/\s]+)/demo/", line):
                return found[1]
        raise AssertionError(self.stop())

    def log(self) -> str:
        """What the processes have said so far."""
        return (self.data / LOG).read_text()

    def kill_live(self) -> None:
        """Kill the live process as a loss of power would."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for child in children.split():
            if b"plenary.web.live\0" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(int(child), signal.SIGKILL)
                return
        raise AssertionError("there is no live process")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Stop it; SIGINT: as Ctrl-C would. Returns its exit status and its log."""
        self.process.send_signal(how)
        self.process.wait(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._log.close()
        return self.process.returncode, self.log()


def prepared(template: Path) -> Path:
    """Set the summit up once, in *template*."""
    Demonstration(template, **IN_WINDOWS).stop(signal.SIGINT)
    return template


def copied(template: Path, data: Path) -> Path:
    """Return *data* with a summit that nobody has held yet."""
    shutil.copytree(template, data, dirs_exist_ok=True)
    return data


class Client:
    """One person over HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.seat = ""
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self._sent = 0

    def bytes(self, path: str, **headers: str) -> bytes:
        """GET."""
        request = urllib.request.Request(self.url + path, headers=headers)
        with self._opener.open(request, timeout=15) as answer:
            return bytes(answer.read())

    def text(self, path: str, **headers: str) -> str:
        """GET text."""
        return self.bytes(path, **headers).decode()

    def json(self, path: str) -> Any:
        """GET JSON."""
        return json.loads(self.bytes(path))

    def lines(self, path: str, last: str) -> str:
        """GET a stream, up to the event that has the line *last*."""
        read: list[str] = []
        with self._opener.open(self.url + path, timeout=15) as stream:
            for line in stream:
                read.append(line.decode())
                if read[-1] == "\n" and f"{last}\n" in read[-5:]:
                    return "".join(read)
        raise AssertionError(read)

    def entries(self, last: int) -> list[dict[str, Any]]:
        """Return what the public feed brings up to entry *last*: that one, and the one before."""
        said = self.lines(f"{MEETING}/feed?after={last - 2}", f"id: {last}")
        return [
            json.loads(line.removeprefix("data: "))
            for event in said.split("\n\n")
            if "event: entry" in event
            for line in event.split("\n")
            if line.startswith("data: ")
        ]

    def sit(self, seat: str, person: str = "") -> str:
        """Click on *person* in *seat*, else on its head, and return the address it leads to."""
        form = next(
            form
            for form in re.findall(r"<form.*?</form>", self.text("/demo/"), re.DOTALL)
            if f'name="seat" value="{seat}"' in form and (not person or f'value="{person}"' in form)
        )
        filled = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        here = {"Origin": self.url, "Referer": f"{self.url}/demo/"}
        data = urllib.parse.urlencode(filled).encode()
        request = urllib.request.Request(f"{self.url}/demo/sit/", data, here)
        with self._opener.open(request, timeout=15) as answer:
            self.seat = seat
            return str(answer.url)

    def post(self, what: str, said: dict[str, Any]) -> Any:
        """POST JSON as a screen does; an act that was refused raises ``HTTPError``."""
        headers = {"Content-Type": "application/json", "Origin": self.url, "X-Plenary": "1"}
        body = json.dumps({"seat": self.seat, **said}).encode()
        request = urllib.request.Request(f"{self.url}{MEETING}/{what}", body, headers)
        with self._opener.open(request, timeout=15) as answer:
            return json.loads(answer.read() or b"null")

    def act(self, act: str, **with_: Any) -> Any:
        """Do an act."""
        self._sent += 1
        key = f"{self.seat}-{self._sent:04d}-{act}"
        said = {"key": key, "seen": 0, "on_instruction": False, "act": {"act": act, **with_}}
        return self.post("acts", said)


class Others:
    """Delegations whose screens are there and acknowledge what is put to them."""

    def __init__(self, url: str, *seats: str) -> None:
        self._people = []
        for seat in seats:
            person = Client(url)
            person.sit(seat)
            person.act("take_seat", screen=f"screen-of-{seat}")
            self._people.append(person)
        self._acknowledged: set[tuple[str, str]] = set()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._hold, daemon=True)
        self._thread.start()

    def _hold(self) -> None:
        while not self._end.wait(0.4):
            try:
                room = self._people[0].json(f"{MEETING}/room.json?seat={self._people[0].seat}")
                for each in self._people:
                    self._present(each, room)
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                continue  # the server is away; a screen would try again too

    def _present(self, each: Client, room: dict[str, Any]) -> None:
        said = {"screen": f"screen-of-{each.seat}", "number": room["number"], "whole": True}
        each.post("presence", said)
        window = room["meeting"].get("window")
        if window and (window["id"], each.seat) not in self._acknowledged:
            each.act("acknowledge_text", window=window["id"], digest=window["digest"])
            self._acknowledged.add((window["id"], each.seat))

    def leave(self) -> None:
        """Every line of them is lost."""
        self._end.set()
        self._thread.join(timeout=20)
