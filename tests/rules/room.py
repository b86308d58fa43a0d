"""A room to try the rules in: who sits where, who is connected, what the clock says.

Rule 1: nothing is simulated; every act goes through ``decide`` and every event through ``evolve``.
Rule 2: ``refuses`` asserts that nothing changed and that the refusal says why.
"""

import functools
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from msgspec.structs import replace

import plenary
from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Actor, AnyAct, AnySubject, Facts, Finding, Form, Role
from plenary.rules.decide import decide
from plenary.rules.events import AnyEvent
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import Document, Meeting, Seat, Window, new_meeting
from plenary.rules.names import (
    DocumentId,
    ItemId,
    Language,
    PersonId,
    RuleId,
    SeatId,
    Text,
    WindowId,
)
from plenary.rules.profile import DecisionRule, Procedure, Profile
from plenary.rules.profile_reading import read_profile
from plenary.rules.refusals import Reason, Refused

PROFILES = Path(plenary.__file__).parent / "profiles"
T0 = 1_604_998_800_000
"""Nine o'clock (UTC) on 10 November 2020, in milliseconds."""

Some = TypeVar("Some", bound=AnyEvent)


@functools.cache
def sco() -> Profile:
    return _read("sco")


@functools.cache
def un_ga() -> Profile:
    """The General Assembly with its first nine members only, so that votes can be read at a glance."""
    whole = _read("un-ga")
    members = whole.in_order("member")[:9]
    parties = tuple(
        party
        for party in whole.organisation.parties
        if party.id in members or party.kind != "member"
    )
    return replace(whole, organisation=replace(whole.organisation, parties=parties))


def _read(name: str) -> Profile:
    folder = PROFILES / name
    return read_profile(
        (folder / "organisation.toml").read_text(encoding="utf-8"),
        (folder / "procedure.toml").read_text(encoding="utf-8"),
    )


def with_procedure(profile: Profile, change: Callable[[Procedure], Procedure]) -> Profile:
    return replace(profile, procedure=change(profile.procedure))


def with_decision(profile: Profile, name: str, **changes: Any) -> Profile:
    """The profile with one decision rule changed, or a further one if all of it is given."""
    before = profile.procedure.decisions.get(name)
    rule = replace(before, **changes) if before else DecisionRule(**changes)
    decisions = {**profile.procedure.decisions, name: rule}
    return with_procedure(profile, lambda p: replace(p, decisions=decisions))


def with_matter(profile: Profile, matter: str, decision: str) -> Profile:
    matters = {**profile.procedure.matters, matter: decision}
    return with_procedure(profile, lambda p: replace(p, matters=matters))


def with_opening(profile: Profile, **changes: Any) -> Profile:
    return with_procedure(profile, lambda p: replace(p, opening=replace(p.opening, **changes)))


def with_waivable(profile: Profile, *keys: str) -> Profile:
    rules = profile.procedure.rules
    changed = {key: replace(rules[key], waivable=True) for key in keys}
    return with_procedure(profile, lambda p: replace(p, rules={**rules, **changed}))


def text(words: str) -> Text:
    return {Language("en"): words, Language("ru"): words, Language("zh-hans"): words}


