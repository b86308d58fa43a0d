"""Files: bytes under their SHA-256, as durable as the record that names them.

Rule 1: bytes are kept once for each meeting, and are never changed; only who may read them can change.
Rule 2: reading is done through ``access.py``.
"""

import hashlib

from django.db import connections, transaction

from plenary.store import models
from plenary.store.durability import check_durable

LARGEST_FILE = 32_000_000
"""Bytes of one file; a recorded statement in video is not kept here."""


class FileTooLargeError(ValueError):
    """More bytes than a file may have."""


def keep_file(origin: str, content: bytes, visibility: str, *, using: str = "default") -> str:
    """Keep *content* for the meeting and return its digest; durable on return.

    Kept before, it stays as it is, with *visibility* saying from now on who may read it.

    Raises:
        FileTooLargeError: if it has more than ``LARGEST_FILE`` bytes.
    """
    if len(content) > LARGEST_FILE:
        raise FileTooLargeError(f"a file has at most {LARGEST_FILE} bytes, this one {len(content)}")
    digest = hashlib.sha256(content).hexdigest()
    check_durable(connections[using])
    with transaction.atomic(using=using, durable=True):
        meeting, _ = models.Meeting.objects.using(using).get_or_create(origin=origin)
        models.File.objects.using(using).update_or_create(
            meeting=meeting,
            digest=digest,
            defaults={"visibility": visibility},
            create_defaults={"visibility": visibility, "content": content},
        )
    return digest
