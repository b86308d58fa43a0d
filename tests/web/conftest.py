"""Pages on a database of the test process, meetings made once, and people who are signed in."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from tests.web.at_the_desk import AtTheDesk
from tests.web.meetings import SECRETARY, Held, account, head

from plenary.rules.names import SeatId
from plenary.web.acts_client import bring_acts_to


@pytest.fixture(scope="session")
def database() -> None:
    call_command("migrate", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def desk(database: None) -> AtTheDesk:
    """Acts of the pages come to the desk in this process."""
    there = AtTheDesk()
    bring_acts_to(there)
    return there


@pytest.fixture(scope="session")
def held(database: None) -> Held:
    """A meeting with one document adopted, one on the table, that nobody changes."""
    return (
        Held("sco/held")
        .convene()
        .accredit()
        .table("st-1", "st-2")
        .open()
        .talk()
        .adopt("st-1")
        .checkpoint()
    )


@pytest.fixture(scope="session")
def other(database: None) -> Held:
    """Another meeting, of other people's."""
    return Held("sco/other").convene().accredit().open().checkpoint()


def browser(person: str | None = None, **how: object) -> Client:
    """A browser, in which *person* is signed in."""
    client = Client(headers={"host": "localhost"}, **how)  # type: ignore[arg-type]
    if person is not None:
        account(person, administrator=person == "administrator")
        client.force_login(account(person), "allauth.account.auth_backends.AuthenticationBackend")
    return client


def people(held: Held) -> dict[str, str | None]:
    """One person for each role: nobody, a stranger, an administrator, the secretary, a head of each kind."""
    found: dict[str, str | None] = {
        "public": None,
        "stranger": "stranger",
        "administrator": "administrator",
    }
    for seat in held.desk.meeting.seats.values():
        if seat.kind not in found:
            found[seat.kind] = SECRETARY if seat.id == held.secretariat else head(SeatId(seat.id))
    return found
