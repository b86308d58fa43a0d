"""Convening a meeting: from a profile that comes with the house, with the people of its secretariat.

Rule 1: who keeps the registry may convene, and is of the meeting's secretariat.
Rule 2: a body that meets under the rules of another profile is another meeting; the profile is pinned.
"""

import datetime
from importlib import resources

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy

from plenary import wiring
from plenary.desk.desk import RULES_VERSION
from plenary.desk.publishing import profile_digest
from plenary.rules import acts as a
from plenary.rules.acts import Form
from plenary.rules.names import PersonId, SeatId
from plenary.rules.profile import Profile
from plenary.store.access import origins
from plenary.store.models import Person
from plenary.web.acts_client import RefusedAct, door
from plenary.web.forms import ActForm, Typed
from plenary.web.languages import listed, reader, said
from plenary.web.naming import word
from plenary.web.secretariat.from_folder import summits
from plenary.web.who import keeper


def shipped() -> dict[str, Profile]:
    """Return the profiles that come with the house."""
    folder = resources.files("plenary") / "profiles"
    names = sorted(
        each.name for each in folder.iterdir() if each.is_dir() and each.name[0] not in "._"
    )
    return {name: wiring.profile(name) for name in names}


class ConveneForm(ActForm):
    """A meeting to be convened under one profile."""

    body = forms.ChoiceField(label=gettext_lazy("Body"))
    name = Typed(
        label=gettext_lazy("Short name in addresses"),
        max_length=60,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]*$",
                gettext_lazy("Small letters, digits, dots and hyphens only."),
            )
        ],
        help_text=gettext_lazy("Such as chs-2026-11-24; it never changes."),
    )
    date = forms.DateField(
        label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"})
    )
    form = forms.ChoiceField(label=gettext_lazy("Form"))
    secretariat = forms.CharField(
        label=gettext_lazy("Secretariat"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Identifiers of the people, one on a line; you are one of them anyway."
        ),
    )

    def __init__(self, key: str, profile: Profile, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.profile_name, self.profile = key, profile
        languages = profile.organisation.languages
        needed = languages.needed or languages.pages[:1]
        self.add_texts("title", gettext("Title"), languages.pages, needed)
        self.add_texts("place", gettext("Place of record"), languages.pages, needed)
        self.order_fields([*(each for each in self.fields if each != "secretariat"), "secretariat"])
        pairs = {
            "body": [(body.id, said(body.names)) for body in profile.organisation.bodies],
            "form": [(each.value, word(each.value)) for each in Form],
        }
        for name, choices in pairs.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = choices

    def clean_secretariat(self) -> list[Person]:
        """Return the people of the secretariat, all of them enrolled."""
        keys = str(self.cleaned_data["secretariat"]).split()
        found = {p.identifier: p for p in Person.objects.filter(identifier__in=keys)}
        unknown = [key for key in keys if key not in found]
        if unknown:
            raise forms.ValidationError(
                gettext("Nobody is enrolled as: %(people)s") % {"people": listed(unknown)}
            )
        return [found[key] for key in dict.fromkeys(keys)]

    def clean_name(self) -> str:
        """Refuse a name that is taken."""
        name = str(self.cleaned_data["name"])
        if f"{self.profile_name}/{name}" in origins():
            raise forms.ValidationError(gettext("There is a meeting of that name already."))
        return name

    def act(self, by: Person) -> a.Convene:
        """Return the act."""
        given = self.cleaned_data
        date: datetime.date = given["date"]
        people = {p.person_id: p for p in [by, *given["secretariat"]]}
        pages = self.profile.organisation.languages.pages
        return a.Convene(
            body=given["body"],
            titles=self.texts("title"),
            form=Form(given["form"]),
            date=date.isoformat(),
            place_of_record=self.texts("place"),
            profile=profile_digest(self.profile),
            rules_version=RULES_VERSION,
            secretariat={
                PersonId(key): {page: p.name_in(page) for page in pages}
                for key, p in people.items()
            },
        )

    def seat(self) -> SeatId:
        """Return the secretariat's seat."""
        kind = self.profile.procedure.opening.secretariat_kind
        return next(seat.id for seat in self.profile.organisation.seats if seat.kind == kind)


def convene(request: HttpRequest) -> HttpResponse:
    """Convene a meeting."""
    by = keeper(request)
    known = shipped()
    chosen = request.POST.get("profile") or request.GET.get("profile") or next(iter(known))
    if chosen not in known:
        chosen = next(iter(known))
    form = ConveneForm(chosen, known[chosen], request.POST if request.method == "POST" else None)
    refused = None
    if request.method == "POST" and form.is_valid():
        origin = f"{chosen}/{form.cleaned_data['name']}"
        try:
            door().perform(
                origin,
                by.person_id,
                form.seat(),
                form.act(by),
                key=form.act_key(),
                language=reader(),
            )
        except RefusedAct as error:
            refused = error
        else:
            messages.success(request, gettext("The meeting was convened."))
            return redirect(f"/meetings/{origin}/secretariat/")
    profiles = [(key, said(profile.organisation.names)) for key, profile in known.items()]
    context = {"form": form, "profiles": profiles, "chosen": chosen, "refused": refused}
    context["summits"] = summits()
    return render(request, "secretariat/convene.html", context, status=409 if refused else 200)
