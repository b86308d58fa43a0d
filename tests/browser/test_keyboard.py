"""The room by keyboard alone, with no key but Tab and those that the screens show."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, expect
from tests.browser.windows import Window, verified
from tests.demonstration import Demonstration, Others

Open = Callable[..., Window]
FOCUS = """() => {
  const it = document.activeElement
  if (!it || it === document.body) return null
  const look = getComputedStyle(it), box = it.getBoundingClientRect()
  const seen = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0
  return {seen: seen && box.width > 0 && box.height > 0, what: it.outerHTML.slice(0, 120)}
}"""


POINTED = "addEventListener('pointerdown', () => sessionStorage.setItem('pointed', 'yes'), true)"


def test_the_whole_summit_is_held_by_keyboard_alone(
    window: Open, others: Callable[..., Others], server: Demonstration, tmp_path: Path
):
    others("RU", "KZ", "CN", "KG", "PK", "UZ")
    chair, india, next_chair = window(None, "ru"), window(None, "zh-hans"), window(None, "en")
    for each, seat in ((chair, "presiding"), (india, "IN"), (next_chair, "TJ")):
        each.context.add_init_script(POINTED)
        sit(each, seat)

    chair.does("item-1")
    speak_in_the_order_of_the_chair(chair, india, next_chair)
    chair.does("package-put")
    object_and_lift(chair, india)
    chair.reads_to("package-declare")
    expect(chair.gavel).to_have_attribute("aria-disabled", "false", timeout=20_000)
    press(chair, "D")
    for each in (india, next_chair):
        sign(each, on_paper=each is india)
    chair.does("chair-put")
    chair.reads_to("give-next")
    press(next_chair, "F")
    chair.does("give-next")
    press(next_chair, "Y")
    chair.reads_to("close")
    expect(chair.offered).to_have_attribute("aria-disabled", "false")
    press(chair, "N")
    expect(chair.room).to_have_attribute("data-stage", "closed")

    tab_to(chair, chair.page.locator('a[href*="record.bundle"]'))
    with chair.page.expect_download() as downloading:
        chair.press("Enter")
    bundle = tmp_path / "record.bundle"
    downloading.value.save_as(bundle)
    assert verified(bundle, server)
    for each in (chair, india, next_chair):
        expect(each.room).to_have_attribute("data-stage", "closed")
        assert each.page.evaluate("sessionStorage.getItem('pointed')") is None


def sit(person: Window, seat: str) -> None:
    """Come to a seat from the page of the seats."""
    person.seat = seat
    person.go("/demo/")
    tab_to(person, person.page.locator(f'form:has([name="seat"][value="{seat}"]) button').first)
    person.press("Enter")
    expect(person.room).to_have_attribute("data-line", "live")


def tab_to(person: Window, control: Locator, key: str = "Tab") -> None:
    """Press Tab until the control has the focus."""
    for _ in range(200):
        person.press(key)
        if control.evaluate("control => control === document.activeElement"):
            return
    raise AssertionError(f"Tab never comes to {control}")


def press(person: Window, key: str) -> None:
    """Press a key that the screen shows."""
    shown = person.page.locator("kbd:visible").filter(has_text=re.compile(f"^{key}$"))
    expect(shown.first).to_be_visible()
    person.press({"⏎": "Enter", "Esc": "Escape"}.get(key, key.lower()))


def speak_in_the_order_of_the_chair(chair: Window, india: Window, next_chair: Window) -> None:
    """India asks first, and Tajikistan speaks first."""
    listed = chair.page.locator(".list li")
    for each, seat in ((india, "IN"), (next_chair, "TJ")):
        press(each, "F")
        expect(listed.last).to_have_attribute("data-seat", seat)
    tab_to(chair, listed.last.locator(".moves button").first)
    chair.press("Enter")
    expect(listed.first).to_have_attribute("data-seat", "TJ")
    press(chair, "G")
    for each, seat in ((next_chair, "TJ"), (india, "IN")):
        expect(each.speaking).to_have_attribute("data-speaking", seat)
        press(each, "Y")
        expect(chair.speaking).to_have_attribute("data-speaking", "")
        if each is next_chair:
            chair.does("give-IN")


def object_and_lift(chair: Window, india: Window) -> None:
    """India arms, thinks better of it, arms again with a reason, sends it, and lifts the objection."""
    expect(india.page.locator('[data-acknowledged="true"]')).to_be_visible()
    reason = india.page.locator('[data-armed="object"] input')
    press(india, "O")
    expect(reason).to_be_focused()
    press(india, "Esc")
    expect(india.page.locator('[data-arms="object"]')).to_be_focused()
    press(india, "O")
    expect(reason).to_be_focused()
    india.page.keyboard.type("第3段 o d n")  # letters that are keys elsewhere
    press(india, "⏎")
    raised = chair.page.locator('[data-seat="IN"] [data-raised="objection"]')
    expect(raised).to_contain_text("第3段 o d n")
    expect(chair.gavel).to_have_attribute("aria-disabled", "true")
    press(india, "Z")
    expect(chair.page.locator("[data-raised]")).to_have_count(0)


def sign(person: Window, *, on_paper: bool) -> None:
    """Sign the first of the texts, by the means that stands there or by the one above it."""
    open_ = person.page.locator('[data-arms="sign"]')
    expect(open_.first).to_be_visible()
    left = open_.count()
    tab_to(person, open_.first)
    person.press("Enter")
    expect(person.page.locator('[data-send="sign"]')).to_be_focused()
    if on_paper:
        tab_to(person, person.page.locator('[data-armed="sign"] select'), "Shift+Tab")
        person.press("ArrowUp")
        expect(person.page.locator('[data-armed="sign"] select')).to_have_value("counterpart_page")
        tab_to(person, person.page.locator('[data-send="sign"]'))
    press(person, "⏎")
    expect(person.page.locator('[data-armed="sign"]')).to_have_count(0)
    expect(open_).to_have_count(left - 1)
    expect(open_.first).to_be_focused()


def test_tab_reaches_every_control_with_its_focus_seen_and_without_a_trap(window: Open):
    for each in (window("presiding"), window("IN", "zh-hans"), window("secretariat", "ru")):
        each.page.locator("body").evaluate("body => body.focus()")
        reached = []
        for _ in range(150):
            each.press("Tab")
            found = each.page.evaluate(FOCUS)
            if found is None:
                break
            reached.append(found)
        else:
            raise AssertionError("the focus never leaves the page")
        unseen = [stop["what"] for stop in reached if not stop["seen"]]
        assert unseen == []
        buttons = each.page.locator('button:visible:not([aria-disabled="true"])').count()
        assert len(reached) >= buttons > 5
