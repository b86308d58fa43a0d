"""Who is asking, and whether they keep the registry of people."""

from django.http import HttpRequest

from plenary.rules.names import PersonId
from plenary.store.access import NotFoundError
from plenary.store.models import Person
from plenary.web.reading import Sitting, sittings


def signed_in(request: HttpRequest) -> Person:
    """Return the person who is signed in, or raise ``NotFoundError``."""
    if not request.user.is_authenticated:
        raise NotFoundError
    return request.user


def person_id(request: HttpRequest) -> PersonId | None:
    """Return who is signed in, None: the public."""
    return request.user.person_id if request.user.is_authenticated else None


def keeper(request: HttpRequest) -> Person:
    """Return the person, who keeps the registry: an administrator, or of a meeting's secretariat."""
    person = signed_in(request)
    if person.administrator or any(_serves(sitting, person) for sitting in sittings()):
        return person
    raise NotFoundError


def serves_wherever(by: Person, person: Person) -> bool:
    """Return whether *by* is of the secretariat of every meeting that received a letter for *person*."""
    return all(
        _serves(sitting, by)
        for sitting in sittings()
        if any(person.person_id in seat.letters for seat in sitting.whole.seats.values())
    )


def _serves(sitting: Sitting, person: Person) -> bool:
    try:
        sitting.secretariat_seat(person.person_id)
    except NotFoundError:
        return False
    return True
