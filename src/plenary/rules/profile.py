"""An organisation as data: who its members are, and by which rules its bodies decide.

Rule 1: this is the schema of ``organisation.toml`` and ``procedure.toml``, and nothing else.
Rule 2: every rule says its source and its standing; what is our inference is never shown as law.
"""

import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Final

import msgspec

from plenary.rules.acts import OpinionKind
from plenary.rules.names import (
    Identifier,
    Language,
    Line,
    PartyId,
    RuleId,
    SeatId,
    Seconds,
    Text,
    Value,
)

SLOTS: Final[dict[str, str]] = {
    "record": "who may act at all, and that every act names person, seat and principal",
    "seats": "who has a seat in the room",
    "accreditation": "letters, their examination, replacement of a representative",
    "rights": "which kind of participant may do what",
    "roles": "what the head of a seat does in person, what staff do on instruction, what on their own",
    "presiding": "who presides, and who when the presiding officer is lost",
    "form": "meeting by videoconference and its special rules",
    "sitting": "opening, suspending, resuming and closing",
    "quorum": "how many must be there to open and to decide",
    "agenda": "adopting the agenda and taking up its items",
    "formats": "narrow and extended formats, open and closed segments",
    "speakers_list": "asking for the floor, the list, its closing and reopening",
    "speaking": "giving the floor, time limits, consent to observers and guests",
    "reply": "right of reply",
    "points_of_order": "points of order, rulings and appeals",
    "motions": "motions and their precedence",
    "documents": "tabling, amending and withdrawing documents; the list of documents",
    "languages": "official and authentic languages; adoption in all of them at once",
    "decisions": "putting a question, and declaring what was decided",
    "presence": "when a seat counts as present for a text; what becomes of a lost line",
    "annotations": "standing aside, opinions on record, statements, joining later",
    "signature": "signing what was adopted with a view to signature",
    "chairmanship": "who chairs the organisation next, and from when",
    "rulings": "rulings, waivers and late entries",
}
"""The rules every profile must state, by key, and what each is about."""

NEVER_WAIVED: Final = frozenset(
    {
        "record",
        "seats",
        "accreditation",
        "rights",
        "roles",
        "sitting",
        "languages",
        "decisions",
        "presence",
        "rulings",
    }
)
"""Rules without which a decision would not be the members' own; nor may a rule a decision rests on."""


class Standing(StrEnum):
    """What a rule rests on."""

    TREATY = "treaty"
    RULES_OF_PROCEDURE = "rules of procedure"
    PRACTICE = "practice"
    OUR_INFERENCE = "our inference"


class Rule(Value, kw_only=True):
    """One rule of procedure: what it says in our words, where it stands, what that is worth."""

    texts: Text
    standing: Standing
    source: Text
    waivable: bool = False


class Holder(Value, kw_only=True):
    """A person who holds an office between two dates; ``until`` is the last day."""

    names: Text
    since: datetime.date | None = None
    until: datetime.date | None = None


class Office(Value, kw_only=True):
    """An office, such as that of prime minister, and who held it when."""

    id: Identifier
    names: Text
    holders: tuple[Holder, ...] = ()
    source: Line | None = None


class Party(Value, kw_only=True):
    """A member, observer, dialogue partner or permanent body of the organisation.

    ``reports_of`` says, in the words of a document's title, whose report this party's report is.
    """

    id: Annotated[PartyId, msgspec.Meta(min_length=1, max_length=40)]
    kind: Identifier
    short: Text
    long: Text
    since: datetime.date | None = None
    until: datetime.date | None = None
    offices: tuple[Office, ...] = ()
    weights: dict[str, int] = {}
    reports_of: Text | None = None
    source: Line | None = None


class FurtherSeat(Value, kw_only=True):
    """A seat that is no party's: the presiding officer, the secretariat, a booth, the operator."""

    id: Annotated[SeatId, msgspec.Meta(min_length=1, max_length=40)]
    kind: Identifier
    names: Text


class Languages(Value, kw_only=True):
    """Languages of the organisation, and those its pages are read in."""

    official: tuple[Language, ...]
    authentic: tuple[Language, ...]
    pages: tuple[Language, ...]

    @property
    def needed(self) -> tuple[Language, ...]:
        """The languages every text must have: the official ones that pages are read in."""
        return tuple(language for language in self.pages if language in self.official)


class Ordering(Value, kw_only=True):
    """How parties are put in order: by which name in which language, letter by letter."""

    language: Language
    name: Annotated[str, msgspec.Meta(pattern="^(short|long)$")]
    alphabet: Line
    source: Text | None = None


