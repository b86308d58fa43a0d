"""Windows of Debian's Chromium, one for each person, on a summit of the test's own.

Rule 1: an error on the console, a request that failed and a script from elsewhere fail the test.
Rule 2: Playwright lives as long as this folder's tests, for it keeps an event loop in the thread they share.
"""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.states import States, prepared_states
from tests.browser.windows import Window
from tests.demonstration import IN_WINDOWS, Demonstration, Others, copied, prepared

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., Window]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.enable_socket)


def by_name(url: str) -> str:
    """Return the address by the name of this machine instead of its number."""
    return url.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "there is no Chromium: ./plenary test installs Debian's"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the summit stands ready."""
    return prepared(tmp_path_factory.mktemp("summit"))


@pytest.fixture
def server(template: Path, tmp_path: Path) -> Iterator[Demonstration]:
    """A summit of this test's own."""
    started = Demonstration(copied(template, tmp_path), **IN_WINDOWS)
    yield started
    started.stop(signal.SIGINT)
    assert "Traceback" not in started.log(), started.log()


@pytest.fixture(scope="package")
def states(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Demonstration, States]]:
    """A server with meetings in several states, which no test of the pages takes further."""
    data = copied(template, tmp_path_factory.mktemp("states"))
    people = prepared_states(data)
    started = Demonstration(data, **IN_WINDOWS)
    yield started, people
    started.stop(signal.SIGINT)
    assert "Traceback" not in started.log(), started.log()


@pytest.fixture
def window(
    chromium: Browser, server: Demonstration, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Open]:
    """``window(seat, language)`` is a person's window, in that seat; without a seat it is the public's.

    With ``named`` the server is reached by its name, which passkeys belong to.
    """
    opened: list[Window] = []

    def open_one(
        seat: str | None = None, language: str = "en", *, named: bool = False, **how: object
    ) -> Window:
        url = by_name(server.url) if named else server.url
        opened.append(Window(chromium, url, language, **how))  # type: ignore[arg-type]
        if seat is not None:
            opened[-1].sit(seat)
        return opened[-1]

    before = request.session.testsfailed
    yield open_one
    said = [f"{each.seat}: {line}" for each in opened for line in each.complaints]
    if request.session.testsfailed > before or said:
        for number, each in enumerate(opened):
            each.page.screenshot(path=tmp_path / f"{number}-{each.seat}.png")
        request.node.add_report_section("teardown", "windows", f"as seen last: {tmp_path}")
    for each in opened:
        each.close()
    assert not said


@pytest.fixture
def others(server: Demonstration) -> Iterator[Callable[..., Others]]:
    """``others("KZ", "CN")`` holds these seats without a window."""
    held: list[Others] = []

    def hold(*seats: str) -> Others:
        held.append(Others(server.url, *seats))
        return held[-1]

    yield hold
    for each in held:
        each.leave()
