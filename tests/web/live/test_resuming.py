"""Lines that break, stall and come back; a live process that is killed in the middle of things."""

import asyncio
import json
import random
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from tests.web.live.serving import LiveProcess

ID = re.compile(rb"^id: (\d+)$", re.MULTILINE)
WORDS = "w" * 15_000


def toggle(live: LiveProcess, times: int, start: int = 0) -> list[int]:
    """Do acts that everybody in the room may read; returns the entries' numbers."""
    numbers = []
    for place in range(start, start + times):
        act = {"act": "signal_ready", "ready": place % 2 == 0}
        answer = live.act("head-operator", "operator", act, f"toggle-{place}")
        assert answer.status == 200, (answer, live.log[-3000:].decode())
        numbers.append(answer.json["number"])
    return numbers


class Follower:
    """A client that drops its line at random and resumes after the last entry it has whole."""

    def __init__(self, port: int, path: str, seed: int) -> None:
        self.port = port
        self.path = path
        self.random = random.Random(seed)
        self.seen: list[int] = []
        self.lines = 0

    async def follow(self, last: int) -> None:
        while not self.seen or self.seen[-1] < last:
            self.lines += 1
            try:
                await self._one_line(last)
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                await asyncio.sleep(0.01)

    async def _one_line(self, last: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            resume = f"Last-Event-ID: {self.seen[-1]}\r\n" if self.seen else ""
            host = f"127.0.0.1:{self.port}"
            writer.write(f"GET {self.path} HTTP/1.1\r\nHost: {host}\r\n{resume}\r\n".encode())
            patience = self.random.expovariate(1 / 25)
            data = b""
            while patience > 0 and (not self.seen or self.seen[-1] < last):
                piece = await asyncio.wait_for(reader.read(4_096), 10)
                if not piece:
                    return
                *whole, data = (data + piece).split(b"\n\n")
                for event in whole:
                    self.seen += [int(number) for number in ID.findall(event)]
                patience -= len(whole)
        finally:
            writer.transport.abort()


def test_many_lines_that_drop_at_random_see_every_entry_once_and_in_order(
    live: LiveProcess,
) -> None:
    size = live.prepared.size
    last = size + 199
    followers = [Follower(live.port, live.path("feed"), seed) for seed in range(60)]

    async def follow() -> None:
        async with asyncio.timeout(60):
            await asyncio.gather(*(follower.follow(last) for follower in followers))

    acting = threading.Thread(target=toggle, args=(live, 200))
    acting.start()
    asyncio.run(follow())
    acting.join()
    assert sum(follower.lines for follower in followers) > 120
    for follower in followers:
        assert follower.seen == list(range(last + 1))


def stalled(live: LiveProcess, path: str, person: str | None = None) -> socket.socket:
    """Open a line whose client does not read."""
    line = socket.create_connection(("127.0.0.1", live.port), timeout=10)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    cookie = f"Cookie: {live.cookie(person)['Cookie']}\r\n" if person else ""
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{live.port}\r\n{cookie}\r\n".encode())
    return line


def drained(line: socket.socket) -> bytes:
    """Read until the server's end of the line."""
    line.settimeout(10)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_000_000)
    data = b""
    try:
        while piece := line.recv(65_536):
            data += piece
    except ConnectionResetError:
        pass
    return data


def test_a_slow_reader_is_cut_and_resumes_and_the_others_wait_for_nothing(
    live: LiveProcess,
) -> None:
    after = live.prepared.size - 1
    in_room = live.path(f"feed?seat=RU&after={after}")
    lines = [stalled(live, live.path(f"feed?after={after}")) for _ in range(3)]
    lines.append(stalled(live, in_room, "head-RU"))
    with live.feed("head-KZ", "KZ", after) as quick, ThreadPoolExecutor(1) as beside:
        time.sleep(0.3)
        reading = beside.submit(quick.entries, after + 80)
        slowest = 0.0
        for place in range(40):
            began = time.perf_counter()
            act = {"act": "leave_meeting", "statement": WORDS + str(place)}
            assert live.act("head-AF", "AF", act, f"leave-{place}").status == 200
            back = live.act("head-AF", "AF", {"act": "return_to_meeting"}, f"back-{place}")
            slowest = max(slowest, time.perf_counter() - began)
            assert back.status == 200
        last = after + 80
        assert len(reading.result()) == last - after
    assert slowest < 2
    for line in lines:
        got = [int(number) for number in ID.findall(drained(line).replace(b"\r\n", b"\n"))]
        line.close()
        assert got == list(range(after + 1, after + 1 + len(got)))
        assert got[-1] < last  # it was cut: the rest never reached it
        with live.feed(None, None, got[-1]) as again:
            numbers = [event.number for event in again.entries(last)]
        assert numbers == list(range(got[-1] + 1, last + 1))