class Body(Value, kw_only=True):
    """A body of the organisation that meets, such as a council of heads of state."""

    id: Identifier
    names: Text
    symbol: Line | None = None
    members: Identifier = "member"
    source: Line | None = None


class Term(Value, kw_only=True):
    """One party's term as chair of the organisation."""

    party: PartyId
    since: datetime.date
    until: datetime.date | None = None


class Skip(Value, kw_only=True):
    """A turn in the rotation that was passed over, by whose decision."""

    party: PartyId
    year: int
    ground: Line


class Chairmanship(Value, kw_only=True):
    """The chairmanship of the organisation: terms so far, whose turn follows whose, turns passed over."""

    terms: tuple[Term, ...]
    rotation: tuple[PartyId, ...]
    skips: tuple[Skip, ...] = ()
    source: Line | None = None


class Organisation(Value, kw_only=True):
    """Who the organisation is, on a date."""

    id: Identifier
    as_of: datetime.date
    names: Text
    short: Text
    languages: Languages
    ordering: Ordering
    parties: tuple[Party, ...]
    seats: tuple[FurtherSeat, ...]
    bodies: tuple[Body, ...]
    chairmanship: Chairmanship | None = None


class Kind(Value, kw_only=True):
    """What one kind of participant may do, when it attends, and how long it speaks.

    ``plural`` heads a list of several. ``acts`` says for each act the least role that may do it: ``head``
    in person, ``instructed`` also staff on the head's instruction, ``staff`` any accredited person.
    """

    names: Text
    plural: Text | None = None
    formats: tuple[str, ...]
    acts: dict[str, str]
    speech_seconds: Seconds | None = None
    needs_consent_to_speak: bool = False


class Share(Value, kw_only=True):
    """A part of a whole that must be reached (``at_least``) or passed (``more_than``), as a fraction."""

    at_least: str | None = None
    more_than: str | None = None

    def met(self, part: int, whole: int) -> bool:
        """Return whether *part* of *whole* is enough; nothing is enough of nothing."""
        if whole == 0:
            return False
        if self.at_least is not None:
            return Fraction(part) >= Fraction(self.at_least) * whole
        return Fraction(part) > Fraction(str(self.more_than)) * whole


class Majority(Share, kw_only=True):
    """One majority that a vote must reach: which share, of whom, counted how.

    ``of`` is ``present_and_voting`` (abstentions not counted), ``present`` or ``members``; ``count``
    is ``heads`` or the name of a weight of the parties.
    """

    of: Annotated[str, msgspec.Meta(pattern="^(present_and_voting|present|members)$")]
    count: str = "heads"


class DecisionRule(Value, kw_only=True):
    """How a matter is decided: one schema for consensus, votes and silence.

    ``absence`` says what a member's never having come means for consensus; a *lost* line is another
    thing and never consent. ``excluded`` leaves out the member concerned.
    """

    way: Annotated[str, msgspec.Meta(pattern="^(consensus|vote|silence)$")]
    rule: RuleId
    electorate: tuple[str, ...] = ("member",)
    quorum: Share | None = None
    majorities: tuple[Majority, ...] = ()
    tie: Annotated[str, msgspec.Meta(pattern="^(rejected|second_vote)$")] = "rejected"
    vetoes: tuple[PartyId, ...] = ()
    excluded: Annotated[str, msgspec.Meta(pattern="^(none|concerned)$")] = "none"
    absence: Annotated[str, msgspec.Meta(pattern="^(bars|disregarded)$")] = "disregarded"
    fallback: str | None = None
    window_seconds: Annotated[int, msgspec.Meta(ge=0, le=2_592_000)] = 0
    annotations: tuple[OpinionKind, ...] = ()
    stand_aside: bool = False


class DocumentType(Value, kw_only=True):
    """A type of document: its names, how it is adopted, how it is numbered.

    ``symbols`` may use ``{number}`` (within the meeting and type), ``{date}`` and ``{body}``.
    """

    names: Text
    adoption: Annotated[str, msgspec.Meta(pattern="^(for_signature|without_signing)$")]
    symbols: Text
    matter: str = "text"
    sponsors: tuple[str, ...] = ("member", "secretariat")


class MotionKind(Value, kw_only=True):
    """A motion the rules of procedure have: its rank, who may speak on it, what carries it, what it does.

    A lower rank goes first. ``effect`` is one of ``EFFECTS``.
    """

    names: Text
    rank: Annotated[int, msgspec.Meta(ge=0, le=100)]
    rule: RuleId
    decision: str
    effect: Identifier
    speakers_for: int = 0
    speakers_against: int = 0


