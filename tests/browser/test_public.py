"""The public's pages, without JavaScript: what happens, renewed by itself, and never who raised what."""

import secrets

import pytest
from playwright.sync_api import Browser
from tests.browser.states import States
from tests.browser.windows import Window
from tests.demonstration import Demonstration

ADDRESS = "/meetings/sco/window"
PAGES = (
    "/",
    "/documents/",
    "/documents/st-1/",
    "/history/",
    "/history/?kind=decisions",
    "/projector",
)


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_the_public_follows_without_javascript_and_never_sees_who_objected(
    chromium: Browser, states: tuple[Demonstration, States], language: str
):
    server, people = states
    public = Window(chromium, server.url, language, javascript=False)
    before = _shown(public)
    assert public.page.locator(".now .lamp").count() == 1  # the page says what is considered

    done = _act(chromium, server, people, "object", reason="We cannot accept it")
    try:
        assert _shown(public) == before
    finally:
        _act(chromium, server, people, "lift_objection")
    assert done == 200
    assert _shown(public) == before
    public.close()
    assert not public.complaints


def _shown(public: Window) -> list[str]:
    """Return the text of every page the public may open; the meeting's own page last, so that it stands open."""
    said = []
    for path in (*PAGES[1:], PAGES[0]):
        answer = public.page.goto(public.url + ADDRESS + path)
        assert answer is not None
        assert answer.status == 200
        said.append(public.page.locator("body").inner_text())
        if path == "/":
            assert 0 < int(answer.headers["refresh"]) <= 60
    return said


def _act(
    chromium: Browser, server: Demonstration, people: States, act: str, **with_: object
) -> int:
    """Do *act* for Kazakhstan in the open window, as its head's screen does."""
    head = Window(chromium, server.url, "en")
    cookie = {"name": "plenary_session", "value": people.sessions["head-kz"], "url": server.url}
    head.context.add_cookies([cookie])  # type: ignore[list-item]
    room = head.context.request.get(f"{server.url}{ADDRESS}/room.json?seat=KZ").json()
    answer = head.context.request.post(
        f"{server.url}{ADDRESS}/acts",
        headers={"Origin": server.url, "X-Plenary": "1"},
        data={
            "key": f"public-{secrets.token_hex(8)}",
            "seen": 0,
            "seat": "KZ",
            "on_instruction": False,
            "act": {"act": act, "window": room["meeting"]["window"]["id"], **with_},
        },
    )
    head.close()
    return answer.status
