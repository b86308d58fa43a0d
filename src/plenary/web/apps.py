"""The pages, as Django knows them."""

from importlib import import_module

from django.apps import AppConfig


class Web(AppConfig):
    """Pages only: no table."""

    name = "plenary.web"
    label = "web"

    def ready(self) -> None:
        """Have the registry ready."""
        import_module("plenary.web.accounts.admin")
