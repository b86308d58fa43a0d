"""Prepares a meeting in a database of its own, as a process of its own; prints the sessions as JSON.

    python -m tests.web.live.prepared ORIGIN [--open] [--document]

Every seat has a head, members and the presiding officer also an aide. Times and salts are the real ones.
"""

import hashlib
import json
import sys

from plenary import wiring

wiring.use_database(migrate=True)

from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from plenary.desk.codec import encode  # noqa: E402
from plenary.desk.desk import RULES_VERSION, Desk  # noqa: E402
from plenary.desk.publishing import profile_digest  # noqa: E402
from plenary.rules import acts as a  # noqa: E402
from plenary.rules.names import DocumentId, Language, PersonId, SeatId, Text  # noqa: E402
from plenary.store import models  # noqa: E402
from plenary.store.files import keep_file  # noqa: E402

SECRETARY = "secretary"
GUEST = "guest-one"


def in_three(text: str) -> Text:
    return {Language(language): text for language in ("en", "ru", "zh-hans")}


def sign_in(person: str) -> str:
    """Return the key of a new session of *person*, as Django's own sign-in writes it."""
    row, _ = models.Person.objects.get_or_create(
        identifier=person, defaults={"email": f"{person.lower()}@example.org"}
    )
    session = SessionStore()
    session[SESSION_KEY] = str(row.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = row.get_session_auth_hash()
    session.create()
    return str(session.session_key)


class Preparing:
    def __init__(self, origin: str, organisation: str) -> None:
        self.profile = wiring.profile(organisation)
        self.connected: set[str] = set()
        self.origin = origin
        self.desk = Desk(
            self.profile,
            wiring.minutes(origin),
            clock=wiring.system_clock,
            salts=wiring.random_salts,
            presence=lambda: [SeatId(each) for each in self.connected],
        )
        seats = self.profile.organisation.seats
        opening = self.profile.procedure.opening
        self.secretariat = next(s.id for s in seats if s.kind == opening.secretariat_kind)
        self.presiding = next(s.id for s in seats if s.kind == opening.presiding_kind)

    def does(self, seat: str, person: str, act: a.AnyAct) -> None:
        self.desk.perform(a.Actor(person=PersonId(person), seat=SeatId(seat)), act)

    def convene(self) -> None:
        keep_file(self.origin, encode(self.profile), "public")
        self.does(
            self.secretariat,
            SECRETARY,
            a.Convene(
                body=self.profile.organisation.bodies[0].id,
                titles=in_three("A meeting"),
                form=a.Form.IN_PERSON,
                date=self.profile.organisation.as_of.isoformat(),
                place_of_record=in_three("Moscow"),
                profile=profile_digest(self.profile),
                rules_version=RULES_VERSION,
                secretariat={PersonId(SECRETARY): in_three("Secretary")},
            ),
        )
        guest = a.InviteGuest(
            seat=SeatId(GUEST), titles=in_three("Guest"), delivery=a.Delivery.LIVE
        )
        self.does(self.secretariat, SECRETARY, guest)

    def accredit(self) -> None:
        for seat in list(self.desk.meeting.seats.values()):
            if seat.id == self.secretariat:
                continue
            people = [(f"head-{seat.id}", a.Role.HEAD)]
            if seat.kind in ("member", "presiding"):
                people.append((f"aide-{seat.id}", a.Role.STAFF))
            for person, role in people:
                letter = a.ReceiveLetter(
                    seat=seat.id, person=PersonId(person), names=in_three(person), role=role
                )
                found = a.ExamineLetter(
                    seat=seat.id, person=PersonId(person), finding=a.Finding.ACCEPTED
                )
                self.does(self.secretariat, SECRETARY, letter)
                self.does(self.secretariat, SECRETARY, found)

    def table(self, name: str) -> None:
        texts = {
            language: f"# A title\n\n1. First, in {language}.\n\n2. Secret words of a draft.\n"
            for language in self.profile.organisation.languages.authentic
        }
        for text in texts.values():
            keep_file(self.origin, text.encode(), "members")
        digests = {
            language: hashlib.sha256(text.encode()).hexdigest() for language, text in texts.items()
        }
        self.does(
            self.secretariat,
            SECRETARY,
            a.Table(
                document=DocumentId(name),
                type="statement",
                titles=in_three("A draft that is not public"),
                texts=digests,
            ),
        )

    def sessions(self) -> dict[str, str]:
        people = {
            person: seat.id for seat in self.desk.meeting.seats.values() for person in seat.letters
        }
        return {str(person): sign_in(str(person)) for person in [*people, "stranger"]}


def main() -> None:
    origin, organisation = sys.argv[1], sys.argv[2]
    preparing = Preparing(origin, organisation)
    preparing.convene()
    preparing.accredit()
    if "--document" in sys.argv:
        preparing.table("st-1")
    if "--open" in sys.argv:
        preparing.does(preparing.presiding, f"head-{preparing.presiding}", a.OpenMeeting())
    json.dump(
        {
            "sessions": preparing.sessions(),
            "seats": {seat.id: seat.kind for seat in preparing.desk.meeting.seats.values()},
            "size": preparing.desk.written,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
