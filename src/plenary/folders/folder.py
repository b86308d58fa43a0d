"""What a summit folder holds, as ``docs/rehearsals.md`` describes it.

Rule 1: these structs are the format; an unknown key is a fault, named by file and key.
Rule 2: whatever an act takes is written as the act takes it: a step's ``with`` is the act's own fields.
"""

import datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from plenary.rules.acts import (
    Annex,
    Authorisation,
    Delivery,
    Finding,
    Form,
    Item,
    Report,
    Role,
    SignatureMeans,
)
from plenary.rules.names import (
    DocumentId,
    Identifier,
    Language,
    Line,
    PartyId,
    PersonId,
    SeatId,
    Text,
    Value,
)
from plenary.rules.profile import Profile
from plenary.rules.refusals import Reason

SUMMIT = "summit.toml"
ROSTER = "roster.toml"
AGENDA = "agenda.toml"
DOCUMENTS = "documents.toml"
SCRIPT = "script.toml"

Pause = Annotated[int, msgspec.Meta(ge=0, le=31_536_000)]
"""Seconds on the meeting's clock."""
Instant = Annotated[datetime.datetime, msgspec.Meta(tz=True)]
Who = str | tuple[str, ...]
"""``SEAT``, ``SEAT/PERSON``, ``@GROUP``, ``@GROUP[1..60]``, ``!SEAT`` (but not this one), or a list."""


# ---- summit.toml --------------------------------------------------------------------------------


class Guest(Value, kw_only=True):
    """A guest and whether the guest speaks live or in a recording."""

    seat: SeatId
    titles: Text
    delivery: Delivery


Count = int | Annotated[str, msgspec.Meta(pattern=r"^\+[0-9]{1,6}$")]
"""How often; ``+2`` in a fault: two more than the script expects without it."""


class Expected(Value, kw_only=True):
    """What is expected of the summary, of the events by kind, and in comparison with a run without.

    What is not named is not compared. ``same`` (in a fault only) names what must be as it is without
    the fault: ``head``, ``entries``, or ``withheld``, the places of what the public cannot read.
    """

    documents: dict[str, int] | int | None = None
    adopted: dict[str, int] | None = None
    participants: dict[str, int] | None = None
    speaking_order: tuple[SeatId, ...] | None = None
    mandates: int | None = None
    reports: int | None = None
    next_chair: PartyId | Literal[False] | None = None
    events: dict[str, Count] = {}
    same: tuple[Literal["head", "entries", "withheld"], ...] = ()


class Summit(Value, kw_only=True):
    """A meeting to be rehearsed: whose, which, when, in what form."""

    profile: Line
    origin: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9/._-]*$", max_length=120)]
    body: Identifier
    titles: Text
    form: Form
    date: datetime.date
    place_of_record: Text
    begins: Instant
    secretariat: Annotated[dict[PersonId, Text], msgspec.Meta(min_length=1)]
    seconds_between_steps: Pause = 20
    guests: tuple[Guest, ...] = ()
    groups: dict[str, tuple[str, ...]] = {}
    expected: Expected = Expected()


# ---- roster.toml, agenda.toml, documents.toml ---------------------------------------------------


class Person(Value, kw_only=True):
    """A person and the letter that accredits him or her to a seat.

    ``office`` is an office of the seat's party in the profile; ``titles`` are the words of the letter.
    """

    seat: SeatId
    id: PersonId
    names: Text
    role: Role = Role.STAFF
    office: Identifier | None = None
    titles: Text | None = None
    signed_by: Line | None = None
    finding: Finding | None = Finding.ACCEPTED
    note: Line | None = None


class Everyone(Value, kw_only=True):
    """One person for each seat of a group; ``{seat}`` stands for its identifier, ``{short}`` for its name."""

    of: tuple[str, ...]
    id: Line
    names: Text
    role: Role = Role.STAFF
    titles: Text | None = None
    signed_by: Line | None = None
    finding: Finding | None = Finding.ACCEPTED


class Paper(Value, kw_only=True):
    """A document of the meeting; its texts are the files ``documents/ID.LANGUAGE.md``."""

    id: Annotated[DocumentId, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)]
    type: Identifier
    titles: Text
    annexes: tuple[Annex, ...] = ()
    sponsors: tuple[PartyId, ...] = ()
    initiative_of: PartyId | None = None
    matter: Identifier | None = None
    concerns: PartyId | None = None
    report: Report | None = None
    authorises: Authorisation | None = None
    amends: DocumentId | None = None
    furthest_removed: int = 0


# ---- script.toml, faults/NAME.toml --------------------------------------------------------------


class Racer(Value, kw_only=True):
    """One of several who act at the same moment; ``refused`` is why, when another was first."""

    by: Who
    act: Identifier
    refused: Reason
    with_: dict[str, object] = msgspec.field(default_factory=dict, name="with")
    on_instruction: bool = False


class Step(Value, kw_only=True):
    """One step of the script: lines lost or restored, words said, and acts of one or many."""

    id: Identifier | None = None
    by: Who | None = None
    act: Identifier | None = None
    with_: dict[str, object] = msgspec.field(default_factory=dict, name="with")
    do: (
        Literal["convene", "accredit", "take_seats", "table_documents", "acknowledge", "sign"]
        | None
    ) = None
    of: tuple[str, ...] = ()
    means: SignatureMeans | None = None
    race: tuple[Racer, ...] = ()
    on_instruction: bool = False
    refused: Reason | None = None
    after: Pause | None = None
    at: Instant | None = None
    pace: Pause = 0
    lose: tuple[str, ...] = ()
    restore: tuple[str, ...] = ()
    say: Text | None = None


class Change(Value, kw_only=True):
    """Steps put before, behind or instead of a step of the script."""

    steps: tuple[dict[str, object], ...]
    before: Identifier | None = None
    behind: Identifier | None = None
    instead: Identifier | None = None


class Fault(Value, kw_only=True):
    """Something that goes wrong: what is different from the script, and what is expected then.

    ``drawn`` are seats drawn by lot, ``kill`` says how often the server is killed, ``not_with`` names
    faults that contradict this one.
    """

    titles: Text
    drawn: dict[str, tuple[str, ...]] = {}
    kill: Annotated[int, msgspec.Meta(ge=0, le=20)] = 0
    not_with: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    expected: Expected = Expected()


class Placed(Value, kw_only=True):
    """A step with its name in messages, its key in the record, and the fault that brought it."""

    step: Step
    key: str
    place: str
    fault: str | None = None


class Folder(msgspec.Struct, frozen=True, kw_only=True):
    """A summit folder, read."""

    path: Path
    name: str
    profile: Profile
    summit: Summit
    people: tuple[Person, ...]
    items: tuple[Item, ...]
    papers: tuple[Paper, ...]
    texts: dict[DocumentId, dict[Language, str]]
    steps: tuple[Placed, ...]
