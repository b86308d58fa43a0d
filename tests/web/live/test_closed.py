"""A closed segment and drafts are not read early: by no address, from no seat outside, out of no cache."""

from typing import Any

import pytest
from tests.web.live.serving import Event, LiveProcess

OUTSIDE = [(None, None), ("head-AF", "AF"), ("head-guest-one", "guest-one"), ("stranger", None)]
INSIDE = [("head-KZ", "KZ"), ("head-rats", "rats"), ("secretary", "secretariat")]
DRAFT = "documents/st-1/ru"


def done(live: LiveProcess, person: str, sits: str, /, **act: Any) -> int:
    answer = live.act(person, sits, act, f"closed {person} {act}"[:80])
    assert answer.status == 200, (act, answer)
    number: int = answer.json["number"]
    return number


@pytest.fixture
def behind_doors(live: LiveProcess) -> list[int]:
    """The entries of a closed segment in the narrow format, each with something secret."""
    chair = ("head-presiding", "presiding")
    done(live, *chair, act="open_segment", format="narrow", closed=True)
    draft = {
        "type": "statement",
        "titles": dict.fromkeys(("en", "ru", "zh-hans"), "5EC2E7 title"),
        "texts": dict.fromkeys(("ru", "zh-hans"), "5ec2e7" + "0" * 58),
    }
    return [
        done(live, "head-RU", "RU", act="ask_for_the_floor"),
        done(live, "head-KZ", "KZ", act="signal_ready", ready=True),
        done(live, *chair, act="give_the_floor", seat="RU"),
        done(live, "head-KZ", "KZ", act="raise_point_of_order", point="5EC2E7 point"),
        done(live, *chair, act="rule", upheld=True, rule="speaking", ruling="5EC2E7 ruling"),
        done(live, *chair, act="end_speech"),
        done(live, "secretary", "secretariat", act="table", document="st-3", **draft),
    ]


def read(live: LiveProcess, person: str | None, seat: str | None, last: int) -> list[Event]:
    """Return the entries up to *last*, which every way to ask for them gives alike."""
    ways = [
        live.feed(person, seat),
        live.feed(person, seat, last, Last_Event_ID="-1"),
        live.feed(person, seat, 0),
        live.feed(person, seat, -1, Last_Event_ID=str(last - 1)),
    ]
    found = []
    for way in ways:
        with way:
            found.append(way.entries(last))
    for fewer in found[1:]:
        assert [each.raw for each in fewer] == [each.raw for each in found[0]][-len(fewer) :]
    return found[0]


def check_outside(live: LiveProcess, secret: dict[int, Event], last: int) -> None:
    """No address tells those outside anything of the *secret* entries but that they are there."""
    for person, seat in OUTSIDE:
        entries = read(live, person, seat, last)
        room = live.get("room.json", person, seat)
        bundle = live.get("public.bundle", person)
        raw = "".join(entry.raw for entry in entries) + room.body.decode() + bundle.body.decode()
        assert "5ec2e7" not in raw.lower()
        assert room.json["meeting"].get("floor", {}).get("waiting", []) == []
        for number, whole in secret.items():
            assert set(entries[number].data) == {"number", "seal", "commitment"}
            assert entries[number].data["seal"] == whole.data["seal"]
            assert whole.data["salt"] not in raw
        assert live.get(DRAFT, person, seat).status == 404
        for name in ("record.bundle", "script.json"):
            assert live.get(name, person, seat).status == 404


def test_a_closed_segment_is_read_by_nobody_outside_while_it_lasts_and_after(
    live: LiveProcess, behind_doors: list[int]
) -> None:
    last = behind_doors[-1]
    inside = [read(live, person, seat, last) for person, seat in INSIDE]
    for number in behind_doors:
        assert all("body" in entries[number].data for entries in inside)
    secret = {number: inside[0][number] for number in behind_doors}
    check_outside(live, secret, last)
    chair = ("head-presiding", "presiding")
    opened = done(live, *chair, act="open_segment", format="extended", closed=False)
    check_outside(live, secret, opened)
    with live.feed() as line:
        assert "body" in line.entries(opened)[-1].data


def test_a_line_that_was_open_before_is_told_no_more(live: LiveProcess) -> None:
    after = live.prepared.size - 1
    lines = {each: live.feed(*each, after) for each in OUTSIDE[:3]}
    for line in lines.values():
        line.until("hello")
    chair = ("head-presiding", "presiding")
    begun = done(live, *chair, act="open_segment", format="narrow", closed=True)
    last = done(live, "head-RU", "RU", act="ask_for_the_floor")
    for line in lines.values():
        first, *secret = line.entries(last)
        assert (first.number, "body" in first.data) == (begun, True)
        assert [set(each.data) for each in secret] == [{"number", "seal", "commitment"}]
        line.close()


def test_no_cache_gives_what_its_reader_may_not_have(
    live: LiveProcess, behind_doors: list[int]
) -> None:
    for name in ("room.json", "record.bundle", "script.json", DRAFT):
        answer = live.get(name, "secretary", "secretariat")
        assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
        assert "etag" not in answer.headers
    public = live.get("public.bundle")
    assert public.headers["cache-control"] == "no-cache"
    known = {"If-None-Match": public.headers["etag"]}
    again = live.ask("GET", live.path("public.bundle"), None, known)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", public.headers["etag"])
    own = live.ask(
        "GET", live.path("public.bundle?seat=secretariat"), None, live.cookie("secretary")
    )
    assert own.body == public.body, "one address, one answer: what a cache keeps is public"
    for guess in ("*", 'W/"x"', public.headers["etag"]):
        for name in ("record.bundle", "script.json", DRAFT):
            path = live.path(f"{name}?seat=secretariat")
            for person in (None, "head-AF", "stranger"):
                headers = {"If-None-Match": guess, **live.cookie(person)}
                assert live.ask("GET", path, None, headers).status == 404
    done(live, "head-RU", "RU", act="signal_ready", ready=True)
    assert live.ask("GET", live.path("public.bundle"), None, known).status == 200
