"""``plenary demo``: the summit stands ready, seats are taken with one click, and only from this machine."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.demonstration import MEETING, ROOT, Client, Demonstration

from plenary import wiring
from plenary.cli import demo, main
from plenary.folders.preparation import spoken
from plenary.folders.reading import read_folder


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[Demonstration]:
    started = Demonstration(tmp_path)
    yield started
    if started.process.poll() is None:
        started.stop()


@pytest.mark.slow
@pytest.mark.enable_socket
def test_two_seats_are_taken_with_a_click_and_the_chair_opens_the_meeting(
    demonstration: Demonstration,
):
    chair, india = Client(demonstration.url), Client(demonstration.url)
    assert chair.sit("presiding", "vladimir-putin").endswith(f"{MEETING}/room?seat=presiding")
    assert india.sit("IN", "narendra-modi").endswith(f"{MEETING}/room?seat=IN")

    script = json.loads(chair.text(f"{MEETING}/script.json?seat=presiding"))
    assert script[0]["act"] == "open_meeting"
    assert set(script[0]["say"]) == {"en", "ru", "zh-hans"}
    text = json.loads(india.text(f"{MEETING}/documents/declaration/ru?seat=IN"))
    assert len(text["paragraphs"]) > 2

    chair.act("take_seat", screen="screen-1")
    opened = chair.act("open_meeting", **script[0]["with"])
    seen = Client(demonstration.url).entries(opened["number"])
    assert "meeting_opened" in seen[-1]["body"]

    for language, words in (("ru", "Индия"), ("zh-hans", "印度")):
        assert words in india.text("/demo/", Cookie=f"plenary_language={language}")
    status, log = demonstration.stop()
    assert status == 0
    assert "Traceback" not in log
    assert re.search(r"^\d\d:\d\d:\d\d MSK live +sco/chs-2020-11-10 is open here", log, re.M)


@pytest.mark.slow
@pytest.mark.enable_socket
def test_the_next_start_goes_on_and_a_fresh_one_keeps_what_was(
    demonstration: Demonstration, tmp_path: Path
):
    chair = Client(demonstration.url)
    chair.sit("presiding", "vladimir-putin")
    number = chair.act("take_seat", screen="screen-1")["number"]
    seen = Client(demonstration.url).entries(number)
    demonstration.stop()

    again = Demonstration(tmp_path)
    try:
        assert not any("Setting up" in line for line in again.said)
        assert Client(again.url).entries(number) == seen
        other = subprocess.run(
            [str(Path(sys.executable).parent / "plenary"), "demo", "--fresh", "--port", "0"],
            env={**os.environ, "PLENARY_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert other.returncode == 1
        assert "another demonstration is running" in other.stderr
    finally:
        again.stop()

    fresh = Demonstration(tmp_path, "--fresh")
    try:
        [moved] = [line for line in fresh.said if "is kept in" in line]
    finally:
        fresh.stop()
    kept = next(each for each in tmp_path.glob("demo-until-*"))
    assert moved.rstrip().endswith(f"its records are verified with --key {kept / 'log.pub'}")
    with sqlite3.connect(kept / "plenary.sqlite3") as database:
        rows = database.execute("select count(*) from store_entry").fetchone()
    assert rows == (number + 1,)


@pytest.mark.slow
@pytest.mark.enable_socket
def test_what_another_version_wrote_is_moved_aside_and_said(
    demonstration: Demonstration, tmp_path: Path
):
    demonstration.stop()
    with sqlite3.connect(tmp_path / "demo" / "plenary.sqlite3") as database:
        database.execute(
            "update store_entry set body = cast(replace("
            "cast(body as text), '\"deeds\"', '\"decreed\"') as blob) where number = 0"
        )
    database.close()
    again = Demonstration(tmp_path)
    try:
        assert any("written by another version of Plenary" in line for line in again.said)
        assert len(list(tmp_path.glob("demo-until-*"))) == 1
    finally:
        status, log = again.stop()
    assert (status, "Traceback" in log) == (0, False)


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_closed_record_verifies_and_the_next_start_sets_up_anew(
    demonstration: Demonstration, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    chair = Client(demonstration.url)
    chair.sit("presiding", "vladimir-putin")
    for act in ({"act": "take_seat", "screen": "screen-1"}, {"act": "open_meeting"}):
        chair.act(**act)
    chair.act("close_meeting")
    bundle = tmp_path / "record.bundle"
    bundle.write_bytes(chair.bytes(f"{MEETING}/record.bundle?seat=presiding"))
    assert main(["verify", str(bundle), "--key", str(tmp_path / "demo" / "log.pub")]) == 0
    demonstration.stop()

    again = Demonstration(tmp_path)
    try:
        assert any("set up anew" in line for line in again.said)
        [before] = tmp_path.glob("demo-until-*")
        assert main(["verify", str(bundle), "--key", str(tmp_path / "demo" / "log.pub")]) == 1
        assert "demo-until-…/log.pub" in capsys.readouterr().out
        assert main(["verify", str(bundle), "--key", str(before / "log.pub")]) == 0
        chair = Client(again.url)
        chair.sit("presiding", "vladimir-putin")
        chair.act("open_meeting")
    finally:
        status, log = again.stop()
    assert (status, "Traceback" in log) == (0, False)


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_it_listens_on_this_machine_alone(address, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PLENARY_DATA", str(tmp_path))

    assert main(["demo", "--address", address]) == 2

    assert "not this machine's own address" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_script_on_the_screens_leads_to_the_end():
    folder = read_folder(ROOT / "src/plenary/summits/moscow-2020", wiring.profile)
    steps = list(spoken(folder))
    acts = [step["act"] for step in steps]
    assert (acts[0], acts[-1]) == ("open_meeting", "close_meeting")
    assert acts.count("put") == acts.count("declare_adopted") == 5
    assert acts.count("give_the_floor") == acts.count("end_speech") + 1  # the last one yields
    assert acts.count("take_up_item") == acts.count("conclude_item") == 4
    assert "$" not in json.dumps(steps)
    packages = [s for s in steps if s["id"] == "package-put"]
    assert len(packages[0]["with"]["subject"]["documents"]) == 16  # type: ignore[index]


def test_a_real_installations_settings_do_not_reach_it():
    given = {"DATABASE_URL": "postgresql:///real", "PLENARY_SMTP": "smtp://real", "PATH": "/bin"}
    made = demo._environment(given, Path("/x/demo"), "127.0.0.1", "0")
    assert made["DATABASE_URL"] == made["PLENARY_SMTP"] == ""
    assert (made["PLENARY_DATA"], made["PLENARY_DEMO"]) == ("/x/demo", "1")


@pytest.mark.slow
@pytest.mark.enable_socket
def test_serving_has_no_such_page_whatever_the_environment_says(tmp_path: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        [str(Path(sys.executable).parent / "plenary"), "serve", "--port", str(port)],
        env={
            **os.environ,
            "PLENARY_DATA": str(tmp_path),
            "PLENARY_DEMO": "1",
            "DATABASE_URL": "",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert serving.stdout is not None
        assert "Plenary is at" in serving.stdout.readline()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            Client(f"http://127.0.0.1:{port}").text("/demo/")
    finally:
        serving.terminate()
        serving.communicate(timeout=20)
