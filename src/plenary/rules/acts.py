"""Everything a person can do at a meeting, one struct for each act.

Rule 1: an act is what somebody asks for; whether it is in order, ``decide`` says.
Rule 2: acts are only ever added to, and never renamed: records hold them.
Rule 3: each docstring is the act's page in ``docs/acts.md``: what it does, in one sentence.

The class attributes say how the record treats an act: ``sees_connections`` that it is decided on who
is connected, ``confidential`` that within a consultation it is written only when that ends.
"""

from enum import StrEnum
from typing import Annotated, ClassVar, get_args

import msgspec

from plenary.rules.names import (
    Digest,
    DocumentId,
    Grounds,
    Identifier,
    ItemId,
    Language,
    Line,
    Moment,
    MotionId,
    PartyId,
    Passage,
    PersonId,
    RuleId,
    SeatId,
    Seconds,
    Text,
    Value,
    WindowId,
    snake,
)

Digests = Annotated[
    dict[Annotated[Language, msgspec.Meta(min_length=2, max_length=20)], Digest],
    msgspec.Meta(min_length=1, max_length=20),
]
"""The digests of a document's texts, by language."""
Many = msgspec.Meta(max_length=400)


class Actor(Value, kw_only=True):
    """Who acts: a person, in a seat, and for staff the principal on whose instruction."""

    person: PersonId
    seat: SeatId
    instructed_by: PersonId | None = None


class Facts(Value, kw_only=True):
    """What an act is decided on, besides the record: the clock, and who is connected.

    ``connected`` is None for acts that are not decided on it. An entry keeps it as ``told`` allows.
    """

    at: Moment
    connected: tuple[SeatId, ...] | None = None


class Role(StrEnum):
    """What a person is in a seat."""

    HEAD = "head"
    STAFF = "staff"


class Finding(StrEnum):
    """What the examination of a letter found."""

    ACCEPTED = "accepted"
    PROVISIONAL = "provisional"
    CONTESTED = "contested"


class Form(StrEnum):
    """How the meeting is held."""

    IN_PERSON = "in_person"
    VIDEOCONFERENCE = "videoconference"
    HYBRID = "hybrid"


class Delivery(StrEnum):
    """Whether a statement is spoken now or was recorded before."""

    LIVE = "live"
    RECORDED = "recorded"


class OpinionKind(StrEnum):
    """Five different things a member may attach to an adoption, and the explanation of a vote."""

    OPINION = "opinion"
    INTERPRETATIVE_STATEMENT = "interpretative_statement"
    RESERVATION = "reservation"
    EXPLANATION_OF_POSITION = "explanation_of_position"
    EXPLANATION_OF_VOTE = "explanation_of_vote"
    DISSOCIATION = "dissociation"


