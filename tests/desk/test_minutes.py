"""What every kind of minutes promises the desk; memory, SQLite and PostgreSQL pass the same tests."""

import hashlib
from collections.abc import Callable, Iterator

import pytest
from tests.store.databases import known_to_django, migrated, postgres_of_ones_own, sqlite_file

from plenary import wiring
from plenary.desk.memory import MemoryMinutes
from plenary.desk.ports import Minutes, NumberTakenError
from plenary.record import Checkpoint, Entry, first_seal, seal_entry, sign_checkpoint

ORIGIN = "sco/chs-2020-11-10"
OTHER = "un-ga/75-1"

Opening = Callable[[str], Minutes]
"""Opens the minutes of a meeting; opened a second time, they are the same minutes."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with postgres_of_ones_own() as url:
        with known_to_django(url) as alias:
            migrated(alias)
        yield url


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def opening(request, tmp_path) -> Iterator[Opening]:
    if request.param == "memory":
        kept: dict[str, Minutes] = {}
        yield lambda origin: kept.setdefault(origin, MemoryMinutes(origin))
        return
    url = (
        sqlite_file(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres")
    )
    run = hashlib.sha256(request.node.name.encode()).hexdigest()[:12]
    with known_to_django(url) as alias:
        yield lambda origin: wiring.minutes(f"{origin}/{run}", using=alias)


def sealed(minutes: Minutes, count: int, first: int = 0) -> list[Entry]:
    """The next entries, sealed to those that *minutes* has."""
    entries = list(minutes.entries())
    previous = entries[first - 1].seal if first else first_seal(minutes.origin)
    made = []
    for number in range(first, first + count):
        body = f'{{"number":{number},"text":"Решено 决定"}}'.encode()
        made.append(seal_entry(previous, number, hashlib.sha256(body).digest(), body))
        previous = made[-1].seal
    return made


def state(minutes: Minutes) -> tuple[list[Entry], list[bytes], list[str]]:
    return list(minutes.entries()), list(minutes.held()), list(minutes.checkpoints())


def test_new_minutes_are_empty(opening):
    assert state(opening(ORIGIN)) == ([], [], [])


def test_entries_come_back_in_order_as_they_were_sealed(opening):
    minutes = opening(ORIGIN)
    entries = sealed(minutes, 5)
    for entry in entries:
        minutes.append([entry])
    assert list(opening(ORIGIN).entries()) == entries
    assert list(minutes.entries(after=2)) == entries[3:]
    assert list(minutes.entries(after=4)) == []


def test_a_long_record_is_read_to_its_end(opening):
    minutes = opening(ORIGIN)
    entries = sealed(minutes, 2002)
    for place in range(0, len(entries), 2):
        minutes.append(entries[place : place + 2])
    assert list(minutes.entries()) == entries


def test_two_meetings_do_not_see_each_other(opening):
    one, other = opening(ORIGIN), opening(OTHER)
    one.append(sealed(one, 1))
    one.hold(0, b"{}", after=0)
    assert state(other) == ([], [], [])
    other.append(sealed(other, 1))
    other.hold(0, b"{}", after=0)
    assert list(one.entries()) != list(other.entries())


def test_a_number_is_given_once(opening):
    minutes = opening(ORIGIN)
    minutes.append(sealed(minutes, 2))
    before = state(minutes)
    for taken in (sealed(minutes, 1), sealed(minutes, 1, first=1), sealed(minutes, 2, first=1)):
        with pytest.raises(NumberTakenError):
            opening(ORIGIN).append(taken)
    assert state(minutes) == before


def test_a_gap_is_refused(opening):
    minutes = opening(ORIGIN)
    three = sealed(minutes, 3)
    for gap in ([three[1]], [three[0], three[2]], [three[1], three[0]]):
        with pytest.raises(NumberTakenError):
            minutes.append(gap)
    assert state(minutes) == ([], [], [])


def test_held_deeds_survive_reopening_in_order(opening):
    minutes = opening(ORIGIN)
    minutes.append(sealed(minutes, 1))
    deeds = [f'{{"deed":{place}}}'.encode() for place in range(12)]
    for place, deed in enumerate(deeds):
        minutes.hold(place, deed, after=0)
    assert list(opening(ORIGIN).held()) == deeds


def test_a_place_is_given_once_and_without_gaps(opening):
    minutes = opening(ORIGIN)
    minutes.append(sealed(minutes, 1))
    minutes.hold(0, b"{}", after=0)
    for place in (0, 2):
        with pytest.raises(NumberTakenError):
            opening(ORIGIN).hold(place, b'{"other":1}', after=0)
    assert minutes.held() == (b"{}",)


def test_nothing_is_held_by_who_has_not_seen_the_last_entry(opening):
    minutes = opening(ORIGIN)
    minutes.append(sealed(minutes, 2))
    for after in (0, 2):
        with pytest.raises(NumberTakenError):
            minutes.hold(0, b"{}", after=after)
    assert minutes.held() == ()


@pytest.mark.parametrize("ends", [False, True])
@pytest.mark.parametrize("seen", [0, 2])
def test_nothing_is_written_by_who_has_not_seen_what_is_held(opening, ends, seen):
    """Or a text could be declared adopted beside an objection that another writer had held."""
    minutes = opening(ORIGIN)
    minutes.append(sealed(minutes, 1))
    minutes.hold(0, b"{}", after=0)
    before = state(minutes)
    with pytest.raises(NumberTakenError):
        minutes.append(sealed(minutes, 2, first=1), held=seen, ends_consultation=ends)
    assert state(minutes) == before


def test_entries_are_written_beside_a_running_consultation(opening):
    minutes = opening(ORIGIN)
    minutes.append(sealed(minutes, 1))
    minutes.hold(0, b"{}", after=0)
    minutes.append(sealed(minutes, 1, first=1), held=1)
    assert len(list(minutes.entries())) == 2
    assert minutes.held() == (b"{}",)


def test_with_the_end_of_a_consultation_what_was_held_goes(opening):
    minutes, other = opening(ORIGIN), opening(OTHER)
    for each in (minutes, other):
        each.append(sealed(each, 1))
        each.hold(0, b"{}", after=0)
    minutes.hold(1, b"{}", after=0)
    minutes.append(sealed(minutes, 2, first=1), held=2, ends_consultation=True)
    assert len(list(opening(ORIGIN).entries())) == 3
    assert opening(ORIGIN).held() == ()
    assert other.held() == (b"{}",)
    minutes.hold(0, b"{}", after=2)


def test_a_consultation_in_which_nothing_was_raised_ends_alike(opening):
    minutes = opening(ORIGIN)
    minutes.append(sealed(minutes, 2), ends_consultation=True)
    assert len(list(minutes.entries())) == 2


def test_two_entries_are_written_together_or_not_at_all(opening):
    minutes = opening(ORIGIN)
    minutes.append(sealed(minutes, 1))
    minutes.hold(0, b"{}", after=0)
    two = sealed(minutes, 2, first=1)
    opening(ORIGIN).append([two[0]], held=1)  # another writer has the first number already
    before = state(minutes)
    with pytest.raises(NumberTakenError):
        minutes.append(two, held=1, ends_consultation=True)
    assert state(minutes) == before


def test_checkpoints_are_kept_smallest_first(opening):
    minutes = opening(ORIGIN)
    key = wiring.seeded_log_key("log.example", "a seed")
    notes = [
        sign_checkpoint(Checkpoint(minutes.origin, size, bytes(32)), key.name, key)
        for size in (9, 10, 101)
    ]
    for note in notes:
        minutes.keep_checkpoint(note)
    assert list(opening(ORIGIN).checkpoints()) == notes
