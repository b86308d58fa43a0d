"""Open the Moscow summit of 10 November 2020: rehearse it on this machine, then prove its record.

The meeting's three hours pass in about half a minute; the record is left in var/demo.
"""

import argparse
import os
from pathlib import Path

from plenary.cli import rehearse, verify
from plenary.cli.rehearsal import running

SUMMIT = "moscow-2020"
FASTER = "600"
"""How many times faster than the meeting itself."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--speed", default=FASTER, metavar="N|max", help="as for rehearse (600)")


def run(arguments: argparse.Namespace) -> int:
    """Rehearse, then verify what was left."""
    folder = Path(os.environ.get("PLENARY_DATA") or "var") / "demo"
    given = argparse.ArgumentParser()
    rehearse.add_arguments(given)
    status = rehearse.run(
        given.parse_args([SUMMIT, "--speed", arguments.speed, "--out", str(folder)])
    )
    if status:
        return status
    print()
    checking = argparse.ArgumentParser()
    verify.add_arguments(checking)
    bundle, key = str(folder / running.RECORD), str(folder / running.KEY)
    return verify.run(checking.parse_args([bundle, "--key", key]))
