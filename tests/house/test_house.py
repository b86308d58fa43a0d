"""The house checks itself: what no compiler and no reviewer should have to remember."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
LOCKS = sorted(ROOT.glob("requirements/*.txt"))
REGISTRIES = [  # in two halves, for this file is checked too
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com",
    "deb.debian" + ".org",
    "archive.ubuntu" + ".com",
    "crates" + ".io",
    "proxy.golang" + ".org",
    "repo.maven" + ".apache.org",
]
MACHINE_PATH = re.compile(r"(?<![\w.~\]})$-])/(?:root|home|work|Users|opt)/\w")


def run(
    *command: str | Path, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def tracked_texts():
    names = run("git", "ls-files", "-z").stdout.split("\0")
    assert "pyproject.toml" in names
    for name in filter(None, names):
        path = ROOT / name
        if path.is_file():
            yield name, path.read_text(errors="replace")


def linted_rooms(folder: Path, **planted: str) -> subprocess.CompletedProcess[str]:
    """What lint-imports says of a copy of the house into which these lines were planted."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for room, line in planted.items():
        module = folder / "src/plenary" / room
        module.mkdir(exist_ok=True)
        with (module / "__init__.py").open("a") as code:
            code.write(f"\n{line}\n")
    return run(
        BIN / "lint-imports", "--no-logo", "--no-cache", cwd=folder, PYTHONPATH=str(folder / "src")
    )


@pytest.mark.slow
def test_every_room_keeps_to_the_rooms_below_it():
    rooms = run(BIN / "lint-imports", "--no-logo", "--no-cache")
    assert rooms.returncode == 0, rooms.stdout + rooms.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("room", "line", "broken"),
    [
        ("rules", "import plenary.store", "plenary.rules -> plenary.store"),
        ("rules", "import plenary.record", "plenary.rules -> plenary.record"),
        ("record", "import plenary.rules", "plenary.record -> plenary.rules"),
        ("desk", "import plenary.store", "plenary.desk -> plenary.store"),
        ("rules", "import time", "plenary.rules -> time"),
        ("desk", "import django", "plenary.desk -> django"),
        ("store", "import pyhanko", "plenary.store -> pyhanko"),
        ("utils", "", "plenary.utils"),
    ],
)
def test_a_planted_fault_is_caught(tmp_path, room, line, broken):
    rooms = linted_rooms(tmp_path, **{room: line})
    assert rooms.returncode != 0
    assert broken in rooms.stdout


def test_no_room_is_a_drawer_for_odds_and_ends():
    drawers = {"utils", "util", "common", "helpers", "core", "services", "misc", "shared"}
    found = {path.stem for path in (ROOT / "src/plenary").rglob("*") if path.suffix in ("", ".py")}
    assert "rules" in found
    assert not found & drawers


def test_no_tracked_file_names_a_place_on_somebodys_machine():
    found = [
        f"{name}: {match.group()}"
        for name, text in tracked_texts()
        for match in MACHINE_PATH.finditer(text)
    ]
    assert found == []


def test_no_tracked_file_names_a_package_registry():
    found = [
        f"{name}: {host}" for name, text in tracked_texts() for host in REGISTRIES if host in text
    ]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_pins_by_hash_and_names_no_address(lock):
    text = lock.read_text()
    packages = re.split(r"\n(?=[a-z])", text)[1:]
    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+", package)
        assert "--hash=sha256:" in package
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)  # no --index-url, no --find-links


def test_what_runs_is_what_was_tested():
    def pins(name):
        return set(
            re.findall(
                r"^[a-z0-9-]+(?:\[[a-z,]+\])?==\S+",
                (ROOT / "requirements" / name).read_text(),
                re.M,
            )
        )

    assert pins("run.txt") < pins("dev.txt")


def test_every_dependency_has_its_reason_and_its_lock():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [declared["project"]["dependencies"], *declared["dependency-groups"].values()]
    names = {re.split(r"[^\w-]", each)[0] for group in groups for each in group}
    page = (ROOT / "docs/decisions/dependencies.md").read_text()
    reasons, _, of_the_screens = page.partition("## The screens")
    assert set(re.findall(r"^- \*\*([\w-]+)\*\*: \w", reasons, re.MULTILINE)) == names
    locked = (ROOT / "requirements/dev.txt").read_text()
    assert [name for name in names if f"\n{name.lower()}==" not in locked] == []
    packages = json.loads((ROOT / "frontend/package.json").read_text())["devDependencies"]
    assert [name for name in packages if f"**{name}**" not in of_the_screens] == []


@pytest.mark.parametrize(("shell", "script"), [("sh", "plenary"), ("bash", ".ci/run")])
def test_the_scripts_can_be_read_by_their_shell_and_run(shell, script):
    assert os.access(ROOT / script, os.X_OK)
    assert run(shell, "-n", script).stderr == ""
    if shutil.which("shellcheck"):
        complaints = run("shellcheck", script)
        assert complaints.returncode == 0, complaints.stdout


@pytest.mark.slow
def test_a_wheel_carries_the_organisations_and_the_rehearsals(tmp_path):
    built = run(BIN / "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    data = [
        path.relative_to(ROOT / "src").as_posix()
        for folder in ("profiles", "summits")
        for path in (ROOT / "src/plenary" / folder).rglob("*")
        if path.is_file()
    ]
    assert data
    assert [name for name in data if name not in packed] == []