class Vote(StrEnum):
    """A vote cast; not voting is the absence of one."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class SignatureMeans(StrEnum):
    """How a signature was given; ink and counterpart pages stand beside electronic signature."""

    CIRCULATED_ORIGINAL = "circulated_original"
    COUNTERPART_PAGE = "counterpart_page"
    ELECTRONIC = "electronic"


class TakesEffect(StrEnum):
    """When the chairmanship of the organisation passes."""

    ON_CLOSING = "on_closing"
    ON_DATE = "on_date"


class Scope(Value, kw_only=True):
    """What a stand-aside or an opinion is about: a document, one of its paragraphs, or a project."""

    document: DocumentId
    paragraph: Annotated[str, msgspec.Meta(min_length=1, max_length=40)] | None = None
    project: Line | None = None


class Annex(Value, kw_only=True):
    """An instrument attached to a document, such as the plan a decision approves."""

    titles: Text
    digest: Digest | None = None


class Report(Value, kw_only=True):
    """The report a document approves: the body whose report it is, and the period covered."""

    author: PartyId
    period: Line


class Authorisation(Value, kw_only=True):
    """The later signature a document authorises: by whom, with whom, of what."""

    signatory: PartyId
    counterpart: Text
    instrument: Text


class Item(Value, kw_only=True):
    """One item of the agenda and the documents under it."""

    id: Annotated[ItemId, msgspec.Meta(min_length=1, max_length=20)]
    titles: Text
    documents: Annotated[tuple[DocumentId, ...], Many] = ()


# ---- what may be put to the meeting -------------------------------------------------------------


class Subject(Value, kw_only=True, tag_field="subject", tag=snake):
    """What is put before the meeting."""


class RemoteForm(Subject, kw_only=True):
    """That the meeting is held in this form, under these special rules of the profile."""

    form: Form
    special_rules: Annotated[tuple[RuleId, ...], Many] = ()


class Agenda(Subject, kw_only=True):
    """The agenda."""

    items: Annotated[tuple[Item, ...], msgspec.Meta(min_length=1, max_length=400)]


class DocumentList(Subject, kw_only=True):
    """The list of documents before the meeting."""

    documents: Annotated[tuple[DocumentId, ...], msgspec.Meta(min_length=1, max_length=400)]


class Texts(Subject, kw_only=True):
    """One document, or a package of documents that stands or falls together."""

    documents: Annotated[tuple[DocumentId, ...], msgspec.Meta(min_length=1, max_length=400)]


class Waiver(Subject, kw_only=True):
    """That one rule of the profile is not applied until the meeting closes."""

    rule: RuleId
    ground: Line


class NextChair(Subject, kw_only=True):
    """Who chairs the organisation next, and from when."""

    party: PartyId
    takes_effect: TakesEffect
    date: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


class MotionSubject(Subject, kw_only=True, tag="motion"):
    """A motion that was moved."""

    motion: MotionId


class AppealSubject(Subject, kw_only=True, tag="appeal"):
    """The appeal against a ruling of the presiding officer: to agree to it is to overrule."""

    ruling: int


AnySubject = (
    RemoteForm | Agenda | DocumentList | Texts | Waiver | NextChair | MotionSubject | AppealSubject
)


# ---- acts ---------------------------------------------------------------------------------------


class Act(Value, kw_only=True, tag_field="act", tag=snake):
    """Something a person asks to be done."""

    sees_connections: ClassVar[bool] = False
    confidential: ClassVar[bool] = False


# convening and accreditation


class Convene(Act, kw_only=True):
    """Convene the meeting: its body, title, form, place of record and date; entry 0."""

    body: Identifier
    titles: Text
    form: Form
    date: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    place_of_record: Text
    profile: Digest
    rules_version: Line
    secretariat: Annotated[
        dict[Annotated[PersonId, msgspec.Meta(min_length=1, max_length=80)], Text],
        msgspec.Meta(min_length=1, max_length=50),
    ]


class InviteGuest(Act, kw_only=True):
    """Invite a guest and give the guest a seat."""

    seat: Annotated[SeatId, msgspec.Meta(min_length=1, max_length=40)]
    titles: Text
    delivery: Delivery


class ReceiveLetter(Act, kw_only=True):
    """Enter that a letter accrediting a person to a seat was received."""

    seat: SeatId
    person: Annotated[PersonId, msgspec.Meta(min_length=1, max_length=80)]
    names: Text
    role: Role
    office: Identifier | None = None
    titles: Text | None = None
    signed_by: Line | None = None


class ExamineLetter(Act, kw_only=True):
    """Enter what the examination of a letter found: accepted, provisional or contested."""

    seat: SeatId
    person: PersonId
    finding: Finding
    note: Line | None = None


class ReplaceHead(Act, kw_only=True):
    """Replace the head of a delegation by another accredited person of it, the same day if need be."""

    seat: SeatId
    person: PersonId
    ground: Line


class TakeSeat(Act, kw_only=True):
    """Take the head's place at one screen; a second screen must ask to displace the first."""

    sees_connections = True
    screen: Identifier
    displace: bool = False


class LeaveMeeting(Act, kw_only=True):
    """Leave the meeting, under protest or not."""

    under_protest: bool = False
    statement: Passage | None = None


class ReturnToMeeting(Act, kw_only=True):
    """Come back after having left."""


class InstallActingChair(Act, kw_only=True):
    """Put an acting chair in the presiding seat while the presiding officer cannot preside."""

    sees_connections = True
    seat: SeatId
    ground: Line


class RestoreChair(Act, kw_only=True):
    """Give the presiding seat back to the presiding officer."""

    sees_connections = True


# the sitting


class OpenMeeting(Act, kw_only=True):
    """Open the meeting, where the quorum to open it is there."""

    sees_connections = True


class CallTheRoll(Act, kw_only=True):
    """Call the roll: who is present, by whom represented."""

    sees_connections = True


class OpenSegment(Act, kw_only=True):
    """Go over to a format (narrow or extended), open to the public or closed."""

    format: Identifier
    closed: bool = False


class Suspend(Act, kw_only=True):
    """Suspend the meeting, for consultations off the record or otherwise."""

    ground: Line
    consultations: bool = False


