"""Every page in every language, at a desk and on a phone: WCAG 2.2 AA, no word cut off, no word left in English.

Rule 1: addresses come from the urlconf; one that is neither shown here nor excused fails.
Rule 2: axe is asked again only what can differ: at the narrow width what depends on the width, and the
contrast of colours in one language.
Rule 3: whoever has a passkey reaches the server by its name and has just given the password; the public reads
at an address in numbers, where no passkey works.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from tests.browser.conftest import by_name
from tests.browser.passkeys import Device, confirm, give_the_password
from tests.browser.states import States
from tests.browser.windows import PHONE, Window
from tests.demonstration import Demonstration
from tests.web.demo_urls import urlpatterns
from tests.web.test_matrix import addresses

DESK = {"width": 1280, "height": 900}
LANGUAGES = ("en", "ru", "zh-hans", "qps-rtl")
WIDTH_MATTERS = ["target-size", "scrollable-region-focusable"]
KEYWORDS = {
    "org": "sco",
    "document": "st-1",
    "uidb36": "1",
    "key": "not-a-key",
}


@dataclass(frozen=True)
class Shown:
    """How a page is looked at: who reads it, in which meetings, on which sheets, with which question."""

    who: str | None = None
    meetings: tuple[str, ...] = ("window",)
    whats: tuple[str, ...] = ("",)
    asked: tuple[str, ...] = ("",)


PUBLIC = Shown()

OWN = Shown("secretary")
KEYHOLDER = "keyholder"
HALF_WAY = "the keyholder after the password"
OF_KEYHOLDER = Shown(KEYHOLDER)

SHOWN = {
    "home": PUBLIC,
    "live": Shown(None, ("before", "window", "closed")),
    "documents": Shown(None, ("before", "closed")),
    "document": Shown(None, ("closed",), asked=("", "?in=en,ru,zh-hans")),
    "history": Shown(None, ("window", "closed"), asked=("", "?kind=decisions")),
    "demo": PUBLIC,
    "account_login": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "invitation": PUBLIC,
    "account": OWN,
    "account_logout": OWN,
    "account_reauthenticate": OWN,
    "account_change_password": OWN,
    "account_set_password": Shown("newcomer"),
    "mfa_list_webauthn": OF_KEYHOLDER,
    "mfa_add_webauthn": OF_KEYHOLDER,
    "mfa_edit_webauthn": OF_KEYHOLDER,
    "mfa_remove_webauthn": OF_KEYHOLDER,
    "mfa_reauthenticate_webauthn": OF_KEYHOLDER,
    "mfa_authenticate": Shown(HALF_WAY),
    "people": Shown("keeper"),
    "convene": Shown("keeper"),
    "secretariat": Shown("secretary", ("before", "window")),
    "roster": Shown(
        "secretary", asked=("", "?do=receive", "?do=guest", "?do=acts&seat=KZ&person=head-kz")
    ),
    "roster_import": Shown("secretary", ("before",)),
    "seating": Shown("secretary", ("before",)),
    "agenda": Shown("secretary", ("before",)),
    "papers": OWN,
    "paper": OWN,
    "telephone": OWN,
    "late": OWN,
    "print": Shown("secretary", ("before",)),
    "sheet": Shown("secretary", whats=("script", "roll", "documents", "slips")),
}
EXCUSED = {
    "room": "a screen, not a page",
    "projector": "a screen, not a page",
    "proof": "a download",
    "log_pub": "a download",
    "choose_language": "takes a form, shows nothing",
    "end_session": "takes a form, shows nothing",
    "demo_sit": "takes a form, shows nothing",
    "convene_folder": "takes a form; what it shows first stands in tests/web/test_convening_from_a_folder.py",
    "invite": "takes a form; the answer is the list of people",
    "account_signup": "nobody signs up: not found",
    "account_email": "not found",
    "mfa_index": "leads to the list of passkeys",
    "mfa_reauthenticate": "leads to the passkey or the password",
    "mfa_login_webauthn": "answers the script of the sign-in page",
}

# Two Latin words in a row that no one typed: words of ours which nobody translated.
IN_ENGLISH = r"""
() => {
  const own = document.documentElement.lang, found = [];
  const not_ours = "code, cite, blockquote, script, style, noscript, textarea, .langs, .digest, .fp, .num, .source";
  const typed = /\b(An? (title|project|opinion|ruling|point|ground|minister)|First of)\b/;
  const english = said => /[A-Za-z]{2,} [a-z]{2,}/.test(said) && !typed.test(said);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const above = walk.currentNode.parentElement, said = walk.currentNode.data.trim();
    if (!above.closest(not_ours) && above.closest("[lang]").lang === own && english(said)) found.push(said);
  }
  for (const each of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
    for (const name of ["aria-label", "placeholder", "title", "alt"])
      if (english(each.getAttribute(name) ?? "")) found.push(each.getAttribute(name));
  return found;
}
"""

STOPS = r"""
() => {
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(e => !e.disabled && e.type !== "hidden" && e.checkVisibility({ visibilityProperty: true })
      && !(e.type === "radio" && e !== (document.querySelector(`input[name="${e.name}"]:checked`) ?? document.querySelector(`input[name="${e.name}"]`))));
  stops.forEach((e, n) => { e.dataset.stop = n });
  return stops.map(e => e.outerHTML.slice(0, 120));
}
"""
STOPPED = r"""
() => {
  const e = document.activeElement, style = getComputedStyle(e);
  return [e === document.body ? -1 : Number(e.dataset.stop ?? -2), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
}
"""


@dataclass
class Reading:
    """A person's window and the pages that are looked at in it."""

    window: Window
    paths: list[str] = field(default_factory=list)


def _paths(name: str, shown: Shown, token: str, passkey: str) -> Iterator[str]:
    route = next(each for each in _patterns(urlpatterns) if each.name == name)
    wanted = set(route.pattern.regex.groupindex) | _above[name]
    given: dict[str, Any] = {**KEYWORDS, "token": token, "pk": passkey}
    for meeting in shown.meetings if "name" in wanted else ("",):
        for what in shown.whats:
            filled = {**given, "name": meeting, "what": what}
            path = reverse(name, "tests.web.demo_urls", kwargs={key: filled[key] for key in wanted})
            yield from (path + asked for asked in shown.asked)


_above: dict[str, set[str]] = {}


def _patterns(patterns: Any, above: frozenset[str] = frozenset()) -> Iterator[Any]:
    for each in patterns:
        here = above | set(each.pattern.regex.groupindex)
        if hasattr(each, "url_patterns"):
            yield from _patterns(each.url_patterns, here)
        else:
            _above[each.name] = set(here)
            yield each


@pytest.fixture(scope="module")
def once(
    chromium: Browser, states: tuple[Demonstration, States]
) -> Iterator[dict[str | None, Reading]]:
    """One window for each person."""
    server, people = states
    found: dict[str | None, Reading] = {}
    for who in dict.fromkeys(each.who for each in SHOWN.values()):
        has_passkey = who in (KEYHOLDER, HALF_WAY)
        url = by_name(server.url) if has_passkey else server.url
        window = Window(chromium, url, "en", viewport=DESK)
        if who and not has_passkey:
            session = {"name": "plenary_session", "value": people.sessions[who], "url": url}
            window.context.add_cookies([session])  # type: ignore[list-item]
        found[who] = Reading(window)
    passkey = _with_a_passkey(found[KEYHOLDER].window)
    for name, shown in SHOWN.items():
        found[shown.who].paths += _paths(name, shown, people.token, passkey)
    yield found
    for each in found.values():
        each.window.close()


def _with_a_passkey(window: Window) -> str:
    """Sign the keyholder in, add a passkey and return its number."""
    Device(window)
    give_the_password(window, KEYHOLDER)
    confirm(window)
    window.go("/accounts/keys/webauthn/add/")
    window.page.locator("button[data-passkey]").click()
    window.page.wait_for_url("**/accounts/")
    window.go("/accounts/keys/webauthn/")
    link = window.page.locator("main a[href$='/edit/']").get_attribute("href") or ""
    return str(re.findall(r"\d+", link)[0])


@pytest.fixture
def readings(once: dict[str | None, Reading]) -> dict[str | None, Reading]:
    """One window for each person; whoever has a passkey has just given the password."""
    confirm(once[KEYHOLDER].window)
    half_way = once[HALF_WAY].window
    half_way.context.clear_cookies(name="plenary_session")
    give_the_password(half_way, KEYHOLDER)
    return once


def test_every_address_is_shown_or_excused():
    assert set(addresses(urlpatterns)) == set(SHOWN) | set(EXCUSED)
    assert not set(SHOWN) & set(EXCUSED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_fit_to_be_read(readings: dict[str | None, Reading], language: str):
    found = [
        f"{path}: {wrong}"
        for reading in readings.values()
        for path in reading.paths
        for wrong in _wrong(reading.window, path, language)
    ]
    assert not found, "\n".join(found)


def _wrong(window: Window, path: str, language: str) -> Iterator[str]:
    window.complaints.clear()
    window.page.set_viewport_size(DESK)  # type: ignore[arg-type]
    answer = window.page.goto(f"{window.url}{path}{'&' if '?' in path else '?'}language={language}")
    assert answer is not None
    if answer.status != 200 or window.page.url.split("?")[0] != window.url + path.split("?")[0]:
        yield f"{answer.status} {window.page.url}"
    yield from window.axe(without=[] if language == "en" else ["color-contrast"])
    if language in ("ru", "zh-hans"):
        yield from (f"without translation: {said}" for said in window.page.evaluate(IN_ENGLISH))
    if window.overflow():
        yield f"{window.overflow()} px wider than {DESK['width']}"
    window.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    if window.overflow():
        yield f"{window.overflow()} px wider than {PHONE['width']}"
    yield from window.axe(only=WIDTH_MATTERS)
    yield from window.complaints


def test_every_control_is_reached_in_order_and_seen(readings: dict[str | None, Reading]):
    found = [
        f"{path}: {wrong}"
        for reading in readings.values()
        for path in reading.paths
        for wrong in _walked(reading.window, path)
    ]
    assert not found, "\n".join(found)


def _walked(window: Window, path: str) -> Iterator[str]:
    page = window.page
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(f"{window.url}{path}{'&' if '?' in path else '?'}language=en")
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges() }")
    stops = page.evaluate(STOPS)
    reached: list[int] = []
    for _ in range(8 * len(stops) + 8):
        page.keyboard.press("Tab")
        stop, seen = page.evaluate(STOPPED)
        if stop == -1 or (reached and stop == 0 and reached[-1] != 0):
            break
        if not seen:
            yield f"focus is not seen on {stops[stop]}"
        if not reached or reached[-1] != stop:
            reached.append(stop)
    if reached != list(range(len(stops))):
        missed = [stops[n] for n in set(range(len(stops))) - set(reached)]
        yield f"order {reached}, never reached {missed}"
    if "skip" not in stops[0]:
        yield f"begins with {stops[0]}"


def test_what_is_wrong_in_a_form_is_said_at_its_field(readings: dict[str | None, Reading]):
    page = readings["secretary"].window.page
    page.goto(f"{readings['secretary'].window.url}/accounts/password/change/?language=en")
    for each, typed in zip(
        page.locator("main input[type=password]").all(), ("wrong", "a", "b"), strict=True
    ):
        each.fill(typed)
    page.locator("main button.primary").click()
    invalid = page.locator("[aria-invalid=true]")
    assert invalid.count() >= 1
    for each in invalid.all():
        described = (each.get_attribute("aria-describedby") or "").split()
        errors = [one for one in described if page.locator(f"#{one}.errors").count()]
        assert errors, each.evaluate("e => e.outerHTML")
    assert invalid.first.evaluate("e => e === document.activeElement")


def test_what_is_not_there_is_said_in_a_page(readings: dict[str | None, Reading]):
    window = readings[None].window
    window.expected.append("404")
    for language in LANGUAGES:
        answer = window.page.goto(f"{window.url}/meetings/sco/nothing/?language={language}")
        assert answer is not None
        assert answer.status == 404
        assert window.page.locator("main h1").inner_text()
        assert not window.axe()


@pytest.mark.parametrize(
    "path", ["documents/#table", "roster/?do=receive#content", "late/#content"]
)
def test_a_wrong_form_takes_the_focus_also_where_the_address_names_a_place(
    readings: dict[str | None, Reading], path: str
):
    window = readings["secretary"].window
    window.go("/")
    window.go(f"/meetings/sco/window/secretariat/{path}")
    window.page.evaluate("for (const form of document.forms) form.noValidate = true")
    with window.page.expect_navigation(wait_until="load"):
        window.page.locator("main form button.primary").last.click()
    wrong = window.page.locator("[aria-invalid=true], .errors[role=alert]").first
    expect(wrong).to_be_focused()
    expect(wrong).to_be_in_viewport()
