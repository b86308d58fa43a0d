"""Telling the live process that a session has ended, so that its lines are cut at once.

Rule 1: it is told that some session may have ended, never which: it asks the database itself.
Rule 2: where it does not hear, it notices by itself at its next heartbeat; no page fails over that.
"""

import logging
from typing import Any, Final

import httpx
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from plenary.store.models import Person

ADDRESS: Final = "/internal/sessions"
SECONDS: Final = 1.0
ENDS_NO_SESSION: Final = frozenset({"last_login", "language", "names", "email"})
"""What may change of a person without ending a session."""

log = logging.getLogger("plenary.pages")


def tell_when_sessions_end() -> None:
    """From now on tell the live process, once what ended a session is committed."""
    post_delete.connect(_ended, sender=Session, dispatch_uid="session ended")
    post_save.connect(_changed, sender=Person, dispatch_uid="person changed")


def _ended(**_: Any) -> None:
    if settings.LIVE_SECRET:
        transaction.on_commit(_tell)


def _changed(*, created: bool, update_fields: frozenset[str] | None = None, **_: Any) -> None:
    if not created and (update_fields is None or not update_fields <= ENDS_NO_SESSION):
        _ended()


def _tell() -> None:
    try:
        httpx.post(
            settings.LIVE_URL + ADDRESS,
            headers={"X-Plenary-Secret": settings.LIVE_SECRET},
            timeout=SECONDS,
            trust_env=False,
        )
    except httpx.HTTPError as error:
        log.warning("the live process was not told that a session ended: %s", error)