class Resume(Act, kw_only=True):
    """Resume the suspended meeting."""


class CloseMeeting(Act, kw_only=True):
    """Close the meeting; its record is complete with this entry."""


class TakeUpItem(Act, kw_only=True):
    """Take up an item of the agenda."""

    item: ItemId


class ConcludeItem(Act, kw_only=True):
    """Conclude the item under discussion."""


# the floor


class AskForTheFloor(Act, kw_only=True):
    """Ask to be put on the list of speakers, to speak live or with a recorded statement."""

    delivery: Delivery = Delivery.LIVE
    recording: Digest | None = None
    check_against_delivery: Digest | None = None


class WithdrawRequest(Act, kw_only=True):
    """Withdraw one's request for the floor."""


class ReorderList(Act, kw_only=True):
    """Put the list of speakers into another order; the same seats must be on it."""

    order: Annotated[tuple[SeatId, ...], Many]


class CloseList(Act, kw_only=True):
    """Close the list of speakers."""


class ReopenList(Act, kw_only=True):
    """Reopen the list of speakers."""


class ConsentToSpeak(Act, kw_only=True):
    """Consent, as the presiding officer, that an observer or guest who asked may speak."""

    seat: SeatId


class SignalReady(Act, kw_only=True):
    """Say that one is ready, or no longer ready, for the next speaker."""

    ready: bool


class GiveTheFloor(Act, kw_only=True):
    """Give the floor to a seat on the list, for the limit its kind has or another time."""

    seat: SeatId
    seconds: Seconds | None = None


class UndoFloor(Act, kw_only=True):
    """Take back, within a few seconds, a floor given by mistake; the seat stands on the list again."""


class ExtendTime(Act, kw_only=True):
    """Give the speaker more time."""

    seconds: Seconds


class YieldTheFloor(Act, kw_only=True):
    """End one's own speech."""


class EndSpeech(Act, kw_only=True):
    """End the speech, as the presiding officer."""


class AskForReply(Act, kw_only=True):
    """Ask for the right of reply to a speaker of this item; a closed list is no bar."""

    to: SeatId


class RaisePointOfOrder(Act, kw_only=True):
    """Raise a point of order, at any time."""

    point: Line


class Rule(Act, kw_only=True):
    """Rule on the pending point of order."""

    upheld: bool
    rule: RuleId
    ruling: Line


class GiveRuling(Act, kw_only=True):
    """Give a ruling of one's own motion: a departure from the rules of procedure, with its ground."""

    rule: RuleId
    ruling: Line
    ground: Line


class Appeal(Act, kw_only=True):
    """Appeal against the presiding officer's last ruling, where the rules of procedure have an appeal."""


# motions


class Move(Act, kw_only=True):
    """Move a motion the profile has."""

    motion: Annotated[MotionId, msgspec.Meta(min_length=1, max_length=40)]
    kind: Identifier
    document: DocumentId | None = None
    seconds: Seconds | None = None


class WithdrawMotion(Act, kw_only=True):
    """Withdraw one's own motion before it is put."""

    motion: MotionId


class SpeakOnMotion(Act, kw_only=True):
    """Speak for or against a motion, where the profile allows it."""

    motion: MotionId
    against: bool = False


# documents


class Table(Act, kw_only=True):
    """Table a document: its type, titles, texts by language, annexes, sponsors, and what it does."""

    document: Annotated[DocumentId, msgspec.Meta(min_length=1, max_length=60)]
    type: Identifier
    titles: Text
    texts: Digests
    annexes: Annotated[tuple[Annex, ...], msgspec.Meta(max_length=50)] = ()
    sponsors: Annotated[tuple[PartyId, ...], Many] = ()
    initiative_of: PartyId | None = None
    matter: Identifier | None = None
    concerns: PartyId | None = None
    report: Report | None = None
    authorises: Authorisation | None = None
    amends: DocumentId | None = None
    furthest_removed: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0


class Amend(Act, kw_only=True):
    """Put new texts of a document in place of the old; a window on the old ones ends."""

    document: DocumentId
    texts: Digests
    ground: Line


class WithdrawDocument(Act, kw_only=True):
    """Withdraw a document that is not before the meeting."""

    document: DocumentId


# decisions


class Put(Act, kw_only=True):
    """Put a text, a package or a question to the meeting: a window of decision opens."""

    subject: AnySubject
    decision: Identifier | None = None
    expires: Moment | None = None


class AcknowledgeText(Act, kw_only=True):
    """Acknowledge that exactly this text is on one's screen; so a seat is present for it."""

    confidential = True
    window: WindowId
    digest: Digest


