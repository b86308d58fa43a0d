"""Accreditation: letters received and examined, heads replaced, guests invited, a roster from a file."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy

from plenary.rules import acts as a
from plenary.rules.acts import AnyAct, Delivery, Finding, Role
from plenary.rules.meeting import NEXT_FINDING, Seat
from plenary.rules.names import PersonId, SeatId
from plenary.store.models import Person
from plenary.web.accounts import invitations
from plenary.web.acts_client import RefusedAct
from plenary.web.forms import ActForm, Typed, choices, new_key
from plenary.web.languages import said
from plenary.web.naming import word
from plenary.web.seating import has_a_head
from plenary.web.secretariat.at_work import AtWork, secretariat_page
from plenary.web.secretariat.beside import enrol
from plenary.web.secretariat.roster_file import MOST_BYTES, Row, columns, read_rows
from plenary.web.who import keeper

IDENTIFIER = RegexValidator(r"^[a-z0-9][a-z0-9.-]*$")


class LetterForm(ActForm):
    """A letter that accredits a person to a seat."""

    seat = forms.ChoiceField(label=gettext_lazy("Seat"))
    person = Typed(
        label=gettext_lazy("Identifier of the person"),
        max_length=80,
        validators=[IDENTIFIER],
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
        label=gettext_lazy("Identifier of the seat"), max_length=40, validators=[IDENTIFIER]
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


@secretariat_page
def overview(work: AtWork) -> HttpResponse:
    """Show how far the preparation is."""
    seats = work.in_order()
    missing = [
        work.naming.seat(s.id) for s in seats if s.head is None and has_a_head(work.meeting, s)
    ]
    pending = [
        (work.naming.seat(seat.id), name)
        for seat in seats
        for _, letter, name in work.letters(seat)
        if letter.finding is None
    ]
    return work.page("overview", missing=missing, pending=pending, here_tab="secretariat")


@secretariat_page
def seating(work: AtWork) -> HttpResponse:
    """Show the seats in the organisation's order, and by what that order goes."""
    ordering = work.found.profile.organisation.ordering
    groups: list[tuple[str, list[Seat]]] = []
    for seat in work.in_order():
        kind = work.naming.kind(seat.kind)
        if not groups or groups[-1][0] != kind:
            groups.append((kind, []))
        groups[-1][1].append(seat)
    named = [(kind, [(s, *_line(work, s)) for s in seats]) for kind, seats in groups]
    return work.page("seating", groups=named, ordering=ordering, here_tab="seating")


def _line(work: AtWork, seat: Seat) -> tuple[str, str, str]:
    """Return a seat's name, its head, and the head's title."""
    letter = seat.letters.get(seat.head) if seat.head else None
    head = said(letter.names) if letter else ""
    return work.naming.seat(seat.id), head, said(letter.titles) if letter and letter.titles else ""


@secretariat_page
def roster(work: AtWork) -> HttpResponse:
    """Show every seat with its letters; receive, examine, replace, invite."""
    post = work.request.POST if work.request.method == "POST" else None
    doing = post.get("do", "") if post is not None else ""
    letter = LetterForm(work, post if doing == "receive" else None)
    guest = GuestForm(work, post if doing == "guest" else None)
    if doing == "receive" and letter.is_valid() and _receive(work, letter.act(), letter.act_key()):
        return redirect(work.request.path)
    if doing == "guest" and guest.is_valid() and work.attempt(guest.act(), guest.act_key()):
        return redirect(work.request.path)
    if doing in ("examine", "replace"):
        act = _of_letter(work, doing)
        key = work.request.POST.get("key") or new_key()
        if act is not None and work.attempt(act, key):
            return redirect(f"{work.request.path}#{work.request.POST.get('seat', '')}")
    if doing == "invite":
        return _invite(work)
    return work.page(
        "roster",
        seats=[
            (seat, work.naming.seat(seat.id), has_a_head(work.meeting, seat), _letters(work, seat))
            for seat in work.in_order()
        ],
        letter=letter,
        guest=guest,
        typed=post if work.refused else {},
        here_tab="roster",
    )


