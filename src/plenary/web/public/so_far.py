"""What the live page says of what was decided and ruled so far, in the reader's language.

Rule: nothing stands here as adopted without how many agreed, or how the vote went.
"""

from collections.abc import Iterable

from plenary.rules.meeting import Document, DocumentStage, Meeting
from plenary.web.course import Course, How
from plenary.web.event_phrases import event_line, event_passage
from plenary.web.languages import day
from plenary.web.naming import Naming, word
from plenary.web.reading import Sitting


def so_far(found: Sitting, meeting: Meeting, naming: Naming) -> dict[str, object]:
    """Return what was adopted and how, the next chairmanship, what was ruled, and why it is suspended."""
    course, language = found.course, naming.language
    return {
        "adopted": [
            (_how(how, meeting, language), documents)
            for how, documents in _by_decision(adopted_documents(meeting), course)
        ],
        "ground": course.suspended,
        "chairmanship": _chairmanship(course, meeting, language),
        "order": [
            (event_line(each, meeting, language), event_passage(each)) for each in course.order
        ],
    }


def adopted_documents(meeting: Meeting) -> list[Document]:
    """Return the adopted documents that bear a symbol, in the order of their adoption."""
    return [
        document
        for document in meeting.documents.values()
        if document.stage is DocumentStage.ADOPTED and document.symbols
    ]


def _by_decision(
    documents: Iterable[Document], course: Course
) -> list[tuple[How | None, list[Document]]]:
    """Return *documents* together where one decision adopted them."""
    found: dict[str | None, tuple[How | None, list[Document]]] = {}
    for document in documents:
        how = course.adopted.get(document.id)
        found.setdefault(how.window if how else None, (how, []))[1].append(document)
    return list(found.values())


def _how(how: How | None, meeting: Meeting, language: str) -> str | None:
    return event_line(how, meeting, language) if how is not None else None


def _chairmanship(course: Course, meeting: Meeting, language: str) -> dict[str, str] | None:
    """Return who chairs the organisation next, from when, and how that was decided."""
    decided, passed = course.next_chair, course.passed
    if decided is None:
        return None
    when = day(decided.date, language) if decided.date else word(decided.takes_effect)
    about = (None if passed else when, _how(course.next_chair_how, meeting, language))
    return {
        "line": event_line(passed or decided, meeting, language),
        "about": " · ".join(filter(None, about)),
    }


__all__ = ["adopted_documents", "so_far"]
