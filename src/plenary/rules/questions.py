"""Putting a question: what may be put, by which rule it is decided, and who has a say.

Rule 1: one question of the sitting at a time; silence procedures run beside it.
Rule 2: the decision rule follows from the matter; the presiding officer may only go on to its fallback.
"""

import hashlib
from typing import assert_never

import msgspec

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import AnySubject, Facts
from plenary.rules.chairmanship import check_next_chair, rotation_proposes
from plenary.rules.drafting import known_document, may_be_put
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Meeting
from plenary.rules.motions import goes_first, known_motion, no_motion_pending
from plenary.rules.names import DocumentId, PartyId, RuleId, SeatId, WindowId
from plenary.rules.order import require
from plenary.rules.profile import DecisionRule
from plenary.rules.refusals import Reason, Refused
from plenary.rules.rulings import check_waiver
from plenary.rules.sitting import form_is_agreed, nothing_under_way

MOST_SILENCES = 50

_encoder = msgspec.json.Encoder(order="deterministic")


def put(meeting: Meeting, act: a.Put, facts: Facts) -> list[AnyEvent]:
    """A window of decision opens on a subject that may be put now."""
    concerns = _may_be_put(meeting, act.subject)
    if act.expires is None:
        nothing_under_way(meeting, "decisions")
        name = _decision(meeting, act, _matter_decides(meeting, act.subject))
    else:
        name = _silence(meeting, act, facts)
    decision = meeting.profile.procedure.decisions[name]
    rotation = rotation_proposes(meeting) if isinstance(act.subject, a.NextChair) else None
    return [
        e.QuestionPut(
            window=WindowId(f"w{meeting.windows + 1}"),
            subject=act.subject,
            decision=name,
            way=decision.way,
            digest=subject_digest(meeting, act.subject),
            electorate=_electorate(meeting, decision, concerns),
            at=facts.at,
            closes=act.expires or facts.at + 1000 * decision.window_seconds,
            why=decision.rule,
            rotation=rotation,
        )
    ]


def subject_digest(meeting: Meeting, subject: AnySubject) -> str:
    """Return what a seat acknowledges: SHA-256 of the subject and of its documents' digests, as JSON."""
    documents = subject.documents if isinstance(subject, a.Texts | a.DocumentList) else ()
    digests = [meeting.documents[key].digest for key in documents if key in meeting.documents]
    return hashlib.sha256(_encoder.encode([subject, digests])).hexdigest()


def _may_be_put(  # noqa: C901  # one case for each subject
    meeting: Meeting, subject: AnySubject
) -> PartyId | None:
    """Refuse what may not be put now; return the member concerned, which may have no say."""
    if not isinstance(subject, a.MotionSubject | a.AppealSubject):
        no_motion_pending(meeting)
    match subject:
        case a.RemoteForm():
            _remote_form(meeting, subject)
        case a.Agenda():
            form_is_agreed(meeting)
            _agenda(meeting, subject)
        case a.DocumentList():
            form_is_agreed(meeting)
            _once_each(subject.documents)
            for key in subject.documents:
                known_document(meeting, key)
        case a.Texts():
            form_is_agreed(meeting)
            return _texts(meeting, subject)
        case a.Waiver():
            check_waiver(meeting, subject)
        case a.NextChair():
            form_is_agreed(meeting)
            check_next_chair(meeting, subject)
        case a.MotionSubject():
            goes_first(meeting, known_motion(meeting, subject.motion))
        case a.AppealSubject():
            if not meeting.ruling.appealed or subject.ruling != meeting.ruling.number:
                raise Refused(Reason.NO_APPEAL, RuleId("points_of_order"), ruling=subject.ruling)
        case _:
            assert_never(subject)
    return None


def _remote_form(meeting: Meeting, subject: a.RemoteForm) -> None:
    require(meeting, not meeting.form_agreed, Reason.ALREADY_AGREED, "form")
    for key in subject.special_rules:
        if key not in meeting.profile.procedure.special_rules:
            raise Refused(Reason.NO_SPECIAL_RULE, RuleId("form"), special_rule=key)


def _agenda(meeting: Meeting, subject: a.Agenda) -> None:
    require(meeting, meeting.agenda is None, Reason.ALREADY_AGREED, "agenda")
    ids = [item.id for item in subject.items]
    if len(set(ids)) != len(ids):
        raise Refused(Reason.TWICE_IN_PACKAGE, RuleId("agenda"), items=ids)
    for item in subject.items:
        for key in item.documents:
            known_document(meeting, key)


