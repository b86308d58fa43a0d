"""A person reads the room and the pages in another language, by their own control."""

import re
from collections.abc import Callable

from playwright.sync_api import Dialog, Page, expect
from tests.browser.windows import Window, decision
from tests.demonstration import MEETING, Others

Open = Callable[..., Window]
MEMBERS = ("RU", "KZ", "CN", "KG", "PK", "TJ", "UZ")
REASON = "Paragraph 3, пункт 3, 第3段"
NOTE = "A note that is not sent yet"
SHOWN = """() => {
  const announced = [...document.querySelectorAll(".room > [aria-live]")].map(each => each.innerText)
  const words = announced.reduce((all, each) => each ? all.replace(each, "") : all, document.body.innerText)
  const named = [...document.querySelectorAll("[aria-label], [title]")].filter(each => each.checkVisibility())
  return [document.documentElement.lang, document.title, ...words.split("\\n").filter(each => each.trim()),
    ...named.flatMap(each => [each.getAttribute("aria-label"), each.title])]
}"""


def shown(page: Page) -> list[str]:
    """All that stands on a page and its names for a screen reader, but for times, counts and what was announced."""
    return [re.sub(r"\d+", "0", str(each)) for each in page.evaluate(SHOWN)]


def test_the_language_of_the_room_is_changed_there_with_nothing_lost_and_stays(
    window: Open, others: Callable[..., Others]
):
    others(*MEMBERS)
    chair, india = window("presiding"), window("IN", "en")
    chair.does("open")
    chair.does("form-put")
    expect(decision(india)).to_be_visible()
    expect(india.page.locator("[data-acknowledged=true]")).to_be_visible()

    india.press("m")
    india.page.locator("[data-tray=notes] input").fill(NOTE)
    india.arm("object").locator("input").fill(REASON)
    for name, tag in (("RU", "ru"), ("中文", "zh-Hans")):
        india.languages(name).click()
        expect(india.page.locator("html")).to_have_attribute("lang", tag)
        expect(india.page.locator("[data-armed=object] input")).to_have_value(REASON)
        expect(india.page.locator("[data-tray=notes] input")).to_have_value(NOTE)
    india.send("object")
    expect(chair.page.locator("[data-raised=objection]")).to_contain_text(REASON)
    india.press("z")
    expect(chair.page.locator("[data-raised]")).to_have_count(0)
    india.press("m")

    text = india.page.locator(".sheet .page h3").first
    for name in ("EN", "RU", "中文"):
        india.languages(name).click()
        expect(india.languages(name)).to_have_attribute("aria-pressed", "true")
        expect(text).to_be_visible()
        by_the_control = shown(india.page)
        india.page.reload()
        expect(india.page.locator("[data-acknowledged=true]")).to_be_visible()
        expect(text).to_be_visible()
        assert shown(india.page) == by_the_control


def test_who_reads_the_pages_in_a_language_reads_the_room_in_it_and_the_other_way_round(
    window: Open,
):
    india = window()
    india.go("/demo/")
    in_english = india.page.locator("main h1").inner_text()
    india.languages("Русский").click()
    expect(india.page.locator("html")).to_have_attribute("lang", "ru")
    expect(india.page.locator("main h1")).not_to_have_text(in_english)
    india.sit("IN")
    expect(india.page.locator("html")).to_have_attribute("lang", "ru")

    india.languages("中文").click()
    expect(india.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    india.go(f"{MEETING}/")
    expect(india.page.locator("html")).to_have_attribute("lang", "zh-Hans")

    india.go(f"{MEETING}/room?seat=IN&language=ru")
    expect(india.page.locator("html")).to_have_attribute("lang", "ru")
    india.languages("EN").click()
    expect(india.page.locator("html")).to_have_attribute("lang", "en")
    india.page.reload()
    expect(india.room).to_have_attribute("data-line", "live")
    expect(india.page.locator("html")).to_have_attribute("lang", "en")


def ask(page: Page, *, leave: bool) -> list[str]:
    """What the reader of *page* is asked from now on; *leave* is the answer to it."""
    asked = list[str]()

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept() if leave else dialog.dismiss()

    page.on("dialog", answer)
    return asked


def test_a_search_loses_nothing_that_is_typed_beside_it(window: Open):
    secretary = window("secretariat")
    page, asked = secretary.page, ask(secretary.page, leave=False)
    secretary.go("/people/")
    name, search = (
        page.get_by_role("textbox", name="Identifier", exact=True),
        page.get_by_role("search"),
    )
    search.get_by_role("searchbox").fill("a")
    search.get_by_role("button").click()
    expect(page).to_have_url(re.compile("q=a"))
    assert asked == []  # what is searched for is not lost

    name.fill("a-person")
    search.get_by_role("button").click()
    page.get_by_role("button", name="Invite", exact=False).first.click()
    assert asked == ["beforeunload"] * 2
    expect(name).to_have_value("a-person")
    secretary.languages("Русский").click()
    assert asked == ["beforeunload"] * 3
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_an_answer_in_which_nothing_was_typed_is_left_unasked(window: Open):
    secretary = window("secretariat")
    page, asked = secretary.page, ask(secretary.page, leave=True)
    convene = "/meetings/convene/"
    secretary.go(convene)
    page.get_by_label("or one that comes with Plenary").select_option("moscow-2020")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_label("Short name in addresses")).not_to_have_value("")
    secretary.go(convene)
    assert asked == []

    secretary.expected.append("422")
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    page.get_by_role("button", name="Convene the meeting").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    secretary.go(convene)
    assert asked == []  # ticks and dates were there before

    page.get_by_label("or one that comes with Plenary").select_option("moscow-2020")
    page.get_by_role("button", name="Preview").click()
    page.get_by_label("Short name in addresses").fill("another")
    secretary.go(convene)
    assert asked == ["beforeunload"]


def test_what_is_typed_in_a_page_is_not_lost_to_another_language_unasked(window: Open):
    secretary = window("secretariat")
    page, leaves, asked = secretary.page, False, list[str]()

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept() if leaves else dialog.dismiss()

    page.on("dialog", answer)
    secretary.go(f"{MEETING}/secretariat/roster/?do=receive")
    in_language, name = page.locator("html"), page.get_by_role("textbox", name="Identifier")
    secretary.languages("Русский").click()
    expect(in_language).to_have_attribute("lang", "ru")
    secretary.languages("English").click()
    expect(in_language).to_have_attribute("lang", "en")
    assert asked == []  # nothing was typed

    name.fill("A Person")
    secretary.languages("Русский").click()
    assert asked == ["beforeunload"]
    expect(in_language).to_have_attribute("lang", "en")
    expect(name).to_have_value("A Person")

    secretary.expected.append("422")
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    page.locator("main form button.primary").click()
    expect(name).to_have_attribute("aria-invalid", "true")
    assert len(asked) == 1  # what is sent is not lost
    secretary.languages("Русский").click()
    assert len(asked) == 2
    expect(name).to_have_value("A Person")

    leaves = True
    secretary.languages("Русский").click()
    expect(in_language).to_have_attribute("lang", "ru")
