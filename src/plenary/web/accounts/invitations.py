"""Invitations: a link takes an account into use once, and expires.

Rule 1: only the digest of a link's token is kept; the link itself is shown once, and mailed.
Rule 2: a new invitation ends the earlier ones of the same person, and so does a password that is set.
Rule 3: opening the link does nothing; only sending its form uses it up, so that a mail scanner cannot.
Rule 4: whoever has the link has the account. A secretariat is shown it for an account that nobody has taken
into use, of a person who stands in no other secretariat's meeting; else it goes to the address on file alone. A link
that it was shown opens nothing once the person stands in a meeting that it does not serve.
An administrator is invited by administrators alone, who are shown every link.
"""

import datetime
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any, Final

from allauth.account import signals
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext, override

from plenary import wiring
from plenary.store.access import NotFoundError
from plenary.store.models import Invitation, Person
from plenary.web.who import serves_wherever

log = logging.getLogger("plenary.mail")

TAKEN_INTO_USE: Final = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(
    Exists(Authenticator.objects.filter(user=OuterRef("pk")))
)
"""Whether somebody has taken an account into use: it has a password or a passkey."""


def now() -> datetime.datetime:
    """Return the present moment, as the tables keep it."""
    return datetime.datetime.fromtimestamp(wiring.system_clock() / 1000, datetime.UTC)


def invite(person: Person, by: Person | None, *, shown: bool = True) -> str:
    """Invite *person* anew and return the token of the link; *by*, None: a command on this machine.

    *shown*: whether *by* sees the link.

    Raises:
        NotFoundError: if the account is closed, or an administrator's and *by* is none.
    """
    _to_be_invited(person, by)
    token = get_random_string(43)
    at = now()
    with transaction.atomic():
        person.invitations.filter(used=None).delete()
        Invitation.objects.create(
            person=person,
            token=_digest(token),
            invited_by=by,
            shown=shown,
            sent=at,
            expires=at + datetime.timedelta(hours=settings.INVITATION_HOURS),
        )
    return token


def link(request: HttpRequest, token: str) -> str:
    """Return the address of an invitation."""
    return request.build_absolute_uri(reverse("invitation", args=[token]))


@dataclass(frozen=True)
class Account:
    """An account as a secretariat reads it before it accepts a letter, or invites."""

    person: Person
    in_use: bool


def accounts(identifiers: Iterable[str]) -> dict[str, Account]:
    """Return the accounts of those *identifiers* that have one."""
    known = Person.objects.filter(identifier__in=set(identifiers)).annotate(used=TAKEN_INTO_USE)
    return {each.identifier: Account(each, each.used) for each in known}


def in_use(person: Person) -> bool:
    """Return whether somebody has taken the account into use."""
    return Person.objects.filter(TAKEN_INTO_USE, pk=person.pk).exists()


def invited(
    request: HttpRequest, person: Person, by: Person, *, back: str, back_to: str
) -> HttpResponse:
    """Invite *person* and say how the link goes out; *back* is where the page leads to, *back_to* its words.

    Where *by* may not see the link and there is no address to send it to, nothing is done (409); where the
    mail server does not take the letter, the page says so (503).
    """
    _to_be_invited(person, by)
    with transaction.atomic():  # the account is not taken into use between asking and inviting
        person = Person.objects.select_for_update().get(pk=person.pk)
        used = in_use(person)
        shown = by.administrator or (not used and serves_wherever(by, person))
        token = invite(person, by, shown=shown) if shown or person.email else None
    mailed = None if token is None else mail(request, person, token, again=used)
    said = {
        "person": person,
        "in_use": used,
        "link": link(request, token) if token and shown else None,
        "mailed": mailed,
        "unsent": mailed is False,
        "hours": settings.INVITATION_HOURS,
        "back": back,
        "back_to": back_to,
    }
    status = 409 if token is None else 503 if mailed is False else 200
    return render(request, "people/invited.html", said, status=status)


def valid(token: str) -> Invitation:
    """Return the invitation of that token, or raise ``NotFoundError``.

    It is unknown, used or expired, the account is closed, or somebody has seen the link who may not now.
    """
    asked = Invitation.objects.select_related("person", "invited_by").filter(token=_digest(token))
    found = asked.first()
    if found is None or found.used is not None or found.expires <= now():
        raise NotFoundError
    if not found.person.is_active or _seen_by_another(found):
        raise NotFoundError
    return found


def _seen_by_another(invitation: Invitation) -> bool:
    """Return whether the link was shown to somebody to whom it would not be shown any more."""
    by = invitation.invited_by
    if not invitation.shown or by is None or by.administrator:
        return False
    return not serves_wherever(by, invitation.person)


@transaction.atomic
def use(token: str) -> Person:
    """Use an invitation up and return its person; of two who try at once, one succeeds."""
    found = valid(token)
    Person.objects.select_for_update().get(pk=found.person.pk)  # as whoever invites anew does
    taken = Invitation.objects.filter(pk=found.pk, used=None).update(used=now())
    if taken != 1:
        raise NotFoundError
    return found.person


def mail(request: HttpRequest, person: Person, token: str, *, again: bool) -> bool | None:
    """Send *person* the link, in the person's language; returns whether the letter is on its way.

    *again*: the account is in use, and the link sets another password. ``None``: there is no address.
    """
    if not person.email:
        return None
    with override(person.language or "en"):
        said = {
            "name": person.name_in(person.language or "en"),
            "link": link(request, token),
            "hours": settings.INVITATION_HOURS,
            "again": again,
        }
        text = render_to_string("account/invitation_mail.txt", said)
        invitation, anew = gettext("Your invitation to Plenary"), gettext("Your account at Plenary")
        try:
            send_mail(anew if again else invitation, text, None, [person.email])
        except (SMTPException, OSError) as why:
            log.warning("a letter was not sent: %s", type(why).__name__)
            return False
    return True


def end_with_a_new_password() -> None:
    """From now on, whoever sets a password by another way ends the links made before."""
    for each in (signals.password_set, signals.password_changed, signals.password_reset):
        each.connect(_end, dispatch_uid="password set")


def _end(*, user: Person, **_: Any) -> None:
    user.invitations.filter(used=None).delete()


def _to_be_invited(person: Person, by: Person | None) -> None:
    if not person.is_active or (person.administrator and by is not None and not by.administrator):
        raise NotFoundError


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
