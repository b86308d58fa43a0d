"""The page on rehearsals names everything a folder may hold."""

from pathlib import Path

import pytest

from plenary.cli.rehearsal.macros import MACROS
from plenary.folders import folder
from plenary.folders.who import SITTING
from plenary.folders.words import SAMPLES

PAGE = (Path(__file__).parents[2] / "docs/rehearsals.md").read_text("utf-8")
FORMS = [
    folder.Summit,
    folder.Guest,
    folder.Expected,
    folder.Person,
    folder.Everyone,
    folder.Paper,
    folder.Step,
    folder.Racer,
    folder.Change,
    folder.Fault,
]


@pytest.mark.parametrize("form", FORMS)
def test_every_key_is_on_the_page(form):
    assert [name for name in form.__struct_encode_fields__ if name not in PAGE] == []


def test_every_word_standing_step_and_group_is_on_the_page():
    assert [word for word in SAMPLES if f"${word}" not in PAGE] == []
    assert [name for name in MACROS if f"`{name}`" not in PAGE] == []
    assert [name for name in SITTING if f"`@{name}`" not in PAGE] == []
