"""Everything that can have happened at a meeting, one struct for each kind of event.

Rule 1: events are past tense, frozen, only ever added to and never renamed: records hold them.
Rule 2: an event says all that its reader needs; ``evolve`` looks nothing up that may be withheld.
Rule 3: where something was decided, ``why`` names the rule of the profile it rests on.
"""

from plenary.rules.acts import (
    Actor,
    Annex,
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
    SignatureMeans,
    TakesEffect,
    Vote,
)
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
    snake,
)


class Present(Value, kw_only=True):
    """One line of the roll: a seat, and who represents it in what office."""

    seat: SeatId
    person: PersonId | None = None
    names: Text | None = None
    titles: Text | None = None


class Annotation(Value, kw_only=True):
    """What a member attached to an adoption: a stand-aside (``kind`` None) or an opinion."""

    seat: SeatId
    scope: Scope
    kind: OpinionKind | None = None
    text: str | None = None


class Count(Value, kw_only=True):
    """How many consented to what was adopted by consensus, and how."""

    present: int
    by_telephone: int = 0
    proceeded_without: int = 0


class Tally(Value, kw_only=True):
    """How a vote went, by seats; those not voting are neither for, against nor abstaining."""

    yes: int
    no: int
    abstaining: int
    not_voting: int


class Event(Value, kw_only=True, tag_field="event", tag=snake):
    """Something that happened."""


# convening and accreditation


class Convened(Event, kw_only=True):
    """The meeting was convened under a profile, pinned by its digest."""

    body: str
    titles: Text
    form: Form
    date: str
    place_of_record: Text
    profile: str
    rules_version: str
    secretariat: dict[PersonId, Text]
    at: Moment


class GuestInvited(Event, kw_only=True):
    """A guest has a seat."""

    seat: SeatId
    titles: Text
    delivery: Delivery


class LetterReceived(Event, kw_only=True):
    """A letter accrediting a person to a seat was received."""

    seat: SeatId
    person: PersonId
    names: Text
    role: Role
    titles: Text | None = None
    office: str | None = None
    signed_by: str | None = None


class LetterExamined(Event, kw_only=True):
    """A letter was examined, with this finding."""

    seat: SeatId
    person: PersonId
    finding: Finding
    note: str | None = None


class HeadReplaced(Event, kw_only=True):
    """Another person heads the delegation from now on."""

    seat: SeatId
    person: PersonId
    ground: str
    before: PersonId | None = None


class SeatTaken(Event, kw_only=True):
    """The head's place of a seat was taken at a screen, which may have displaced another."""

    seat: SeatId
    person: PersonId
    screen: str
    displaced: str | None = None


class MeetingLeft(Event, kw_only=True):
    """A seat left the meeting."""

    seat: SeatId
    under_protest: bool = False
    statement: str | None = None


class ReturnedToMeeting(Event, kw_only=True):
    """A seat that had left came back."""

    seat: SeatId


class ActingChairInstalled(Event, kw_only=True):
    """The head of this delegation presides while the presiding officer cannot."""

    seat: SeatId
    person: PersonId
    ground: str
    why: RuleId


class ChairRestored(Event, kw_only=True):
    """The presiding officer presides again."""

    why: RuleId


# the sitting


class MeetingOpened(Event, kw_only=True):
    """The meeting was opened; this many of the members were there, and so many were needed."""

    present: tuple[SeatId, ...]
    why: RuleId
    members_present: int = 0
    quorum: str | None = None


class RollCalled(Event, kw_only=True):
    """The roll was called."""

    present: tuple[Present, ...]


class SegmentOpened(Event, kw_only=True):
    """The meeting went over to a format, open or closed to the public."""

    format: str
    at: Moment
    closed: bool = False


class MeetingSuspended(Event, kw_only=True):
    """The meeting was suspended."""

    ground: str
    at: Moment
    consultations: bool = False


class MeetingResumed(Event, kw_only=True):
    """The meeting was resumed after so many milliseconds."""

    after: int


class MeetingClosed(Event, kw_only=True):
    """The meeting is closed, and with it the record."""

    why: RuleId


