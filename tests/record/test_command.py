"""`python -m plenary.record`, as a ministry runs it."""

import os
import runpy
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.record.meetings import (
    FORGED_KEY,
    LOG_KEY,
    ORIGIN,
    bodies,
    rewritten_bundle,
    sealed,
    signed,
    small_bundle,
)

from plenary.record import Bundle, encode_bundle, prove
from plenary.record.__main__ import main

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def bundle(tmp_path: Path) -> str:
    path = tmp_path / "meeting.plenary"
    path.write_bytes(encode_bundle(small_bundle()))
    return str(path)


@pytest.fixture
def held(tmp_path: Path) -> str:
    path = tmp_path / "checkpoint"
    path.write_bytes(small_bundle().checkpoints[0].encode())
    return str(path)


def test_the_command_runs_alone_and_says_what_it_did_not_prove(bundle: str):
    done = subprocess.run(
        [sys.executable, "-m", "plenary.record", bundle],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    proved, not_proved = done.stdout.split("NOT PROVED HERE")
    assert f"PROVED: the record of {ORIGIN}" in proved
    assert "The last is countersigned by kazakhstan." in proved
    assert "Withheld, only the digest is here: entries 2." in proved
    assert f"{LOG_KEY}\n" in not_proved
    assert "self-declared key: " in not_proved
    assert "`plenary verify` checks that" in not_proved


def test_the_room_needs_no_other_room():
    alone = "import sys, plenary.record.__main__; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", alone],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    modules = done.stdout.split()
    rooms = {name.split(".")[1] for name in modules if name.startswith("plenary.")}
    assert rooms == {"record"}
    assert not {"msgspec", "django"} & set(modules)


def test_with_key_and_checkpoint_from_elsewhere_only_the_order_of_acts_is_left(
    bundle: str, held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    key_file = tmp_path / "key"
    key_file.write_text(f"{LOG_KEY}\n", "utf-8")
    for key in (LOG_KEY, str(key_file)):
        assert main([bundle, "--key", key, "--checkpoint", held]) == 0
        said = capsys.readouterr().out
        assert "The log key is the one that you gave." in said
        assert "self-declared" not in said
        assert "--checkpoint" not in said
        assert "`plenary verify` checks that" in said


def test_a_rewritten_record_is_not_proved_to_whoever_holds_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "rewritten"
    path.write_bytes(encode_bundle(rewritten_bundle()))
    assert main([str(path)]) == 0
    assert FORGED_KEY in capsys.readouterr().out
    assert main([str(path), "--key", LOG_KEY]) == 1
    assert "NOT PROVED\n  keys: " in capsys.readouterr().out


def test_a_damaged_entry_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "damaged"
    path.write_bytes(encode_bundle(small_bundle()).replace(b"thanks", b"thinks"))
    assert main([str(path)]) == 1
    assert "entries, entry 3: " in capsys.readouterr().out


def test_runs_of_withheld_entries_are_said_shortly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    entries = sealed(bodies(9))
    shown = tuple(e if e.number in (0, 2, 6) else e.withhold() for e in entries)
    path = tmp_path / "mostly-withheld"
    path.write_bytes(encode_bundle(Bundle(ORIGIN, (LOG_KEY,), (), shown, (signed(entries, 9),))))
    assert main([str(path)]) == 0
    assert "entries 1, 3-5, 7-8." in capsys.readouterr().out


def test_a_record_without_withheld_entries_does_not_speak_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    whole = replace(small_bundle(), entries=tuple(sealed(bodies(4))))
    path = tmp_path / "whole"
    path.write_bytes(encode_bundle(replace(whole, checkpoints=whole.checkpoints[1:])))
    assert main([str(path)]) == 0
    assert "ithheld" not in capsys.readouterr().out


def test_what_cannot_be_looked_at_is_neither_proved_nor_refused(
    bundle: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    not_text = tmp_path / "not-text"
    not_text.write_bytes(b"\xff")
    assert main([str(tmp_path / "missing")]) == 2
    assert main([bundle, "--checkpoint", str(not_text)]) == 2
    assert main([bundle, "--key", str(not_text)]) == 2
    assert main([bundle, "--key", bundle]) == 2
    assert main([bundle, "--key", "neither key nor file"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("Could not be read") == 5


def test_the_exit_status_is_the_answer(bundle: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "argv", ["plenary.record", bundle])
    monkeypatch.delitem(sys.modules, "plenary.record.__main__")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("plenary.record", run_name="__main__")
    assert ended.value.code == 0


@pytest.fixture
def proof(tmp_path: Path) -> str:
    path = tmp_path / "entry.proof"
    bundle = small_bundle()
    path.write_bytes(prove(bundle.entries, 1, bundle.keys, bundle.checkpoints[-1]))
    return str(path)


def test_one_entry_is_proved_by_itself(proof: str, capsys: pytest.CaptureFixture[str]):
    assert main([proof, "--key", LOG_KEY]) == 0
    proved, not_proved = capsys.readouterr().out.split("NOT PROVED HERE")
    assert f"PROVED: entry 1 of the record of {ORIGIN}" in proved
    assert f"It says: {(small_bundle().entries[1].body or b'').decode()}" in proved
    assert "The log key is the one that you gave." in proved
    assert "Anything of the other entries" in not_proved
    assert main([proof]) == 0
    assert f"{LOG_KEY}\n" in capsys.readouterr().out.split("self-declared key")[1]


def test_a_withheld_entry_is_proved_to_be_there(proof: str, capsys: pytest.CaptureFixture[str]):
    bundle = small_bundle()
    entries = [each.withhold() for each in bundle.entries]
    Path(proof).write_bytes(prove(entries, 2, bundle.keys, bundle.checkpoints[-1]))
    assert main([proof]) == 0
    assert "It is withheld: only its digest is here." in capsys.readouterr().out


def test_a_changed_proof_and_one_with_a_checkpoint_are_refused(
    proof: str, held: str, capsys: pytest.CaptureFixture[str]
):
    assert main([proof, "--checkpoint", held]) == 2
    assert "cannot be compared with a checkpoint" in capsys.readouterr().err
    Path(proof).write_bytes(Path(proof).read_bytes().replace(b"entries 1", b"entries 2"))
    assert main([proof]) == 1
    assert capsys.readouterr().out.startswith("NOT PROVED")
