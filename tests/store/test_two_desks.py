"""Several writers on one meeting: no number twice, every acknowledged act once, a key honoured by all."""

import threading
import time
from collections.abc import Callable
from functools import partial

import psycopg
import pytest
from django.db import connections
from tests.store.databases import known_to_django
from tests.store.sitting import (
    MEMBERS,
    PRESIDING,
    again_when_beaten,
    desk,
    head,
    keep_busy,
    of_a_member,
    open_the_sitting,
)
from tests.store.test_killed import Seen, check_the_record, start

from plenary import wiring
from plenary.desk.codec import bodies
from plenary.desk.ports import NumberTakenError
from plenary.record import first_seal, seal_entry
from plenary.rules.refusals import Reason, Refused
from plenary.store.minutes import LOCKS, DatabaseMinutes

TURNS = range(40)


def all_at_once(works: list[Callable[[], None]]) -> None:
    failures: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as failure:  # noqa: BLE001 - it is raised again below
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


@pytest.mark.slow
def test_a_desk_for_each_person_gives_no_number_twice(alias):
    minutes = DatabaseMinutes("two-desks/threads", alias)
    open_the_sitting(desk(minutes).perform)
    told: list[str] = []

    def busy(seat):
        own = desk(DatabaseMinutes(minutes.origin, alias))
        keep_busy(
            seat, again_when_beaten(own.perform), lambda: own.meeting, told.append, "run", TURNS
        )

    all_at_once([partial(busy, seat) for seat in (PRESIDING, *MEMBERS)])
    acks = dict(line.split() for line in told if not line.startswith("#"))
    assert len(acks) > len(TURNS)
    check_the_record(minutes, Seen(acks=acks), "run")


@pytest.mark.slow
def test_two_processes_give_no_number_twice(url):
    with known_to_django(url) as alias:
        minutes = DatabaseMinutes("two-desks/processes", alias)
        open_the_sitting(desk(minutes).perform)
        both = [start(url, minutes.origin, run, str(len(TURNS))) for run in ("one", "two")]
        said = [process.communicate(timeout=60)[0].decode() for process in both]
        assert [process.returncode for process in both] == [0, 0]
        lines = [line for text in said for line in text.splitlines() if line[0] != "#"]
        acks = dict(line.split() for line in lines)
        assert len(acks) == len(lines) > len(TURNS)
        check_the_record(minutes, Seen(acks=acks), "one")


@pytest.mark.slow
def test_one_desk_serves_many_threads_through_its_one_writer(alias):
    minutes = DatabaseMinutes("two-desks/one-writer", alias)
    desks = wiring.Desks(lambda origin: desk(DatabaseMinutes(origin, alias)))
    open_the_sitting(desks.at(minutes.origin).perform)
    told: list[str] = []

    def busy(seat):
        writer = desks.at(minutes.origin)
        keep_busy(seat, writer.perform, lambda: writer.meeting, told.append, "run", TURNS)

    all_at_once([partial(busy, seat) for seat in (PRESIDING, *MEMBERS)])
    acks = dict(line.split() for line in told if not line.startswith("#"))
    check_the_record(minutes, Seen(acks=acks), "run")
    key = wiring.ephemeral_log_key("log.example")
    assert desks.at(minutes.origin).checkpoint(key) in minutes.checkpoints()
    assert desks.at(minutes.origin).written == len(list(minutes.entries()))


def test_a_key_is_honoured_after_a_restart(alias):
    minutes = DatabaseMinutes("two-desks/key", alias)
    first = desk(minutes)
    open_the_sitting(first.perform)
    act = of_a_member(first.meeting, MEMBERS[0], 0)
    receipt = first.perform(head(MEMBERS[0]), act, key="mine")
    again = desk(DatabaseMinutes(minutes.origin, alias))
    assert again.perform(head(MEMBERS[0]), act, key="mine") == receipt
    with pytest.raises(Refused) as refused:
        again.perform(head(MEMBERS[1]), act, key="mine")
    assert refused.value.reason is Reason.KEY_USED
    assert len(list(bodies(minutes.entries()))) == first.written


def test_a_desk_that_was_asleep_decides_on_what_the_other_has_written(alias):
    """The second desk has not seen that the list changed; it reads, and honours the first one's key."""
    minutes = DatabaseMinutes("two-desks/asleep", alias)
    awake = desk(minutes)
    open_the_sitting(awake.perform)
    asleep = desk(DatabaseMinutes(minutes.origin, alias))
    act = of_a_member(awake.meeting, MEMBERS[0], 0)
    receipt = awake.perform(head(MEMBERS[0]), act, key="mine")
    assert asleep.perform(head(MEMBERS[0]), act, key="mine") == receipt
    with pytest.raises(Refused) as refused:
        asleep.perform(head(MEMBERS[0]), act, key="another")
    assert refused.value.reason is Reason.ALREADY_LISTED


def test_on_postgresql_an_entry_waits_for_the_objection_that_is_being_held(postgres):
    """Each would else not see the other, which is not yet committed, and both would be written."""
    refused: list[NumberTakenError] = []
    with known_to_django(postgres) as alias, psycopg.connect(postgres) as other:
        minutes = DatabaseMinutes("two-desks/waiting", alias)
        minutes.keep_checkpoint("a note on\n0\n")
        row = other.execute("SELECT id FROM store_meeting WHERE origin = %s", [minutes.origin])
        key = row.fetchone()[0]  # type: ignore[index]
        other.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, key])
        other.execute(
            "INSERT INTO store_helddeed (meeting_id, place, deed) VALUES (%s, 0, %s)", [key, b"{}"]
        )
        entry = seal_entry(first_seal(minutes.origin), 0, bytes(32), b"{}")

        def append():
            try:
                minutes.append([entry])
            except NumberTakenError as taken:
                refused.append(taken)

        def commit():
            time.sleep(0.2)
            other.commit()

        all_at_once([append, commit])
        assert refused
        assert list(minutes.entries()) == []