class Object(Act, kw_only=True):
    """Object: the text returns to the table; a silence procedure is broken."""

    confidential = True
    window: WindowId
    reason: Grounds | None = None


class LiftObjection(Act, kw_only=True):
    """Lift one's objection: the window resumes, and nothing of it is published."""

    confidential = True
    window: WindowId


class StandAside(Act, kw_only=True):
    """Stand aside from a document, a paragraph or a project without blocking it."""

    confidential = True
    window: WindowId
    scope: Scope


class PlaceOpinion(Act, kw_only=True):
    """Place an opinion, statement, reservation, explanation or dissociation on record."""

    confidential = True
    kind: OpinionKind
    scope: Scope
    text: Passage
    window: WindowId | None = None


class TakeBack(Act, kw_only=True):
    """Take back, until the gavel, what one raised in the window other than an objection."""

    confidential = True
    window: WindowId
    what: Annotated[str, msgspec.Meta(pattern="^(stand_aside|opinion)$")]
    scope: Scope


class ConfirmByTelephone(Act, kw_only=True):
    """Enter that a delegation whose line was lost confirmed by telephone that it does not object."""

    confidential = True
    window: WindowId
    seat: SeatId
    person: PersonId
    digest: Digest


class ProceedWithout(Act, kw_only=True):
    """Proceed without a seat whose line is lost, under a special rule adopted at the opening."""

    sees_connections = True
    window: WindowId
    seat: SeatId
    special_rule: RuleId
    ground: Line


class BreakSilence(Act, kw_only=True):
    """Break a silence procedure by proposing an amendment."""

    window: WindowId
    amendment: Passage


class DeclareAdopted(Act, kw_only=True):
    """Declare adopted, or agreed, what no one objected to; the gavel."""

    sees_connections = True
    window: WindowId


class SetAside(Act, kw_only=True):
    """End a window without adoption."""

    window: WindowId
    ground: Line | None = None


class CastVote(Act, kw_only=True):
    """Cast one's vote, or change it until the result is declared."""

    window: WindowId
    vote: Vote


class DeclareResult(Act, kw_only=True):
    """Declare the result of a vote."""

    sees_connections = True
    window: WindowId


class JoinLater(Act, kw_only=True):
    """Join what one had stood aside from."""

    scope: Scope


class Sign(Act, kw_only=True):
    """Sign an adopted document."""

    document: DocumentId
    means: SignatureMeans
    digest: Digest
    ad_referendum: bool = False


class EnterLate(Act, kw_only=True):
    """Enter late an act done orally or on paper: who did it, when, and on what ground."""

    sees_connections = True
    done: "AnyAct"
    done_by: Actor
    done_at: Moment
    ground: Line


AnyActInTheRoom = (
    InviteGuest
    | ReceiveLetter
    | ExamineLetter
    | ReplaceHead
    | TakeSeat
    | LeaveMeeting
    | ReturnToMeeting
    | InstallActingChair
    | RestoreChair
    | OpenMeeting
    | CallTheRoll
    | OpenSegment
    | Suspend
    | Resume
    | CloseMeeting
    | TakeUpItem
    | ConcludeItem
    | AskForTheFloor
    | WithdrawRequest
    | ReorderList
    | CloseList
    | ReopenList
    | ConsentToSpeak
    | SignalReady
    | GiveTheFloor
    | UndoFloor
    | ExtendTime
    | YieldTheFloor
    | EndSpeech
    | AskForReply
    | RaisePointOfOrder
    | Rule
    | GiveRuling
    | Appeal
    | Move
    | WithdrawMotion
    | SpeakOnMotion
    | Table
    | Amend
    | WithdrawDocument
    | Put
    | AcknowledgeText
    | Object
    | LiftObjection
    | StandAside
    | PlaceOpinion
    | TakeBack
    | ConfirmByTelephone
    | ProceedWithout
    | BreakSilence
    | DeclareAdopted
    | SetAside
    | CastVote
    | DeclareResult
    | JoinLater
    | Sign
    | EnterLate
)
"""Every act but the first, which makes the room."""
AnyAct = Convene | AnyActInTheRoom

ACTS: dict[str, type[Act]] = {snake(act.__name__): act for act in get_args(AnyAct)}
"""Every act by the name it bears in records and profiles."""


def name_of(act: Act) -> str:
    """Return the name *act* bears in records and profiles, such as ``give_the_floor``."""
    return snake(type(act).__name__)