class MeetingAdjourned(Event, kw_only=True):
    """The meeting decided to adjourn; the presiding officer now closes it, and nothing else is put."""

    motion: MotionId


class ItemTakenUp(Event, kw_only=True):
    """An item of the agenda was taken up."""

    item: ItemId


class ItemConcluded(Event, kw_only=True):
    """The item under discussion was concluded."""

    item: ItemId


# the floor


class FloorRequested(Event, kw_only=True):
    """A seat asked for the floor, or for the right of reply to another."""

    seat: SeatId
    delivery: Delivery = Delivery.LIVE
    recording: str | None = None
    check_against_delivery: str | None = None
    needs_consent: bool = False
    reply_to: SeatId | None = None


class RequestWithdrawn(Event, kw_only=True):
    """A seat withdrew its request for the floor."""

    seat: SeatId


class ListReordered(Event, kw_only=True):
    """The list of speakers has this order."""

    order: tuple[SeatId, ...]


class ListClosed(Event, kw_only=True):
    """The list of speakers was closed."""


class ListReopened(Event, kw_only=True):
    """The list of speakers was reopened."""


class ConsentGiven(Event, kw_only=True):
    """The presiding officer consents that this seat may speak."""

    seat: SeatId


class ReadySignalled(Event, kw_only=True):
    """A seat, booth or the operator said that it is ready, or no longer."""

    seat: SeatId
    ready: bool


class FloorGiven(Event, kw_only=True):
    """A seat has the floor, for so many seconds (None: without a limit)."""

    seat: SeatId
    at: Moment
    seconds: int | None = None
    delivery: Delivery = Delivery.LIVE
    recording: str | None = None
    reply_to: SeatId | None = None
    why: RuleId


class FloorTakenBack(Event, kw_only=True):
    """A floor given by mistake was taken back."""

    seat: SeatId


class TimeExtended(Event, kw_only=True):
    """The speaker has more time."""

    seat: SeatId
    seconds: int


class FloorEnded(Event, kw_only=True):
    """A speech ended, after so many milliseconds."""

    seat: SeatId
    lasted: int
    yielded: bool = False


class PointOfOrderRaised(Event, kw_only=True):
    """A point of order was raised."""

    seat: SeatId
    at: Moment
    point: str


class RulingGiven(Event, kw_only=True):
    """The presiding officer ruled: on a point of order (``upheld``) or with a ground of his or her own."""

    number: int
    at: Moment
    rule: RuleId
    ruling: str
    upheld: bool | None = None
    ground: str | None = None


class RulingChallenged(Event, kw_only=True):
    """A ruling was appealed."""

    seat: SeatId
    number: int


class RulingDecided(Event, kw_only=True):
    """The meeting decided whether a ruling stands."""

    number: int
    stands: bool
    why: RuleId


# motions


class MotionMoved(Event, kw_only=True):
    """A motion was moved."""

    motion: MotionId
    kind: str
    seat: SeatId
    document: DocumentId | None = None
    seconds: int | None = None


class MotionWithdrawn(Event, kw_only=True):
    """A motion was withdrawn by its mover."""

    motion: MotionId


class SpokenOnMotion(Event, kw_only=True):
    """A seat spoke for or against a motion."""

    motion: MotionId
    seat: SeatId
    against: bool = False


class MotionDecided(Event, kw_only=True):
    """A motion was carried or lost."""

    motion: MotionId
    carried: bool
    why: RuleId


class DebateAdjourned(Event, kw_only=True):
    """The debate on the item under discussion is adjourned; no action is taken on its documents."""

    item: ItemId


class DebateClosed(Event, kw_only=True):
    """The debate on the item under discussion is closed; nobody is left on its list."""

    item: ItemId


class SpeechesLimited(Event, kw_only=True):
    """Speeches are limited to so many seconds."""

    seconds: int


class CompetenceDenied(Event, kw_only=True):
    """The meeting decided that it is not competent to adopt a document."""

    document: DocumentId


class Reconsidered(Event, kw_only=True):
    """A decided document is on the table again."""

    document: DocumentId


# documents


