"""By which acts the meeting of a summit folder is prepared, and the script it is then held by.

Rule 1: a rehearsal, the demonstration and the page that convenes do the acts that stand here.
Rule 2: every act names the file and key it comes from, so that a refusal can be traced to its data.
"""

from collections.abc import Iterator

import msgspec

from plenary.desk.desk import RULES_VERSION, Desk
from plenary.desk.memory import MemoryMinutes
from plenary.desk.ports import Clock, Salts
from plenary.desk.publishing import profile_digest
from plenary.folders.folder import (
    DOCUMENTS,
    ROSTER,
    SUMMIT,
    Folder,
    Guest,
    Paper,
    Person,
    Placed,
    Step,
)
from plenary.folders.words import fill
from plenary.rules import acts as a
from plenary.rules.acts import Actor, AnyAct
from plenary.rules.names import PersonId, SeatId, Text
from plenary.rules.refusals import Refused

OPENING = "open_meeting"
ON_THE_SCREEN = frozenset({"window", "digest"})
"""Words whose meaning the screen knows by itself."""


class Planned(msgspec.Struct, frozen=True):
    """One act of the preparation, and where in the folder it stands."""

    file: str
    key: str
    act: AnyAct


def convening(folder: Folder, further: dict[PersonId, Text] | None = None) -> a.Convene:
    """Return entry 0, from summit.toml; *further* people are of the secretariat too."""
    summit = folder.summit
    return a.Convene(
        body=summit.body,
        titles=summit.titles,
        form=summit.form,
        date=summit.date.isoformat(),
        place_of_record=summit.place_of_record,
        profile=profile_digest(folder.profile),
        rules_version=RULES_VERSION,
        secretariat={**(further or {}), **summit.secretariat},
    )


def inviting(guest: Guest) -> a.InviteGuest:
    """Return the act that makes a guest's seat."""
    return a.InviteGuest(seat=guest.seat, titles=guest.titles, delivery=guest.delivery)


def letter(person: Person) -> Iterator[AnyAct]:
    """Yield the letter of one person of the roster: received, and examined where a finding is given."""
    yield a.ReceiveLetter(
        seat=person.seat,
        person=person.id,
        names=person.names,
        role=person.role,
        office=person.office,
        titles=person.titles,
        signed_by=person.signed_by,
    )
    if person.finding is not None:
        yield a.ExamineLetter(
            seat=person.seat, person=person.id, finding=person.finding, note=person.note
        )


def tabling(folder: Folder, paper: Paper) -> dict[str, object]:
    """Return the act that tables *paper*, with the digests of its texts, before it is decoded."""
    plain = msgspec.to_builtins(paper)
    document = plain.pop("id")
    return {**plain, "act": "table", "document": document, "texts": folder.texts[paper.id]}


def planned(folder: Folder, further: dict[PersonId, Text]) -> list[Planned]:
    """Return every act of the secretariat up to the opening: convening, guests, letters, documents."""
    plan = [Planned(SUMMIT, "(the whole file)", convening(folder, further))]
    plan += [
        Planned(SUMMIT, f"guests ({guest.seat})", inviting(guest)) for guest in folder.summit.guests
    ]
    for person in folder.people:
        key = f"people ({person.seat}, {person.id})"
        plan += [Planned(ROSTER, key, act) for act in letter(person)]
    for paper in folder.papers:
        if paper.amends is None:
            act = msgspec.convert(tabling(folder, paper), AnyAct)
            plan.append(Planned(DOCUMENTS, f"documents ({paper.id})", act))
    return plan


def tried(
    folder: Folder, plan: list[Planned], by: PersonId, clock: Clock, salts: Salts
) -> list[tuple[Planned, Refused]]:
    """Do *plan* on a desk in memory, and return what would be refused."""
    desk = Desk(
        folder.profile,
        MemoryMinutes(folder.summit.origin),
        clock=clock,
        salts=salts,
        presence=lambda: (),
    )
    actor, refusals = Actor(person=by, seat=secretariat_seat(folder)), []
    for each in plan:
        try:
            desk.perform(actor, each.act)
        except Refused as refused:
            refusals.append((each, refused))
    return refusals


def secretariat_seat(folder: Folder) -> SeatId:
    """Return the seat whose people convene, accredit and table."""
    kind = folder.profile.procedure.opening.secretariat_kind
    return next(seat.id for seat in folder.profile.organisation.seats if seat.kind == kind)


# ---- the script ---------------------------------------------------------------------------------


def before_opening(folder: Folder) -> Iterator[Placed]:
    """Yield the steps of the script before the presiding officer opens the meeting."""
    for each in folder.steps:
        if each.step.act == OPENING:
            return
        yield each


def spoken(folder: Folder) -> Iterator[dict[str, object]]:
    """Yield what the presiding officer says and does from the opening on, as the screens read it."""
    before = {each.key for each in before_opening(folder)}
    for each in folder.steps:
        if each.key in before:
            continue
        with_ = _with(folder, each.step) if _presides(folder, each.step) else None
        act = each.step.act if with_ is not None else None
        if each.step.say is not None or act is not None:
            yield {"id": each.key, "act": act, "with": with_ or {}, "say": each.step.say or {}}


def _presides(folder: Folder, step: Step) -> bool:
    kind = folder.profile.procedure.opening.presiding_kind
    seats = {seat.id for seat in folder.profile.organisation.seats if seat.kind == kind}
    return step.by in seats  # what an aide does in between has a control of its own


def _with(folder: Folder, step: Step) -> dict[str, object] | None:
    """Return what the act takes as far as it is known beforehand; None where that is too little."""
    known: dict[str, object] = {
        "agenda": msgspec.to_builtins(folder.items),
        "documents": [paper.id for paper in folder.papers if paper.amends is None],
    }
    with_ = {
        key: value
        for key, value in step.with_.items()
        if not (isinstance(value, str) and value.removeprefix("$") in ON_THE_SCREEN)
    }
    try:
        filled = fill(with_, lambda name, _: known[name])
    except KeyError:
        return None
    return filled if isinstance(filled, dict) else None
