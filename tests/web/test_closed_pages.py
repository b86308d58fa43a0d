"""What is said and tabled behind closed doors is on no page of those outside, whatever they filter by."""

import zlib
from collections.abc import Iterator
from itertools import product

import pytest
from tests.web.conftest import browser
from tests.web.meetings import GUEST, SECRETARY, Held, head

from plenary import wiring
from plenary.desk.codec import decode_body
from plenary.desk.publishing import public_bundle
from plenary.record import decode_bundle
from plenary.rules import acts as a
from plenary.rules.names import RuleId, SeatId
from plenary.rules.visibility import PUBLIC
from plenary.store.settings import DATA
from plenary.web.history.views import KINDS

pytestmark = pytest.mark.slow

SECRET = "5EC2E7"
OUTSIDE = ((None, None), ("stranger", None), (head(SeatId("AF")), "AF"), (head(GUEST), GUEST))
FILTERS = {
    "kind": ("", *KINDS, "rulings", "nothing"),
    "of": ("", "RU", "presiding", "secretariat"),
    "document": ("", "st-1", "st-2", "st-9"),
}


@pytest.fixture
def doors(database, request) -> Held:
    name = f"doors-{zlib.crc32(request.node.name.encode()):08x}"
    meeting = Held(f"sco/{name}").convene().accredit().table("st-2").open()
    meeting.does(meeting.presiding, a.OpenSegment(format="narrow", closed=True))
    meeting.typed = SECRET
    meeting.table("st-1")
    meeting.typed = ""
    first, second = meeting.members()[:2]
    meeting.does(first, a.AskForTheFloor())
    meeting.does(meeting.presiding, a.GiveTheFloor(seat=first))
    meeting.does(second, a.RaisePointOfOrder(point=f"A point {SECRET}"))
    ruling = a.Rule(upheld=True, rule=RuleId("speaking"), ruling=f"A ruling {SECRET}")
    meeting.does(meeting.presiding, ruling)
    meeting.does(meeting.presiding, a.EndSpeech())
    return meeting


def pages_of(meeting: Held, person: str | None, seat: str | None) -> Iterator[bytes]:
    client, place = browser(person), f"/meetings/{meeting.origin}"
    asked = {} if seat is None else {"seat": seat}
    for page in ("", "documents/", "projector"):
        yield client.get(f"{place}/{page}").content
    for values in product(*FILTERS.values()):
        query = {key: value for key, value in zip(FILTERS, values, strict=True) if value}
        answer = client.get(f"{place}/history/", query | asked)
        assert answer.status_code == 200
        kept = answer.headers["Cache-Control"]
        assert "no-store" in kept or "private" in kept
        yield answer.content
    yield client.get(f"{place}/history/", {"page": "1", "language": "ru"} | asked).content


def check_outside(meeting: Held) -> None:
    for person, seat in OUTSIDE:
        for content in pages_of(meeting, person, seat):
            assert SECRET.encode() not in content, person
        for document in ("", "?in=ru", "?in=en,ru&language=zh-hans"):
            path = f"/meetings/{meeting.origin}/documents/st-1/{document}"
            assert browser(person).get(path).status_code == 404
    check_bundle(meeting)


def check_bundle(meeting: Held) -> bytes:
    """What is not public is in the public bundle by its commitment alone, without its salt."""
    key = wiring.log_key(DATA / "log.key", meeting.origin, make=True)
    bundle = public_bundle(meeting.profile, meeting.desk.minutes, key)
    assert SECRET.encode() not in bundle
    given = decode_bundle(bundle).entries
    kept = list(meeting.desk.minutes.entries())
    assert [each.seal for each in given] == [each.seal for each in kept]
    withheld = 0
    for shown, whole in zip(given, kept, strict=True):
        assert whole.body is not None
        assert whole.salt is not None
        if decode_body(whole.body).visibility != PUBLIC:
            withheld += 1
            assert (shown.body, shown.salt) == (None, None)
            assert whole.salt.hex().encode() not in bundle
    assert withheld > 10
    return bundle


def test_the_history_of_those_outside_tells_nothing_of_a_closed_segment(doors: Held, desk) -> None:
    inside = [
        *pages_of(doors, SECRETARY, "secretariat"),
        *pages_of(doors, head(SeatId("KZ")), "KZ"),
    ]
    assert sum(SECRET.encode() in content for content in inside) > 20
    check_outside(doors)
    doors.does(doors.presiding, a.OpenSegment(format="extended"))
    check_outside(doors)


def test_a_draft_becomes_public_with_its_adoption_and_its_entries_do_not(doors: Held, desk) -> None:
    doors.does(doors.presiding, a.OpenSegment(format="extended"))
    draft = f"/meetings/{doors.origin}/documents/st-2/"
    for person, _ in OUTSIDE:
        assert browser(person).get(draft).status_code == 404
    before = check_bundle(doors)
    doors.adopt("st-2")
    for person, _ in OUTSIDE:
        assert "First of st-2 in en" in browser(person).get(draft, {"in": "en"}).content.decode()
    assert check_bundle(doors).startswith(before[:20])
    check_outside(doors)


def test_a_proof_of_an_entry_that_is_withheld_does_not_hold_it(doors: Held, desk) -> None:
    doors.checkpoint()
    proven = 0
    for entry in doors.desk.minutes.entries():
        answer = browser().get(f"/meetings/{doors.origin}/history/{entry.number}.proof")
        assert answer.status_code == 200
        assert entry.body is not None
        assert entry.salt is not None
        if decode_body(entry.body).visibility != PUBLIC:
            proven += 1
            assert entry.salt.hex().encode() not in answer.content
            assert entry.body not in answer.content
    assert proven > 10
