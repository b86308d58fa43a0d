"""Starts, rehearses, verifies and exports from a terminal.

Rule 1: a command is one module of this room, with ``add_arguments(parser)`` and ``run(arguments)``,
which returns the exit status; its line in ``COMMANDS`` is all that makes it known.
Rule 2: only the module of the command that was asked for is imported.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

import plenary

COMMANDS = {
    "serve": "serve Plenary: the live room and the pages",
    "admin": "make the administrator's account, and the link that takes it into use",
    "demo": "hold the Moscow summit of 2020 on this machine, from browsers",
    "rehearse": "hold a meeting with bots in every seat",
    "verify": "prove a record offline, and decide every act in it again",
    "profile": "check the profile of an organisation",
    "test": "run every check and every test, or only the tests you name",
}


class Command(Protocol):
    """What a command's module offers.

    A command that sets the default ``passed_on`` gets there, in order, what its parser does not know;
    for all others an unknown argument is an error.
    """

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (2: the command line was not understood)."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given and given[0] in COMMANDS:
        return _run(given[0], given[1:])
    _front_page().parse_args(given)  # prints help or version, or says what is wrong, and exits
    return 2


def _run(name: str, rest: list[str]) -> int:
    command = cast("Command", importlib.import_module(f"plenary.cli.{name}"))
    parser = argparse.ArgumentParser(prog=f"plenary {name}", description=command.__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    command.add_arguments(parser)
    arguments, unknown = parser.parse_known_args(rest)
    if unknown and "passed_on" not in arguments:
        parser.error(f"not understood: {' '.join(unknown)}")
    if unknown:
        arguments.passed_on = unknown
    try:
        return command.run(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # flushed at the end
        return 141


def _front_page() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="plenary", description=plenary.__doc__)
    parser.add_argument("--version", action="version", version=f"plenary {plenary.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, purpose in COMMANDS.items():
        commands.add_parser(name, help=purpose, add_help=False)
    return parser
