"""Invitations: a link takes an account into use once, and expires.

Rule 1: only the digest of a link's token is kept; the link itself is shown once, and mailed.
Rule 2: a new invitation ends the earlier ones of the same person.
Rule 3: opening the link does nothing; only sending its form uses it up, so that a mail scanner cannot.
Rule 4: whoever has the link has the account; an administrator is invited by administrators alone.
"""

import datetime
import hashlib

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext, override

from plenary import wiring
from plenary.store.access import NotFoundError
from plenary.store.models import Invitation, Person


def now() -> datetime.datetime:
    """Return the present moment, as the tables keep it."""
    return datetime.datetime.fromtimestamp(wiring.system_clock() / 1000, datetime.UTC)


def invite(person: Person, by: Person | None) -> str:
    """Invite *person* anew and return the token of the link; *by*, None: a command on this machine.

    Raises:
        NotFoundError: if the account is closed, or an administrator's and *by* is none.
    """
    if not person.is_active or (person.administrator and by is not None and not by.administrator):
        raise NotFoundError
    token = get_random_string(43)
    at = now()
    with transaction.atomic():
        person.invitations.filter(used=None).delete()
        Invitation.objects.create(
            person=person,
            token=_digest(token),
            invited_by=by,
            sent=at,
            expires=at + datetime.timedelta(hours=settings.INVITATION_HOURS),
        )
    return token


def link(request: HttpRequest, token: str) -> str:
    """Return the address of an invitation."""
    return request.build_absolute_uri(reverse("invitation", args=[token]))


def invited(
    request: HttpRequest, person: Person, by: Person, *, back: str, back_to: str
) -> HttpResponse:
    """Invite *person* and show the link, this once; *back* is where the page leads to, *back_to* its words."""
    token = invite(person, by)
    said = {
        "person": person,
        "link": link(request, token),
        "mailed": mail(request, person, token),
        "hours": settings.INVITATION_HOURS,
        "back": back,
        "back_to": back_to,
    }
    return render(request, "people/invited.html", said)


def valid(token: str) -> Invitation:
    """Return the invitation of that token, or raise ``NotFoundError``: unknown, used or expired."""
    found = Invitation.objects.select_related("person").filter(token=_digest(token)).first()
    if found is None or found.used is not None or found.expires <= now():
        raise NotFoundError
    if not found.person.is_active:
        raise NotFoundError
    return found


def use(token: str) -> Person:
    """Use an invitation up and return its person; of two who try at once, one succeeds."""
    found = valid(token)
    taken = Invitation.objects.filter(pk=found.pk, used=None).update(used=now())
    if taken != 1:
        raise NotFoundError
    return found.person


def mail(request: HttpRequest, person: Person, token: str) -> bool:
    """Send *person* the link, in the person's language; returns whether there is an address to send it to."""
    if not person.email:
        return False
    with override(person.language or "en"):
        said = {
            "name": person.name_in(person.language or "en"),
            "link": link(request, token),
            "hours": settings.INVITATION_HOURS,
        }
        text = render_to_string("account/invitation_mail.txt", said)
        send_mail(gettext("Your invitation to Plenary"), text, None, [person.email])
    return True


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
