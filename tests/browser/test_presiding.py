"""The presiding officer is told who is there, without whom, and what may not be read out yet."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from tests.browser.windows import Window, decision
from tests.demonstration import MEETING, Others

from plenary.record.bundle import decode_bundle

Open = Callable[..., Window]
LOST = ("KG", "KZ", "PK", "RU", "TJ", "UZ")
GROUND = "The line is lost, and nobody can be reached"
REASON = "India does not support paragraph 12"


def test_of_two_members_at_the_table_it_is_not_said_that_all_are_present(
    window: Open, others: Callable[..., Others]
):
    others("CN")
    chair, india = window("presiding"), window("IN")
    a_summit_of_this_name_before_leaves_no_place_in_the_script(chair)
    chair.does("form-put")
    expect(decision(india)).to_be_visible()
    expect(chair.gavel).to_have_attribute("aria-disabled", "false", timeout=20_000)

    why = chair.page.locator("[data-why]")
    expect(why).to_contain_text("Nobody objects. Present for the question: 2 of 8.")
    expect(why).to_contain_text(
        "Never came to the meeting, so this question does not wait for them: Kazakhstan"
    )
    expect(chair.offered).to_contain_text("Declare agreed")
    expect(chair.gavel).to_contain_text("Declare agreed")


def test_a_floor_taken_back_takes_the_script_back_and_speeches_not_held_are_named(
    window: Open, others: Callable[..., Others]
):
    others("CN")
    chair, india = window("presiding"), window("IN")
    chair.does("item-1")
    india.press("f")
    expect(india.page.locator("[data-place]")).to_have_attribute("data-place", "1")
    unread = chair.page.locator("[data-unread]")
    expect(unread).to_contain_text("Russia has not asked for the floor: K goes on.")
    step = chair.step
    chair.press("g")
    expect(india.page.locator("[data-place]")).to_contain_text("You have the floor")
    expect(unread).to_contain_text("India has the floor")
    chair.press("z")
    expect(unread).to_contain_text("Russia has not asked for the floor")
    assert chair.step == step
    chair.reads_to("give-IN")
    expect(chair.page.locator("[data-passed]")).to_contain_text("Russia")

    chair.does("give-IN")
    expect(chair.offered).to_have_attribute("data-progress", "idle")
    chair.press("z")

    expect(chair.page.locator(".script")).to_have_attribute("data-step", "give-IN")
    expect(chair.offered).to_have_attribute("aria-disabled", "false")
    chair.does("give-IN")
    expect(chair.page.locator(".script")).to_have_attribute("data-step", "end-IN")
    india.press("y")
    expect(chair.page.locator(".script footer")).to_contain_text("The speech has ended: say this")
    expect(unread).to_have_count(0)
    assert chair.step == "end-IN"
    chair.press("k")
    assert chair.step != "end-IN"


def a_summit_of_this_name_before_leaves_no_place_in_the_script(chair: Window) -> None:
    """A screen that was at the end of another meeting begins at the beginning of this one."""
    script = chair.page.locator(".script")
    expect(script).not_to_have_attribute("data-step", "")
    first = chair.step
    chair.page.evaluate("sessionStorage.setItem('plenary.script sco/chs-2020-11-10', '1 59')")
    chair.page.reload()
    expect(chair.room).to_have_attribute("data-line", "live")
    expect(script).to_have_attribute("data-step", first)
    chair.press("k")
    chair.page.reload()
    expect(script).not_to_have_attribute("data-step", "")
    expect(script).not_to_have_attribute("data-step", first)
    chair.press("j")


def test_lost_lines_are_ended_on_one_ground_in_acts_of_their_own_and_the_signing_is_seen(
    window: Open, others: Callable[..., Others]
):
    others("CN")
    chair, india = window("presiding"), window("IN")
    what_is_left_undone_is_named(chair)
    an_objection_stands_first(chair, india)

    lost = chair.page.locator("[data-lost]")
    expect(lost).to_have_count(len(LOST))
    expect(chair.page.locator("[data-staffed]")).to_contain_text("Nobody sits in the secretariat")
    all_are_gone_on_without(chair)
    expect(lost).to_have_count(0)
    why = chair.page.locator("[data-why]")
    expect(why).to_contain_text("Present for the text: 2 of 8.", timeout=20_000)
    expect(why).to_contain_text("Proceeding without: Kazakhstan")

    others("KZ")
    back = chair.page.locator('.members [data-seat="KZ"]')
    expect(back).to_contain_text("came back; counts as present", timeout=20_000)
    expect(why).to_contain_text("Present for the text: 3 of 8.")
    expect(why).not_to_contain_text("Kazakhstan")
    chair.reads_to("sign")
    expect(india.page.locator('[data-outcome="reached"]').first).to_contain_text(
        "Adopted: the package of 16 documents; present 3, proceeded without 5"
    )
    done = deeds(chair)
    without = [deed["act"] for deed in done if deed["act"]["act"] == "proceed_without"]
    assert sorted((act["seat"], act["ground"]) for act in without) == [
        (seat, GROUND) for seat in LOST
    ]
    gavel = next(deed for deed in reversed(done) if deed["act"]["act"] == "declare_adopted")
    assert gavel["events"][0]["count"] == {"present": 3, "proceeded_without": 5}
    the_signing_is_seen(chair, india)


def all_are_gone_on_without(chair: Window) -> None:
    """One ground for all of them, typed on; no letter of it does anything else."""
    chair.page.locator('[data-lost="UZ"] [data-arms="proceed_without"]').click()
    form = chair.page.locator('[data-armed="proceed_without"]')
    form.get_by_role("button", name="All", exact=True).click()
    chair.page.keyboard.type(GROUND)  # the letters are keys elsewhere
    form.get_by_role("checkbox").first.press("t")
    expect(chair.page.locator('[data-tray=""]')).to_have_count(1)
    form.get_by_label("Ground", exact=True).press("Enter")
    expect(form).to_have_count(0)


def what_is_left_undone_is_named(chair: Window) -> None:
    """Going past the item, the script says that it is not taken up, and under which one the texts are."""
    chair.reads_to("item-3")
    chair.press("k")
    expect(chair.page.locator("[data-skipped]")).to_contain_text("Take up an item: ")
    while chair.step != "package-put":
        chair.press("k")
    expect(chair.page.locator("[data-apart]")).to_contain_text("Item 3 is not taken up")
    while chair.step != "item-3":
        chair.press("j")
    chair.does("item-3")
    chair.does("package-put")
    chair.press("k")
    expect(chair.page.locator("[data-skipped]")).to_contain_text("Declare adopted")
    chair.press("k")
    expect(chair.page.locator("[data-unread]")).to_contain_text(
        "A question is open: Adopt the package"
    )
    chair.press("j", "j")


def an_objection_stands_first(chair: Window, india: Window) -> None:
    """While India objects its reason stands on top, and the words of adoption are not to be read."""
    expect(decision(india)).to_be_visible()
    india.arm("object").locator("input").fill(REASON)
    india.send("object")
    expect(chair.page.locator('.objections [data-seat="IN"]')).to_contain_text(REASON)
    expect(chair.page.locator("[data-unread]")).to_contain_text("An objection stands: India.")
    india.press("z")
    expect(chair.page.locator(".objections")).to_have_count(0)


def the_signing_is_seen(chair: Window, india: Window) -> None:
    """It is counted by member, and not said to be completed while it is not."""
    signed = chair.page.locator("[data-signed]")
    expect(signed).to_contain_text("Signed: 0 of 80")
    india.arm("sign")
    india.send("sign")
    expect(signed).to_contain_text("Signed: 1 of 80")
    expect(signed).to_contain_text("India 1/10")
    india.page.locator('[data-arms="sign-all"]').click()
    india.press("Enter")
    expect(signed).to_contain_text("Signed: 10 of 80", timeout=20_000)
    expect(
        india.page.locator('[data-arms], [data-armed="sign"]').filter(has_text="Sign")
    ).to_have_count(0)
    chair.press("k")
    expect(chair.page.locator("[data-unread]")).to_contain_text(
        "Signing is not completed: signed 10 of 80."
    )


def deeds(chair: Window) -> list[dict[str, Any]]:
    """Return what was done, as the record has it."""
    answer = chair.context.request.get(f"{chair.url}{MEETING}/record.bundle?seat=presiding")
    bodies = [entry.body for entry in decode_bundle(answer.body()).entries]
    return [deed for body in bodies if body for deed in json.loads(body)["deeds"]]


def test_who_presides_and_comes_back_elsewhere_finds_the_script_where_the_meeting_is(
    window: Open, others: Callable[..., Others]
):
    others("RU", "KZ", "CN", "KG", "PK", "TJ", "UZ", "IN")
    chair = window("presiding")
    chair.reads_to("item-1")
    chair.does("item-1")
    where = chair.step
    chair.page.goto("about:blank")
    chair.page.wait_for_timeout(2_500)  # until nobody is heard from that seat

    anew = window("presiding", "ru")
    expect(anew.page.locator(".script")).to_have_attribute("data-step", where)
    anew.press("j")
    expect(anew.page.locator(".script")).to_have_attribute("data-step", "item-1")
