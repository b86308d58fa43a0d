"""The pages, as Django knows them."""

from importlib import import_module

from django.apps import AppConfig

from plenary.web.catalogue import compile_if_older


class Web(AppConfig):
    """Pages only: no table."""

    name = "plenary.web"
    label = "web"

    def ready(self) -> None:
        """Have the words ready (set-up compiles them, a changed catalogue does it again), and the registry."""
        compile_if_older()
        import_module("plenary.web.accounts.admin")