def sha(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def texts(profile: Profile, words: str) -> dict[Language, str]:
    return {
        language: sha(f"{words} ({language})")
        for language in profile.organisation.languages.authentic
    }


def head(seat: str) -> Actor:
    return Actor(person=PersonId(f"head-{seat}"), seat=SeatId(seat))


def staff(seat: str, instructed_by: str | None = None) -> Actor:
    principal = PersonId(instructed_by) if instructed_by else None
    return Actor(person=PersonId(f"staff-{seat}"), seat=SeatId(seat), instructed_by=principal)


def instructed(seat: str) -> Actor:
    return staff(seat, f"head-{seat}")


CHAIR = head("presiding")
AIDE = instructed("presiding")
SECRETARY = Actor(person=PersonId("secretary"), seat=SeatId("secretariat"))


def convene(profile: Profile, **changes: Any) -> a.Convene:
    act = a.Convene(
        body=profile.organisation.bodies[0].id,
        titles=text("Council"),
        form=Form.VIDEOCONFERENCE,
        date="2020-11-10",
        place_of_record=text("Moscow"),
        profile=sha("profile"),
        rules_version="1",
        secretariat={SECRETARY.person: text("Secretary")},
    )
    return replace(act, **changes)


class Room:
    """A meeting going on; ``now`` and ``connected`` are the facts acts are decided on."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.now = T0
        self.connected: set[str] = set()
        self.happened: list[AnyEvent] = []

    # ---- doing ----

    def do(self, by: Actor, act: AnyAct) -> list[AnyEvent]:
        events = decide(self.meeting, by, act, self._facts(act))
        self.meeting = evolve_all(self.meeting, events)
        self.happened += events
        return events

    def one(self, kind: type[Some], by: Actor, act: AnyAct) -> Some:
        """Do *act* and return the one event of that kind that follows."""
        (event,) = [each for each in self.do(by, act) if isinstance(each, kind)]
        return event

    def refuses(self, by: Actor, act: AnyAct, reason: Reason, rule: str | None = None) -> Refused:
        before = msgspec.json.encode(self.meeting)
        with pytest.raises(Refused) as caught:
            self.do(by, act)
        refused = caught.value
        assert refused.reason is reason, str(refused)
        assert refused.rule in self.meeting.profile.procedure.rules, "the rule is the profile's"
        assert rule is None or refused.rule == rule, str(refused)
        assert msgspec.json.encode(refused.facts), "the facts can be told"
        assert msgspec.json.encode(self.meeting) == before, "refused means that nothing changed"
        return refused

    def _facts(self, act: AnyAct) -> Facts:
        connected = tuple(sorted(map(SeatId, self.connected))) if act.sees_connections else None
        return Facts(at=self.now, connected=connected)

    def later(self, seconds: float) -> None:
        self.now += round(1000 * seconds)

    # ---- seats and lines ----

    def accredit(
        self, seat: str, person: str, role: Role = Role.HEAD, finding: Finding = Finding.ACCEPTED
    ) -> None:
        self.receive(seat, person, role)
        self.do(
            SECRETARY, a.ExamineLetter(seat=SeatId(seat), person=PersonId(person), finding=finding)
        )

    def receive(self, seat: str, person: str, role: Role = Role.HEAD) -> None:
        letter = a.ReceiveLetter(
            seat=SeatId(seat), person=PersonId(person), names=text(person), role=role
        )
        self.do(SECRETARY, letter)

    def delegate(self, *seats: str) -> None:
        for seat in seats:
            self.accredit(seat, f"head-{seat}")
            self.accredit(seat, f"staff-{seat}", Role.STAFF)

    def sit(self, *seats: str) -> None:
        for seat in seats:
            self.do(head(seat), a.TakeSeat(screen=f"screen-{seat}"))
            self.connected.add(seat)

    def lose(self, *seats: str) -> None:
        self.connected -= set(seats)

    def find(self, *seats: str) -> None:
        self.connected |= set(seats)

    def seat(self, key: str) -> Seat:
        return self.meeting.seats[SeatId(key)]

    @property
    def members(self) -> list[str]:
        return [key for key, seat in self.meeting.seats.items() if seat.kind == "member"]

    # ---- documents ----

    def table(self, document: str, by: Actor, **given: Any) -> None:
        self.do(by, tabling(self.meeting.profile, document, **given))

    def listed(self, *documents: str, by: Actor = SECRETARY, **given: Any) -> None:
        """Table *documents* and agree the list of them."""
        for document in documents:
            self.table(document, by, **given)
        self.agree(a.DocumentList(documents=tuple(map(DocumentId, documents))))

    def document(self, key: str) -> Document:
        return self.meeting.documents[DocumentId(key)]

    # ---- questions ----

    def put(self, subject: AnySubject, **given: Any) -> WindowId:
        return self.one(e.QuestionPut, CHAIR, a.Put(subject=subject, **given)).window

    def put_texts(self, *documents: str, **given: Any) -> WindowId:
        return self.put(package(*documents), **given)

    @property
    def window(self) -> Window:
        assert self.meeting.window is not None
        return self.meeting.window

    def acknowledge(self, *seats: str) -> None:
        for seat in seats:
            window = self.window
            self.do(staff(seat), a.AcknowledgeText(window=window.id, digest=window.digest))

    def all_acknowledge(self, but: Iterable[str] = ()) -> None:
        missing = set(but) | self.window.acknowledged
        self.acknowledge(*(key for key in self.window.electorate if key not in missing))

    def declare(self) -> list[AnyEvent]:
        self.later(10)
        return self.do(CHAIR, a.DeclareAdopted(window=self.window.id))

    def refuses_to_declare(self, reason: Reason, rule: str | None = None) -> Refused:
        self.later(10)
        return self.refuses(CHAIR, a.DeclareAdopted(window=self.window.id), reason, rule)

    def agree(self, subject: AnySubject) -> list[AnyEvent]:
        """Put *subject*; all who are there acknowledge it, nobody objects, it is agreed."""
        self.put(subject)
        self.all_acknowledge()
        return self.declare()

    def vote(self, yes: str = "", no: str = "", abstain: str = "") -> None:
        for seats, vote in ((yes, a.Vote.YES), (no, a.Vote.NO), (abstain, a.Vote.ABSTAIN)):
            for seat in seats.split():
                self.do(instructed(seat), a.CastVote(window=self.window.id, vote=vote))

    def result(self) -> e.VoteDeclared:
        return self.one(e.VoteDeclared, CHAIR, a.DeclareResult(window=self.window.id))

    # ---- the floor ----

    def speak(self, seat: str, seconds: float = 60) -> e.FloorGiven:
        self.do(staff(seat), a.AskForTheFloor())
        given = self.one(e.FloorGiven, AIDE, a.GiveTheFloor(seat=SeatId(seat)))
        self.later(seconds)
        self.do(AIDE, a.EndSpeech())
        return given


def package(*documents: str) -> a.Texts:
    return a.Texts(documents=tuple(map(DocumentId, documents)))


def tabling(profile: Profile, document: str, **given: Any) -> a.Table:
    first = next(iter(profile.procedure.document_types))
    act = a.Table(
        document=DocumentId(document),
        type=first,
        titles=text(document),
        texts=texts(profile, document),
    )
    return replace(act, **given)


def agenda(*items: str, **documents: tuple[str, ...]) -> a.Agenda:
    return a.Agenda(
        items=tuple(
            a.Item(
                id=ItemId(item),
                titles=text(item),
                documents=tuple(map(DocumentId, documents.get(item, ()))),
            )
            for item in items
        )
    )


def not_convened(profile: Profile) -> Room:
    return Room(new_meeting(profile))


def convened(profile: Profile) -> Room:
    """Convened, everybody accredited and seated, not open yet."""
    return _copy(_convened(profile_key(profile)))


def opened(profile: Profile) -> Room:
    """Open, and nothing agreed."""
    return _copy(_opened(profile_key(profile)))


def sitting(profile: Profile) -> Room:
    """Open; form with every special rule, and an agenda of two items, agreed."""
    return _copy(_sitting(profile_key(profile)))


# Rooms are made once for each profile and copied, which keeps the suite fast.
_profiles: dict[bytes, Profile] = {}


def profile_key(profile: Profile) -> bytes:
    key = msgspec.json.encode(profile)
    _profiles.setdefault(key, profile)
    return key


def _copy(room: Room) -> Room:
    copied = Room(room.meeting)
    copied.now = room.now
    copied.connected = set(room.connected)
    return copied


@functools.cache
def _convened(key: bytes) -> Room:
    profile = _profiles[key]
    room = not_convened(profile)
    room.do(SECRETARY, convene(profile))
    sitting_kinds = {"presiding", "member", "observer", "body"}
    seats = [str(key) for key, seat in room.meeting.seats.items() if seat.kind in sitting_kinds]
    room.delegate(*seats)
    room.sit(*seats)
    room.connected.add("secretariat")
    return room


@functools.cache
def _opened(key: bytes) -> Room:
    room = _copy(_convened(key))
    room.do(CHAIR, a.OpenMeeting())
    return room


@functools.cache
def _sitting(key: bytes) -> Room:
    room = _copy(_opened(key))
    special = tuple(map(RuleId, room.meeting.profile.procedure.special_rules))
    room.agree(a.RemoteForm(form=Form.VIDEOCONFERENCE, special_rules=special))
    room.agree(agenda("1", "2"))
    return room
