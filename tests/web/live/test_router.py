"""The router: what is not the live process's own reaches the pages process as it came."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from tests.web.live.serving import ROOT, LiveProcess, Prepared, serving

from plenary.cli.serve import listening, url_of


@pytest.fixture
def pages(prepared: Prepared) -> Iterator[str]:
    listener = listening("127.0.0.1", 0)
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        "PLENARY_SOCKETS": str(listener.fileno()),
        "PLENARY_PAGES_APP": "tests.web.live.pages_app:application",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "plenary.web.live.pages"],
        env=environment,
        pass_fds=[listener.fileno()],
    )
    try:
        yield url_of(listener)
    finally:
        process.terminate()
        process.wait(timeout=10)
        listener.close()


@pytest.fixture
def live(prepared: Prepared, pages: str) -> Iterator[LiveProcess]:
    with serving(prepared, pages) as process:
        yield process


def test_a_page_is_asked_for_as_it_was_and_says_who_asked(live: LiveProcess) -> None:
    answer = live.ask(
        "POST",
        "/some/%D1%88?a=1&a=2",
        b"x" * 300_000,
        {
            "Cookie": "plenary_session=abc",
            "X-Forwarded-Host": "evil.example",
            "X-Plenary-Secret": "guess",
            "Connection": "close, X-Private",
            "X-Private": "of this line",
            "X-Other": "kept",
        },
    )
    said = answer.json
    assert answer.status == 200
    assert (said["method"], said["query"], said["length"]) == ("POST", "a=1&a=2", 300_000)
    assert said["host"] == f"127.0.0.1:{live.port}"
    assert said["headers"]["HTTP_COOKIE"] == "plenary_session=abc"
    assert said["headers"]["HTTP_X_OTHER"] == "kept"
    assert "HTTP_X_PRIVATE" not in said["headers"]
    assert "HTTP_X_PLENARY_SECRET" not in said["headers"]
    assert "evil.example" not in str(said)


def test_what_a_named_proxy_says_of_the_client_reaches_the_pages(live: LiveProcess) -> None:
    said = live.ask(
        "GET", "/", None, {"X-Forwarded-For": "9.9.9.9, 192.0.2.7", "X-Forwarded-Proto": "https"}
    ).json
    assert (said["address"], said["scheme"]) == ("192.0.2.7", "https")
    live.kill()
    live.settings["PLENARY_PROXIES"] = "192.0.2.1"
    live.start()
    said = live.ask(
        "GET", "/", None, {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    ).json
    assert (said["address"], said["scheme"]) == ("127.0.0.1", "http")


def test_every_cookie_comes_back_and_none_is_kept_for_somebody_else(live: LiveProcess) -> None:
    line = HTTPConnection("127.0.0.1", live.port, timeout=10)
    line.request("GET", "/")
    answer = line.getresponse()
    answer.read()
    assert [value for name, value in answer.getheaders() if name.lower() == "set-cookie"] == [
        "one=1; Path=/",
        "two=2; Path=/",
    ]
    line.close()
    assert "HTTP_COOKIE" not in live.ask("GET", "/").json["headers"]


def test_long_answers_and_chunked_bodies_pass_through(live: LiveProcess) -> None:
    assert len(live.ask("GET", "/long").body) == 6_553_600
    line = socket.create_connection(("127.0.0.1", live.port), timeout=10)
    head = f"Host: 127.0.0.1:{live.port}\r\nTransfer-Encoding: chunked\r\nConnection: close"
    line.sendall(f"POST /x HTTP/1.1\r\n{head}\r\n\r\n5\r\nhello\r\n0\r\n\r\n".encode())
    data = b""
    while piece := line.recv(65_536):
        data += piece
    line.close()
    assert b'"length": 5' in data
    assert live.ask("HEAD", "/").status == 200
    too_large = {"Content-Length": str(41_000_000)}
    assert live.ask("POST", "/x", b"", too_large).status == 413


def test_many_slow_clients_keep_nobody_from_the_pages(live: LiveProcess) -> None:
    slow = [socket.create_connection(("127.0.0.1", live.port), timeout=20) for _ in range(70)]
    for line in slow:
        head = f"Host: 127.0.0.1:{live.port}\r\nContent-Length: 100000"
        line.sendall(f"POST /accounts/login/ HTTP/1.1\r\n{head}\r\n\r\nx".encode())
    began = time.monotonic()
    assert [live.ask("GET", "/").status for _ in range(5)] == [200] * 5
    assert time.monotonic() - began < 5
    slow[0].sendall(b"x")
    assert slow[0].recv(65_536).startswith(b"HTTP/1.1 408 "), "it is not waited for long"
    for line in slow:
        line.close()


def test_one_address_has_not_all_the_lines_to_the_pages(live: LiveProcess) -> None:
    waiting = [HTTPConnection("127.0.0.1", live.port, timeout=20) for _ in range(40)]
    for line in waiting:
        line.request("GET", "/waits")
    other = {"X-Forwarded-For": "192.0.2.7"}
    assert live.ask("GET", "/", None, other).status == 200
    statuses = Counter(line.getresponse().status for line in waiting)
    assert statuses == {200: 24, 429: 16}
    for line in waiting:
        line.close()


def test_pages_of_a_meeting_are_the_pages_own(live: LiveProcess) -> None:
    assert live.ask("GET", live.path("")).json["path"] == live.path("")
    assert live.ask("GET", live.path("history?x=1")).json["query"] == "x=1"
    assert live.ask("GET", "/internal/acts").status == 404


def test_files_of_the_pages_are_served_and_kept_by_the_browser(live: LiveProcess) -> None:
    answer = live.ask("GET", "/static/admin/css/base.css")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/css")
    known = {"If-None-Match": answer.headers["etag"]}
    again = live.ask("GET", "/static/admin/css/base.css", None, known)
    assert (again.status, again.body) == (304, b"")


def test_while_the_pages_are_away_the_room_goes_on(prepared: Prepared) -> None:
    nobody = listening("127.0.0.1", 0)
    url = url_of(nobody)
    nobody.close()
    with serving(prepared, url) as live:
        answer = live.ask("GET", "/")
        assert (answer.status, answer.headers["retry-after"]) == (503, "2")
        began = time.monotonic()
        assert live.get("room.json").status == 200
        assert time.monotonic() - began < 2
