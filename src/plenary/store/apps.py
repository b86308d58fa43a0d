"""The tables, as Django knows them."""

from django.apps import AppConfig


class Store(AppConfig):
    """Tables only: no page, no signal."""

    name = "plenary.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
