"""Every seat's screen, in every language, in every state of the summit: accessible, and within its width.

``PLENARY_PICTURES=FOLDER`` leaves a picture of each there, to be looked at.
"""

import os
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Locator, expect
from tests.browser.windows import CUT, PHONE, Window, decision
from tests.demonstration import MEETING, Others

Open = Callable[..., Window]
MEMBERS = ("RU", "KZ", "CN", "KG", "PK")
FROM_THE_TOP = "each => each.forEach(column => { column.scrollTop = 0 })"
LANGUAGES = ("en", "ru", "zh-hans", "qps-rtl")
NAMES = {"en": "EN", "ru": "RU", "zh-hans": "中文"}
TAGS = {"en": "en", "ru": "ru", "zh-hans": "zh-Hans", "qps-rtl": "en"}
PICTURES = os.environ.get("PLENARY_PICTURES")


class Screens:
    """The screens of one meeting, looked at together."""

    def __init__(self, windows: dict[str, Window]) -> None:
        self.windows = windows
        self.faults: list[str] = []
        self._languages = cycle(LANGUAGES[:3])

    def look(self, state: str, *names: str) -> None:
        """Look at each screen in each language, and at all that can be opened there in one of them."""
        for name in names or self.windows:
            window = self.windows[name]
            for language in LANGUAGES:
                self._speak(window, language)
                window.page.locator(".scroll").evaluate_all(FROM_THE_TOP)
                self.note(window, f"{state} {name} {language}")
                if state == "put" and name == "member-phone":
                    objecting_is_reached(window)
            self._speak(window, next(self._languages))
            for opened in self._opened(window):
                self.note(window, f"{state} {name} {opened}")

    def look_offline(self, window: Window, name: str) -> None:
        """Look at a screen whose line is cut, in each language."""
        self._speak(window, "qps-rtl")
        window.expected.append(CUT)
        window.context.set_offline(True)
        expect(window.room).to_have_attribute("data-line", "lost")
        for language in reversed(LANGUAGES):
            if language in NAMES:
                self._speak(window, language)
            self.note(window, f"offline {name} {language}")
        window.context.set_offline(False)
        expect(window.room).to_have_attribute("data-line", "live")

    def _speak(self, window: Window, language: str) -> None:
        """Change the language by the screen's own control; where it has none, and at first, by a reload."""
        window.page.bring_to_front()
        if language in NAMES and window.languages(NAMES[language]).count():
            window.languages(NAMES[language]).click()
        else:
            cookie = {"name": "plenary_language", "value": language, "url": window.url}
            window.context.add_cookies([cookie])  # type: ignore[list-item]
            window.page.reload()
            expect(window.room).to_have_attribute("data-line", "live")
        expect(window.page.locator("html")).to_have_attribute("lang", TAGS[language])
        direction = "rtl" if language == "qps-rtl" else "ltr"
        expect(window.page.locator("html")).to_have_attribute("dir", direction)

    def _opened(self, window: Window) -> Iterator[str]:
        window.press("?")
        yield "help"
        window.press("Escape")
        for kind in ("opens", "arms"):
            ready = window.page.locator(f'[data-{kind}]:visible:not([aria-disabled="true"])')
            names = [each.get_attribute(f"data-{kind}") or "" for each in ready.all()]
            for name in dict.fromkeys(names):
                self._one(window, kind, name).click()
                yield name
                window.press("Escape")
                if (
                    kind == "opens"
                    and window.page.locator(f'[data-opens="{name}"][aria-expanded="true"]').count()
                ):
                    self._one(window, kind, name).click()

    def _one(self, window: Window, kind: str, name: str) -> Locator:
        return window.page.locator(
            f'[data-{kind}="{name}"]:visible:not([aria-disabled="true"])'
        ).first

    def note(self, window: Window, what: str) -> None:
        self.faults += [f"{what}: {each}" for each in window.axe()]
        if (wide := window.overflow()) > 0:
            self.faults.append(f"{what}: {wide} pixels too wide")
        if PICTURES:
            window.page.screenshot(path=Path(PICTURES) / f"{what.replace(' ', '-')}.png")


def objecting_is_reached(member: Window) -> None:
    """Under a thumb: nothing lies over the control, and it is as wide and high as a fingertip."""
    control = member.page.locator('[data-arms="object"][aria-disabled="false"]')
    control.click(trial=True)
    box = control.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]


def test_every_screen_is_accessible_in_every_language_and_state(
    window: Open, others: Callable[..., Others]
):
    others(*MEMBERS)
    chair, india, secretariat = window("presiding"), window("IN"), window("secretariat")
    projector = window(None)
    projector.go(f"{MEETING}/projector")
    phone, member_phone = window("BY", viewport=PHONE), window("TJ", viewport=PHONE)
    screens = Screens(
        {
            "presiding": chair,
            "delegation": india,
            "observer-phone": phone,
            "member-phone": member_phone,
            "secretariat": secretariat,
            "operator": window("operator"),
            "booth": window("booth-ru"),
            "projector": projector,
        }
    )
    for each in screens.windows.values():
        each.expected += ["404"]  # a draft that is not for it
    screens.look("before")

    speaking(screens)
    objected(screens)
    adopted_and_closed(screens)
    assert screens.faults == []


def speaking(screens: Screens) -> None:
    chair, india, phone = (
        screens.windows[each] for each in ("presiding", "delegation", "observer-phone")
    )
    chair.does("item-1")
    india.press("f")
    expect(chair.page.locator('.list li[data-seat="IN"]')).to_be_visible()
    chair.does("give-IN")
    phone.press("f")
    screens.look("speaking")


def objected(screens: Screens) -> None:
    chair, india = screens.windows["presiding"], screens.windows["delegation"]
    india.press("y")
    expect(chair.speaking).to_have_attribute("data-speaking", "")
    chair.does("package-put")
    expect(decision(india)).to_be_visible()
    screens.look("put", "presiding", "delegation", "member-phone", "observer-phone", "secretariat")

    india.press("o")
    india.send("object")
    screens.look("objected")
    screens.look_offline(india, "delegation")
    screens.look_offline(screens.windows["member-phone"], "member-phone")


def adopted_and_closed(screens: Screens) -> None:
    chair, india = screens.windows["presiding"], screens.windows["delegation"]
    india.press("z")
    expect(chair.page.locator("[data-lost]")).to_have_count(1, timeout=20_000)  # TJ is back
    chair.proceeds_without("UZ", "The line of Uzbekistan is lost, and it cannot be reached")
    chair.reads_to("sign")
    screens.look("adopted")

    chair.does("chair-put")
    chair.proceeds_without("UZ", "The line of Uzbekistan is lost, and it cannot be reached")
    chair.reads_to("close")
    expect(chair.offered).to_have_attribute("aria-disabled", "false")
    chair.press("n")
    expect(chair.room).to_have_attribute("data-stage", "closed")
    screens.look("closed")
