"""What a delegation sees while something is put to the meeting, and once it is decided."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.windows import DESK, PHONE, Window, decision
from tests.demonstration import MEETING, Others

Open = Callable[..., Window]
MEMBERS = ("RU", "KZ", "CN", "KG", "PK", "TJ", "UZ")
LAPTOP = {"width": 1280, "height": 800}
OUT_OF_REACH = """question => [...question.querySelectorAll('[data-arms]')].filter(each => {
  const { left, top, width, height } = each.getBoundingClientRect()
  const corners = [[left + 4, top + 4], [left + width - 4, top + height - 4]]
  return !corners.every(([x, y]) => each.contains(document.elementFromPoint(x, y)))
}).map(each => each.dataset.arms)"""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_how_to_object_is_always_in_sight_and_what_was_decided_is_said(
    window: Open, others: Callable[..., Others], language: str
):
    others(*MEMBERS)
    chair, india = window("presiding"), window("IN", language)
    said = india.page.locator("[data-outcome]")

    for step, acts in (("form-put", 1), ("agenda-put", 1), ("package-put", 3)):
        chair.does(step)
        expect(decision(india).locator("[data-arms]")).to_have_count(acts)
        expect(said).to_have_count(0)
        for size in (LAPTOP, DESK, PHONE):
            india.page.set_viewport_size(size)  # type: ignore[arg-type]
            assert decision(india).evaluate(OUT_OF_REACH) == [], (step, size)

    india.press("o")
    india.send("object")
    expect(decision(india)).to_have_attribute("data-state", "returned")
    expect(decision(india).locator("[role=timer], [data-acknowledged]")).to_have_count(0)
    india.press("z")
    chair.reads_to("sign")
    expect(said).to_have_attribute("data-outcome", "reached")


def test_a_point_of_order_is_ruled_on_before_every_eye(window: Open, others: Callable[..., Others]):
    others("RU")
    chair, india, hall = window("presiding"), window("IN"), window(None)
    hall.go(f"{MEETING}/projector")
    chair.does("item-1")
    india.press("p")
    india.page.keyboard.type("The list was closed too early")
    india.press("Enter")
    expect(india.page.locator("#tray")).to_have_count(0)
    for each in (chair, india):
        expect(each.page.locator('[data-notice="point-of-order"]')).to_contain_text("too early")
    expect(hall.page.locator("h2")).to_contain_text("India raises a point of order")

    chair.press("r")
    chair.page.get_by_label("Ruling, as it is spoken").fill("The list is opened again")
    chair.page.locator('[data-arms="rule"]').first.click()
    chair.send("rule")
    for each in (chair, india):
        expect(each.page.locator('[data-outcome="reached"]').first).to_contain_text(
            "The point of order is upheld: The list is opened again"
        )
    expect(hall.page.locator("main")).to_contain_text("upheld: The list is opened again")
    expect(hall.page.locator("h2")).to_have_count(0)


def test_a_text_is_on_the_table_while_it_is_being_signed(
    window: Open, others: Callable[..., Others]
):
    others(*MEMBERS)
    chair, india = window("presiding"), window("IN")
    chair.reads_to("sign")
    second = india.page.locator('[data-arms="sign"]').nth(1)
    second.click()
    form = india.page.locator('[data-armed="sign"]')
    title = form.locator("bdi").inner_text()
    expect(india.page.locator(".sheet h2")).to_have_text(title)
    expect(india.page.locator(".sheet")).to_contain_text("No. 1")
    sheet = india.page.locator(".sheet")
    shown = str(sheet.get_attribute("data-document"))
    sheet.get_by_role("button", name="Next document").click()
    expect(sheet).not_to_have_attribute("data-document", shown)
    before = int(india.room.get_attribute("data-number") or 0)
    chair.do("close_list")
    expect(india.room).to_have_attribute("data-number", str(before + 1))
    expect(sheet).not_to_have_attribute("data-document", shown)
