"""docs/live.openapi.json is what the structs and the router say."""

from pathlib import Path

from tests.house.live_openapi import ANSWERS, page

from plenary.web.live.meetings import ADDRESSES

PAGE = Path(__file__).parents[2] / "docs" / "live.openapi.json"


def test_the_description_for_machines_is_the_protocol_as_it_is():
    assert PAGE.read_text("utf-8") == page()


def test_every_address_of_the_router_says_what_it_answers():
    assert set(ANSWERS) == set(ADDRESSES)
