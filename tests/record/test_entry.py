import re
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.record import Entry, first_seal, seal_entry
from plenary.record.canonical import read_canonical, write_canonical
from plenary.record.entry import ENTRY_LINE, read_entry, write_entry

START = first_seal("un/ga-75")
SALT = b"\x05" * 32

plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
canonical_bodies = st.dictionaries(st.text(), plain_values).map(write_canonical)


def test_a_seal_binds_the_entry_before_the_number_and_the_commitment():
    entry = seal_entry(START, 7, SALT, b'{"a":1}')
    commitment = sha256(b"\x02" + SALT + b'{"a":1}').digest()
    assert entry.commitment == commitment
    assert entry.seal == sha256(b"\x03" + START + (7).to_bytes(8, "big") + commitment).digest()
    assert sha256(b"\x04un/ga-75").digest() == START


def test_a_withheld_entry_keeps_place_seal_and_commitment_and_nothing_else():
    entry = seal_entry(START, 0, SALT, b"{}")
    withheld = entry.withhold()
    assert withheld == Entry(0, entry.seal, entry.commitment, None, None)
    assert withheld.withheld
    assert not entry.withheld
    assert SALT.hex().encode() not in write_entry(withheld)


@given(canonical_bodies, st.binary(min_size=32, max_size=32), st.integers(0, 10**18 - 1))
def test_the_line_of_an_entry_gives_the_entry_back(body: bytes, salt: bytes, number: int):
    entry = seal_entry(START, number, salt, body)
    for written in (entry, entry.withhold()):
        line = ENTRY_LINE.fullmatch(write_entry(written))
        assert line is not None
        assert read_entry(line) == written


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'"text"',
        b"{} ",
        b" {}",
        b'{"a": 1}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":1,"a":1}',
        b'{"a":"\\/"}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\u000A"}',
        b'{"a":"\\u000a"}',
        b'{"a":"\\u001F"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\n"}',
        b'{"a":"\xff"}',
        b"\xef\xbb\xbf{}",
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' + b"9" * 5000 + b"}",
    ],
)
def test_a_body_with_a_second_spelling_is_never_sealed(body: bytes):
    with pytest.raises(ValueError):  # noqa: PT011 - many reasons, one refusal
        seal_entry(START, 0, SALT, body)


def test_only_the_escapes_that_json_requires_are_canonical():
    body = b'{"\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f":"/\x7f\xe2\x80\xa8\xf0\x9f\x95\x8a"}'
    assert seal_entry(START, 0, SALT, body).body == body
    assert read_canonical(body) == {'"\\\b\f\n\r\t\x00\x1f': "/\x7f\u2028\U0001f54a"}


@pytest.mark.parametrize(
    ("previous", "number", "salt"),
    [(b"", 0, SALT), (START, 0, b""), (START, -1, SALT), (START, 10**18, SALT)],
)
def test_an_entry_that_no_reader_could_accept_is_not_sealed(
    previous: bytes, number: int, salt: bytes
):
    with pytest.raises(ValueError, match="32 bytes"):
        seal_entry(previous, number, salt, b"{}")


@pytest.mark.parametrize("origin", ["", "a b", "a+b", "a\n", "ШОС", "a" * 121])
def test_an_origin_is_a_short_line_of_ascii_without_space_and_plus(origin: str):
    with pytest.raises(ValueError, match=re.escape("not an origin")):
        first_seal(origin)


def test_the_same_act_at_another_place_has_another_seal():
    entry = seal_entry(START, 1, SALT, b"{}")
    assert replace(entry, number=2) != seal_entry(START, 2, SALT, b"{}")
    assert entry.seal != seal_entry(first_seal("un/ga-76"), 1, SALT, b"{}").seal
