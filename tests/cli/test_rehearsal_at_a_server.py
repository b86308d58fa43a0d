"""Bots at a real demonstration: the same course as in one process, and only where they may sit."""

import socket

import pytest
from tests.cli.rehearsals import run
from tests.demonstration import Demonstration

from plenary.desk.codec import bodies, in_order_of_doing
from plenary.record import decode_bundle

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def course(folder):
    """Every act and what followed, by kind and seat; without moments, and whoever comes first in a seat without a head."""
    entries = decode_bundle((folder / "record.bundle").read_bytes()).entries
    return [
        (
            deed.act.__struct_config__.tag,
            deed.by.seat,
            [event.__struct_config__.tag for event in deed.events],
        )
        for _, deed in in_order_of_doing(list(bodies(entries)))
    ]


@pytest.fixture
def demonstration(tmp_path):
    held = Demonstration(tmp_path / "var")
    try:
        yield held.url
    finally:
        held.stop()


@pytest.mark.parametrize("fault", ["", "line-lost", "objection-kept"])
def test_the_course_at_a_server_is_that_of_one_process(fault, demonstration, capsys, tmp_path):
    words = ["moscow-2020", "--json", *(["--fault", fault] if fault else [])]
    _, here, _ = run(capsys, *words, "--out", tmp_path / "here")
    at = ["--url", demonstration, "--speed", "max"]
    status, there, said = run(capsys, *words, *at, "--out", tmp_path / "there")
    assert (status, said) == (0, "")
    differing = {"bundle", "head"}
    assert {key: value for key, value in there.items() if key not in differing} == {
        key: value for key, value in here.items() if key not in differing
    }
    # at the server people sit down once everything is prepared; in one process some do before
    assert sorted(map(repr, course(tmp_path / "there"))) == sorted(
        map(repr, course(tmp_path / "here"))
    )
    begins = [each[0] for each in course(tmp_path / "here")].index("open_meeting")
    assert course(tmp_path / "there")[begins:] == course(tmp_path / "here")[begins:]
    again = run(capsys, *words, *at, "--out", tmp_path / "again")
    assert again[0] == 2
    assert "is not the one of" in again[2]
    assert not (tmp_path / "again").exists()


def test_where_bots_cannot_sit_it_is_said(capsys, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    status, _, said = run(capsys, "moscow-2020", "--url", url, "--out", tmp_path / "out")
    assert status == 2
    assert url in said
    assert not (tmp_path / "out").exists()


def test_a_server_is_not_killed(capsys, tmp_path):
    words = ["moscow-2020", "--fault", "server-killed", "--url", "http://127.0.0.1:9"]
    status, _, said = run(capsys, *words, "--out", tmp_path / "out")
    assert status == 2
    assert "cannot be killed" in said
