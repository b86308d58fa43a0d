"""What follows from a decision, carried or not.

Rule 1: adoption, signature and entry into effect are three facts; this is the first.
Rule 2: a document is adopted in all its languages at once, with the annotations members attached.
"""

from typing import assert_never

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Facts
from plenary.rules.drafting import known_document
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Document, Meeting, Window
from plenary.rules.motions import effects, known_motion
from plenary.rules.names import DocumentId, Text


def consequences(  # noqa: C901  # one line for each subject
    meeting: Meeting, window: Window, facts: Facts
) -> list[AnyEvent]:
    """Return what follows from the meeting's agreeing to what *window* is about."""
    subject = window.subject
    match subject:
        case a.RemoteForm():
            return [e.FormAgreed(form=subject.form, special_rules=subject.special_rules)]
        case a.Agenda():
            return [e.AgendaAdopted(items=subject.items)]
        case a.DocumentList():
            return [e.DocumentsListed(documents=subject.documents)]
        case a.Texts():
            return _adopted(meeting, window, subject)
        case a.Waiver():
            return [e.RuleWaived(rule=subject.rule, ground=subject.ground)]
        case a.NextChair():
            return [
                e.ChairmanshipDecided(
                    party=subject.party, takes_effect=subject.takes_effect, date=subject.date
                )
            ]
        case a.MotionSubject():
            return _motion_carried(meeting, window, subject, facts)
        case a.AppealSubject():
            why = meeting.decision(window).rule
            return [e.RulingDecided(number=subject.ruling, stands=False, why=why)]
        case _:
            assert_never(subject)


def not_carried(meeting: Meeting, window: Window, *, rejected: bool = False) -> list[AnyEvent]:
    """Return what follows where *window* ends without agreement; ``rejected``: by a vote."""
    subject = window.subject
    why = meeting.decision(window).rule
    if isinstance(subject, a.MotionSubject):
        return [e.MotionDecided(motion=subject.motion, carried=False, why=why)]
    if isinstance(subject, a.AppealSubject):
        return [e.RulingDecided(number=subject.ruling, stands=True, why=why)]
    if isinstance(subject, a.Texts) and rejected:
        return [
            e.DocumentRejected(window=window.id, document=key, why=why) for key in subject.documents
        ]
    return []


def _motion_carried(
    meeting: Meeting, window: Window, subject: a.MotionSubject, facts: Facts
) -> list[AnyEvent]:
    motion = known_motion(meeting, subject.motion)
    why = meeting.decision(window).rule
    carried = e.MotionDecided(motion=motion.id, carried=True, why=why)
    return [carried, *effects(meeting, motion, facts)]


def _adopted(meeting: Meeting, window: Window, subject: a.Texts) -> list[AnyEvent]:
    numbers = dict(meeting.numbers)
    happened: list[AnyEvent] = []
    for key in subject.documents:
        document = known_document(meeting, key)
        if document.amends is not None:
            happened += _incorporated(meeting, window, document, document.amends)
            continue
        numbers[document.type] = numbers.get(document.type, 0) + 1
        happened += _one_adopted(meeting, window, document, numbers[document.type])
    return happened


def _one_adopted(
    meeting: Meeting, window: Window, document: Document, number: int
) -> list[AnyEvent]:
    kind = meeting.profile.procedure.document_types[document.type]
    adopted = e.DocumentAdopted(
        window=window.id,
        document=document.id,
        type=document.type,
        titles=document.titles,
        texts=document.texts,
        digest=document.digest,
        symbols=_symbols(meeting, document.type, number),
        number=number,
        adoption=kind.adoption,
        decision=window.decision,
        annotations=_annotations(window, document),
        why=meeting.decision(window).rule,
    )
    return [adopted, *_what_it_does(document)]


def _symbols(meeting: Meeting, type: str, number: int) -> Text:
    kind = meeting.profile.procedure.document_types[type]
    body = next(each for each in meeting.profile.organisation.bodies if each.id == meeting.body)
    parts = {"number": number, "date": meeting.date, "body": body.symbol or body.id}
    return {language: symbol.format(**parts) for language, symbol in kind.symbols.items()}


def _incorporated(
    meeting: Meeting, window: Window, amendment: Document, amends: DocumentId
) -> list[AnyEvent]:
    """An adopted amendment has no number of its own; it becomes the text of what it amends."""
    amended = known_document(meeting, amends)
    return [
        e.AmendmentIncorporated(
            document=amended.id,
            amendment=amendment.id,
            texts=amendment.texts,
            digest=amendment.digest,
            version=amended.version + 1,
            why=meeting.decision(window).rule,
        )
    ]


def _annotations(window: Window, document: Document) -> tuple[e.Annotation, ...]:
    aside = [
        e.Annotation(seat=seat, scope=scope)
        for seat, scope in window.aside
        if scope.document == document.id
    ]
    opinions = [
        e.Annotation(seat=each.seat, scope=each.scope, kind=each.kind, text=each.text)
        for each in window.opinions
        if each.scope.document == document.id
    ]
    return (*aside, *opinions)


def _what_it_does(document: Document) -> list[AnyEvent]:
    happened: list[AnyEvent] = []
    if document.report is not None:
        report = document.report
        happened.append(
            e.ReportApproved(document=document.id, author=report.author, period=report.period)
        )
    if document.authorises is not None:
        mandate = document.authorises
        happened.append(
            e.MandateGiven(
                document=document.id,
                signatory=mandate.signatory,
                counterpart=mandate.counterpart,
                instrument=mandate.instrument,
            )
        )
    if document.initiative_of is not None:
        happened.append(e.InitiativeDecided(document=document.id, party=document.initiative_of))
    return happened
