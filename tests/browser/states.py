"""Meetings in several states beside the summit, and people of each kind who are signed in."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
from tests.demonstration import ROOT

PEOPLE = ("secretary", "keeper", "newcomer", "head-kz")


@dataclass
class States:
    """What was made: ``sessions`` by person, a ``token`` of an invitation."""

    sessions: dict[str, str]
    token: str


def prepared_states(data: Path) -> States:
    """Put the meetings and the people into the demonstration's folder in *data*."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.preparing_states"],
        env={
            **os.environ,
            "PLENARY_DATA": str(data / "demo"),
            "DJANGO_SETTINGS_MODULE": "plenary.web.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return msgspec.json.decode(made.stdout, type=States)
