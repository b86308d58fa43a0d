"""What was acknowledged survives the death of the process, and nothing half done is left."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from tests.store.databases import known_to_django
from tests.store.sitting import ABOUT_TO_END, MEMBERS, desk

from plenary.desk.codec import Body, Deed, bodies, decode_deed
from plenary.record import first_seal, seal_entry
from plenary.rules import events as e
from plenary.store.minutes import DatabaseMinutes

ROOT = Path(__file__).parents[2]
KILLS = {"sqlite": 42, "postgres": 14}
KILLS_FOR_A_MEETING = 7
PEOPLE = 1 + len(MEMBERS)
HELD = "held"

pytestmark = pytest.mark.slow


@dataclass
class Seen:
    """What the kills came upon."""

    kills: int = 0
    acknowledged: int = 0
    in_consultation: int = 0
    consultations: int = 0
    unacknowledged: int = 0
    acks: dict[str, str] = field(default_factory=dict)


def start(url: str, origin: str, *further: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("sitting.py")), origin, *further],
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
    )


def killed_after(
    url: str, origin: str, run: str, chance: random.Random, *, aimed: bool
) -> dict[str, str]:
    """Let the process act for a moment, kill it, and return what it had acknowledged.

    An aimed kill comes while the two entries of a consultation and of the act that ends it are written.
    """
    with start(url, origin, run) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline()]  # by then it acts
            time.sleep(chance.uniform(0, 0.25))
            while aimed and lines[-1] and lines[-1] != ABOUT_TO_END.encode():
                lines.append(process.stdout.readline())
            time.sleep(chance.uniform(0, 0.002))
        finally:
            process.kill()
        lines += process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL, "it died by itself"
    # A line that the kill cut short acknowledged nothing.
    whole = [line.decode().split() for line in lines if line.endswith(b"\n") and line[:1] != b"#"]
    return dict(whole)


def until_alone(alias: str) -> None:
    """Wait until PostgreSQL has ended the killed process's sessions.

    It learns of the death when it next reads or writes to the client: a COMMIT that had arrived is carried
    out, perhaps after the process is gone. Until then two readings of the record may differ.
    """
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return
    deadline = time.monotonic() + 30
    while sessions_beside(connection):
        assert time.monotonic() < deadline, "the killed process's session does not end"
        time.sleep(0.005)


def sessions_beside(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        (count,) = cursor.fetchone()
    return int(count)


def check_the_record(minutes: DatabaseMinutes, seen: Seen, run: str) -> None:
    """Nothing acknowledged is lost, nothing is there twice, nothing is half there."""
    written = chained(minutes)
    held = [decode_deed(data) for data in minutes.held()]
    place = {
        deed.key: body for body in written for deed in body.deeds if deed.key is not None
    } | dict.fromkeys((deed.key for deed in held if deed.key is not None), None)
    counted = Counter(deed.key for deed in every_deed(written, held))
    assert set(counted.values()) == {1}
    for key, number in seen.acks.items():
        assert key in place, f"acknowledged and lost: {key}"
        body = place[key]
        if number == HELD:
            assert body is None or body.consultation is not None
        else:
            assert body is not None
            assert body.number == int(number)
    for body, after in zip(written, [*written[1:], None], strict=True):
        check_whole(body, after)
    puts = sum(isinstance(event, e.QuestionPut) for event in every_event(written))
    running = desk(minutes).meeting.window is not None
    assert sum(body.consultation is not None for body in written) == puts - running
    assert running or not held
    more = [key for key in place if key and key.startswith(f"{run}.") and key not in seen.acks]
    assert len(more) <= PEOPLE  # each person was waiting for one answer at most
    assert len({key.rsplit(".", 1)[0] for key in more}) == len(more)
    seen.unacknowledged += len(more)
    seen.in_consultation += bool(held)
    seen.consultations = sum(body.consultation is not None for body in written)


def chained(minutes: DatabaseMinutes) -> list[Body]:
    entries = list(minutes.entries())
    previous = first_seal(minutes.origin)
    for number, entry in enumerate(entries):
        assert entry.salt is not None
        assert entry.body is not None
        assert entry == seal_entry(previous, number, entry.salt, entry.body)
        previous = entry.seal
    return list(bodies(entries))


def every_deed(written: Iterable[Body], held: Iterable[Deed]) -> list[Deed]:
    return [deed for body in written for deed in body.deeds] + list(held)


def every_event(written: Iterable[Body]) -> list[object]:
    return [event for body in written for deed in body.deeds for event in deed.events]


def check_whole(body: Body, after: Body | None) -> None:
    """A consultation and the act that ended it were written as one."""
    if body.consultation is not None:
        assert after is not None
        assert after.at == body.at
        (ended,) = (
            event for event in every_event([after]) if isinstance(event, e.QuestionSetAside)
        )
        assert ended.window == body.consultation
    else:
        assert len(body.deeds) == 1


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(url):
    engine = "sqlite" if url.startswith("sqlite") else "postgres"
    chance = random.Random(20201110)
    total = Seen()
    with known_to_django(url) as alias:
        for meeting in range(KILLS[engine] // KILLS_FOR_A_MEETING):
            minutes = DatabaseMinutes(f"killed/{meeting}", alias)
            seen = Seen()
            for kill in range(KILLS_FOR_A_MEETING):
                run = f"run{kill}"
                seen.acks |= killed_after(url, minutes.origin, run, chance, aimed=kill % 2 == 1)
                until_alone(alias)
                check_the_record(minutes, seen, run)
                total.kills += 1
            total.acknowledged += len(seen.acks)
            total.in_consultation += seen.in_consultation
            total.consultations += seen.consultations
            total.unacknowledged += seen.unacknowledged
    sys.stdout.write(
        f"{engine}: {total.kills} kills, {total.acknowledged} acts acknowledged, {total.unacknowledged} done "
        f"and not yet told; {total.in_consultation} kills came while a consultation held deeds; "
        f"{total.consultations} consultations were written with the act that ended them\n"
    )
    assert total.kills == KILLS[engine]
    assert total.acknowledged > 10 * total.kills
    assert total.in_consultation > 0
    assert total.consultations > total.kills
