"""What a person does and sees in one window, in the words of the room."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)
from tests.demonstration import LOG_KEY, MEETING, ROOT, Demonstration

AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
CUT = "ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_FAILED|ERR_EMPTY|ERR_INCOMPLETE|Failed to load resource"
"""What a window says while its line is cut or its server is gone."""
CALLED_OFF = "net::ERR_ABORTED"
"""How a request ends that the page itself gave up, as it does when it is left."""


class Window:
    """One person's browser window, with cookies of its own."""

    def __init__(
        self,
        chromium: Browser,
        url: str,
        language: str,
        *,
        viewport: dict[str, int] | None = None,
        javascript: bool = True,
    ) -> None:
        self.url = url
        self.seat = "public"
        self.complaints: list[str] = []
        self.expected: list[str] = []
        """Patterns of complaints that are part of the test: a refused act, a line that was cut."""
        self.context = chromium.new_context(
            viewport=viewport or DESK,  # type: ignore[arg-type]
            locale="en-GB",
            timezone_id="Europe/Moscow",
            reduced_motion="reduce",
            java_script_enabled=javascript,
        )
        self.context.set_default_timeout(15_000)
        self.context.add_cookies([{"name": "plenary_language", "value": language, "url": url}])
        self.page: Page = self.context.new_page()
        self.page.on("console", self._on_the_console)
        self.page.on("pageerror", lambda error: self._complain(str(error)))
        self.page.on("request", lambda request: self._only_from_here(request.url))
        self.page.on("requestfailed", self._on_a_failed_request)
        self.page.on("response", self._on_a_response)

    def _on_the_console(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self._complain(said.text)

    def _on_a_failed_request(self, request: Request) -> None:
        if request.failure != CALLED_OFF:
            self._complain(f"{request.failure}: {request.method} {request.url}")

    def _on_a_response(self, response: Response) -> None:
        if response.status >= 400:
            request = response.request
            sent = (request.post_data or "")[:200]
            self._complain(f"{response.status}: {request.method} {response.url} {sent}")

    def _complain(self, line: str) -> None:
        if not any(re.search(each, line) for each in self.expected):
            self.complaints.append(line)

    def _only_from_here(self, url: str) -> None:
        if not url.startswith((self.url, "blob:", "data:")):
            self._complain(f"a third party is asked: {url}")

    def close(self) -> None:
        self.context.close()

    # ---- where they are --------------------------------------------------------------------------

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def sit(self, seat: str, person: str = "") -> None:
        """Take a seat with one click: its head's, or that of *person*."""
        self.seat = seat
        self.go("/demo/")
        forms = self.page.locator(f'form:has(input[name="seat"][value="{seat}"])')
        if person:
            forms = forms.filter(has=self.page.locator(f'input[name="person"][value="{person}"]'))
        forms.first.get_by_role("button").click()
        expect(self.room).to_have_attribute("data-line", "live")

    @property
    def room(self) -> Locator:
        return self.page.locator(".room")

    def languages(self, name: str) -> Locator:
        """The control by which a person reads the room, or a page, in the language of that name."""
        return self.page.locator("header").locator("button, a").filter(has_text=name).first

    # ---- what they do ----------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def control(self, act: str) -> Locator:
        """The control that does *act* with one press."""
        return self.page.locator(f'[data-act="{act}"]')

    def do(self, act: str) -> None:
        """Press the control of *act* once it is in order."""
        self.control(act).and_(self.page.locator('[aria-disabled="false"]')).first.click()

    def arm(self, act: str) -> Locator:
        """Arm *act*; return its form."""
        self.page.locator(f'[data-arms="{act}"][aria-disabled="false"]').first.click()
        return self.page.locator(f'[data-armed="{act}"]')

    def send(self, act: str) -> None:
        """Send what was armed."""
        self.page.locator(f'[data-send="{act}"][aria-disabled="false"]').click()
        expect(self.page.locator(f'[data-armed="{act}"]')).to_have_count(0)

    # ---- the chair -------------------------------------------------------------------------------

    @property
    def step(self) -> str:
        """The step of the script that stands on the paper."""
        return self.page.locator(".script").get_attribute("data-step") or ""

    def reads_to(self, step: str) -> None:
        """Go on in the script, doing what is offered, until *step* stands on the paper."""
        expect(self.page.locator(".script")).not_to_have_attribute("data-step", "")
        for _ in range(120):
            before = self.step
            if before == step:
                return
            self._go_on(before)
        raise AssertionError(f"the script never came to {step}; it is at {self.step}")

    def does(self, step: str) -> None:
        """Read to *step* and do what it offers, as soon as it is in order."""
        self.reads_to(step)
        offered = self.offered
        expect(offered).to_have_attribute("aria-disabled", "false")
        self.press("n")
        expect(self.page.locator(".script")).not_to_have_attribute("data-step", step)

    def _go_on(self, step: str) -> None:
        offered = self.offered
        act = str(offered.get_attribute("data-act")) if offered.count() else ""
        if act.startswith("declare"):
            expect(self.gavel).to_have_attribute("aria-disabled", "false", timeout=20_000)
        speech = act in ("give_the_floor", "consent_to_speak", "end_speech")
        if act and not speech:
            expect(offered).to_have_attribute("aria-disabled", "false")
        self.press("n" if act and offered.get_attribute("aria-disabled") == "false" else "k")
        expect(self.page.locator(".script")).not_to_have_attribute("data-step", step)

    @property
    def offered(self) -> Locator:
        """The act that the script offers."""
        return self.page.locator(".script footer .grow [data-act]")

    @property
    def gavel(self) -> Locator:
        """The control that declares what was decided."""
        return self.page.locator(".gavel [data-act]")

    def proceeds_without(self, seat: str, ground: str) -> None:
        """End the wait for a lost line without it, as the special rule allows."""
        waits = self.page.locator(f'[data-lost="{seat}"]')
        waits.locator('[data-arms="proceed_without"]').click()
        self.page.locator('[data-armed="proceed_without"] input[maxlength]').fill(ground)
        self.send("proceed_without")

    # ---- what they see ---------------------------------------------------------------------------

    @property
    def speaking(self) -> Locator:
        """Who has the floor, on the stage."""
        return self.page.locator("[data-speaking]").first

    def axe(self, only: list[str] = WCAG, without: list[str] | None = None) -> list[str]:
        """Return what offends against WCAG 2.2 AA (or *only* these rules) on the screen as it is."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Path(AXE).read_text())
        rules = {rule: {"enabled": False} for rule in without or []}
        found: dict[str, Any] = self.page.evaluate(
            "how => axe.run(document, {...how, resultTypes: ['violations']})",
            {"runOnly": only, "rules": rules},
        )
        return [
            f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for each in found["violations"]
            for node in each["nodes"]
        ]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )


def decision(window: Window) -> Locator:
    """The question that is open, as this window shows it."""
    return window.page.locator("[data-window]").first


def verified(bundle: Path, server: Demonstration) -> bool:
    """Whether a record that somebody downloaded verifies with the log's public key."""
    command = [str(Path(sys.executable).parent / "plenary"), "verify", str(bundle)]
    key = server.data / "demo" / LOG_KEY
    return subprocess.run([*command, "--key", str(key)], cwd=ROOT, check=False).returncode == 0


__all__ = ["CUT", "DESK", "MEETING", "PHONE", "Window", "decision", "verified"]
