"""Puts meetings in several states, and people of each kind, into the database of PLENARY_DATA.

    python -m tests.browser.preparing_states

A process of its own, which prints what it made as the JSON of ``States``.
"""

import sys
from typing import Any

import django
import msgspec

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from tests.browser.states import PEOPLE, States  # noqa: E402
from tests.web.live.prepared import sign_in  # noqa: E402
from tests.web.meetings import PASSWORD, Held, account, in_three  # noqa: E402

from plenary.rules import acts as a  # noqa: E402
from plenary.rules.names import DocumentId  # noqa: E402
from plenary.store.models import Person  # noqa: E402
from plenary.web.accounts import invitations  # noqa: E402

SPOKEN = {"ru": "Слова заседания", "zh-hans": "会议用语"}


class Spoken(Held):
    """A meeting whose titles and names are in the reader's language."""

    def words(self, text: str) -> dict[Any, str]:
        return {**in_three(text), **SPOKEN}


def meetings() -> None:
    Spoken("sco/before").convene().accredit().table("st-1")
    window = Spoken("sco/window").convene().accredit().table("st-1", "st-2").open().adopt("st-1")
    window.acknowledge(window.put(a.Texts(documents=(DocumentId("st-2"),))))
    closed = Spoken("sco/closed").convene().accredit().table("st-1", "st-2").open().talk()
    closed.adopt("st-1").does(closed.presiding, a.CloseMeeting())
    closed.checkpoint()


def session(person: str) -> str:
    """Return the key of a session of *person*, as the pages' own sign-in writes it."""
    stored = SessionStore(sign_in(person))
    stored[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    stored.save()
    return str(stored.session_key)


def main() -> None:
    meetings()
    for name in ("keeper", "keyholder", "newcomer"):
        account(name, administrator=name == "keeper")
    newcomer = Person.objects.get(identifier="newcomer")
    newcomer.set_unusable_password()
    newcomer.save()
    secretary = Person.objects.get(identifier="secretary")
    secretary.set_password(PASSWORD)
    secretary.save()
    sessions = {each: session(each) for each in PEOPLE}
    made = States(sessions, invitations.invite(newcomer, secretary))
    sys.stdout.write(msgspec.json.encode(made).decode())


if __name__ == "__main__":
    main()
