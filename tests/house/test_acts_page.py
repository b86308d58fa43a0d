"""docs/acts.md is what the code says."""

from pathlib import Path

from tests.house.acts_page import WRITTEN, page

from plenary.rules.acts import ACTS

PAGE = Path(__file__).parents[2] / "docs" / "acts.md"


def test_every_act_has_its_section_and_the_page_is_what_the_code_says():
    assert PAGE.read_text("utf-8") == page()


def test_the_page_says_of_every_act_what_is_written():
    assert set(WRITTEN) == set(ACTS.values())
