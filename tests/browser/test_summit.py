"""The summit is held from several windows, to a closed record that verifies."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.windows import Window, decision, verified
from tests.demonstration import MEETING, Demonstration, Others

Open = Callable[..., Window]
MEMBERS = ("RU", "KZ", "CN", "KG", "PK", "TJ")
GROUND = "The line of Uzbekistan is lost, and it cannot be reached"


@pytest.mark.parametrize(
    ("chair_reads", "india_reads"), [("en", "ru"), ("ru", "zh-hans"), ("zh-hans", "en")]
)
def test_the_summit_is_held_to_a_closed_record_that_verifies(
    window: Open,
    others: Callable[..., Others],
    server: Demonstration,
    tmp_path: Path,
    chair_reads: str,
    india_reads: str,
):
    others(*MEMBERS)
    chair, india = window("presiding", chair_reads), window("IN", india_reads)
    secretariat = window("secretariat", india_reads)

    speak(chair, india)
    chair.does("package-put")
    object_in_private(chair, india, window(None, chair_reads))

    chair.page.locator('[data-lost="UZ"]').wait_for()
    expect(chair.gavel).to_have_attribute("aria-disabled", "true")
    chair.proceeds_without("UZ", GROUND)
    chair.reads_to("sign")
    india.arm("sign").locator("select").select_option("counterpart_page")
    india.send("sign")
    expect(secretariat.page.locator("[data-signed]")).to_have_attribute("data-signed", "1")
    chair.does("chair-put")
    chair.proceeds_without("UZ", GROUND)
    chair.reads_to("close")
    chair.offered.wait_for()
    chair.press("n")
    for each in (chair, india, secretariat):
        expect(each.room).to_have_attribute("data-stage", "closed")

    answer = chair.context.request.get(f"{server.url}{MEETING}/record.bundle?seat=presiding")
    bundle = tmp_path / "record.bundle"
    bundle.write_bytes(answer.body())
    assert verified(bundle, server)


def speak(chair: Window, india: Window) -> None:
    """India asks for the floor, is given it, and yields."""
    chair.does("item-1")
    india.press("f")
    expect(india.page.locator("[data-place]")).to_have_attribute("data-place", "1")
    chair.does("give-IN")
    for each in (chair, india):
        expect(each.speaking).to_have_attribute("data-speaking", "IN")
    india.press("y")
    expect(chair.speaking).to_have_attribute("data-speaking", "")


def object_in_private(chair: Window, india: Window, public: Window) -> None:
    """India objects and lifts it: the gavel is held up, and the public never sees by whom."""
    expect(decision(india)).to_be_visible()
    public.go(f"{MEETING}/")
    before = public.page.locator("main").inner_text()
    india.press("o")
    india.send("object")
    expect(chair.page.locator('[data-seat="IN"] [data-raised="objection"]')).to_be_visible()
    expect(chair.gavel).to_have_attribute("aria-disabled", "true")
    public.page.reload()
    assert public.page.locator("main").inner_text() == before
    india.press("z")
    expect(chair.page.locator("[data-raised]")).to_have_count(0)
