"""On a bad line nothing is done twice, nothing is hidden, and nobody is taken to consent."""

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect
from tests.browser.windows import CUT, Window, decision
from tests.demonstration import MEETING, TELEPHONE, Client, Demonstration, Others

Open = Callable[..., Window]
MEMBERS = ("RU", "KZ", "CN", "KG", "PK", "TJ", "UZ")
LOST = {
    "ru": ("Связь потеряна", r"по состоянию на (\d\d:\d\d:\d\d)", "Позвоните в секретариат"),
    "zh-hans": ("连线中断", r"截至(\d\d:\d\d:\d\d)", "请致电秘书处"),
}
MOMENT = '\\"at\\":1'


def a_question_is_open(chair: Window, member: Window) -> None:
    """The form of the meeting is put."""
    chair.does("open")
    chair.does("form-put")
    expect(decision(member)).to_be_visible()


def test_while_the_line_is_cut_nothing_can_be_decided_and_the_chair_sees_who_is_gone(
    window: Open, others: Callable[..., Others]
):
    others(*MEMBERS)
    chair, india = window("presiding"), window("IN", "ru")
    a_question_is_open(chair, india)
    expect(chair.gavel).to_have_attribute("aria-disabled", "false")
    india.expected.append(CUT)

    india.context.set_offline(True)

    expect(india.room).to_have_attribute("data-line", "lost")
    notice = india.page.locator('[data-notice="line"]')
    objecting = india.page.locator('[data-arms="object"][aria-disabled="false"]')
    nothing_can_be_decided(india, "ru")
    moment = as_of(india, "ru")
    india.languages("中文").click()
    nothing_can_be_decided(india, "zh-hans")
    assert as_of(india, "zh-hans") == moment  # it is the time of what is seen, not of now
    expect(chair.page.locator('.presence [data-seat="IN"]')).to_have_attribute(
        "data-there", "false"
    )
    expect(chair.gavel).to_have_attribute("aria-disabled", "true")

    india.context.set_offline(False)

    expect(india.room).to_have_attribute("data-line", "live")
    expect(notice).to_have_count(0)
    expect(objecting).to_be_visible()
    expect(chair.page.locator("[data-raised]")).to_have_count(
        0
    )  # what was pressed meanwhile is not sent
    expect(chair.gavel).to_have_attribute("aria-disabled", "false")
    number = chair.room.get_attribute("data-number") or ""
    expect(india.room).to_have_attribute("data-number", number)
    expect(india.page.locator('[data-chain="whole"]')).to_be_visible()


def nothing_can_be_decided(member: Window, language: str) -> None:
    """The secretariat's telephone number stands where the decision was; no key and no control does anything."""
    lost, _, telephone = LOST[language]
    expect(member.page.locator('[data-notice="line"]')).to_contain_text(lost)
    expect(member.page.locator('[data-notice="line"]')).to_contain_text(TELEPHONE)
    expect(decision(member)).to_contain_text(telephone)
    expect(decision(member).get_by_role("link", name=TELEPHONE)).to_be_visible()
    assert member.page.get_by_role("dialog").count() == 0
    for kind in ("act", "arms", "send"):
        expect(member.page.locator(f'[data-{kind}]:not([aria-disabled="true"])')).to_have_count(0)
    for key in ("o", "a", "r", "f"):
        member.press(key)
    expect(member.page.locator("[data-armed]")).to_have_count(0)


def as_of(member: Window, language: str) -> str:
    """The time of what is seen: in the header, above the room and at the decision."""
    pattern = re.compile(LOST[language][1])
    said = [
        re.search(pattern, place.inner_text())
        for place in (
            member.page.locator('.net[data-line="lost"]'),
            member.page.locator('[data-notice="line"]'),
            decision(member),
        )
    ]
    moments = {found[1] for found in said if found}
    assert len(moments) == 1, said
    assert all(said)
    return moments.pop()