def _letters(work: AtWork, seat: Seat) -> list[dict[str, object]]:
    accounts = {p.identifier: p for p in Person.objects.filter(identifier__in=list(seat.letters))}
    return [
        {
            "person": person,
            "letter": letter,
            "name": name,
            "head": person == seat.head,
            "role": word(letter.role.value),
            "finding": word(letter.finding.value) if letter.finding else None,
            "next": [
                (f.value, word(f.value)) for f in Finding if f in NEXT_FINDING[letter.finding]
            ],
            "key": new_key(),
            "account": accounts.get(person),
        }
        for person, letter, name in work.letters(seat)
    ]


def _receive(work: AtWork, act: a.ReceiveLetter, key: str) -> bool:
    """Enter the letter, and enrol the person where it is new."""
    if not work.attempt(act, key):
        return False
    enrol(act.person, act.names)
    return True


def _of_letter(work: AtWork, doing: str) -> AnyAct | None:
    post = work.request.POST
    seat, person = SeatId(post.get("seat", "")), PersonId(post.get("person", ""))
    note = post.get("note", "").strip()[:500]
    known = work.meeting.seats.get(seat)
    if known is None or person not in known.letters:
        return None
    if doing == "replace":
        return a.ReplaceHead(seat=seat, person=person, ground=note or gettext("Replaced by letter"))
    if post.get("finding") not in {each.value for each in Finding}:
        return None
    finding = Finding(post["finding"])
    return a.ExamineLetter(seat=seat, person=person, finding=finding, note=note or None)


def _invite(work: AtWork) -> HttpResponse:
    keeper(work.request)
    identifier = work.request.POST.get("person", "")
    seat = work.meeting.seats.get(SeatId(work.request.POST.get("seat", "")))
    letter = seat.letters.get(PersonId(identifier)) if seat else None
    if letter is None:
        return redirect(work.request.path)
    enrol(PersonId(identifier), letter.names)
    person = Person.objects.get(identifier=identifier)
    token = invitations.invite(person, work.person)
    said_too = {"person": person, "link": invitations.link(work.request, token)}
    mailed = invitations.mail(work.request, person, token)
    hours = settings.INVITATION_HOURS
    return render(
        work.request, "people/invited.html", {**said_too, "mailed": mailed, "hours": hours}
    )


# ---- a roster from a file ------------------------------------------------------------------------


@secretariat_page
def import_roster(work: AtWork) -> HttpResponse:
    """Read a roster from a file, show what it would enter, then enter it; a faulty row loses nothing."""
    post = work.request.POST
    text = _uploaded(work) or post.get("text", "")[:MOST_BYTES]
    rows = read_rows(text, work) if text.strip() else []
    entered: list[Row] = []
    if work.request.method == "POST" and post.get("do") == "import":
        entered = [row for row in rows if not row.errors and _enter(work, row, post.get("key", ""))]
        if entered:
            messages.success(work.request, gettext("Rows entered: %(n)s") % {"n": len(entered)})
        if len(entered) == len(rows):
            return redirect(work.request.path.removesuffix("import/"))
    left = [row for row in rows if row not in entered]
    context = {
        "rows": left,
        "good": sum(not row.errors for row in left),
        "bad": sum(bool(row.errors) for row in left),
        "text": text if not entered else "\n".join([rows[0].head, *(row.raw for row in left)]),
        "columns": columns(work),
        "key": new_key() if entered else post.get("key") or new_key(),  # rows have moved up
        "previewed": bool(rows),
    }
    return work.page("roster_import", **context, here_tab="roster")


def _uploaded(work: AtWork) -> str:
    file = work.request.FILES.get("file")
    if file is None or isinstance(file, list):
        return ""
    content: bytes = file.read(MOST_BYTES)
    return content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")


def _enter(work: AtWork, row: Row, key: str) -> bool:
    """Enter one row: the letter, and what its examination found; a refusal stays with the row."""
    assert row.letter is not None  # noqa: S101 - a row without errors has one
    try:
        work.perform(row.letter, f"{key}-{row.number}-letter")
        if row.examined is not None:
            work.perform(row.examined, f"{key}-{row.number}-found")
    except RefusedAct as refused:
        row.errors.append(refused.message)
        return False
    enrol(row.letter.person, row.letter.names)
    return True
