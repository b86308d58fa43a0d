"""What the golden files say is what the rules say, read as somebody would who has only the files."""

import json
from hashlib import sha256
from typing import Any, get_args

import pytest
from tests.golden.make import FOLDER, VIEWERS, lines, state
from tests.golden.meetings import MEETINGS

from plenary.desk.codec import decode_body, decode_profile
from plenary.record import first_seal
from plenary.rules.events import AnyEvent
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import new_meeting


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


def change(whole: dict[str, Any], changes: list[list[Any]]) -> None:
    for path, *value in changes:
        at = whole
        for key in path[:-1]:
            at = at[key]
        if value:
            at[path[-1]] = value[0]
        else:
            del at[path[-1]]


@pytest.mark.slow
@pytest.mark.parametrize("name", MEETINGS)
def test_the_golden_files_are_what_the_rules_make_of_the_meetings(name):
    assert (FOLDER / f"{name}.jsonl").read_text("utf-8") == "\n".join(lines(name)) + "\n"


@pytest.mark.parametrize("name", MEETINGS)
def test_every_viewer_folds_what_it_may_read_to_the_state_in_the_file(name):
    head, *rest = read(name)
    profile = decode_profile(json.dumps(head["profile"]).encode())
    for viewer in VIEWERS[name]:
        meeting = new_meeting(profile)
        expected = state(meeting)
        for line in rest:
            if "entry" in line and viewer in line["read_by"]:
                body = decode_body(line["entry"]["body"].encode())
                meeting = evolve_all(meeting, [each for deed in body.deeds for each in deed.events])
                change(expected, line["changes"][viewer])
                assert state(meeting) == expected


@pytest.mark.parametrize("name", MEETINGS)
def test_the_entries_are_chained_as_the_record_format_says(name):
    head, *rest = read(name)
    seal = first_seal(head["origin"])
    for line in rest:
        if "entry" in line:
            entry = line["entry"]
            commitment = sha256(
                b"\x02" + bytes.fromhex(entry["salt"]) + entry["body"].encode()
            ).digest()
            seal = sha256(b"\x03" + seal + entry["number"].to_bytes(8, "big") + commitment).digest()
            assert (commitment.hex(), seal.hex()) == (line["commitment"], entry["seal"])


def test_between_them_the_meetings_hold_every_kind_of_event():
    seen = {
        type(event)
        for name in MEETINGS
        for line in read(name)
        if "entry" in line
        for deed in decode_body(line["entry"]["body"].encode()).deeds
        for event in deed.events
    }
    assert seen == set(get_args(AnyEvent))