def test_an_act_whose_answer_was_lost_with_the_server_is_done_once(
    window: Open, others: Callable[..., Others], server: Demonstration
):
    others(*MEMBERS)
    chair, india = window("presiding", "zh-hans"), window("IN")
    a_question_is_open(chair, india)
    for each in (chair, india):
        each.expected.append(CUT)
    sent: list[str] = []

    def kill(route: Route) -> None:
        said = route.request.post_data or ""
        if '"act":"object"' in said:
            sent.append(said)
        if sent != [said]:
            route.continue_()
            return
        route.fetch()  # the act is done and durable; its answer never arrives
        server.kill_live()
        route.abort()

    india.page.route("**/acts", kill)
    india.press("o")
    india.page.locator('[data-armed="object"] input').fill("Paragraph 3 is not acceptable")
    india.send("object")

    expect(india.room).to_have_attribute("data-line", "live", timeout=30_000)
    expect(chair.room).to_have_attribute("data-line", "live", timeout=30_000)
    expect(india.page.locator("[data-alert]")).to_have_text("")  # nor is it read aloud as lost
    raised = chair.page.locator('[data-raised="objection"]')
    expect(raised).to_have_count(1)
    expect(raised).to_contain_text("Paragraph 3 is not acceptable")
    expect(india.page.locator("[data-notice='refusal']")).to_have_count(0)
    expect(chair.gavel).to_have_attribute("aria-disabled", "true")
    it_was_sent_again(india, sent)


def test_of_two_screens_of_one_seat_the_newer_asks_and_the_older_is_told(window: Open):
    older = window("IN")
    expect(older.page.locator('[data-act="ask_for_the_floor"]')).to_be_visible()
    newer = window("IN", "ru")
    newer.expected.append("409")

    ask = newer.page.locator('[data-notice="taken"]')
    expect(ask).to_be_visible()
    expect(older.page.locator('[data-notice="displaced"]')).to_have_count(0)
    ask.get_by_role("button").click()

    expect(older.page.locator('[data-notice="displaced"]')).to_be_visible()
    expect(ask).to_have_count(0)


def test_a_feed_that_was_tampered_with_is_noticed_and_reported(window: Open, server: Demonstration):
    operator, secretariat, india = window("operator"), window("secretariat"), window(None)
    expect(operator.page.locator("[data-broken]")).to_have_attribute("data-broken", "0")
    number, answer = tampering(server)
    india.page.route("**/feed?**", answer)

    india.sit("IN")

    expect(india.page.locator('[data-notice="chain"]')).to_contain_text(f" {number}.")
    expect(operator.page.locator("[data-broken]")).to_have_attribute("data-broken", "1")
    for each in (operator, secretariat):
        report = each.page.locator('.presence [data-seat="IN"] .chain .no')
        expect(report).to_contain_text(f" {number}")


def tampering(server: Demonstration) -> tuple[int, Callable[[Route], None]]:
    """Return what sends a window the record with one letter of an entry changed, and that entry's number."""
    reader = Client(server.url)
    reader.sit("IN")
    size = reader.json(f"{MEETING}/room.json?seat=IN")["number"] + 1
    stream = reader.lines(f"{MEETING}/feed?seat=IN&after=-1", f"id: {size - 1}")
    at = stream.index(MOMENT, stream.index("id: 5\n"))
    changed = stream[:at] + MOMENT.replace("1", "2") + stream[at + len(MOMENT) :]
    number = int(stream[:at].rpartition("id: ")[2].partition("\n")[0])
    once = iter([changed])

    def answer(route: Route) -> None:
        body = next(once, None)
        if body is None:
            route.continue_()
        else:
            route.fulfill(body=body, content_type="text/event-stream")

    return number, answer


def it_was_sent_again(india: Window, sent: list[str]) -> None:
    """Wait for it: the deed may be seen in the feed before it is sent again."""
    for _ in range(50):
        if len(sent) == 2:
            break
        india.page.wait_for_timeout(100)
    assert len(sent) == 2
    assert sent[0] == sent[1]  # with its key
