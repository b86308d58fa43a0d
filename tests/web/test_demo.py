"""The demonstration's seats: on this machine only, and only where it is one."""

import re

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, reverse
from tests.web.conftest import browser
from tests.web.meetings import SECRETARY, Held, head

from plenary.rules import acts as a
from plenary.store.access import person_of_session


@pytest.fixture
def demo(held: Held):
    with override_settings(DEMO=True, ROOT_URLCONF="tests.web.demo_urls"):
        yield held


def sits(held: Held, seat: str, person: str) -> dict[str, str]:
    return {"origin": held.origin, "seat": seat, "person": person}


def test_a_serving_installation_does_not_even_know_the_address(held: Held, desk):
    with pytest.raises(NoReverseMatch):
        reverse("demo")
    assert browser().get("/demo/").status_code == 404
    assert (
        browser().post("/demo/sit/", sits(held, "IN", head(held.members()[0]))).status_code == 404
    )
    assert b"Demonstration" not in browser().get("/").content


def test_one_click_takes_a_seat(demo: Held, desk):
    client = browser()
    page = client.get("/demo/").content.decode()
    assert "Demonstration" in page
    assert ">Member states</h3>" in page
    seat = demo.members()[0]
    answer = client.post("/demo/sit/", sits(demo, seat, head(seat)))
    assert answer.headers["Location"] == f"/meetings/sco/held/room?seat={seat}"
    assert person_of_session(client.session.session_key) == head(seat)
    assert client.get(answer.headers["Location"]).status_code == 200


def test_head_stands_where_there_is_a_delegation_to_head(demo: Held, desk):
    seats = browser().get("/demo/").content.decode().split("<li>")
    labelled = {
        seat: '<span class="fine">head</span>' in each
        for each in seats
        if (found := re.search(r'name="seat" value="([^"]*)"', each))
        for seat in found.groups()
    }
    assert labelled[demo.presiding] is False
    assert all(labelled[seat] for seat in demo.members())
    presides, delegate = (
        browser(head(seat)).get("/").content.decode()
        for seat in (demo.presiding, demo.members()[0])
    )
    assert "head of delegation" in delegate
    assert "head of delegation" not in presides


def test_a_seat_that_was_taken_says_so_and_a_closed_meeting_too(demo: Held, desk):
    held = Held("sco/taken").convene().accredit().open()
    taken, other = held.members()[:2]
    held.does(taken, a.TakeSeat(screen="a-screen"))

    def seats() -> dict[str, str]:
        page = browser(head(taken)).get("/demo/").content.decode()
        return {
            found[1]: each
            for each in page.split("<li>")
            if 'value="sco/taken"' in each
            and (found := re.search(r'name="seat" value="([^"]*)"', each))
        }

    assert '<span class="fine">taken</span>' in seats()[taken]
    assert '<span class="fine">you</span>' in seats()[taken]
    assert "taken</span>" not in seats()[other]
    assert "This meeting is closed" not in browser().get("/demo/").content.decode()
    held.does(held.presiding, a.CloseMeeting())
    assert "This meeting is closed" in browser().get("/demo/").content.decode()


def test_the_seats_page_has_no_link_to_itself(demo: Held, desk):
    link = '<a href="/demo/">Take a seat</a>'
    assert link not in browser().get("/demo/").content.decode()
    assert link in browser().get("/").content.decode()


def test_a_session_begun_by_a_click_can_be_seen_and_ended(demo: Held, desk):
    seat = demo.members()[0]
    first, second = browser(), browser()
    for client in (first, second):
        client.post("/demo/sit/", sits(demo, seat, head(seat)))
    assert "This session" in second.get("/accounts/").content.decode()
    second.post("/accounts/sessions/end/", {"session": "others"})
    assert first.get("/accounts/").status_code == 302
    assert second.get("/accounts/").status_code == 200


def test_nobody_takes_a_seat_that_is_not_theirs(demo: Held, desk):
    first, second = demo.members()[:2]
    for seat, person in (
        (first, head(second)),
        ("nobody", head(first)),
        (first, SECRETARY),
        (first, "administrator"),
    ):
        assert browser().post("/demo/sit/", sits(demo, seat, person)).status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1, 192.0.2.7"},
    ],
)
def test_from_another_machine_there_is_nothing(elsewhere, demo: Held, desk):
    client = browser(**elsewhere)
    seat = demo.members()[0]
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sit/", sits(demo, seat, head(seat))).status_code == 404


def test_under_another_name_there_is_nothing(demo: Held, desk):
    with override_settings(ALLOWED_HOSTS=["rebound.example"]):
        assert browser().get("/demo/", headers={"host": "rebound.example"}).status_code == 404
