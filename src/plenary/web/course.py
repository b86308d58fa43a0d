"""What the public record tells of the course of the meeting, beyond its state: one fold over its events.

Rule 1: every adoption goes with how it was decided, so that no page says "adopted" as if all had been there.
Rule 2: a point of order and the rulings on it are told until the next point, or the end of the item.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from plenary.desk.codec import Deed
from plenary.rules import events as e
from plenary.rules.events import AnyEvent
from plenary.rules.names import DocumentId

How = e.QuestionAgreed | e.VoteDeclared
"""How a question was decided, with its count or its tally."""


@dataclass
class Course:
    """What was decided and how, who chairs the organisation next, and what was ruled under this item."""

    adopted: dict[DocumentId, How | None] = field(default_factory=dict)
    next_chair: e.ChairmanshipDecided | None = None
    next_chair_how: How | None = None
    passed: e.ChairmanshipPassed | None = None
    order: tuple[AnyEvent, ...] = ()
    suspended: str | None = None  # the ground


def course_of(deeds: Iterable[Deed]) -> Course:
    """Return the course that *deeds*, in the order of doing, amount to."""
    course = Course()
    for deed in deeds:
        how = next((each for each in deed.events if isinstance(each, How)), None)
        for event in deed.events:
            _told(course, event, how)
            course.order = _in_order(course.order, event)
    return course


def _told(course: Course, event: AnyEvent, how: How | None) -> None:
    match event:
        case e.DocumentAdopted():
            course.adopted[event.document] = how
        case e.ChairmanshipDecided():
            course.next_chair, course.next_chair_how = event, how
        case e.ChairmanshipPassed():
            course.passed = event
        case e.MeetingSuspended():
            course.suspended = event.ground
        case e.MeetingResumed():
            course.suspended = None
        case _:
            pass


def _in_order(before: tuple[AnyEvent, ...], event: AnyEvent) -> tuple[AnyEvent, ...]:
    match event:
        case e.ItemTakenUp() | e.ItemConcluded():
            return ()
        case e.PointOfOrderRaised():
            return (event,)
        case e.RulingGiven():
            pending = isinstance(before[-1], e.PointOfOrderRaised) if before else False
            return (*before, event) if pending else (event,)
        case e.RulingChallenged() | e.RulingDecided():
            return (*before, event)
        case _:
            return before


__all__ = ["Course", "How", "course_of"]
