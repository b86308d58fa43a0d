"""Every address of the router: posts from elsewhere, oversized bodies, other methods, stale and forged acts."""

import json
import time
from typing import Any

import pytest
from tests.web.live.serving import LiveProcess, serving
from tests.web.live.test_hostile import PEOPLE, TO_DO, TO_READ, posted, put_the_agenda

from plenary.web.live.meetings import ADDRESSES, DOCUMENTS

POSTS = [name for name, (method, _) in ADDRESSES.items() if method == "POST"]
GETS = [name for name, (method, _) in ADDRESSES.items() if method == "GET"]
A_PAGE = {"Content-Type": "application/json", "X-Plenary": "1"}


def size(live: LiveProcess) -> int:
    number: int = live.get("room.json").json["number"]
    return number + 1


def test_every_address_is_in_the_matrix_and_every_kind_of_seat(live: LiveProcess) -> None:
    crossed = {DOCUMENTS if name.startswith("documents/") else name for name in TO_READ}
    assert crossed == set(GETS)
    assert set(TO_DO) == set(POSTS)
    kinds = {live.prepared.seats[seat] for seats in PEOPLE.values() for seat in seats}
    assert kinds == set(live.prepared.seats.values())


@pytest.mark.parametrize("name", POSTS)
def test_no_post_from_elsewhere_is_done(live: LiveProcess, name: str) -> None:
    body = json.dumps(posted(name, "RU")).encode()
    own = {**A_PAGE, "Origin": live.url}
    wrong: list[tuple[dict[str, str], int]] = [
        ({**own, "Origin": "https://evil.example"}, 403),
        ({**own, "Origin": "null"}, 403),
        ({**own, "Origin": live.url.replace("http:", "https:")}, 403),
        (A_PAGE, 403),
        ({**own, "X-Plenary": "0"}, 403),
        ({**own, "Sec-Fetch-Site": "same-site"}, 403),
        ({**own, "Content-Type": "text/plain"}, 415),
        ({**own, "Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({**own, "Host": "evil.example", "Origin": "http://evil.example"}, 400),
    ]
    for headers, status in wrong:
        answer = live.ask("POST", live.path(name), body, {**headers, **live.cookie("head-RU")})
        assert answer.status == status, headers
    assert live.ask("POST", live.path(name), body, own).status == 404, "nobody is signed in"
    assert size(live) == live.prepared.size


@pytest.mark.parametrize("name", POSTS)
def test_no_body_that_is_too_large_is_read(live: LiveProcess, name: str) -> None:
    whole = json.dumps(posted(name, "RU")).encode()
    assert live.post(name, whole + b" " * (131_073 - len(whole)), "head-RU").status == 413
    claimed = {"Content-Length": "9" * 12}
    assert live.post(name, b"", "head-RU", claimed).status == 413
    assert live.post(name, whole + b" " * (131_072 - len(whole)), "head-RU").status in (204, 409)
    assert size(live) == live.prepared.size


def test_another_method_and_every_answer_are_as_strict_at_every_address(live: LiveProcess) -> None:
    for name, (method, _) in ADDRESSES.items():
        path = live.path(name.format(document="st-1", language="ru"))
        for other in {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"} - {method}:
            answer = live.ask(other, path)
            assert (answer.status, answer.headers["allow"]) == (405, method), (other, name)
            assert "access-control-allow-origin" not in answer.headers
        if name == "feed":
            with live.feed() as line:
                headers = {key.lower(): value for key, value in line.answer.getheaders()}
        elif method == "GET":
            headers = live.ask(method, path).headers
        else:
            headers = live.post(name, posted(name, "RU"), "head-RU").headers
        assert headers["content-security-policy"].startswith("default-src 'none'"), name
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff", name
        kept = "no-cache" if name in ("profile.json", "public.bundle") else "no-store"
        assert headers["cache-control"] == kept, name
        assert "set-cookie" not in headers


def test_an_act_on_a_question_that_has_ended_does_nothing(live: LiveProcess) -> None:
    _, window = put_the_agenda(live)
    digest = live.get("room.json", "head-RU", "RU").json["meeting"]["window"]["digest"]
    ending = {"act": "set_aside", "window": window}
    last: int = live.act("head-presiding", "presiding", ending, "set aside").json["number"]
    again = put_the_agenda(live, "put again")
    assert again[1] != window
    stale: list[tuple[str, str, dict[str, Any]]] = [
        ("head-RU", "RU", {"act": "acknowledge_text", "window": window, "digest": digest}),
        ("head-RU", "RU", {"act": "object", "window": window, "reason": "late"}),
        ("head-RU", "RU", {"act": "lift_objection", "window": window}),
        ("head-presiding", "presiding", {"act": "declare_adopted", "window": window}),
        ("head-presiding", "presiding", {"act": "set_aside", "window": window}),
        ("head-RU", "RU", {"act": "acknowledge_text", "window": again[1], "digest": "0" * 64}),
    ]
    for number, (person, seat, act) in enumerate(stale):
        answer = live.act(person, seat, act, f"stale-{number}", seen=last)
        assert answer.status == 409, act
    assert size(live) == again[0] + 1
    assert live.get("room.json", "secretary", "secretariat").json["held"]["deeds"] == []


def test_a_replayed_act_and_another_ones_key_do_nothing_anew(live: LiveProcess) -> None:
    ready = {"act": "signal_ready", "ready": True}
    first = live.act("head-RU", "RU", ready, "one key")
    assert live.act("head-RU", "RU", ready, "one key").json["number"] == first.json["number"]
    changed = live.act("head-RU", "RU", {"act": "signal_ready", "ready": False}, "one key")
    assert (changed.status, changed.json["refused"]) == (409, "key_used")
    assert live.act("head-RU", "KZ", ready, "one key").status == 404
    assert live.act("aide-KZ", "RU", ready, "one key").status == 404
    assert size(live) == live.prepared.size + 1
    own = live.act("head-KZ", "KZ", ready, "one key")
    assert own.json["number"] == first.json["number"] + 1, "a key is its person's and seat's alone"
    forgeries: tuple[dict[str, Any], ...] = (
        {"by": {"person": "head-KZ", "seat": "KZ"}},
        {"at": 0},
        {"events": []},
    )
    for forged in forgeries:
        said = {**posted("acts", "RU"), "key": "another key", "act": ready, **forged}
        assert live.post("acts", said, "head-RU").status == 400
        said = {**posted("acts", "RU"), "key": "another key", "act": {**ready, **forged}}
        assert live.post("acts", said, "head-RU").status == 400
    assert size(live) == live.prepared.size + 2


def test_a_flood_of_reconnects_is_bounded_and_the_room_goes_on(prepared: Any) -> None:
    with serving(prepared, PLENARY_STREAMS_PER_ADDRESS="10") as live:
        statuses = []
        for _ in range(120):
            with live.feed() as line:
                statuses.append(line.status)
        assert set(statuses) == {200, 429}
        assert statuses.count(200) < 60
        with live.feed("head-RU", "RU") as line:
            assert line.status == 200
            began = time.monotonic()
            act = {"act": "signal_ready", "ready": True}
            answer = live.act("head-RU", "RU", act, "meanwhile")
            line.entries(answer.json["number"])
            assert time.monotonic() - began < 2
        time.sleep(1)
        with live.feed() as line:
            assert line.status == 200, "lines that ended were given back"
