"""Whoever's session ends is cut at once, not at the next heartbeat, which here is far away."""

import http.cookies
import re
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator

import pytest
from tests.web.live.serving import ROOT, SECRET, LiveProcess, Prepared, Stream, serving

from plenary.cli.serve import listening, url_of

DEACTIVATE = """
import sys, django
django.setup()
from plenary.store.models import Person
person = Person.objects.get(identifier=sys.argv[1])
person.is_active = False
person.save()
"""
FAR_AWAY = "600"
AT_ONCE_SECONDS = 3.0


def environment(live: LiveProcess) -> dict[str, str]:
    return {
        **live.prepared.environment,
        "DJANGO_SETTINGS_MODULE": "plenary.web.settings",
        "PLENARY_LIVE_URL": f"http://127.0.0.1:{live.internal_port}",
        "PLENARY_LIVE_SECRET": SECRET,
    }


@pytest.fixture
def live(prepared: Prepared) -> Iterator[LiveProcess]:
    """A live process with the real pages behind it."""
    with listening("127.0.0.1", 0) as listener:
        settings = {"PLENARY_HEARTBEAT_SECONDS": FAR_AWAY}
        with serving(prepared, url_of(listener), **settings) as process:
            pages = subprocess.Popen(
                [sys.executable, "-m", "plenary.web.live.pages"],
                env=environment(process) | {"PLENARY_SOCKETS": str(listener.fileno())},
                pass_fds=[listener.fileno()],
                cwd=ROOT,
            )
            try:
                yield process
            finally:
                pages.terminate()
                pages.wait(timeout=10)


def joined(live: LiveProcess, person: str, seat: str) -> Stream:
    feed = live.feed(person, seat)
    feed.entries(live.prepared.size - 1)
    return feed


def is_cut(feed: Stream) -> bool:
    for _ in feed.events(AT_ONCE_SECONDS):
        pass
    return feed.ended


def signs_out(live: LiveProcess, person: str) -> None:
    path = "/accounts/logout/"
    shown = live.ask("GET", path, headers=live.cookie(person))
    assert shown.status == 200
    given = http.cookies.SimpleCookie(shown.headers["set-cookie"])
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', shown.body)
    assert token is not None
    headers = {
        "Cookie": f"{live.cookie(person)['Cookie']}; plenary_csrf={given['plenary_csrf'].value}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": live.url,
    }
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1].decode()}).encode()
    assert live.ask("POST", path, form, headers).status == 302


def test_whoever_signs_out_is_cut_at_once_and_nobody_else(live: LiveProcess) -> None:
    with joined(live, "head-RU", "RU") as gone, joined(live, "head-KZ", "KZ") as stays:
        signs_out(live, "head-RU")
        assert is_cut(gone)
        ask = {"act": "ask_for_the_floor"}
        assert live.act("head-RU", "RU", ask, "gone").status == 404
        number = live.act("head-KZ", "KZ", ask, "stays").json["number"]
        assert stays.until("entry").number == number
    assert live.present("head-RU", "RU").status == 404


def test_whoever_is_deactivated_is_cut_at_once(live: LiveProcess) -> None:
    assert live.present("head-RU", "RU").status == 204
    with joined(live, "head-RU", "RU") as gone:
        subprocess.run(
            [sys.executable, "-c", DEACTIVATE, "head-RU"],
            env=environment(live),
            cwd=ROOT,
            check=True,
        )
        assert is_cut(gone)
    assert live.present("head-RU", "RU").status == 404


def test_only_the_pages_process_says_that_a_session_ended(live: LiveProcess) -> None:
    assert live.ask("POST", "/internal/sessions").status == 404
    port = live.internal_port
    assert live.ask("POST", "/internal/sessions", port=port).status == 404
    secret = {"X-Plenary-Secret": SECRET}
    assert live.ask("POST", "/internal/sessions", None, secret, port=port).status == 204
