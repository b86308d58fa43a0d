from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.meetings import (
    FORGED_KEY,
    KAZAKHSTAN,
    KAZAKHSTAN_KEY,
    LOG_KEY,
    ORIGIN,
    bodies,
    sealed,
    signed,
)

from plenary.record import NotProven, check_proof, countersign, prove

ENTRIES = sealed(bodies(9))
KEYS = [LOG_KEY, KAZAKHSTAN_KEY]
NOTE = countersign(signed(ENTRIES, 7), "kazakhstan", KAZAKHSTAN)
PROOF = prove(ENTRIES, 3, KEYS, NOTE)


@pytest.mark.parametrize("number", range(7))
def test_each_entry_is_proved_alone(number: int):
    public = [entry if entry.number == number else entry.withhold() for entry in ENTRIES]
    proof = prove(public, number, KEYS, NOTE)
    proven = check_proof(proof, LOG_KEY)
    assert proven.entry == ENTRIES[number]
    assert (proven.checkpoint.origin, proven.checkpoint.size) == (ORIGIN, 7)
    assert not proven.self_declared
    assert check_proof(proof).self_declared


def test_a_proof_shows_the_body_and_salt_of_its_own_entry_only():
    for entry in ENTRIES:
        assert entry.body is not None
        assert entry.salt is not None
        own = entry.number == 3
        assert (entry.body in PROOF) is own
        assert (entry.salt.hex().encode() in PROOF) is own


def test_a_withheld_entry_can_be_proved_to_be_there():
    withheld = [entry.withhold() for entry in ENTRIES]
    assert check_proof(prove(withheld, 3, KEYS, NOTE)).entry == withheld[3]


def test_whatever_byte_of_a_proof_is_changed_nothing_is_proved():
    for position, value in enumerate(PROOF):
        with pytest.raises(NotProven):
            check_proof(PROOF[:position] + bytes([value ^ 1]) + PROOF[position + 1 :])


@given(st.integers(0, len(PROOF) - 1), st.integers(0, 70), st.binary(max_size=3))
def test_no_other_bytes_prove_the_entry(start: int, length: int, put: bytes):
    changed = PROOF[:start] + put + PROOF[start + length :]
    if changed != PROOF:
        with pytest.raises(NotProven):
            check_proof(changed)


def refusal(proof: bytes, key: str | None = None) -> NotProven:
    with pytest.raises(NotProven) as refused:
        check_proof(proof, key)
    return refused.value


def swapped(old: bytes, new: bytes) -> bytes:
    assert old in PROOF
    return PROOF.replace(old, new)


def test_a_proof_names_what_is_wrong_with_it():
    assert refusal(PROOF, FORGED_KEY).section == "keys"
    assert refusal(swapped(b"origin sco/chs-2020", b"origin sco/chs-2021")).section == "origin"
    other = ENTRIES[4].seal.hex().encode()
    assert refusal(swapped(ENTRIES[2].seal.hex().encode(), other)).number == 3
    assert refusal(swapped(b"\npath 3\n", b"\npath 3\n" + other + b"\n")).section == "path"
    assert refusal(swapped(b"thanks", b"no")).number == 3
    entry = PROOF.split(b"\n")[7]
    assert refusal(swapped(b"entries 1\n", b"entries 2\n" + entry + b"\n")).section == "entries"
    empty = swapped(b"entries 1\n" + entry + b"\n", b"entries 0\n")
    assert refusal(empty).section == "entries"
    note = PROOF.split(b"\n")[-3]
    none = swapped(b"checkpoints 1\n" + note + b"\n", b"checkpoints 0\n")
    assert refusal(none).section == "checkpoints"


def test_no_proof_is_made_from_entries_that_were_not_signed():
    with pytest.raises(NotProven, match="not those signed"):
        prove(ENTRIES[:6], 3, KEYS, NOTE)
    with pytest.raises(NotProven, match="not those signed"):
        prove([replace(ENTRIES[0], seal=b"\0" * 32), *ENTRIES[1:]], 3, KEYS, NOTE)
    with pytest.raises(ValueError, match="no such part"):
        prove(ENTRIES, 7, KEYS, NOTE)
