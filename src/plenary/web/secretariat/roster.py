"""Accreditation: letters received and examined, heads replaced, guests invited, a roster from a file.

Rule: the list shows every letter; the acts on one letter, and the forms, are there when they are asked for.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.utils.translation import gettext

from plenary.rules import acts as a
from plenary.rules.acts import AnyAct, Finding
from plenary.rules.meeting import NEXT_FINDING, Letter, Seat
from plenary.rules.names import PersonId, SeatId
from plenary.store.models import Person
from plenary.web.accounts import invitations
from plenary.web.accounts.invitations import Account
from plenary.web.acts_client import RefusedAct
from plenary.web.forms import new_key
from plenary.web.languages import said
from plenary.web.naming import word
from plenary.web.seating import by_kind, has_a_head
from plenary.web.secretariat.at_work import AtWork, secretariat_page
from plenary.web.secretariat.beside import enrol
from plenary.web.secretariat.letter_forms import GuestForm, LetterForm
from plenary.web.secretariat.roster_file import MOST_BYTES, Row, columns, read_rows
from plenary.web.templatetags import words

MARKS: Final = {None: "◇", "accepted": "✓", "contested": "✕", "provisional": "◐"}
STATES: Final = {"accepted": "yes", "contested": "no"}


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
    groups = by_kind(work.in_order(), work.naming)
    named = [(heading, [(s, *_line(work, s)) for s in seats]) for heading, seats in groups]
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
    given = work.request.GET if post is None else post
    doing = given.get("do", "")
    if doing in ("receive", "guest"):
        return _form(work, doing)
    if post is not None and doing in ("examine", "replace"):
        act = _of_letter(work, doing)
        if act is not None and work.attempt(act, post.get("key") or new_key()):
            return redirect(f"{work.request.path}#{post.get('seat', '')}")
    if post is not None and doing == "invite":
        return _invite(work)
    return _list(work, given)


def _form(work: AtWork, doing: str) -> HttpResponse:
    """Enter a letter, or invite a guest; what is wrong, or refused, comes back in the form."""
    post = work.request.POST if work.request.method == "POST" else None
    form = LetterForm(work, post) if doing == "receive" else GuestForm(work, post)
    if form.is_valid():
        act, key = form.act(), form.act_key()
        if _receive(work, act, key) if isinstance(act, a.ReceiveLetter) else work.attempt(act, key):
            return redirect(work.request.path)
    return work.page("roster_form", form=form, doing=doing, here_tab="roster")


def _list(work: AtWork, given: Mapping[str, str]) -> HttpResponse:
    """Show the seats; *given* names the letter whose acts are shown, and what was typed for it."""
    seats = work.in_order()
    known = invitations.accounts(person for seat in seats for person in seat.letters)
    listed = [
        {
            "seat": seat,
            "name": work.naming.seat(seat.id),
            "headless": seat.head is None and has_a_head(work.meeting, seat),
            "letters": [
                _letter(work, seat, each, known.get(each[0]), given) for each in work.letters(seat)
            ],
        }
        for seat in seats
    ]
    typed = given if work.refused else {}
    return work.page("roster", seats=listed, typed=typed, here_tab="roster")


def _letter(
    work: AtWork,
    seat: Seat,
    entered: tuple[PersonId, Letter, str],
    account: Account | None,
    given: Mapping[str, str],
) -> dict[str, object]:
    """Return one letter as the list shows it; *account* is the one that sits down by it."""
    person, letter, name = entered
    about = [] if person == seat.head else [word(letter.role.value)]
    about += [words.said(letter.titles)] if letter.titles else []
    idle = account is not None and not account.in_use
    about += [person, *([gettext("account not yet in use")] if idle else [])]
    finding = letter.finding.value if letter.finding else None
    found = word(finding) if finding else gettext("to be examined")
    asked = urlencode({"do": "acts", "seat": seat.id, "person": person})
    return {
        "person": person,
        "name": name,
        "head": person == seat.head,
        "about": format_html_join(" · ", "{}", ((each,) for each in about)),
        "state": STATES.get(str(finding), "hold"),
        "finding": f"{MARKS[finding]} {found}",
        "address": f"?{asked}#{seat.id}",
        "account": account,
        "acts": _acts(letter)
        if given.get("seat") == seat.id and given.get("person") == person
        else None,
    }


def _acts(letter: Letter) -> dict[str, object]:
    """Return what can be done with a letter: the findings that may follow, a key to do it under."""
    following = NEXT_FINDING[letter.finding]
    return {
        "findings": [(f.value, word(f.value)) for f in Finding if f in following],
        "key": new_key(),
    }


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
    identifier = work.request.POST.get("person", "")
    seat = work.meeting.seats.get(SeatId(work.request.POST.get("seat", "")))
    letter = seat.letters.get(PersonId(identifier)) if seat else None
    if letter is None:
        return redirect(work.request.path)
    enrol(PersonId(identifier), letter.names)
    person = Person.objects.get(identifier=identifier)
    back = f"{work.request.path}#{seat.id if seat else ''}"
    back_to = gettext("Back to the accreditation")
    return invitations.invited(work.request, person, work.person, back=back, back_to=back_to)


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
        "accounts": invitations.accounts(row.said["person"] for row in left if row.letter),
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
