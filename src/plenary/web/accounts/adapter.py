"""What our accounts are to django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

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
