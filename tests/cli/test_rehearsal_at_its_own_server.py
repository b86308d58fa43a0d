"""A rehearsal at a live process of its own: the record of one process byte for byte, also when it is killed."""

import random
import time

import httpx
import pytest
from tests.cli.rehearsals import SUMMITS, run, small

from plenary import wiring
from plenary.cli.rehearsal.apart import DeskApart
from plenary.cli.rehearsal.chance import lot
from plenary.cli.rehearsal.desks import Asked, desk_in_memory
from plenary.cli.rehearsal.line import SECONDS
from plenary.cli.rehearsal.server import SCRIPT, SECRET
from plenary.folders.preparation import convening
from plenary.folders.reading import read_folder
from plenary.rules import acts as a
from plenary.rules.names import PersonId, SeatId

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def both(capsys, tmp_path, *words):
    """The same rehearsal in this process and at a server: what came of it, and what remains."""
    came = []
    for name, more in (("here", []), ("there", ["--server"])):
        status, summary, said = run(capsys, *words, *more, "--json", "--out", tmp_path / name)
        files = {each.name: each.read_bytes() for each in (tmp_path / name).iterdir()}
        came.append((status, said, {**summary, "bundle": None}, files))
    return came


@pytest.mark.parametrize(
    "fault", ["", "line-lost", "objection-kept", "head-replaced", "seat-taken-twice", "chair-lost"]
)
def test_the_record_at_a_server_is_that_of_one_process(fault, capsys, tmp_path):
    here, there = both(capsys, tmp_path, "moscow-2020", *(["--fault", fault] if fault else []))
    assert there[0] == 0
    assert there == here


def test_an_assembly_of_many_leaves_the_same_record_there(capsys, tmp_path):
    here, there = both(capsys, tmp_path, "un-ga-sitting")
    assert there[0] == 0
    assert there == here


def test_a_folder_of_ones_own_is_held_there_too(capsys, tmp_path):
    here, there = both(capsys, tmp_path, small(tmp_path / "one"))
    assert there[0] == 0
    assert there == here


@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_server_that_is_killed_leaves_the_record_of_one_process(seed, capsys, tmp_path):
    words = ["moscow-2020", "--json", "--seed", seed]
    _, without, _ = run(capsys, *words, "--out", tmp_path / "without")
    status, killed, said = run(
        capsys, *words, "--fault", "server-killed", "--out", tmp_path / "with"
    )
    assert (status, said) == (0, "")
    assert killed["head"] == without["head"]


@pytest.fixture
def desk(tmp_path):
    folder = read_folder(SUMMITS / "moscow-2020", wiring.profile)
    opened = DeskApart(folder, "1", tmp_path, lot("1"))
    try:
        yield opened, folder
    finally:
        opened.stop()


def the_first_act(folder, at):
    return Asked(
        by=a.Actor(person=PersonId("secretary"), seat=SeatId("secretariat")),
        act=convening(folder),
        key="rehearsed convene/1",
        at=at,
        connected=(),
    )


def test_what_a_killed_server_was_sent_is_done_once(desk):
    apart, folder = desk
    asked = the_first_act(folder, at=1)
    assert apart.do(asked, killed=True).number == 0
    assert apart.killed == 1
    assert apart.do(asked).number == 0
    alone = desk_in_memory(folder.profile, folder.summit.origin, "1")
    alone.do(asked)
    assert list(apart.finish().entries()) == list(alone.finish().entries())


class AtOnce(random.Random):
    def random(self):
        return 0.0


def test_a_server_killed_before_it_took_the_act_in_hand_is_not_waited_for(tmp_path):
    folder = read_folder(SUMMITS / "moscow-2020", wiring.profile)
    apart = DeskApart(folder, "1", tmp_path, AtOnce())
    try:
        begun = time.monotonic()
        assert apart.do(the_first_act(folder, at=1), killed=True).number == 0
        assert time.monotonic() - begun < SECONDS / 2
    finally:
        apart.stop()


@pytest.mark.parametrize("headers", [{}, {SECRET: "another"}, {SCRIPT: '{"at":1}'}])
def test_nobody_else_finds_anything_there(headers, desk):
    apart, folder = desk
    apart.do(the_first_act(folder, at=1))
    for base in (apart.server.url, apart.server.inside):
        for path in (
            "/",
            "/internal/ready",
            f"/meetings/{folder.summit.origin}/public.bundle",
            f"/meetings/{folder.summit.origin}/feed",
        ):
            assert httpx.get(base + path, headers=headers, trust_env=False).status_code == 404
