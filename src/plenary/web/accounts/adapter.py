"""What our accounts are to django-allauth."""

from itertools import count
from typing import Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from plenary.store.models import Person
from plenary.web.clients import address_of


class OnlyTheInvited(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Nobody signs up, and a client is where the router says it is."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address, for rate limits and the list of sessions."""
        return address_of(request)

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as it is."""
        return subject

    def get_from_email(self) -> str:
        """Return the secretariat's address."""
        return settings.DEFAULT_FROM_EMAIL


class Passkeys(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    """Passkeys are the one second proof there is; allauth's words speak of codes and keys."""

    error_messages: Final = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "The passkey was not accepted. Try again; one that was removed from its account works no more."
        ),
    }

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """Return the name a new passkey has until its person gives it another."""
        taken = {str(each) for each in Authenticator.objects.filter(user=user, type=type)}
        names = (gettext("Passkey %(number)s") % {"number": number} for number in count(1))
        return next(name for name in names if name not in taken)
