"""What a rehearsed meeting came to, folded from its bundle alone.

Rule: nothing here was remembered while playing, but how often the desk refused: refusals are no entries.
"""

from collections import Counter
from typing import Any

import msgspec

from plenary.desk.codec import PROFILE, bodies, decode_profile, in_order_of_doing
from plenary.folders.folder import Expected
from plenary.record import prove_bundle
from plenary.rules import events as e
from plenary.rules.chairmanship import electing
from plenary.rules.events import AnyEvent
from plenary.rules.evolve import evolve
from plenary.rules.meeting import Meeting, new_meeting
from plenary.rules.names import PartyId, SeatId

MODES = ("for_signature", "without_signing")


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What ``--json`` prints, in this order."""

    documents: dict[str, int]
    adopted: dict[str, int]
    participants: dict[str, int]
    speaking_order: list[SeatId]
    mandates: int
    reports: int
    entries: int
    refused: int
    next_chair: PartyId | None
    bundle: str
    head: str


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """A summary, and what it was counted from."""

    summary: Summary
    events: dict[str, int]
    meeting: Meeting


def fold_bundle(data: bytes, path: str, refused: int) -> Course:
    """Read a bundle and say what it came to; *path* is where it lies."""
    proven = prove_bundle(data)
    carried = {each.name: each.content for each in proven.bundle.attachments}
    happened: list[AnyEvent] = [
        event
        for _, deed in in_order_of_doing(list(bodies(proven.bundle.entries)))
        for event in deed.events
    ]
    meeting = new_meeting(decode_profile(carried[PROFILE]))
    for event in happened:
        meeting = evolve(meeting, event)
    counted = Counter(str(event.__struct_config__.tag) for event in happened)
    summary = Summary(
        documents=_documents(meeting),
        adopted=_adopted(happened),
        participants=_participants(meeting, happened),
        speaking_order=_speaking_order(meeting, happened),
        mandates=counted["mandate_given"],
        reports=counted["report_approved"],
        entries=proven.size,
        refused=refused,
        next_chair=meeting.next_chair,
        bundle=path,
        head=proven.head,
    )
    return Course(summary=summary, events=dict(sorted(counted.items())), meeting=meeting)


def _documents(meeting: Meeting) -> dict[str, int]:
    """Count the documents that were before the meeting by type; an amendment is none of its own."""
    return dict(Counter(each.type for each in meeting.documents.values() if each.amends is None))


def _adopted(happened: list[AnyEvent]) -> dict[str, int]:
    counted = Counter(each.adoption for each in happened if isinstance(each, e.DocumentAdopted))
    return {mode: counted[mode] for mode in MODES}


def _participants(meeting: Meeting, happened: list[AnyEvent]) -> dict[str, int]:
    there: set[SeatId] = set()
    for event in happened:
        match event:
            case e.SeatTaken():
                there.add(event.seat)
            case e.MeetingOpened():
                there.update(event.present)
            case e.RollCalled():
                there.update(line.seat for line in event.present)
            case _:
                pass
    kinds = Counter(meeting.seats[seat].kind for seat in there if seat in meeting.seats)
    return {
        "members": len(there & set(electing(meeting))),
        "observers": kinds["observer"],
        "bodies": kinds["body"],
        "guests": kinds[meeting.profile.procedure.opening.guest_kind],
    }


def _speaking_order(meeting: Meeting, happened: list[AnyEvent]) -> list[SeatId]:
    """The members in the order of their first speech; a floor given by mistake is no speech."""
    spoke: list[SeatId] = []
    for event in happened:
        if isinstance(event, e.FloorEnded) and event.seat not in spoke:
            spoke.append(event.seat)
    members = set(electing(meeting))
    return [seat for seat in spoke if seat in members]


def otherwise(expected: Expected, course: Course) -> list[str]:
    """Return what came otherwise than expected, one line each."""
    summary = course.summary
    found: list[str] = []
    for key in Expected.__struct_fields__:
        if key in ("events", "same") or (wanted := getattr(expected, key)) is None:
            continue
        got = getattr(summary, key)
        if key == "documents" and isinstance(wanted, int):
            got = sum(summary.documents.values())
        found += _compared(key, wanted, got)
    for kind, wanted in expected.events.items():
        found += _compared(f"events.{kind}", int(wanted), course.events.get(kind, 0))
    return found


def _compared(key: str, wanted: Any, got: Any) -> list[str]:
    wanted = None if wanted is False else wanted
    wanted = list(wanted) if isinstance(wanted, tuple) else wanted
    if isinstance(wanted, dict) and isinstance(got, dict):
        wanted = {name: count for name, count in wanted.items() if count}
        shown = {name: count for name, count in got.items() if count}
        return [] if wanted == shown else [f"{key}: expected {wanted}, came {shown}"]
    return [] if wanted == got else [f"{key}: expected {wanted}, came {got}"]
