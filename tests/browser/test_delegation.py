"""What a delegation sees while something is put to the meeting, and once it is decided."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.windows import DESK, PHONE, Window, decision
from tests.demonstration import Others

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
