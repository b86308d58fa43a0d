"""The state of a meeting: what the record so far amounts to.

Rule 1: state is only ever made by ``evolve``; nothing else changes it.
Rule 2: nothing here grows with the length of the meeting alone; history is in the record.
Rule 3: life cycles are tables.
"""

from enum import StrEnum
from typing import Final

from plenary.rules.acts import (
    AnySubject,
    Authorisation,
    Delivery,
    Finding,
    Form,
    Item,
    OpinionKind,
    Report,
    Role,
    Scope,
    Texts,
    Vote,
)
from plenary.rules.events import Annotation
from plenary.rules.names import (
    DocumentId,
    ItemId,
    Language,
    Moment,
    MotionId,
    PartyId,
    PersonId,
    RuleId,
    SeatId,
    Text,
    Value,
    WindowId,
)
from plenary.rules.profile import DecisionRule, Kind, Profile


class Stage(StrEnum):
    """How far the meeting is."""

    NOT_CONVENED = "not_convened"
    CONVENED = "convened"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class DocumentStage(StrEnum):
    """How far a document is."""

    TABLED = "tabled"
    BEFORE_THE_MEETING = "before_the_meeting"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class WindowState(StrEnum):
    """How far a window of decision is."""

    OPEN = "open"
    RETURNED = "returned"
    BROKEN = "broken"


NEXT_FINDING: Final[dict[Finding | None, frozenset[Finding]]] = {
    None: frozenset(Finding),
    Finding.PROVISIONAL: frozenset({Finding.ACCEPTED, Finding.CONTESTED}),
    Finding.CONTESTED: frozenset({Finding.ACCEPTED, Finding.PROVISIONAL}),
    Finding.ACCEPTED: frozenset({Finding.CONTESTED}),
}
"""What an examination may find after what was found before; None: not examined yet."""


class Letter(Value, kw_only=True):
    """A letter of accreditation and what its examination found."""

    names: Text
    role: Role
    titles: Text | None
    finding: Finding | None = None


class Seat(Value, kw_only=True):
    """A place in the room: whose it is, who is accredited to it, who heads it, at which screen."""

    id: SeatId
    kind: str
    party: PartyId | None = None
    letters: dict[PersonId, Letter] = {}
    head: PersonId | None = None
    screen: str | None = None
    attending: bool = False
    left: bool = False
    ready: bool = False
    titles: Text | None = None


class Request(Value, kw_only=True):
    """A wish to speak: live or recorded, or in reply to another seat."""

    seat: SeatId
    delivery: Delivery
    recording: str | None = None
    check_against_delivery: str | None = None
    needs_consent: bool = False
    reply_to: SeatId | None = None


class Speech(Value, kw_only=True):
    """Who has the floor, since when, and for how many seconds (None: without a limit).

    A point of order or a suspension interrupts it, since the moment ``interrupted``; ``paused`` are the
    milliseconds of earlier interruptions. Neither counts.
    """

    request: Request
    since: Moment
    seconds: int | None
    interrupted: Moment | None = None
    paused: int = 0

    def lasted(self, at: Moment) -> int:
        """Return for how many milliseconds the speaker has spoken at that moment."""
        return (at if self.interrupted is None else self.interrupted) - self.since - self.paused


class Floor(Value, kw_only=True):
    """The list of speakers and who is speaking."""

    waiting: tuple[Request, ...] = ()
    speaking: Speech | None = None
    closed: bool = False
    limit: int | None = None
    spoken: frozenset[SeatId] = frozenset()
    replies: dict[SeatId, int] = {}


class Document(Value, kw_only=True):
    """A document and what became of it."""

    id: DocumentId
    type: str
    titles: Text
    texts: dict[Language, str]
    digest: str
    matter: str
    stage: DocumentStage = DocumentStage.TABLED
    version: int = 1
    sponsors: tuple[PartyId, ...] = ()
    initiative_of: PartyId | None = None
    concerns: PartyId | None = None
    report: Report | None = None
    authorises: Authorisation | None = None
    amends: DocumentId | None = None
    furthest_removed: int = 0
    tied: bool = False
    tabled_by: SeatId | None = None
    decision: str | None = None
    adoption: str | None = None
    symbols: dict[Language, str] | None = None
    annotations: tuple[Annotation, ...] = ()
    signatures: tuple[SeatId, ...] = ()


class Opinion(Value, kw_only=True):
    """What a member wants on record with the adoption."""

    seat: SeatId
    kind: OpinionKind
    scope: Scope
    text: str


class Window(Value, kw_only=True):
    """A question before the meeting, and what each seat of the electorate has done about it.

    ``raised`` counts what a seat raised, also what it lifted or took back.
    """

    id: WindowId
    subject: AnySubject
    decision: str
    way: str
    digest: str
    electorate: tuple[SeatId, ...]
    opened: Moment
    closes: Moment
    state: WindowState = WindowState.OPEN
    acknowledged: frozenset[SeatId] = frozenset()
    objections: dict[SeatId, str | None] = {}
    aside: tuple[tuple[SeatId, Scope], ...] = ()
    opinions: tuple[Opinion, ...] = ()
    raised: dict[SeatId, int] = {}
    by_telephone: frozenset[SeatId] = frozenset()
    without: frozenset[SeatId] = frozenset()
    votes: dict[SeatId, Vote] = {}


