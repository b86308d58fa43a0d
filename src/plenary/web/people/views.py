"""Enrolling and inviting."""

from typing import Final

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from plenary.rules.names import PersonId
from plenary.store.access import NotFoundError
from plenary.store.models import Person
from plenary.web.accounts import invitations
from plenary.web.forms import ActForm, Typed
from plenary.web.languages import LANGUAGES
from plenary.web.people.identifiers import is_identifier
from plenary.web.who import keeper

SHOWN: Final = 200


class Enrol(ActForm):
    """A named person."""

    identifier = Typed(
        label=gettext_lazy("Identifier"),
        max_length=80,
        validators=[is_identifier],
        help_text=gettext_lazy(
            "Small letters, digits, dots and hyphens; it stands in records and never changes."
        ),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)

    field_order = ["identifier"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts("name", gettext("Name"), dict(LANGUAGES), ["en"])
        self.order_fields(
            ["identifier", *(f for f in self.fields if f.startswith("name_")), "email", "language"]
        )

    def clean_identifier(self) -> str:
        """Refuse an identifier that is taken."""
        identifier = str(self.cleaned_data["identifier"])
        if Person.objects.filter(identifier=identifier).exists():
            raise forms.ValidationError(gettext("There is a person of that identifier already."))
        return identifier

    def clean_email(self) -> str | None:
        """Refuse an address that is taken."""
        email = str(self.cleaned_data["email"]).lower() or None
        if email and Person.objects.filter(email=email).exists():
            raise forms.ValidationError(gettext("There is a person with that address already."))
        return email


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """List the people, and enrol one more."""
    keeper(request)
    form = Enrol(request.POST or None)
    if request.method == "POST" and form.is_valid():
        Person.objects.enrol(
            PersonId(form.cleaned_data["identifier"]),
            {str(language): name for language, name in form.texts("name").items()},
            email=form.cleaned_data["email"],
            language=form.cleaned_data["language"],
        )
        messages.success(request, gettext("The person was enrolled."))
        return redirect("people")
    searched = request.GET.get("q", "").strip()[:80]
    found = Person.objects.order_by("identifier")
    if searched:
        found = found.filter(Q(identifier__icontains=searched) | Q(names__icontains=searched))
    shown = found[:SHOWN]
    accounts = invitations.accounts(each.identifier for each in shown)
    said = {"form": form, "people": shown, "accounts": accounts, "searched": searched}
    return render(request, "people/people.html", said, status=422 if form.errors else 200)


def invite(request: HttpRequest, identifier: str) -> HttpResponse:
    """Invite a person and show the link, this once."""
    by = keeper(request)  # before the method is looked at: to all others there is nothing here
    if request.method != "POST":
        return redirect("people")
    person = Person.objects.filter(identifier=identifier).first()
    if person is None:
        raise NotFoundError
    back_to = gettext("Back to the people")
    return invitations.invited(request, person, by, back=reverse("people"), back_to=back_to)
