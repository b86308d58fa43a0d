"""Laws of the bundle: it comes back as it was, and no byte of it can be changed unseen."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.meetings import (
    AGENDA,
    KAZAKHSTAN_KEY,
    LOG_KEY,
    ORIGIN,
    PROFILE,
    sealed,
    signed,
    small_bundle,
)

from plenary.record import (
    Attachment,
    Bundle,
    NotProven,
    decode_bundle,
    encode_bundle,
    prove_bundle,
)
from plenary.record.canonical import write_canonical

DATA = encode_bundle(small_bundle())


def places(data: bytes) -> list[tuple[str, int | None]]:
    """For each byte of a bundle the section it stands in, and the entry."""
    section, number = "header", None
    found: list[tuple[str, int | None]] = []
    for line in data.splitlines(keepends=True):
        word = line.split()[0].decode()
        if word in ("origin", "keys", "attachments", "entries", "checkpoints", "end"):
            section, number = word, None
        elif section == "entries":
            number = int(word)
        found += [(section, number)] * len(line)
    return found


PLACES = places(DATA)


def assert_named(position: int, value: int) -> None:
    changed = DATA[:position] + bytes([value]) + DATA[position + 1 :]
    section, number = PLACES[position]
    with pytest.raises(NotProven) as refused:
        prove_bundle(changed)
    assert refused.value.section == section, (position, value, str(refused.value))
    if number is not None:
        assert refused.value.number == number, (position, value, str(refused.value))


def test_the_sections_of_the_small_bundle_are_all_there():
    prove_bundle(DATA)
    assert len(PLACES) == len(DATA)
    assert {section for section, _ in PLACES} == {
        "header",
        "origin",
        "keys",
        "attachments",
        "entries",
        "checkpoints",
        "end",
    }
    assert {number for _, number in PLACES} == {None, 0, 1, 2, 3}


def test_whatever_byte_is_changed_its_section_or_entry_is_named():
    for position, value in enumerate(DATA):
        assert_named(position, value ^ 0x01)


@pytest.mark.slow
def test_whatever_bit_is_changed_its_section_or_entry_is_named():
    for position, value in enumerate(DATA):
        changes = {value ^ 1 << bit for bit in range(8)} | set(b'\n 019"')
        for change in changes - {value}:
            assert_named(position, change)


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_whatever_a_byte_is_changed_to_its_section_or_entry_is_named(position: int, mask: int):
    assert_named(position, DATA[position] ^ mask)


@given(st.integers(0, len(DATA) - 1), st.integers(0, 40), st.binary(max_size=3))
def test_no_other_bytes_prove_anything(start: int, length: int, put: bytes):
    changed = DATA[:start] + put + DATA[start + length :]
    if changed != DATA:
        with pytest.raises(NotProven):
            prove_bundle(changed)


def test_wherever_a_bundle_is_cut_off_the_cut_is_named():
    for length in range(len(DATA)):
        with pytest.raises(NotProven) as refused:
            prove_bundle(DATA[:length])
        section, number = PLACES[length]
        assert refused.value.section == section
        if number is not None:
            assert refused.value.number == number


@pytest.mark.parametrize("more", [b"\n", b"end\n", b" ", b"end"])
def test_nothing_follows_the_end(more: bytes):
    with pytest.raises(NotProven, match="something follows") as refused:
        prove_bundle(DATA + more)
    assert refused.value.section == "end"


names = st.from_regex(r"[!-*,-~]{1,120}", fullmatch=True)
objects = st.dictionaries(st.text(), st.text() | st.integers(), max_size=3).map(write_canonical)
attachments = st.lists(
    st.builds(Attachment, st.from_regex(r"[a-z0-9/._-]+", fullmatch=True), objects),
    unique_by=lambda attachment: attachment.name,
    max_size=3,
)


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    origin = draw(names)
    entries = sealed(draw(st.lists(objects, max_size=5)), origin)
    shown = [entry.withhold() if draw(st.booleans()) else entry for entry in entries]
    keys = (LOG_KEY, KAZAKHSTAN_KEY)[: draw(st.integers(1, 2))]
    notes = draw(st.lists(st.text(), max_size=2))
    return Bundle(origin, keys, tuple(draw(attachments)), tuple(shown), tuple(notes))


@settings(deadline=None)
@given(bundles())
def test_a_bundle_comes_back_as_it_was_written(bundle: Bundle):
    data = encode_bundle(bundle)
    assert decode_bundle(data) == bundle
    assert encode_bundle(decode_bundle(data)) == data


@settings(deadline=None)
@given(st.integers(0, len(DATA) - 1), st.integers(0, 3), st.binary(max_size=3))
def test_what_decodes_encodes_to_the_same_bytes(start: int, length: int, put: bytes):
    changed = DATA[:start] + put + DATA[start + length :]
    try:
        bundle = decode_bundle(changed)
    except NotProven:
        return
    assert encode_bundle(bundle) == changed


@pytest.mark.parametrize(
    ("change", "section", "reason"),
    [
        ({"keys": ()}, "keys", "no log key"),
        ({"keys": (LOG_KEY, LOG_KEY)}, "keys", "twice"),
        ({"attachments": (PROFILE, PROFILE)}, "attachments", "twice"),
        ({"attachments": (Attachment("profile", b'{"a":1.5}'),)}, "attachments", "not canonical"),
        ({"attachments": (Attachment("profile", b"{}"),)}, "attachments", "by this digest"),
        ({"attachments": (replace(PROFILE, name="other"),)}, "attachments", "by this digest"),
        ({"attachments": (AGENDA, PROFILE), "checkpoints": ()}, "checkpoints", "there is none"),
    ],
)
def test_what_the_sections_must_hold(change: dict[str, tuple[str, ...]], section: str, reason: str):
    with pytest.raises(NotProven, match=reason) as refused:
        prove_bundle(encode_bundle(replace(small_bundle(), **change)))  # type: ignore[arg-type]
    assert refused.value.section == section


def test_an_attachment_is_believed_only_where_an_open_entry_names_it():
    bundle = small_bundle()
    withheld = tuple(entry.withhold() for entry in bundle.entries)
    with pytest.raises(NotProven, match="no open entry names profile"):
        prove_bundle(encode_bundle(replace(bundle, entries=withheld)))


def test_an_attachment_is_not_named_by_words_in_a_speech():
    said = f'\\"profile\\":\\"{PROFILE.digest}\\"'
    entries = sealed([f'{{"said":"{said}"}}'.encode()])
    bundle = Bundle(ORIGIN, (LOG_KEY,), (PROFILE,), tuple(entries), (signed(entries, 1),))
    with pytest.raises(NotProven, match="no open entry names profile"):
        prove_bundle(encode_bundle(bundle))
