"""Meetings for the tests of the pages, with the real desk on the real database."""

from plenary import wiring
from plenary.desk.codec import encode
from plenary.desk.desk import RULES_VERSION, Desk
from plenary.desk.publishing import profile_digest
from plenary.rules import acts as a
from plenary.rules.meeting import Window
from plenary.rules.names import DocumentId, ItemId, Language, PersonId, RuleId, SeatId, Text
from plenary.store import models
from plenary.store.files import keep_file
from plenary.store.settings import DATA

HOSTILE = "\"><script>alert(1)</script>'{{7*7}}{% now %}"
"""What somebody types who means harm."""
PASSWORD = "correct horse battery"
SECRETARY = PersonId("secretary")
GUEST = SeatId("guest-one")


def in_three(text: str) -> Text:
    return {Language(language): text for language in ("en", "ru", "zh-hans")}


class Held:
    """A meeting of the SCO's heads of state, as far as a test has held it; *typed* is in every text."""

    def __init__(self, origin: str, typed: str = "") -> None:
        self.origin = origin
        self.typed = typed
        self.profile = wiring.profile("sco")
        self.connected: set[SeatId] = set()
        self.now = 1_605_000_000_000
        self.desk = Desk(
            self.profile,
            wiring.minutes(origin),
            clock=self._clock,
            salts=wiring.random_salts,
            presence=lambda: self.connected,
        )
        seats, opening = self.profile.organisation.seats, self.profile.procedure.opening
        self.secretariat = next(s.id for s in seats if s.kind == opening.secretariat_kind)
        self.presiding = next(s.id for s in seats if s.kind == opening.presiding_kind)

    def _clock(self) -> int:
        self.now += 1_000
        return self.now

    def words(self, text: str) -> Text:
        return in_three(f"{text}{self.typed}")

    def does(self, seat: SeatId, act: a.AnyAct, person: PersonId | None = None) -> None:
        self.desk.perform(a.Actor(person=person or head(seat), seat=seat), act)

    def serves(self, act: a.AnyAct) -> None:
        self.does(self.secretariat, act, SECRETARY)

    def convene(self) -> "Held":
        keep_file(self.origin, encode(self.profile), "public")
        convene = a.Convene(
            body="chs",
            titles=self.words("A meeting"),
            form=a.Form.VIDEOCONFERENCE,
            date="2020-11-10",
            place_of_record=self.words("Moscow"),
            profile=profile_digest(self.profile),
            rules_version=RULES_VERSION,
            secretariat={SECRETARY: self.words("Secretary")},
        )
        self.serves(convene)
        titles = self.words("A guest")
        self.serves(a.InviteGuest(seat=GUEST, titles=titles, delivery=a.Delivery.LIVE))
        return self

    def accredit(self) -> "Held":
        for seat in list(self.desk.meeting.seats.values()):
            if seat.id == self.secretariat:
                continue
            names = self.words(f"Head of {seat.id}")
            letter = a.ReceiveLetter(
                seat=seat.id,
                person=head(seat.id),
                names=names,
                role=a.Role.HEAD,
                titles=names,
                signed_by=f"A minister{self.typed}",
            )
            found = a.ExamineLetter(
                seat=seat.id,
                person=head(seat.id),
                finding=a.Finding.ACCEPTED,
                note=f"Seen{self.typed}",
            )
            self.serves(letter)
            self.serves(found)
        return self

    def table(self, *names: str, type: str = "statement") -> "Held":
        for name in names:
            texts = {
                Language(language): keep_file(
                    self.origin,
                    f"# A title{self.typed}\n\n1. First of {name} in {language}.{self.typed}\n".encode(),
                    "members",
                )
                for language in ("en", "ru", "zh-hans")
            }
            self.serves(
                a.Table(
                    document=DocumentId(name),
                    type=type,
                    titles=self.words(f"Draft {name}"),
                    texts=texts,
                )
            )
        return self

    def open(self) -> "Held":
        self.connected = set(self.desk.meeting.seats)
        self.does(self.presiding, a.OpenMeeting())
        special = tuple(map(RuleId, self.profile.procedure.special_rules))
        self.agree(a.RemoteForm(form=a.Form.VIDEOCONFERENCE, special_rules=special))
        documents = tuple(self.desk.meeting.documents)
        item = a.Item(id=ItemId("1"), titles=self.words("An item"), documents=documents)
        self.agree(a.Agenda(items=(item,)))
        if documents:
            self.agree(a.DocumentList(documents=documents))
        self.does(self.presiding, a.TakeUpItem(item=ItemId("1")))
        return self

    def members(self) -> list[SeatId]:
        return [seat.id for seat in self.desk.meeting.seats.values() if seat.kind == "member"]

    def put(self, subject: a.AnySubject) -> Window:
        self.does(self.presiding, a.Put(subject=subject))
        window = self.desk.meeting.window
        assert window is not None
        return window

    def agree(self, subject: a.AnySubject) -> "Held":
        window = self.put(subject)
        self.acknowledge(window)
        return self.declare(window)

    def acknowledge(self, window: Window) -> None:
        for seat in window.electorate:
            self.does(seat, a.AcknowledgeText(window=window.id, digest=window.digest))

    def declare(self, window: Window) -> "Held":
        self.now += 60_000
        self.does(self.presiding, a.DeclareAdopted(window=window.id))
        return self

    def talk(self) -> "Held":
        first, second = self.members()[:2]
        self.does(first, a.AskForTheFloor())
        self.does(self.presiding, a.GiveTheFloor(seat=first))
        self.does(second, a.RaisePointOfOrder(point=f"A point{self.typed}"))
        ruling = a.Rule(upheld=True, rule="speaking", ruling=f"A ruling{self.typed}")  # type: ignore[arg-type]
        self.does(self.presiding, ruling)
        self.does(self.presiding, a.EndSpeech())
        self.does(self.presiding, a.Suspend(ground=f"A ground{self.typed}"))
        self.does(self.presiding, a.Resume())
        return self

    def adopt(self, name: str) -> "Held":
        window = self.put(a.Texts(documents=(DocumentId(name),)))
        self.acknowledge(window)
        scope = a.Scope(document=DocumentId(name), paragraph="1", project=f"A project{self.typed}")
        first, second, third = self.members()[:3]
        opinion = a.PlaceOpinion(
            kind=a.OpinionKind.OPINION,
            scope=scope,
            text=f"An opinion{self.typed}",
            window=window.id,
        )
        self.does(first, opinion)
        self.does(second, a.StandAside(window=window.id, scope=scope))
        self.does(
            third,
            a.Object(window=window.id, reason=f"A reason that is nobody's business{self.typed}"),
        )
        self.does(third, a.LiftObjection(window=window.id))
        return self.declare(window)

    def checkpoint(self) -> "Held":
        key = wiring.log_key(DATA / "log.key", self.origin, make=True)
        wiring.keep_public_half(DATA / "log.pub", key)
        self.desk.checkpoint(key)
        return self


def head(seat: SeatId) -> PersonId:
    return PersonId(f"head-{seat.lower()}")


def account(person: str, *, administrator: bool = False) -> models.Person:
    """The account of that person, made where there is none."""
    found = models.Person.objects.filter(identifier=person).first()
    if found is None:
        found = models.Person.objects.enrol(
            PersonId(person),
            {"en": person},
            email=f"{person}@example.org",
            administrator=administrator,
        )
        found.set_password(PASSWORD)
        found.save()
    return found
