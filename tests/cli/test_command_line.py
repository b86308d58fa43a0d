"""Every command is there, is found, and says what it did not understand."""

import importlib

import pytest

from plenary.cli import COMMANDS, main


def test_the_front_page_names_every_command(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    page = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in page] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    purpose = importlib.import_module(f"plenary.cli.{name}").__doc__
    assert purpose
    assert purpose.splitlines()[0] in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["adjourn"], ["--adjourn"]])
def test_what_is_no_command_is_refused(words, capsys):
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "COMMAND" in capsys.readouterr().err