MATTERS: Final = {
    "form": "the remote form and its special rules",
    "agenda": "the agenda",
    "document_list": "the list of documents before the meeting",
    "text": "a document whose type names no other matter",
    "waiver": "not applying a rule until the meeting closes",
    "chairmanship": "who chairs the organisation next",
}
"""The matters for which every profile must name a decision rule."""

EFFECTS: Final = (
    "suspend",
    "adjourn_meeting",
    "adjourn_debate",
    "close_debate",
    "close_list",
    "limit_speeches",
    "no_competence",
    "reconsider",
)


class Opening(Value, kw_only=True):
    """What must be there to open, and for how long a floor given may be taken back."""

    quorum: Share | None = None
    undo_floor_seconds: Seconds = 5
    presiding_kind: Identifier = "presiding"
    secretariat_kind: Identifier = "secretariat"
    guest_kind: Identifier = "guest"
    first_format: Identifier = "extended"
    needs_agreed_form: bool = False
    needs_agreed_agenda: bool = False
    needs_listed_documents: bool = False


class Accreditation(Value, kw_only=True):
    """Which findings allow a person to act."""

    may_act: tuple[str, ...] = ("accepted", "provisional")


class Reply(Value, kw_only=True):
    """The right of reply: how often for one seat under one item, and how long each time."""

    per_item: Annotated[int, msgspec.Meta(ge=0, le=10)]
    seconds: tuple[Seconds, ...]


class PointsOfOrder(Value, kw_only=True):
    """Whether a ruling may be appealed, and by which decision rule the appeal is decided."""

    appeal: str | None = None


class Lost(Value, kw_only=True):
    """Who presides when the presiding officer is lost, in this order.

    Each is a party, ``next_chair`` or ``ordering`` (members in the organisation's order).
    """

    succession: tuple[str, ...]


class SpecialRule(Value, kw_only=True):
    """A special rule a meeting may adopt at its opening."""

    rule: RuleId
    allows: Annotated[
        str, msgspec.Meta(pattern="^(proceed_without|confirm_by_telephone|acting_chair)$")
    ]


class SilenceProcedure(Value, kw_only=True):
    """Which decision rule a silence procedure follows, and the shortest time it runs."""

    decision: str
    seconds: Annotated[int, msgspec.Meta(ge=1, le=2_592_000)]


class Procedure(Value, kw_only=True):
    """By which rules the organisation's bodies meet and decide."""

    version: Line
    rules: dict[str, Rule]
    kinds: dict[str, Kind]
    formats: dict[str, Text]
    opening: Opening
    accreditation: Accreditation
    decisions: dict[str, DecisionRule]
    matters: dict[str, str]
    document_types: dict[str, DocumentType]
    points_of_order: PointsOfOrder
    presiding_lost: Lost
    reply: Reply | None = None
    motions: dict[str, MotionKind] = {}
    special_rules: dict[str, SpecialRule] = {}
    silence: SilenceProcedure | None = None


class Profile(Value, kw_only=True):
    """An organisation and its procedure, as pinned by entry 0 of every record."""

    organisation: Organisation
    procedure: Procedure

    def rule(self, key: str) -> Rule:
        """Return the rule of that key."""
        return self.procedure.rules[key]

    def may_be_waived(self, key: str) -> bool:
        """Return whether a meeting may decide not to apply the rule of that key."""
        rule = self.rule(key)
        deciding = {decision.rule for decision in self.procedure.decisions.values()}
        structural = key in NEVER_WAIVED or key in deciding
        return rule.waivable and rule.standing is not Standing.TREATY and not structural

    def party(self, key: str) -> Party | None:
        """Return the party of that identifier, if the organisation has it."""
        return next((party for party in self.organisation.parties if party.id == key), None)

    def in_order(self, kind: str, on: datetime.date | None = None) -> tuple[PartyId, ...]:
        """Return the parties of one kind on a day (else the profile's), in the organisation's order."""
        on = on or self.organisation.as_of
        there = [
            party
            for party in self.organisation.parties
            if party.kind == kind and within(on, party.since, party.until)
        ]
        return tuple(party.id for party in sorted(there, key=self._place))

    def _place(self, party: Party) -> list[int]:
        ordering = self.organisation.ordering
        name = (party.short if ordering.name == "short" else party.long)[ordering.language]
        alphabet = ordering.alphabet.casefold()
        return [alphabet.find(letter) for letter in name.casefold() if letter in alphabet]


def within(day: datetime.date, since: datetime.date | None, until: datetime.date | None) -> bool:
    """Return whether *day* lies between two dates, both included; None is open."""
    return (since is None or since <= day) and (until is None or day <= until)
