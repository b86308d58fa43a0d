"""Frames and notes: bytes of Server-Sent Events, and what is in them."""

import json
from hashlib import sha256

import pytest

from plenary import wiring
from plenary.desk.codec import Body, Deed, encode
from plenary.feed.frames import entry_frame, event, held_frame, presence_frame
from plenary.feed.notes import MOST, Notes
from plenary.record import first_seal, seal_entry
from plenary.rules import acts as a
from plenary.rules.names import PersonId, SeatId, WindowId

RU, KZ = SeatId("RU"), SeatId("KZ")


def entry(point="line one\nline two\r\n\u2028 data: forged\n\nid: 9"):
    by = a.Actor(person=PersonId("p"), seat=RU)
    deed = Deed(by=by, act=a.RaisePointOfOrder(point=point), facts=a.Facts(at=1), events=())
    body = Body(meeting="sco/x", number=0, at=1, visibility="participants", deeds=(deed,))
    return seal_entry(first_seal("sco/x"), 0, sha256(b"salt").digest(), encode(body))


def test_whatever_was_typed_an_entry_is_one_event_and_its_body_is_the_sealed_one():
    made = entry()
    frame = entry_frame(made)
    assert frame.whole.count(b"\n\n") == frame.withheld.count(b"\n\n") == 1
    head, name, data, *rest = frame.whole.decode().split("\n")
    assert (head, name, rest) == ("id: 0", "event: entry", ["", ""])
    said = json.loads(data.removeprefix("data: "))
    assert said["body"].encode() == made.body
    assert (said["salt"], said["seal"]) == (made.salt.hex(), made.seal.hex())


def test_a_withheld_entry_is_its_digest_and_nothing_else():
    made = entry()
    frame = entry_frame(made)
    said = json.loads(frame.withheld.decode().split("data: ")[1])
    commitment = made.commitment.hex()
    assert said == {"number": 0, "seal": made.seal.hex(), "commitment": commitment}


def test_an_entry_that_is_withheld_from_us_cannot_be_sent():
    with pytest.raises(ValueError, match="withheld"):
        entry_frame(entry().withhold())


def test_held_says_who_did_what_but_not_who_was_connected():
    by = a.Actor(person=PersonId("p"), seat=RU)
    facts = a.Facts(at=1, connected=(RU, KZ))
    deed = Deed(by=by, act=a.Object(window=WindowId("w1")), facts=facts, events=())
    assert b"connected" not in held_frame(WindowId("w1"), [deed])
    nothing = b'event: held\ndata: {"window":null,"deeds":[]}\n\n'
    assert held_frame(WindowId("w1"), []) == held_frame(None, []) == nothing


def test_presence_is_in_order():
    frame = presence_frame(5, frozenset({RU, KZ}), {SeatId("CN"): 3})
    assert frame == event("presence", {"at": 5, "connected": ["KZ", "RU"], "lost": {"CN": 3}})


def test_a_note_is_kept_once_for_two_seats_and_a_senders_oldest_go_first():
    notes = Notes()
    by = (PersonId("p"), RU)
    assert notes.send("key", 1, by=by, to=KZ, text="a") is not None
    assert notes.send("key", 2, by=by, to=KZ, text="a") is None
    assert notes.send("key", 2, by=(PersonId("q"), RU), to=KZ, text="b") is not None
    assert (
        [note.text for note in notes.of(KZ)] == [note.text for note in notes.of(RU)] == ["a", "b"]
    )
    assert notes.send("key", 2, by=(PersonId("p"), SeatId("CN")), to=KZ, text="d") is not None
    assert [note.text for note in notes.of(SeatId("CN"))] == ["d"]
    for number in range(MOST + 5):
        notes.send(f"k{number}", 3, by=by, to=KZ, text="c")
    assert [note.text for note in notes.of(RU)] == ["c"] * MOST
    assert [note.text for note in notes.of(SeatId("CN"))] == ["d"], "another's stay"
    assert len(notes.of(KZ, since=3)) == MOST
    notes.clear()
    assert notes.of(KZ) == []


def test_a_notes_identifier_says_nothing_of_other_notes():
    few, many = Notes(), Notes()
    by = (PersonId("p"), RU)
    for number in range(9):
        many.send(f"k{number}", 1, by=(PersonId("q"), KZ), to=SeatId("CN"), text="a")
    one, other = (each.send("key", 2, by=by, to=RU, text="b") for each in (few, many))
    assert one == other
    assert one is not None
    assert one.id.isalnum()


def test_the_shipped_profile_is_sent_as_entry_0_pins_it():
    assert encode(wiring.profile("sco")).startswith(b'{"organisation"')