def _texts(meeting: Meeting, subject: a.Texts) -> PartyId | None:
    _once_each(subject.documents)
    documents = [known_document(meeting, key) for key in subject.documents]
    for document in documents:
        may_be_put(meeting, document)
    procedure = meeting.profile.procedure
    together = {(procedure.matters[each.matter], each.concerns) for each in documents}
    if len(together) > 1:
        raise Refused(Reason.MIXED_MATTERS, RuleId("decisions"), documents=list(subject.documents))
    concerned = documents[0].concerns
    excluded = procedure.decisions[procedure.matters[documents[0].matter]].excluded
    if (excluded == "concerned") != (concerned is not None):
        raise Refused(Reason.NOTHING_CONCERNED, RuleId("decisions"), document=documents[0].id)
    return concerned


def _once_each(documents: tuple[DocumentId, ...]) -> None:
    if len(set(documents)) != len(documents):
        raise Refused(Reason.TWICE_IN_PACKAGE, RuleId("decisions"), documents=list(documents))


def _matter_decides(  # noqa: C901  # one line for each subject
    meeting: Meeting, subject: AnySubject
) -> str:
    """Return the decision rule of the matter *subject* belongs to."""
    procedure = meeting.profile.procedure
    match subject:
        case a.RemoteForm():
            return procedure.matters["form"]
        case a.Agenda():
            return procedure.matters["agenda"]
        case a.DocumentList():
            return procedure.matters["document_list"]
        case a.Texts():
            return procedure.matters[meeting.documents[subject.documents[0]].matter]
        case a.Waiver():
            return procedure.matters["waiver"]
        case a.NextChair():
            return procedure.matters["chairmanship"]
        case a.MotionSubject():
            return procedure.motions[known_motion(meeting, subject.motion).kind].decision
        case a.AppealSubject():
            return str(procedure.points_of_order.appeal)
        case _:
            assert_never(subject)


def _decision(meeting: Meeting, act: a.Put, first: str) -> str:
    """Return the rule that applies: the matter's own, or one of its fallbacks that was asked for."""
    decisions = meeting.profile.procedure.decisions
    chain = [first]
    while (then := decisions[chain[-1]].fallback) is not None and then not in chain:
        chain.append(then)
    if act.decision is None:
        return first
    if act.decision not in chain:
        raise Refused(
            Reason.UNKNOWN_DECISION, decisions[first].rule, decision=act.decision, allowed=chain
        )
    return act.decision


def _silence(meeting: Meeting, act: a.Put, facts: Facts) -> str:
    silence = meeting.profile.procedure.silence
    if silence is None or not isinstance(act.subject, a.Texts) or act.expires is None:
        raise Refused(Reason.NO_SILENCE_PROCEDURE, RuleId("decisions"))
    if act.decision is not None and act.decision != silence.decision:
        raise Refused(Reason.UNKNOWN_DECISION, RuleId("decisions"), decision=act.decision)
    rule = meeting.profile.procedure.decisions[silence.decision].rule
    require(
        meeting,
        act.expires - facts.at >= 1000 * silence.seconds,
        Reason.TOO_SHORT,
        rule,
        seconds=silence.seconds,
    )
    require(
        meeting,
        len(meeting.silences) < MOST_SILENCES,
        Reason.TOO_MANY,
        "decisions",
        most=MOST_SILENCES,
    )
    return silence.decision


def _electorate(
    meeting: Meeting, decision: DecisionRule, concerns: PartyId | None
) -> tuple[SeatId, ...]:
    """Return the seats that have a say, in the organisation's order.

    A vote and a silence procedure are the members' own; consensus is of those taking part, unless the
    profile says that a member which never came bars it. Who left is not asked. Where nobody has a say,
    nothing could be declared.
    """
    seats = [seat for seat in meeting.seats.values() if seat.kind in decision.electorate]
    if decision.excluded == "concerned":
        seats = [seat for seat in seats if seat.party != concerns]
    members = len(seats)
    if decision.way == "consensus":
        seats = [seat for seat in seats if not seat.left]
        if decision.absence == "disregarded":
            seats = [seat for seat in seats if seat.attending]
    if not seats:
        raise Refused(Reason.QUORUM, RuleId("quorum"), present=0, members=members, needed="1")
    return tuple(seat.id for seat in seats)