def test_an_act_whose_answer_was_lost_is_done_once(live: LiveProcess) -> None:
    act = {"act": "ask_for_the_floor"}
    first = live.act("head-RU", "RU", act, "the same key")
    for _ in range(3):
        assert (
            live.act("head-RU", "RU", act, "the same key").json["number"] == (first.json["number"])
        )
    live.kill()
    live.start()
    again = live.act("head-RU", "RU", act, "the same key")
    assert (again.status, again.json["number"]) == (200, first.json["number"])
    other_act = live.act("head-RU", "RU", {"act": "withdraw_request"}, "the same key")
    assert (other_act.status, other_act.json["refused"]) == (409, "key_used")
    # another person's same key is another key
    assert live.act("head-KZ", "KZ", act, "the same key").json["number"] > first.json["number"]


class Acting(threading.Thread):
    """Somebody who acts and acts, and notes which acts were acknowledged and which were not answered."""

    def __init__(self, live: LiveProcess, seat: str, stop: threading.Event) -> None:
        super().__init__()
        self.live = live
        self.seat = seat
        self.stop = stop
        self.acknowledged: dict[str, int] = {}
        self.unanswered: list[str] = []

    def act(self, key: str) -> int:
        act = {"act": "signal_ready", "ready": True}
        answer = self.live.act(f"head-{self.seat}", self.seat, act, key)
        assert answer.status == 200
        number: int = answer.json["number"]
        return number

    def run(self) -> None:
        place = 0
        while not self.stop.is_set():
            place += 1
            key = f"{self.seat}-key-{place}"
            try:
                self.acknowledged[key] = self.act(key)
            except (OSError, HTTPException):
                self.unanswered.append(key)
                time.sleep(0.05)

    def ask_again(self) -> None:
        for key in self.unanswered:
            self.acknowledged[key] = self.act(key)


def test_what_was_acknowledged_survives_a_killed_process_and_numbers_go_on(
    live: LiveProcess,
) -> None:
    stop = threading.Event()
    people = [Acting(live, seat, stop) for seat in ("RU", "KZ", "operator")]
    for person in people:
        person.start()
    for _ in range(3):
        time.sleep(0.6)
        live.kill()
        live.start()
    time.sleep(0.3)
    stop.set()
    for person in people:
        person.join()
        person.ask_again()
    acknowledged = [number for person in people for number in person.acknowledged.values()]
    assert len(set(acknowledged)) == len(acknowledged) > 30
    last = max(acknowledged)
    with live.feed("secretary", "secretariat") as line:
        entries = line.entries(last)
    assert [event.number for event in entries] == list(range(last + 1))
    done = [json.loads(event.data["body"])["deeds"][0] for event in entries[live.prepared.size :]]
    assert len({deed["key"] for deed in done}) == len(done) == len(acknowledged)


def test_the_chair_sees_within_two_seconds_who_is_gone(live: LiveProcess) -> None:
    with live.feed("head-presiding", "presiding") as chair:
        for _ in range(3):
            assert live.present("head-RU", "RU").status == 204
            time.sleep(0.5)
        last_said = time.monotonic()
        live.present("head-RU", "RU")
        while "RU" not in chair.until("presence", 5).data["connected"]:
            pass
        said = chair.until("presence", 5).data
        assert said["connected"] == []
        assert 1.7 < time.monotonic() - last_said < 2.2
        assert "RU" in said["lost"]


def test_whoever_joins_meanwhile_takes_no_news_of_connections_from_the_others(
    live: LiveProcess,
) -> None:
    with live.feed("head-presiding", "presiding") as chair:
        chair.until("presence")
        for seat in ("RU", "KZ", "IN"):
            live.present(f"head-{seat}", seat)
            with live.feed("head-operator", "operator") as joining:
                assert seat in joining.until("presence").data["connected"]
            while seat not in chair.until("presence", 3).data["connected"]:
                pass


def test_the_older_of_two_screens_is_told_that_it_was_displaced(live: LiveProcess) -> None:
    def take(screen: str, *, displace: bool) -> int:
        act = {"act": "take_seat", "screen": screen, "displace": displace}
        return live.act("head-RU", "RU", act, f"take-{screen}-{displace}").status

    assert take("older", displace=False) == 200
    assert live.present("head-RU", "RU", "older").status == 204
    with live.feed("head-RU", "RU", live.prepared.size) as line:
        assert take("newer", displace=False) == 409
        assert take("newer", displace=True) == 200
        assert line.until("displaced").data == {"screen": "older"}
    answer = live.present("head-RU", "RU", "older")
    assert (answer.status, answer.json) == (409, {"displaced": True})
    assert live.present("head-RU", "RU", "newer").status == 204
    # an aide's tablet stands in for nobody
    live.kill()
    live.start()
    assert live.present("aide-RU", "RU", "tablet").status == 204
    with live.feed("head-presiding", "presiding", live.prepared.size) as chair:
        assert chair.until("presence").data["connected"] == []
