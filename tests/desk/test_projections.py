"""Each seat sees what it may see, and the public less."""

from tests.rules.room import CHAIR, Room, head, sco, sitting

from plenary.desk.codec import Body, encode
from plenary.desk.projections import entry_for, may_read, room_as_seen_by
from plenary.record import seal_entry
from plenary.rules import acts as a
from plenary.rules.meeting import WindowState
from plenary.rules.names import SeatId
from plenary.rules.visibility import MEMBERS, PARTICIPANTS, PUBLIC, SECRETARIAT

LEVELS = (PUBLIC, PARTICIPANTS, MEMBERS, SECRETARIAT, "seat:KZ")


def _levels(room: Room, seat: str | None) -> list[str]:
    key = None if seat is None else SeatId(seat)
    return [level for level in LEVELS if may_read(room.meeting, key, level)]


def test_each_kind_of_viewer_reads_its_levels_and_no_more():
    room = sitting(sco())

    assert _levels(room, None) == [PUBLIC]
    assert _levels(room, "nobody") == [PUBLIC]
    assert _levels(room, "AF") == [PUBLIC, PARTICIPANTS]
    assert _levels(room, "IN") == [PUBLIC, PARTICIPANTS, MEMBERS]
    assert _levels(room, "KZ") == [PUBLIC, PARTICIPANTS, MEMBERS, "seat:KZ"]
    assert _levels(room, "presiding") == list(LEVELS)
    assert _levels(room, "secretariat") == list(LEVELS)


def test_an_entry_is_shown_whole_or_as_its_digest():
    room = sitting(sco())
    body = Body(meeting="sco/x", number=0, at=0, visibility=MEMBERS, deeds=())
    entry = seal_entry(bytes(32), 0, bytes(32), encode(body))

    assert entry_for(room.meeting, SeatId("IN"), entry) == entry
    assert entry_for(room.meeting, SeatId("AF"), entry) == entry.withhold()
    assert entry_for(room.meeting, None, entry.withhold()).withheld


def test_what_a_member_raises_is_seen_by_itself_the_chair_and_the_secretariat():
    room = _objected_by_kazakhstan()

    def seen(seat: str | None) -> tuple[set[str], WindowState]:
        window = room_as_seen_by(room.meeting, None if seat is None else SeatId(seat)).window
        assert window is not None
        return set(window.objections), window.state

    assert seen("presiding") == seen("secretariat") == ({"KZ"}, WindowState.RETURNED)
    assert seen("KZ") == ({"KZ"}, WindowState.RETURNED)
    assert seen("IN") == seen("AF") == seen(None) == (set(), WindowState.OPEN)


def test_who_objected_before_is_on_no_shared_view():
    room = _objected_by_kazakhstan()
    room.do(CHAIR, a.SetAside(window=room.window.id))

    assert room_as_seen_by(room.meeting, SeatId("presiding")).objected
    assert not room_as_seen_by(room.meeting, SeatId("IN")).objected
    assert not room_as_seen_by(room.meeting, None).objected


def _objected_by_kazakhstan() -> Room:
    room = sitting(sco())
    room.listed("d1")
    room.put_texts("d1")
    room.all_acknowledge()
    room.do(head("KZ"), a.Object(window=room.window.id, reason="no"))
    return room
