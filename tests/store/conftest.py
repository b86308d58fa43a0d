from collections.abc import Iterator

import pytest
from tests.store.databases import known_to_django, migrated, postgres_of_ones_own, sqlite_file


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with postgres_of_ones_own() as url:
        with known_to_django(url) as alias:
            migrated(alias)
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path) -> str:
    """The URL of a database with the tables in it."""
    if request.param == "sqlite":
        return sqlite_file(tmp_path)
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def alias(url) -> Iterator[str]:
    with known_to_django(url) as found:
        yield found
