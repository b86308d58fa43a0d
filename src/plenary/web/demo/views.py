"""Seats with one click."""

from urllib.parse import quote

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from plenary.rules.meeting import Seat
from plenary.rules.names import PersonId, SeatId
from plenary.rules.order import may_act
from plenary.store.access import NotFoundError
from plenary.store.models import Person
from plenary.web.clients import from_this_machine
from plenary.web.languages import reader, said
from plenary.web.naming import Naming
from plenary.web.reading import Sitting, sitting, sittings
from plenary.web.seating import by_kind, is_a_delegation, seats_in_order
from plenary.web.secretariat.beside import enrol
from plenary.web.who import person_id


def _only_here(request: HttpRequest) -> None:
    if not settings.DEMO or not from_this_machine(request):
        raise NotFoundError


@require_safe
def seats(request: HttpRequest) -> HttpResponse:
    """Offer every seat of every meeting, with the people accredited to it."""
    _only_here(request)
    meetings = [(each, _groups(each)) for each in sittings()]
    said_too = {"meetings": meetings, "me": person_id(request)}
    return render(request, "demo/seats.html", said_too)


def _groups(found: Sitting) -> list[tuple[str, list[dict[str, object]]]]:
    naming = Naming(found.profile, reader(), found.whole)
    seats = seats_in_order(found.whole)
    people = {seat.id: _people(found, seat) for seat in seats}
    offered = [seat for seat in seats if people[seat.id]]
    return [
        (
            heading,
            [
                {
                    "seat": s.id,
                    "name": naming.seat(s.id),
                    "people": people[s.id],
                    "taken": s.screen is not None,
                }
                for s in same
            ],
        )
        for heading, same in by_kind(offered, naming)
    ]


def _people(found: Sitting, seat: Seat) -> list[dict[str, object]]:
    """Return who may act in *seat*, its head first."""
    delegation = is_a_delegation(found.whole, seat)
    people: list[dict[str, object]] = [
        {
            "person": person,
            "name": said(letter.names),
            "first": person == seat.head,
            "head": person == seat.head and delegation,
        }
        for person, letter in seat.letters.items()
        if may_act(found.whole, letter)
    ]
    return sorted(people, key=lambda each: not each["first"])


@require_POST
def sit(request: HttpRequest) -> HttpResponse:
    """Sign in as a person of the demonstration, and go to the seat."""
    _only_here(request)
    found = sitting(request.POST.get("origin", ""))
    seat, person = SeatId(request.POST.get("seat", "")), PersonId(request.POST.get("person", ""))
    found.viewer(seat, person)
    letter = found.whole.seats[seat].letters.get(person)
    if letter is None:
        raise NotFoundError
    enrol(person, letter.names)
    account = Person.objects.filter(identifier=person, is_active=True).first()
    if account is None or account.administrator:
        raise NotFoundError
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    kind = found.profile.procedure.opening.secretariat_kind
    if request.POST.get("to") == "papers" and found.whole.seats[seat].kind == kind:
        return redirect(f"/meetings/{found.origin}/secretariat/")
    return redirect(f"/meetings/{found.origin}/room?seat={quote(seat)}")
