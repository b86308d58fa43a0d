"""More than one process on one database: what one writes, the others send."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.web.live.serving import ROOT, SECRET, LiveProcess, Prepared, prepare, serving

READY = {"act": "signal_ready", "ready": True}
APPEND = """
import sys
from plenary import wiring
wiring.use_database()
from plenary.desk.desk import Desk
from plenary.rules import acts as a
from plenary.rules.names import PersonId, SeatId
desk = Desk(wiring.profile("sco"), wiring.minutes(sys.argv[1]), clock=wiring.system_clock,
            salts=wiring.random_salts, presence=lambda: ())
act = a.SignalReady(ready=True)
print(desk.perform(a.Actor(person=PersonId("head-operator"), seat=SeatId("operator")), act).number)
"""


def append(prepared: Prepared) -> int:
    """Write an entry as a command in another process does, past the live process."""
    made = subprocess.run(
        [sys.executable, "-c", APPEND, prepared.origin],
        env=prepared.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(made.stdout)


def both_write(one: LiveProcess, other: LiveProcess, wake_within: float) -> None:
    after = one.prepared.size - 1
    with one.feed(None, None, after) as here, other.feed("head-RU", "RU", after) as there:
        here.until("hello")
        there.until("hello")
        began = time.perf_counter()
        number = one.act("head-operator", "operator", READY, "first").json["number"]
        assert there.until("entry").number == number
        assert time.perf_counter() - began < wake_within
        # the other decides on what the first wrote, at once, also where it refuses
        assert other.act("head-operator", "operator", READY, "its own").status == 200
        ask = {"act": "ask_for_the_floor"}
        assert one.act("head-RU", "RU", ask, "asked").status == 200
        assert other.act("head-RU", "RU", ask, "asked again").json["refused"] == "already_listed"
        assert one.act("head-KZ", "KZ", ask, "asked").status == 200
        assert other.act("head-KZ", "KZ", {"act": "withdraw_request"}, "gone").status == 200
        numbers = []
        for place in range(10):
            for writer in (one, other):
                answer = writer.act("head-operator", "operator", READY, f"{writer.port}-{place}")
                numbers.append(answer.json["number"])
        assert numbers == list(range(numbers[0], numbers[0] + 20))
        expected = list(range(after + 1, numbers[-1] + 1))
        assert [event.number for event in here.entries(numbers[-1])] == expected
        assert [event.number for event in there.entries(numbers[-1])] == expected[1:]


def told_by_one_the_other_cuts(database: str, one: LiveProcess, other: LiveProcess) -> None:
    """A session that ends is told to one process; the line is open at the other."""
    with other.feed("head-KZ", "KZ", -1) as line:
        line.entries(json.loads(other.get("room.json").body)["number"])
        with psycopg.connect(database, autocommit=True) as rows:
            key = other.prepared.sessions["head-KZ"]
            rows.execute("DELETE FROM django_session WHERE session_key = %s", [key])
        secret = {"X-Plenary-Secret": SECRET}
        port = one.internal_port
        assert one.ask("POST", "/internal/sessions", None, secret, port=port).status == 204
        for _ in line.events(5):
            pass
        assert line.ended


def test_two_live_processes_on_one_file_write_and_send_the_same_record(
    prepared: Prepared,
) -> None:
    with serving(prepared) as one, serving(prepared) as other:
        both_write(one, other, wake_within=1)


def test_what_a_command_wrote_is_sent(live: LiveProcess) -> None:
    with live.feed(None, None, live.prepared.size - 1) as line:
        line.until("hello")
        number = append(live.prepared)
        assert line.until("entry", 5).number == number
    act = live.act("head-operator", "operator", READY, "after it")
    assert act.json["number"] == number + 1


on_postgresql = pytest.mark.skipif(
    "PLENARY_TEST_POSTGRES" not in os.environ, reason="run through plenary test"
)


@pytest.fixture
def database() -> Iterator[str]:
    """A database of its own on the tests' PostgreSQL."""
    server = os.environ["PLENARY_TEST_POSTGRES"]
    name = f"live_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")
        try:
            yield server.rsplit("/", 1)[0] + "/" + name
        finally:
            line.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
@pytest.mark.enable_socket
@on_postgresql
def test_two_live_processes_on_postgresql_wake_each_other(tmp_path: Path, database: str) -> None:
    prepared = prepare(tmp_path, "--open", database=database)
    with serving(prepared) as one, serving(prepared) as other:
        both_write(one, other, wake_within=1)
        with one.feed(None, None, -1) as line_, other.feed(None, None, -1):
            number = append(prepared)  # without NOTIFY: noticed by looking
            assert line_.entries(number, 6)[-1].number == number
            assert json.loads(other.get("room.json").body)["number"] in (number - 1, number)
        told_by_one_the_other_cuts(database, one, other)


@pytest.mark.slow
@pytest.mark.enable_socket
@on_postgresql
def test_while_the_database_is_away_nothing_is_done_and_it_is_said(
    tmp_path: Path, database: str
) -> None:
    prepared = prepare(tmp_path, "--open", database=database)
    server, _, name = database.rpartition("/")
    with serving(prepared) as live, psycopg.connect(server + "/postgres", autocommit=True) as line:
        assert live.get("room.json").status == 200
        line.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        line.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        answers = [
            live.get("room.json", "head-operator", "operator"),
            live.get("script.json", "head-operator", "operator"),
            live.act("head-operator", "operator", READY, "while away"),
        ]
        assert [(each.status, each.json["error"]) for each in answers] == [(503, "unavailable")] * 3
        assert live.get("room.json").status == 200  # what was published is there for everybody
        line.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        done = live.act("head-operator", "operator", READY, "while away")
        assert (done.status, done.json["number"]) == (200, prepared.size)