class ClosedSegment(Value, kw_only=True):
    """From when to when the meeting was closed to the public, in which format; until None: it still is."""

    format: str
    since: Moment
    until: Moment | None = None


class Motion(Value, kw_only=True):
    """A motion before the meeting."""

    id: MotionId
    kind: str
    seat: SeatId
    document: DocumentId | None
    seconds: int | None
    spoken_for: int = 0
    spoken_against: int = 0


class Ruling(Value, kw_only=True):
    """The presiding officer's last ruling, and whether an appeal against it is pending."""

    number: int = 0
    appealed: bool = False
    rule: RuleId | None = None


class Meeting(Value, kw_only=True):
    """A meeting: everything that its record so far amounts to.

    ``objected`` says, by a text's digest, whose objection to it stood when its window was set aside.
    """

    profile: Profile
    stage: Stage = Stage.NOT_CONVENED
    body: str | None = None
    titles: Text = {}
    date: str = ""
    form: Form = Form.IN_PERSON
    convened: Moment = 0
    suspended: Moment | None = None
    seats: dict[SeatId, Seat] = {}
    acting_chair: SeatId | None = None
    form_agreed: bool = False
    special_rules: frozenset[str] = frozenset()
    agenda: tuple[Item, ...] | None = None
    item: ItemId | None = None
    concluded: frozenset[ItemId] = frozenset()
    adjourned: frozenset[ItemId] = frozenset()
    format: str | None = None
    segment_closed: bool = False
    closed_segments: tuple[ClosedSegment, ...] = ()
    adjourning: bool = False
    floor: Floor = Floor()
    point_of_order: SeatId | None = None
    ruling: Ruling = Ruling()
    motions: tuple[Motion, ...] = ()
    motions_moved: int = 0
    documents: dict[DocumentId, Document] = {}
    listed: tuple[DocumentId, ...] | None = None
    numbers: dict[str, int] = {}
    windows: int = 0
    window: Window | None = None
    silences: dict[WindowId, Window] = {}
    objected: dict[str, frozenset[SeatId]] = {}
    waived: frozenset[RuleId] = frozenset()
    next_chair: PartyId | None = None
    chair_passes_on_closing: bool = False

    def kind(self, seat: Seat) -> Kind:
        """Return what the profile says of the kind of *seat*."""
        return self.profile.procedure.kinds[seat.kind]

    def presiding(self) -> Seat:
        """Return the presiding officer's seat."""
        return self._of_kind(self.profile.procedure.opening.presiding_kind)

    def _of_kind(self, kind: str) -> Seat:
        return next(seat for seat in self.seats.values() if seat.kind == kind)

    def accredited_at(self, seat: Seat) -> Seat:
        """Return the seat whose head heads *seat*: another than itself while an acting chair presides."""
        if (
            self.acting_chair is not None
            and seat.kind == self.profile.procedure.opening.presiding_kind
        ):
            return self.seats[self.acting_chair]
        return seat

    def head_of(self, seat: Seat) -> PersonId | None:
        """Return who heads *seat* now: in the presiding seat that may be an acting chair."""
        return self.accredited_at(seat).head

    def letter_of(self, seat: Seat, person: PersonId) -> Letter | None:
        """Return the letter on which *person* acts in *seat*; an acting chair's is at his or her own."""
        if person == self.head_of(seat):
            return self.accredited_at(seat).letters.get(person)
        return seat.letters.get(person)

    def window_of(self, key: WindowId) -> Window | None:
        """Return the open window of that identifier, of the sitting or of a silence procedure."""
        if self.window is not None and self.window.id == key:
            return self.window
        return self.silences.get(key)

    def still_objecting(self, subject: AnySubject, digest: str) -> frozenset[SeatId]:
        """Return whose objection to these very texts stood when a window on them was set aside."""
        texts = self.texts_of(subject, digest)
        return frozenset().union(*(self.objected.get(text, frozenset()) for text in texts))

    def texts_of(self, subject: AnySubject, digest: str) -> tuple[str, ...]:
        """Return the digests of the texts that *subject*, itself of that digest, puts to the meeting."""
        if not isinstance(subject, Texts):
            return (digest,)
        return tuple(
            self.documents[key].digest for key in subject.documents if key in self.documents
        )

    def decision(self, window: Window) -> DecisionRule:
        """Return the decision rule *window* follows."""
        return self.profile.procedure.decisions[window.decision]


def new_meeting(profile: Profile) -> Meeting:
    """Return the state before entry 0."""
    return Meeting(profile=profile)
