"""Run every check of the house, then every test, on a PostgreSQL of their own.

plenary test                         linters, types, rooms, all tests, coverage of the core
plenary test tests/rules -k quorum   only these tests; everything after "test" goes to pytest
"""

import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from plenary.cli.private_postgres import NoPostgresError, private_postgres

ROOT = Path(__file__).parents[3]
BIN = Path(sys.executable).parent

CHECKS = {
    "style": ["ruff", "check"],
    "layout": ["ruff", "format", "--check"],
    "types": ["mypy"],
    "rooms": ["lint-imports", "--no-logo"],
}
# What the screens are made of has checks and tests of its own; they fold what tests/golden holds.
SCREENS = {
    "screens' types": ["npm", "--prefix", "frontend", "run", "--silent", "check"],
    "screens' tests": ["npm", "--prefix", "frontend", "run", "--silent", "test"],
}
# All of them; bare pytest leaves out the slow ones and those in a browser. What drives the browser keeps an
# event loop in its thread, where Django then refuses its database: a process of its own.
BROWSER = ["pytest", "-m", "browser"]
PYTEST = ["pytest", "-m", "not browser"]
NOTHING_COLLECTED = 5
COVERAGE = ["--cov", "--cov-report="]
# What decides, chains and acts has no line and no branch that no test takes.
GATE = [
    *["coverage", "report", "--skip-covered", "--show-missing", "--fail-under=100"],
    "--include=src/plenary/rules/*,src/plenary/record/*,src/plenary/desk/*",
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.usage = "plenary test [PYTEST ARGUMENT ...]"
    parser.set_defaults(passed_on=[])


def run(arguments: argparse.Namespace) -> int:
    if not (ROOT / "pyproject.toml").is_file():
        print("plenary test: runs from a checkout only", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the database is removed
    if arguments.passed_on:
        return 0 if _both(arguments.passed_on) else 1
    steps = {**CHECKS, **SCREENS}
    failed = [name for name, command in steps.items() if not _step(name, command)]
    if not _step("tests in the browser", [*BROWSER, "tests/browser"]):
        failed.append("tests in the browser")
    if not _tests([*PYTEST, *COVERAGE]):
        failed.append("tests")
    elif not _core_is_covered():
        failed.append("coverage")
    if failed:
        print(f"plenary test: failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def _both(passed_on: list[str]) -> bool:
    """Run what was asked for, in the browser and elsewhere; what is in one alone is not missed in the other."""
    browser = _step("tests in the browser", [*BROWSER, *passed_on], nothing_is_well=True)
    return _tests([*PYTEST, *passed_on], nothing_is_well=browser) and browser


def _tests(command: list[str], *, nothing_is_well: bool = False) -> bool:
    try:
        with private_postgres() as url:
            return _step(
                "tests", command, nothing_is_well=nothing_is_well, PLENARY_TEST_POSTGRES=url
            )
    except NoPostgresError as why:
        print(f"plenary test: {why}", flush=True)
        return False


def _step(
    name: str, command: list[str], *, nothing_is_well: bool = False, **environment: str
) -> bool:
    print(f"== {name}: {shlex.join(command)}", flush=True)
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    program = shutil.which(command[0], path=path)
    if program is None:
        print(f"== {name}: FAILED; there is no {command[0]}: run ./plenary test", flush=True)
        return False
    status = subprocess.run(
        [program, *command[1:]],
        cwd=ROOT,
        env={**os.environ, "PATH": path, **environment},
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode
    if status == NOTHING_COLLECTED and nothing_is_well:
        return True
    if status != 0:
        again = shlex.join(command) if name in SCREENS else f".venv/bin/{shlex.join(command)}"
        again = "./plenary test PATH" if name.startswith("tests") else again
        print(f"== {name}: FAILED; run again: {again}", flush=True)
    return status == 0


def _core_is_covered() -> bool:
    """Silent when all is well, for pytest's closing lines then end the output."""
    report = subprocess.run(
        [str(BIN / GATE[0]), *GATE[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if report.returncode != 0:
        print(f"== coverage of rules, record and desk: FAILED\n{report.stdout}{report.stderr}")
        print(f"== run again: ./plenary test; then .venv/bin/{shlex.join(GATE)}", flush=True)
    return report.returncode == 0
