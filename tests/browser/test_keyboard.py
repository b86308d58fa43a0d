"""The room by keyboard alone: a member and the chair, in a Russian and an English window."""

from collections.abc import Callable

from playwright.sync_api import expect
from tests.browser.windows import Window, decision
from tests.demonstration import Others

Open = Callable[..., Window]
MEMBERS = ("RU", "KZ", "CN", "KG", "PK", "TJ", "UZ")
FOCUS = """() => {
  const it = document.activeElement
  if (!it || it === document.body) return null
  const look = getComputedStyle(it), box = it.getBoundingClientRect()
  const seen = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0
  return {seen: seen && box.width > 0 && box.height > 0, what: it.outerHTML.slice(0, 120)}
}"""


def test_a_member_objects_and_lifts_it_and_the_chair_declares_by_keyboard_alone(
    window: Open, others: Callable[..., Others]
):
    others(*MEMBERS)
    chair, india = window("presiding", "en"), window("IN", "ru")
    chair.does("open")
    chair.does("form-put")
    expect(decision(india)).to_be_visible()

    india.press("o")
    expect(india.page.locator('[data-send="object"]')).to_be_focused()
    india.press("Escape")  # armed, and not sent
    expect(india.page.locator('[data-arms="object"]')).to_be_focused()
    expect(chair.page.locator("[data-raised]")).to_have_count(0)
    india.press("o")
    expect(india.page.locator('[data-send="object"]')).to_be_focused()
    india.press("Enter")
    expect(chair.page.locator('[data-seat="IN"] [data-raised="objection"]')).to_be_visible()
    india.press("z")
    expect(chair.page.locator("[data-raised]")).to_have_count(0)

    expect(chair.gavel).to_have_attribute("aria-disabled", "false")
    chair.press("d")
    expect(decision(india)).to_have_count(0)


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
