"""Databases with a meeting in them, made once; each test gets a copy, and a process of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.live.serving import LiveProcess, Prepared, prepare, serving

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All here speak with real servers on 127.0.0.1, but for those that need none."""
    for item in items:
        if HERE in item.path.parents and "original" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("original"), "--open", "--document")


@pytest.fixture
def prepared(original: Prepared, tmp_path: Path) -> Prepared:
    folder = tmp_path / "data"
    shutil.copytree(original.environment["PLENARY_DATA"], folder)
    environment = {**original.environment, "PLENARY_DATA": str(folder)}
    return Prepared(environment, original.sessions, original.seats, original.size)


@pytest.fixture
def live(prepared: Prepared) -> Iterator[LiveProcess]:
    with serving(prepared) as process:
        yield process
