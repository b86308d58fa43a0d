"""The only doors to guarded rows: entries by meeting, files by digest, who is signed in.

Rule 1: what is not there and what is not for this reader are answered alike.
Rule 2: who may read is decided from the meeting's own state, which the desk has; that somebody is signed in
opens nothing by itself.
"""

from collections.abc import Iterator
from typing import Final

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.utils.crypto import constant_time_compare

from plenary.desk.projections import entry_for, may_read
from plenary.record import Entry
from plenary.rules.meeting import Meeting
from plenary.rules.names import DocumentId, Language, PersonId, SeatId
from plenary.rules.visibility import sees_everything
from plenary.store import models
from plenary.store.minutes import DatabaseMinutes
from plenary.store.rows import rows, usable


class NotFoundError(LookupError):
    """There is no such thing, or it is not for this reader; which of the two is not said."""


def entries_for(
    meeting: Meeting, seat: SeatId | None, origin: str, *, after: int = -1, using: str = "default"
) -> Iterator[Entry]:
    """Return the entries after *after* as *seat* (None: the public) may read them, in order.

    Raises:
        NotFoundError: if nothing was ever entered under *origin*.
    """
    if not models.Entry.objects.using(using).filter(meeting__origin=origin).exists():
        raise NotFoundError
    minutes = DatabaseMinutes(origin, using)
    return (entry_for(meeting, seat, entry) for entry in minutes.entries(after))


def file_for(
    meeting: Meeting, seat: SeatId | None, origin: str, digest: str, *, using: str = "default"
) -> bytes:
    """Return the bytes with that SHA-256, if *seat* (None: the public) may read them.

    Raises:
        NotFoundError: if there are none, or not for this reader.
    """
    found = _file(origin, digest, using)
    if not may_read(meeting, seat, found.visibility):
        raise NotFoundError
    return bytes(found.content)


def _file(origin: str, digest: str, using: str) -> models.File:
    found = models.File.objects.using(using).filter(meeting__origin=origin, digest=digest).first()
    if found is None:
        raise NotFoundError
    return found


SESSION: Final = (
    "SELECT session_data FROM django_session"
    " WHERE session_key = %s AND expire_date > CURRENT_TIMESTAMP"
)
PERSON: Final = "SELECT identifier, password FROM store_person WHERE id = %s AND is_active"


def person_of_session(session_key: str | None, *, using: str = "default") -> PersonId | None:
    """Return whose session has that key, or None: none, ended, expired, or of another password.

    It reads what Django's own sign-in wrote, and needs the secret key of the pages. Every act asks anew.
    """
    if not session_key:
        return None
    connection = usable(connections[using])
    found = rows(connection, SESSION, [session_key])
    session = SessionStore(session_key).decode(found[0][0]) if found else {}
    if SESSION_KEY not in session or BACKEND_SESSION_KEY not in session:
        return None
    people = rows(connection, PERSON, [int(session[SESSION_KEY])])
    if not people:
        return None
    identifier, password = people[0]
    now = models.Person(password=password).get_session_auth_hash()
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), now):
        return None
    return PersonId(identifier)


def text_for(
    seen: Meeting, origin: str, document: DocumentId, language: Language, *, using: str = "default"
) -> bytes:
    """Return the text of a document as it is in *seen*, the meeting as its reader may see it.

    Who may read the entry that names a text by its digest may read the text.

    Raises:
        NotFoundError: if the reader knows no such document, or it has no text in that language.
    """
    known = seen.documents.get(document)
    digest = known.texts.get(language) if known else None
    if digest is None:
        raise NotFoundError
    return named_file(origin, digest, using=using)


def named_file(origin: str, digest: str, *, using: str = "default") -> bytes:
    """Return the bytes with that SHA-256, for a caller that has read an entry naming them.

    Raises:
        NotFoundError: if there are none.
    """
    return bytes(_file(origin, digest, using).content)


def script_for(
    meeting: Meeting, seat: SeatId | None, origin: str, *, using: str = "default"
) -> bytes | None:
    """Return the script prepared for the meeting, in JSON; None where nothing was prepared.

    Raises:
        NotFoundError: if it is not for this reader.
    """
    if seat is None or not sees_everything(meeting, seat):
        raise NotFoundError
    found = models.Script.objects.using(using).filter(meeting__origin=origin).first()
    return bytes(found.steps) if found else None


def origins(*, using: str = "default") -> list[str]:
    """Return the names of the meetings that have been convened."""
    first = models.Entry.objects.using(using).filter(number=0)
    return list(first.order_by("meeting__origin").values_list("meeting__origin", flat=True))