class DocumentTabled(Event, kw_only=True):
    """A document was tabled."""

    document: DocumentId
    type: str
    titles: Text
    texts: dict[Language, str]
    digest: str
    matter: str
    seat: SeatId
    annexes: tuple[Annex, ...] = ()
    sponsors: tuple[PartyId, ...] = ()
    initiative_of: PartyId | None = None
    concerns: PartyId | None = None
    report: Report | None = None
    authorises: Authorisation | None = None
    amends: DocumentId | None = None
    furthest_removed: int = 0


class DocumentAmended(Event, kw_only=True):
    """A document has new texts."""

    document: DocumentId
    texts: dict[Language, str]
    digest: str
    version: int
    ground: str


class DocumentWithdrawn(Event, kw_only=True):
    """A document was withdrawn."""

    document: DocumentId


# decisions


class QuestionPut(Event, kw_only=True):
    """A question was put to the meeting and a window of decision opened.

    ``closes`` is the earliest moment at which the presiding officer may declare the outcome.
    """

    window: WindowId
    subject: AnySubject
    decision: str
    way: str
    digest: str
    electorate: tuple[SeatId, ...]
    at: Moment
    closes: Moment
    why: RuleId
    rotation: PartyId | None = None


class TextAcknowledged(Event, kw_only=True):
    """A seat has exactly this text before it."""

    window: WindowId
    seat: SeatId


class ObjectionRaised(Event, kw_only=True):
    """A member objected; the text is back on the table."""

    window: WindowId
    seat: SeatId
    reason: str | None = None


class ObjectionLifted(Event, kw_only=True):
    """A member lifted its objection."""

    window: WindowId
    seat: SeatId


class StoodAside(Event, kw_only=True):
    """A member stands aside."""

    window: WindowId
    seat: SeatId
    scope: Scope


class OpinionPlaced(Event, kw_only=True):
    """A member's opinion goes with the adoption, if there is one."""

    window: WindowId
    seat: SeatId
    kind: OpinionKind
    scope: Scope
    text: str


class TakenBack(Event, kw_only=True):
    """A member took back, before the gavel, that it stands aside or an opinion."""

    window: WindowId
    seat: SeatId
    what: str
    scope: Scope


class ConfirmedByTelephone(Event, kw_only=True):
    """A delegation whose line was lost confirmed by telephone that it does not object."""

    window: WindowId
    seat: SeatId
    person: PersonId


class ProceededWithout(Event, kw_only=True):
    """The presiding officer proceeds without a seat under a special rule of this meeting."""

    window: WindowId
    seat: SeatId
    special_rule: str
    ground: str
    why: RuleId


class SilenceBroken(Event, kw_only=True):
    """A silence procedure was broken, by objection or by amendment."""

    window: WindowId
    seat: SeatId
    reason: str | None = None
    amendment: str | None = None


class QuestionAgreed(Event, kw_only=True):
    """Nobody objected, and the presiding officer declared the question agreed."""

    window: WindowId
    count: Count
    why: RuleId


class QuestionSetAside(Event, kw_only=True):
    """The window ended without adoption."""

    window: WindowId
    why: RuleId
    ground: str | None = None


class VoteCast(Event, kw_only=True):
    """A vote was cast, or changed."""

    window: WindowId
    seat: SeatId
    vote: Vote


class VoteDeclared(Event, kw_only=True):
    """The result of a vote was declared; a tie that calls for a second vote is ``tied``."""

    window: WindowId
    tally: Tally
    carried: bool
    why: RuleId
    tied: bool = False
    vetoed: bool = False


class DocumentAdopted(Event, kw_only=True):
    """A document was adopted, in all its authentic languages at once."""

    window: WindowId
    document: DocumentId
    type: str
    titles: Text
    texts: dict[Language, str]
    digest: str
    symbols: dict[Language, str]
    number: int
    adoption: str
    decision: str
    why: RuleId
    annotations: tuple[Annotation, ...] = ()


class DocumentRejected(Event, kw_only=True):
    """A document was voted down."""

    window: WindowId
    document: DocumentId
    why: RuleId


class AmendmentIncorporated(Event, kw_only=True):
    """An adopted amendment changed the document it amends; its texts are those of the amendment."""

    document: DocumentId
    amendment: DocumentId
    texts: dict[Language, str]
    digest: str
    version: int
    why: RuleId


