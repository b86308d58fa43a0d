"""Who may have what, for every address and every role; and what is thrown at the door."""

import json
import socket
import time
from typing import Any

import pytest
from tests.web.live.serving import SECRET, Answer, LiveProcess, serving

EVERYTHING = ("presiding", "secretariat")
PEOPLE: dict[str | None, tuple[str, ...]] = {
    None: (),
    "no such session": (),
    "stranger": (),
    "secretary": ("secretariat",),
    "head-presiding": ("presiding",),
    "aide-presiding": ("presiding",),
    "head-RU": ("RU",),
    "aide-RU": ("RU",),
    "head-KZ": ("KZ",),
    "head-rats": ("rats",),
    "head-AF": ("AF",),
    "head-guest-one": ("guest-one",),
    "head-booth-ru": ("booth-ru",),
    "head-operator": ("operator",),
}
SEATS = ("RU", "presiding", "secretariat", "AF", "guest-one", "operator", "nobody", "", "../RU")
MEMBERS = ("RU", "KZ", "rats", "presiding", "secretariat", "booth-ru", "operator")
TO_READ = (
    *("room.json", "profile.json", "script.json", "documents/st-1/ru", "documents/st-1/xx"),
    *("documents/st-2/ru", "public.bundle", "record.bundle", "feed"),
)
TO_DO = ("acts", "presence", "notes")


def expected_to_read(name: str, person: str | None, seat: str | None) -> int:
    if name in ("profile.json", "public.bundle"):
        return 200
    if seat is not None and seat not in PEOPLE[person]:
        return 404
    if name in ("script.json", "record.bundle"):
        return 200 if seat in EVERYTHING else 404
    if name.startswith("documents/"):
        return 200 if name == "documents/st-1/ru" and seat in MEMBERS else 404
    return 200


def status_of(live: LiveProcess, name: str, person: str | None, seat: str | None) -> int:
    if name == "feed":
        with live.feed(person, seat) as line:
            return line.status
    return live.get(name, person, seat).status


@pytest.mark.parametrize("origin", ["sco/test", "sco/other", "un-ga/test"])
def test_every_address_answers_every_role_what_it_must(live: LiveProcess, origin: str) -> None:
    there = origin == live.prepared.origin
    live.prepared.origin = origin
    wrong = []
    for name in TO_READ:
        for person in PEOPLE:
            for seat in (None, *SEATS) if there else (None, "RU"):
                got = status_of(live, name, person, seat)
                wanted = expected_to_read(name, person, seat) if there else 404
                if got != wanted:
                    wrong.append((name, person, seat, got, wanted))
    live.prepared.origin = "sco/test"
    assert wrong == []


def posted(name: str, seat: str) -> dict[str, Any]:
    bodies: dict[str, dict[str, Any]] = {
        "acts": {
            "key": "12345678",
            "seen": 0,
            "seat": seat,
            "act": {"act": "rule", "upheld": True, "rule": "speaking", "ruling": "x"},
        },
        "presence": {"seat": seat, "screen": "s", "number": 0, "whole": True},
        "notes": {"key": "12345678", "seat": seat, "to": "RU", "text": "a word"},
    }
    return bodies[name]


def test_nobody_does_anything_in_a_seat_the_record_does_not_give_them(live: LiveProcess) -> None:
    wrong = []
    for name in TO_DO:
        for person in PEOPLE:
            for seat in SEATS:
                got = live.post(name, posted(name, seat), person).status
                own = seat in PEOPLE[person]
                wanted = {"acts": 409, "presence": 204, "notes": 204}[name] if own else 404
                if seat == "" and person not in (None, "no such session"):
                    wanted = 400  # no identifier of a seat at all
                if got != wanted:
                    wrong.append((name, person, seat, got, wanted))
    assert wrong == []


def test_a_person_whose_letter_is_contested_is_cut_at_once(live: LiveProcess) -> None:
    with live.feed("aide-RU", "RU", live.prepared.size) as line, live.feed("head-RU", "RU") as kept:
        line.until("hello")
        found = {"act": "examine_letter", "seat": "RU", "person": "aide-RU", "finding": "contested"}
        answer = live.act("secretary", "secretariat", found, "contest")
        assert answer.status == 200
        events = list(line.events(5))
        assert line.ended
        assert [event for event in events if event.name == "entry"][1:] == []
        kept.entries(answer.json["number"])
    assert live.get("room.json", "aide-RU", "RU").status == 404
    assert live.present("aide-RU", "RU").status == 404


