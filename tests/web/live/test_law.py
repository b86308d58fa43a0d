"""The law of the feed, through the wire, and what no viewer's line may ever hold."""

import re
from typing import Any

import msgspec
import pytest
from tests.web.live.driving import Driver
from tests.web.live.serving import Event, LiveProcess

from plenary.desk.codec import Deed, decode_body, decode_profile
from plenary.desk.projections import may_read
from plenary.feed.snapshots import RoomState, room_state
from plenary.record.entry import commit, first_seal, seal
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import Meeting, new_meeting
from plenary.rules.names import SeatId

VIEWERS = [
    (None, None),
    ("head-presiding", "presiding"),
    ("aide-presiding", "presiding"),
    ("secretary", "secretariat"),
    ("head-RU", "RU"),
    ("aide-KZ", "KZ"),
    ("head-AF", "AF"),
    ("head-guest-one", "guest-one"),
    ("head-operator", "operator"),
]
SECRET = re.compile(r"SECRET\d{4}")


def meeting_of(room: bytes, profile: Any) -> tuple[int, Meeting, str]:
    said = msgspec.json.decode(room)
    state = msgspec.convert(said["meeting"], RoomState)
    fields = {name: getattr(state, name) for name in state.__struct_fields__}
    return said["number"], Meeting(profile=profile, **fields), room.decode()


def folded(meeting: Meeting, events: list[Event]) -> Meeting:
    for event in events:
        if "body" in event.data:
            for deed in decode_body(event.data["body"].encode()).deeds:
                meeting = evolve_all(meeting, deed.events)
    return meeting


def check_chain(origin: str, entries: list[Event]) -> None:
    before = first_seal(origin)
    for number, event in enumerate(entries):
        data = event.data
        assert (event.number, data["number"]) == (number, number)
        commitment = (
            commit(bytes.fromhex(data["salt"]), data["body"].encode())
            if "body" in data
            else bytes.fromhex(data["commitment"])
        )
        before = seal(before, number, commitment)
        assert before.hex() == data["seal"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_snapshot_and_the_entries_after_it_are_the_later_snapshot_and_no_line_holds_a_secret(
    live: LiveProcess, seed: int
) -> None:
    profile = decode_profile(live.get("profile.json").body)
    driver = Driver(live, seed)
    driver.here()
    lines = {viewer: live.feed(*viewer) for viewer in VIEWERS}
    snapshots: dict[Any, list[tuple[int, Meeting, str]]] = {viewer: [] for viewer in VIEWERS}
    driver.put()
    for step in range(120):
        driver.step()
        if step % 30 == 0 or step == 119:
            for viewer in VIEWERS:
                snapshots[viewer].append(meeting_of(live.get("room.json", *viewer).body, profile))
    last = max(each[0] for taken in snapshots.values() for each in taken)
    assert last > live.prepared.size + 20
    received = {viewer: lines[viewer].entries(last) for viewer in VIEWERS}
    for line in lines.values():
        line.close()
    whole = received["secretary", "secretariat"]
    assert all("body" in event.data for event in whole)
    meeting = folded(new_meeting(profile), whole)
    held = msgspec.json.decode(live.get("room.json", "secretary", "secretariat").body)["held"]
    running = msgspec.convert(held["deeds"], tuple[Deed, ...])
    for viewer in VIEWERS:
        entries = received[viewer]
        check_chain(live.prepared.origin, entries)
        for number, taken, _ in snapshots[viewer]:
            from_the_start = folded(new_meeting(profile), entries[: number + 1])
            assert room_state(taken) == room_state(from_the_start)
            later_number, later, _ = snapshots[viewer][-1]
            assert room_state(folded(taken, entries[number + 1 : later_number + 1])) == (
                room_state(later)
            )
        seat = SeatId(viewer[1]) if viewer[1] is not None else None
        check_confidential(meeting, seat, whole, running, lines[viewer].raw, entries)
        for _, _, raw in snapshots[viewer]:
            assert set(SECRET.findall(raw)) <= allowed(meeting, seat, whole, running)
    public = live.get("public.bundle").body.decode()
    assert set(SECRET.findall(public)) <= allowed(meeting, None, whole, ())


def allowed(meeting: Meeting, seat: SeatId | None, whole: list[Event], held: Any) -> set[str]:
    """Return the secrets that *seat* may know: of entries it may read, and of its own consultations."""
    found: set[str] = set()
    for event in whole:
        body = decode_body(event.data["body"].encode())
        if may_read(meeting, seat, body.visibility):
            found |= set(SECRET.findall(event.data["body"]))
        found |= own(seat, body.deeds if body.consultation is not None else ())
    return found | own(seat, held)


def own(seat: SeatId | None, deeds: Any) -> set[str]:
    everything = seat in ("presiding", "secretariat")
    return {
        secret
        for deed in deeds
        if everything or (seat is not None and deed.by.seat == seat)
        for secret in SECRET.findall(msgspec.json.encode(deed).decode())
    }


def check_confidential(
    meeting: Meeting,
    seat: SeatId | None,
    whole: list[Event],
    held: Any,
    raw: str,
    entries: list[Event],
) -> None:
    withheld = 0
    for event, got in zip(whole, entries, strict=False):
        body = decode_body(event.data["body"].encode())
        if may_read(meeting, seat, body.visibility):
            assert got.data == event.data
        else:
            withheld += 1
            assert set(got.data) == {"number", "seal", "commitment"}
            assert event.data["salt"] not in raw
    assert (withheld == 0) == (seat in ("presiding", "secretariat"))
    assert set(SECRET.findall(raw)) <= allowed(meeting, seat, whole, held)
    if seat is None:
        assert "event: held" not in raw
        assert "event: presence" not in raw