class FormAgreed(Event, kw_only=True):
    """The meeting agreed to its form and to special rules."""

    form: Form
    special_rules: tuple[str, ...] = ()


class AgendaAdopted(Event, kw_only=True):
    """The agenda was adopted."""

    items: tuple[Item, ...]


class DocumentsListed(Event, kw_only=True):
    """The list of documents before the meeting was agreed."""

    documents: tuple[DocumentId, ...]


class RuleWaived(Event, kw_only=True):
    """The meeting does not apply a rule, on this ground, until it closes."""

    rule: RuleId
    ground: str


class ChairmanshipDecided(Event, kw_only=True):
    """The meeting decided who chairs the organisation next."""

    party: PartyId
    takes_effect: TakesEffect
    date: str | None = None


class ChairmanshipPassed(Event, kw_only=True):
    """The chairmanship of the organisation passed."""

    party: PartyId
    before: PartyId | None = None


class ReportApproved(Event, kw_only=True):
    """A report was approved by an adopted document."""

    document: DocumentId
    author: PartyId
    period: str


class MandateGiven(Event, kw_only=True):
    """An adopted document authorises somebody to sign something later."""

    document: DocumentId
    signatory: PartyId
    counterpart: Text
    instrument: Text


class InitiativeDecided(Event, kw_only=True):
    """A member's initiative became a decision."""

    document: DocumentId
    party: PartyId


class StatementRecorded(Event, kw_only=True):
    """What a member said on an adopted document after the gavel; no objection any more."""

    document: DocumentId
    annotation: Annotation


class JoinedLater(Event, kw_only=True):
    """A member joined what it had stood aside from."""

    seat: SeatId
    scope: Scope


class DocumentSigned(Event, kw_only=True):
    """A document was signed for a member."""

    document: DocumentId
    seat: SeatId
    person: PersonId
    means: SignatureMeans
    digest: str
    titles: Text | None = None
    ad_referendum: bool = False


class EnteredLate(Event, kw_only=True):
    """The events that follow were entered late: who did it, when, and on what ground."""

    done_by: Actor
    done_at: Moment
    ground: str


AnyEvent = (
    Convened
    | GuestInvited
    | LetterReceived
    | LetterExamined
    | HeadReplaced
    | SeatTaken
    | MeetingLeft
    | ReturnedToMeeting
    | ActingChairInstalled
    | ChairRestored
    | MeetingOpened
    | RollCalled
    | SegmentOpened
    | MeetingSuspended
    | MeetingResumed
    | MeetingClosed
    | MeetingAdjourned
    | ItemTakenUp
    | ItemConcluded
    | FloorRequested
    | RequestWithdrawn
    | ListReordered
    | ListClosed
    | ListReopened
    | ConsentGiven
    | ReadySignalled
    | FloorGiven
    | FloorTakenBack
    | TimeExtended
    | FloorEnded
    | PointOfOrderRaised
    | RulingGiven
    | RulingChallenged
    | RulingDecided
    | MotionMoved
    | MotionWithdrawn
    | SpokenOnMotion
    | MotionDecided
    | DebateAdjourned
    | DebateClosed
    | SpeechesLimited
    | CompetenceDenied
    | Reconsidered
    | DocumentTabled
    | DocumentAmended
    | DocumentWithdrawn
    | QuestionPut
    | TextAcknowledged
    | ObjectionRaised
    | ObjectionLifted
    | StoodAside
    | OpinionPlaced
    | TakenBack
    | ConfirmedByTelephone
    | ProceededWithout
    | SilenceBroken
    | QuestionAgreed
    | QuestionSetAside
    | VoteCast
    | VoteDeclared
    | DocumentAdopted
    | DocumentRejected
    | AmendmentIncorporated
    | FormAgreed
    | AgendaAdopted
    | DocumentsListed
    | RuleWaived
    | ChairmanshipDecided
    | ChairmanshipPassed
    | ReportApproved
    | MandateGiven
    | InitiativeDecided
    | StatementRecorded
    | JoinedLater
    | DocumentSigned
    | EnteredLate
)
