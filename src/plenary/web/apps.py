"""The pages, as Django knows them."""

from importlib import import_module

from django.apps import AppConfig


class Web(AppConfig):
    """Pages only: no table."""

    name = "plenary.web"
    label = "web"

    def ready(self) -> None:
        """Have the registry ready, links end with a new password, and the live process hear of ended sessions."""
        import_module("plenary.web.accounts.admin")
        import_module("plenary.web.accounts.invitations").end_with_a_new_password()
        import_module("plenary.web.sessions").tell_when_sessions_end()