def test_a_session_that_ended_is_cut_at_the_next_beat(prepared: Any, live: LiveProcess) -> None:
    import sqlite3  # noqa: PLC0415

    live.kill()
    live.settings["PLENARY_HEARTBEAT_SECONDS"] = "0.3"
    live.start()
    with live.feed("head-RU", "RU", live.prepared.size) as line:
        line.until("time")
        database = sqlite3.connect(f"{prepared.environment['PLENARY_DATA']}/plenary.sqlite3")
        with database:
            database.execute(
                "DELETE FROM django_session WHERE session_key = ?",
                [live.prepared.sessions["head-RU"]],
            )
        database.close()
        list(line.events(5))
        assert line.ended
    assert live.get("room.json", "head-RU", "RU").status == 404


GOOD = posted("acts", "RU")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b"", "$"),
        (b"{", "$"),
        (b"[]", "$"),
        (b"null", "$"),
        (b"\xff\xfe", "$"),
        (b"[" * 100_000, "$"),
        (json.dumps({**GOOD, "more": 1}).encode(), "$"),
        (json.dumps({**GOOD, "seen": -2}).encode(), "$.seen"),
        (json.dumps({**GOOD, "seen": 10**9}).encode(), "$.seen"),
        (json.dumps({**GOOD, "seen": True}).encode(), "$.seen"),
        (json.dumps({**GOOD, "key": "short"}).encode(), "$.key"),
        (json.dumps({**GOOD, "key": "k" * 81}).encode(), "$.key"),
        (json.dumps({**GOOD, "seat": "s" * 41}).encode(), "$.seat"),
        (json.dumps({**GOOD, "act": {"act": "no_such_act"}}).encode(), "$.act.act"),
        (json.dumps({**GOOD, "act": {"act": "rule", "oops": 1}}).encode(), "$.act"),
        (json.dumps({**GOOD, "act": {"act": "ask_for_the_floor", "x": 1}}).encode(), "$.act"),
        (json.dumps({**GOOD, "act": {"act": "object", "window": 1}}).encode(), "$.act.window"),
        (json.dumps({**GOOD, "act": None}).encode(), "$.act"),
        (json.dumps({key: GOOD[key] for key in ("key", "seat", "act")}).encode(), "$"),
    ],
)
def test_a_body_that_is_not_as_it_must_be_is_named_and_does_nothing(
    live: LiveProcess, body: bytes, where: str
) -> None:
    answer = live.post("acts", body, "head-RU")
    assert (answer.status, answer.json["error"], answer.json["where"]) == (400, "malformed", where)
    assert live.get("room.json").json["number"] == live.prepared.size - 1


def test_an_unknown_field_is_named(live: LiveProcess) -> None:
    answer = live.post("acts", {**GOOD, "hidden": 1}, "head-RU")
    assert "hidden" in answer.json["message"]


@pytest.mark.parametrize("text", ["\u202eevil", "nul\u0000", "\ud800", "bell\u0007"])
def test_text_that_misleads_is_refused(live: LiveProcess, text: str) -> None:
    act = {"act": "raise_point_of_order", "point": text}
    answer = live.act("head-RU", "RU", act, "misleading")
    assert answer.status in (400, 409)
    note = {"key": "12345678", "seat": "RU", "to": "KZ", "text": text}
    assert live.post("notes", note, "head-RU").status == 400
    assert live.get("room.json").json["number"] == live.prepared.size - 1


