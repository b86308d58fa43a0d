"""What a page of the secretariat works with: the meeting, the seat, the person, and the way to act."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from plenary.rules.acts import AnyAct
from plenary.rules.meeting import Letter, Meeting, Seat
from plenary.rules.names import PersonId, SeatId
from plenary.store.models import Person
from plenary.web.acts_client import Done, RefusedAct, door
from plenary.web.languages import reader, said
from plenary.web.naming import Naming
from plenary.web.public.views import for_meeting
from plenary.web.reading import Sitting, sitting
from plenary.web.seating import seats_in_order
from plenary.web.who import signed_in


class AtWork:
    """One request of a person of the secretariat."""

    def __init__(self, request: HttpRequest, found: Sitting) -> None:
        self.request = request
        self.person: Person = signed_in(request)
        self.seat: SeatId = found.secretariat_seat(self.person.person_id)
        self.found = found
        self.meeting: Meeting = found.with_held()
        self.naming = Naming(found.profile, reader(), self.meeting)
        self.refused: RefusedAct | None = None

    def perform(self, act: AnyAct, key: str) -> Done:
        """Do *act* in the secretariat's seat."""
        return door().perform(
            self.found.origin, self.person.person_id, self.seat, act, key=key, language=reader()
        )

    def attempt(self, act: AnyAct, key: str, success: str | None = None) -> bool:
        """Do *act* and say so; or keep the refusal for the page, and return False."""
        try:
            self.perform(act, key)
        except RefusedAct as refused:
            self.refused = refused
            return False
        messages.success(self.request, success or gettext("Entered in the record."))
        return True

    def page(self, template: str, **context: object) -> HttpResponse:
        """Return the page; with 409 where an act was refused."""
        common = for_meeting(self.request, self.found, "secretariat")
        said_too = {"meeting": self.meeting, "refused": self.refused, "tabs": tabs()}
        return render(
            self.request,
            f"secretariat/{template}.html",
            {**common, **said_too, **context},
            status=409 if self.refused else 200,
        )

    def in_order(self) -> list[Seat]:
        """Return the seats as the room has them: the presiding officer, parties in order, guests, the rest."""
        return seats_in_order(self.meeting)

    def letters(self, seat: Seat) -> list[tuple[PersonId, Letter, str]]:
        """Return the letters for *seat*, its head first, each with the person's name."""
        listed = [(key, letter, said(letter.names)) for key, letter in seat.letters.items()]
        return sorted(listed, key=lambda each: (each[0] != seat.head, each[1].role, each[2]))


def tabs() -> list[tuple[str, str]]:
    """Return the pages of the secretariat: the name of the address, and what the page is called."""
    return [
        ("secretariat", gettext("Overview")),
        ("roster", gettext("Accreditation")),
        ("seating", gettext("Seating")),
        ("agenda", gettext("Agenda")),
        ("papers", gettext("Documents")),
        ("telephone", gettext("Telephone")),
        ("late", gettext("Late entry")),
        ("print", gettext("For print")),
    ]


Page = Callable[..., HttpResponse]


def secretariat_page(view: Page) -> Callable[..., HttpResponse]:
    """Give *view* an ``AtWork``; to whoever is not of the secretariat the page is not found."""

    @wraps(view)
    def guarded(request: HttpRequest, org: str, name: str, **rest: object) -> HttpResponse:
        return view(AtWork(request, sitting(f"{org}/{name}")), **rest)

    return guarded
