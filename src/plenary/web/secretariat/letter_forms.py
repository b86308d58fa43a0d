"""The forms of accreditation: a letter that was received, a guest who is invited."""

from django import forms
from django.utils.translation import gettext, gettext_lazy

from plenary.rules import acts as a
from plenary.rules.acts import Delivery, Role
from plenary.rules.names import PersonId, SeatId
from plenary.web.forms import ActForm, Typed, choices
from plenary.web.languages import said
from plenary.web.naming import word
from plenary.web.people.identifiers import is_identifier
from plenary.web.secretariat.at_work import AtWork


class LetterForm(ActForm):
    """A letter that accredits a person to a seat."""

    seat = forms.ChoiceField(label=gettext_lazy("Seat"))
    person = Typed(
        label=gettext_lazy("Identifier of the person"),
        max_length=80,
        validators=[is_identifier],
        help_text=gettext_lazy(
            "Small letters, digits, dots and hyphens; a new person is enrolled with it."
        ),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    office = forms.ChoiceField(
        label=gettext_lazy("Office"),
        required=False,
        help_text=gettext_lazy("As the profile has it; or write the title below."),
    )
    signed_by = Typed(label=gettext_lazy("Letter signed by"), required=False)

    def __init__(self, work: AtWork, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        languages = work.found.profile.organisation.languages
        needed = languages.needed or languages.pages[:1]
        self.add_texts("name", gettext("Name"), languages.pages, needed)
        self.add_texts("title", gettext("Title in the letter"), languages.pages, [])
        self._choice("seat").choices = [(s.id, work.naming.seat(s.id)) for s in work.in_order()]
        self._choice("role").choices = [(role.value, word(role.value)) for role in Role]
        self._choice("office").choices = choices(offices(work), empty=True)
        order = [
            "seat",
            "person",
            *(f for f in self.fields if f.startswith("name_")),
            "role",
            "office",
        ]
        self.order_fields(
            [*order, *(f for f in self.fields if f.startswith("title_")), "signed_by"]
        )

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        return field

    def clean(self) -> dict[str, object]:
        """Check that the office is one of the seat's own party."""
        given = super().clean() or {}
        office, seat = str(given.get("office") or ""), str(given.get("seat") or "")
        if office and office.partition(":")[0] != seat:
            self.add_error("office", gettext("This office is another participant’s."))
        return given

    def act(self) -> a.ReceiveLetter:
        """Return the act."""
        return a.ReceiveLetter(
            seat=SeatId(self.cleaned_data["seat"]),
            person=PersonId(self.cleaned_data["person"]),
            names=self.texts("name"),
            role=Role(self.cleaned_data["role"]),
            office=self.cleaned_data["office"].partition(":")[2] or None,
            titles=self.texts("title") or None,
            signed_by=self.typed("signed_by"),
        )


def offices(work: AtWork) -> list[tuple[str, str]]:
    """Return the offices of all parties that have a seat, as choices."""
    return [
        (f"{party.id}:{office.id}", f"{said(party.short)}: {said(office.names)}")
        for party in work.found.profile.organisation.parties
        if SeatId(party.id) in work.meeting.seats
        for office in party.offices
    ]


class GuestForm(ActForm):
    """A guest and the guest's seat."""

    seat = Typed(
        label=gettext_lazy("Identifier of the seat"), max_length=40, validators=[is_identifier]
    )
    delivery = forms.ChoiceField(label=gettext_lazy("Speaks"))

    def __init__(self, work: AtWork, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        languages = work.found.profile.organisation.languages
        needed = languages.needed or languages.pages[:1]
        self.add_texts("title", gettext("Title"), languages.pages, needed)
        field = self.fields["delivery"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(each.value, word(each.value)) for each in Delivery]

    def act(self) -> a.InviteGuest:
        """Return the act."""
        return a.InviteGuest(
            seat=SeatId(self.cleaned_data["seat"]),
            titles=self.texts("title"),
            delivery=Delivery(self.cleaned_data["delivery"]),
        )
