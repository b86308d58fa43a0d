"""Guarded rows have one door; what is not there and what is not for you are answered alike."""

import hashlib

import pytest
from tests.store.sitting import MEMBERS, PRESIDING, PROFILE, desk, head, open_the_sitting
from tests.store.sitting import SECRETARIAT as STAFF

from plenary.rules import acts as a
from plenary.rules.names import SeatId
from plenary.rules.visibility import DELEGATION, PARTICIPANTS, PUBLIC, SECRETARIAT
from plenary.rules.visibility import MEMBERS as MEMBERS_ONLY
from plenary.store import files
from plenary.store.access import NotFoundError, entries_for, file_for, script_for
from plenary.store.files import FileTooLargeError, keep_file
from plenary.store.minutes import DatabaseMinutes
from plenary.store.scripts import change_script, keep_script

OBSERVER = SeatId(next(each.id for each in PROFILE.organisation.parties if each.kind == "observer"))
NOBODY = SeatId("nobody")
TEXT = "Проект решения 决议草案".encode()


@pytest.fixture
def sitting(request, alias):
    """A desk of a meeting in which everything has been accredited, and one seat asked for the floor."""
    run = hashlib.sha256(request.node.name.encode()).hexdigest()[:12]
    opened = desk(DatabaseMinutes(f"access/{run}", alias))
    open_the_sitting(opened.perform)
    opened.perform(head(MEMBERS[0]), a.AskForTheFloor())
    return opened


def test_each_seat_reads_what_it_may_and_everything_else_as_its_digest(sitting, alias):
    origin = sitting.minutes.origin

    def read(seat):
        entries = list(entries_for(sitting.meeting, seat, origin, using=alias))
        assert [entry.seal for entry in entries] == [
            entry.seal for entry in sitting.minutes.entries()
        ]
        return [entry.number for entry in entries if not entry.withheld]

    everything = list(range(sitting.written))
    assert read(PRESIDING) == read(STAFF) == everything
    last = everything[-1]  # the request for the floor, which the participants see
    assert last in read(OBSERVER)
    for outsider in (None, NOBODY):
        assert last not in read(outsider)
        assert 0 in read(outsider)  # that the meeting was convened is public
    assert set(read(None)) < set(read(OBSERVER)) <= set(read(MEMBERS[0])) < set(everything)


def test_entries_can_be_read_from_a_number_on(sitting, alias):
    origin = sitting.minutes.origin
    read = entries_for(sitting.meeting, None, origin, after=3, using=alias)
    assert [entry.number for entry in read] == list(range(4, sitting.written))


def test_a_meeting_nobody_convened_is_not_found(sitting, alias):
    with pytest.raises(NotFoundError):
        entries_for(sitting.meeting, PRESIDING, "access/never", using=alias)


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (PUBLIC, {None, NOBODY, OBSERVER, *MEMBERS, PRESIDING, STAFF}),
        (PARTICIPANTS, {OBSERVER, *MEMBERS, PRESIDING, STAFF}),
        (MEMBERS_ONLY, {*MEMBERS, PRESIDING, STAFF}),
        (DELEGATION + MEMBERS[1], {MEMBERS[1], PRESIDING, STAFF}),
        (SECRETARIAT, {PRESIDING, STAFF}),
    ],
)
def test_a_file_is_read_by_those_it_is_for_and_not_found_by_others(
    sitting, alias, visibility, readers
):
    origin = sitting.minutes.origin
    digest = keep_file(origin, TEXT, visibility, using=alias)
    assert digest == hashlib.sha256(TEXT).hexdigest()
    for seat in (None, NOBODY, OBSERVER, *MEMBERS, PRESIDING, STAFF):
        if seat in readers:
            assert file_for(sitting.meeting, seat, origin, digest, using=alias) == TEXT
        else:
            with pytest.raises(NotFoundError) as refused:
                file_for(sitting.meeting, seat, origin, digest, using=alias)
            with pytest.raises(NotFoundError) as absent:
                file_for(sitting.meeting, seat, origin, "0" * 64, using=alias)
            assert refused.value.args == absent.value.args


def test_a_file_of_another_meeting_is_not_found(sitting, alias):
    digest = keep_file(sitting.minutes.origin, TEXT, PUBLIC, using=alias)
    with pytest.raises(NotFoundError):
        file_for(sitting.meeting, None, "access/another", digest, using=alias)


def test_a_file_kept_again_is_the_same_file_with_other_readers(sitting, alias):
    origin = sitting.minutes.origin
    digest = keep_file(origin, TEXT, SECRETARIAT, using=alias)
    assert keep_file(origin, TEXT, PUBLIC, using=alias) == digest
    assert file_for(sitting.meeting, None, origin, digest, using=alias) == TEXT


def test_a_file_too_large_is_refused_and_not_kept(sitting, alias, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 10)
    origin = sitting.minutes.origin
    with pytest.raises(FileTooLargeError):
        keep_file(origin, b"x" * 11, PUBLIC, using=alias)
    with pytest.raises(NotFoundError):
        file_for(sitting.meeting, None, origin, hashlib.sha256(b"x" * 11).hexdigest(), using=alias)
    assert keep_file(origin, b"x" * 10, PUBLIC, using=alias)


def test_the_script_is_for_the_chair_and_the_secretariat_and_changed_as_a_whole(sitting, alias):
    origin = sitting.minutes.origin
    assert script_for(sitting.meeting, PRESIDING, origin, using=alias) is None
    keep_script(origin, b"[]", using=alias)
    change_script(origin, lambda kept: (kept or b"") + b" ", using=alias)
    with pytest.raises(ZeroDivisionError):
        change_script(origin, lambda kept: b"lost" * (1 // 0), using=alias)
    for seat in (PRESIDING, STAFF):
        assert script_for(sitting.meeting, seat, origin, using=alias) == b"[] "
    for outsider in (None, NOBODY, MEMBERS[0], OBSERVER):
        with pytest.raises(NotFoundError):
            script_for(sitting.meeting, outsider, origin, using=alias)