def test_what_comes_from_elsewhere_is_not_done(live: LiveProcess) -> None:
    act = {"key": "12345678", "seen": 0, "seat": "RU", "act": {"act": "ask_for_the_floor"}}
    other = {"Origin": "http://evil.example"}
    forged: list[tuple[dict[str, str], int]] = [
        (other, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": live.url.replace("http", "https")}, 403),
        ({"Origin": live.url + ".evil.example"}, 403),
        ({"X-Plenary": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Host": "evil.example"}, 400),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 400),
        ({"Host": "127.0.0.1.evil.example"}, 400),
    ]
    for headers, status in forged:
        assert live.post("acts", act, "head-RU", headers).status == status, headers
    without_origin = {"Content-Type": "application/json", "X-Plenary": "1"}
    body = json.dumps(act).encode()
    path = live.path("acts")
    answer = live.ask("POST", path, body, {**without_origin, **live.cookie("head-RU")})
    assert answer.status == 403
    assert live.get("room.json").json["number"] == live.prepared.size - 1
    assert live.post("acts", act, "head-RU").status == 200


def test_methods_and_queries_that_are_not_ours(live: LiveProcess) -> None:
    assert live.ask("GET", live.path("acts")).status == 405
    assert live.ask("POST", live.path("room.json"), b"{}").status == 405
    assert live.ask("DELETE", live.path("feed")).status == 405
    assert live.ask("GET", live.path("room.json?seat=RU&seat=KZ")).status == 400
    assert live.ask("GET", live.path("room.json?seat=%ff")).status == 400
    for after in ("-2", "x", "1e9", "9" * 13, ""):
        assert live.ask("GET", live.path(f"feed?after={after}")).status == 400
    for path in ("/meetings/../x", "/meetings/a/b/c", "/static/../settings.py", "/static/%2e%2e/x"):
        assert live.ask("GET", path).status == 404
    assert live.ask("GET", "/static/..%2f..%2fsettings.py").status == 404
    assert live.ask("GET", "/static/").status == 404


def test_a_body_that_is_too_large_is_not_read(live: LiveProcess) -> None:
    answer = live.post("acts", b" " * 131_073, "head-RU")
    assert answer.status == 413
    line = socket.create_connection(("127.0.0.1", live.port), timeout=10)
    try:
        head = {
            "Host": f"127.0.0.1:{live.port}",
            "Origin": live.url,
            "X-Plenary": "1",
            "Content-Type": "application/json",
            "Transfer-Encoding": "chunked",
            **live.cookie("head-RU"),
        }
        said = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        line.sendall(f"POST {live.path('acts')} HTTP/1.1\r\n{said}\r\n".encode())
        for _ in range(40):
            line.sendall(b"1000\r\n" + b" " * 4096 + b"\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413")
    finally:
        line.close()


def test_the_pages_door_opens_on_its_own_port_with_the_secret_only(live: LiveProcess) -> None:
    act = {
        "origin": live.prepared.origin,
        "person": "secretary",
        "key": "12345678",
        "seat": "secretariat",
        "act": {"act": "call_the_roll"},
    }
    body = json.dumps(act).encode()

    def handed(port: int, secret: str | None) -> Answer:
        headers = {} if secret is None else {"X-Plenary-Secret": secret}
        return live.ask("POST", "/internal/acts", body, headers, port=port)

    assert handed(live.port, SECRET).status == 404
    assert handed(live.internal_port, None).status == 404
    assert handed(live.internal_port, "").status == 404
    assert handed(live.internal_port, SECRET + "x").status == 404
    assert live.get("room.json").json["number"] == live.prepared.size - 1
    answer = handed(live.internal_port, SECRET)
    assert (answer.status, answer.json["number"]) == (200, live.prepared.size)
    # the public addresses are not answered there
    secret = {"X-Plenary-Secret": SECRET}
    inside = live.ask("GET", live.path("room.json"), None, secret, port=live.internal_port)
    assert inside.status == 404


def test_no_seat_floods_those_who_follow_a_consultation(prepared: Any) -> None:
    with serving(prepared, PLENARY_ACTS_PER_SECOND="50") as live:
        raised = {"act": "object", "window": "w-none"}
        answers = [live.act("head-RU", "RU", raised, f"raised-{n}") for n in range(40)]
        assert [answer.status for answer in answers[:20]] == [409] * 20
        assert {answer.status for answer in answers[22:]} == {429}
        assert live.act("head-KZ", "KZ", raised, "another seat").status == 409
        ready = {"act": "signal_ready", "ready": True}
        assert live.act("head-RU", "RU", ready, "another act").status in (200, 409)


def test_floods_have_bounds(prepared: Any) -> None:
    limits = {"PLENARY_STREAMS_PER_ADDRESS": "20", "PLENARY_ACTS_PER_SECOND": "5"}
    with serving(prepared, **limits) as live:
        lines = [live.feed() for _ in range(40)]
        statuses = [line.status for line in lines]
        assert statuses.count(200) == 20
        assert statuses.count(429) == 20
        # a person in the room has lines of its own
        with live.feed("head-RU", "RU") as line:
            assert line.status == 200
        for each in lines:
            each.close()
        act = {"act": "signal_ready", "ready": True}
        answers = [live.act("head-operator", "operator", act, f"flood-{n}") for n in range(60)]
        assert {answer.status for answer in answers} == {200, 429}
        assert 20 <= sum(answer.status == 200 for answer in answers) <= 40
        assert any(answer.headers.get("retry-after") for answer in answers)
        assert live.act("head-RU", "RU", act, "another person").status == 200
        time.sleep(1)
        assert live.act("head-operator", "operator", act, "a second later").status == 200


def test_notes_are_read_by_the_two_seats_alone_and_are_no_part_of_the_record(
    live: LiveProcess,
) -> None:
    others = [("head-presiding", "presiding"), ("secretary", "secretariat"), ("head-CN", "CN")]
    after = live.prepared.size - 1
    lines = [live.feed(person, seat, after) for person, seat in [*others, ("", None)]]
    with live.feed("head-RU", "RU", after) as sender, live.feed("aide-KZ", "KZ", after) as reader:
        sender.until("hello")
        reader.until("hello")
        time.sleep(0.2)
        note = {"key": "12345678", "seat": "RU", "to": "KZ", "text": "PRIVATE"}
        for _ in range(2):
            assert live.post("notes", note, "head-RU").status == 204
        for line in (sender, reader):
            said = line.until("note").data
            assert (said["from"], said["to"], said["text"]) == ("RU", "KZ", "PRIVATE")
        assert [e for e in reader.events(0.5) if e.name == "note"] == []
    with live.feed("head-KZ", "KZ", after) as later:
        assert later.until("note").data["text"] == "PRIVATE"
    for line in lines:
        list(line.events(0.3))
        assert "PRIVATE" not in line.raw
        line.close()
    assert b"PRIVATE" not in live.get("record.bundle", "secretary", "secretariat").body


def put_the_agenda(live: LiveProcess, key: str = "put") -> tuple[int, str]:
    """Return the number of the entry, and the window that is open now; Kazakhstan takes part."""
    live.act("head-KZ", "KZ", {"act": "take_seat", "screen": "screen-KZ"}, "KZ sits down")
    item = {"id": "1", "titles": dict.fromkeys(("en", "ru", "zh-hans"), "First item")}
    put = {"act": "put", "subject": {"subject": "agenda", "items": [item]}}
    number = live.act("head-presiding", "presiding", put, key).json["number"]
    return number, live.get("room.json").json["meeting"]["window"]["id"]


def test_nothing_on_a_line_tells_that_another_seat_raised_something(live: LiveProcess) -> None:
    number, window = put_the_agenda(live)
    watching = {
        seat: live.feed(person, seat, number)
        for person, seat in [
            ("head-RU", "RU"),
            ("head-KZ", "KZ"),
            ("head-AF", "AF"),
            ("head-operator", "operator"),
            ("head-presiding", "presiding"),
            ("secretary", "secretariat"),
            (None, None),
        ]
    }
    for line in watching.values():
        line.until("hello")
    before = live.get("room.json", "head-KZ", "KZ").body
    objecting = {"act": "object", "window": window, "reason": "SECRET"}
    answer = live.act("head-RU", "RU", objecting, "objects")
    assert (answer.status, answer.json["number"]) == (200, None)
    for seat in ("RU", "presiding", "secretariat"):
        said = watching[seat].until("held").data
        assert (said["window"], said["deeds"][0]["by"]["seat"]) == (window, "RU")
    assert live.get("room.json", "head-KZ", "KZ").body == before
    for now in (live.feed("head-KZ", "KZ", number), live.feed(None, None, number)):
        with now as late:  # who comes now sees as little
            list(late.events(0.3))
            assert "held" not in late.raw
    with live.feed("aide-RU", "RU", number) as late:
        assert late.until("held").data["deeds"][0]["act"]["reason"] == "SECRET"
    lifting = {"act": "lift_objection", "window": window}
    assert live.act("head-RU", "RU", lifting, "lifts").status == 200
    ending = {"act": "set_aside", "window": window}
    last = live.act("head-presiding", "presiding", ending, "set aside").json["number"]
    assert last == number + 2
    for each, line in watching.items():
        line.entries(last)
        if each in ("RU", "presiding", "secretariat"):
            assert line.until("held").data == {"window": None, "deeds": []}
        else:
            list(line.events(0.3))
            assert "held" not in line.raw
            assert "SECRET" not in line.raw
        line.close()


def test_every_answer_says_how_a_browser_must_take_it(live: LiveProcess) -> None:
    for answer in (
        live.get("room.json"),
        live.get("room.json", "head-RU", "KZ"),
        live.post("acts", b"{", "head-RU"),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers
