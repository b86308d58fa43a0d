"""The script prepared for the presiding officer, with the agenda and the list of documents in it.

Rule 1: it stands beside the record and is no part of it; here it is JSON that nobody looks into.
Rule 2: changes wait for one another, so that of two people who prepare at once neither is lost.
Rule 3: reading is done through ``access.py``.
"""

from collections.abc import Callable

from django.db import transaction

from plenary.store import models

Change = Callable[[bytes | None], bytes]


def change_script(origin: str, change: Change, *, using: str = "default") -> None:
    """Keep what *change* makes of the script as it stands; None where nothing was prepared."""
    with transaction.atomic(using=using, durable=True):
        meetings = models.Meeting.objects.using(using)
        meetings.get_or_create(origin=origin)
        meeting = meetings.select_for_update().get(origin=origin)
        kept = models.Script.objects.using(using).filter(meeting=meeting).first()
        steps = change(bytes(kept.steps) if kept else None)
        models.Script.objects.using(using).update_or_create(
            meeting=meeting, defaults={"steps": steps}
        )


def keep_script(origin: str, steps: bytes, *, using: str = "default") -> None:
    """Keep *steps* in place of whatever was prepared before."""
    change_script(origin, lambda _: steps, using=using)
