"""The motions a profile has, their precedence, and what each does when it is carried.

Rule 1: of several pending motions the one of the lowest rank is put first.
Rule 2: once voting has begun nothing is moved.
"""

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Facts
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import DocumentStage, Meeting, Motion, Seat
from plenary.rules.names import MotionId, RuleId
from plenary.rules.order import require
from plenary.rules.profile import MotionKind
from plenary.rules.refusals import Reason, Refused


def move(meeting: Meeting, seat: Seat, act: a.Move) -> list[AnyEvent]:
    """A motion the profile has, with what it is about."""
    kind = meeting.profile.procedure.motions.get(act.kind)
    if kind is None:
        raise Refused(Reason.NO_SUCH_MOTION, RuleId("motions"), kind=act.kind)
    if meeting.window is not None and meeting.window.way == "vote":
        raise Refused(Reason.VOTING_HAS_BEGUN, kind.rule, window=meeting.window.id)
    if any(motion.id == act.motion or motion.kind == act.kind for motion in meeting.motions):
        raise Refused(Reason.MOTION_EXISTS, kind.rule, motion=act.motion, kind=act.kind)
    _has_what_it_is_about(meeting, kind, act)
    return [
        e.MotionMoved(
            motion=act.motion,
            kind=act.kind,
            seat=seat.id,
            document=act.document,
            seconds=act.seconds,
        )
    ]


def _has_what_it_is_about(meeting: Meeting, kind: MotionKind, act: a.Move) -> None:
    document = meeting.documents.get(act.document) if act.document is not None else None
    match kind.effect:
        case "adjourn_debate" | "close_debate":
            fits = meeting.item is not None
        case "limit_speeches":
            fits = act.seconds is not None
        case "no_competence":
            fits = document is not None and document.stage is DocumentStage.TABLED
        case "reconsider":
            decided = (DocumentStage.ADOPTED, DocumentStage.REJECTED)
            fits = document is not None and document.stage in decided and not document.signatures
        case _:
            fits = True
    if not fits:
        raise Refused(Reason.NOTHING_TO_MOVE_ON, kind.rule, kind=act.kind, document=act.document)


def withdraw_motion(meeting: Meeting, seat: Seat, act: a.WithdrawMotion) -> list[AnyEvent]:
    """A motion belongs to its mover until it is put."""
    motion = known_motion(meeting, act.motion)
    if motion.seat != seat.id:
        raise Refused(Reason.NOT_THE_MOVER, RuleId("motions"), mover=motion.seat)
    if meeting.window is not None and _subject_is(meeting, motion.id):
        raise Refused(Reason.VOTING_HAS_BEGUN, RuleId("motions"), window=meeting.window.id)
    return [e.MotionWithdrawn(motion=motion.id)]


def _subject_is(meeting: Meeting, motion: MotionId) -> bool:
    window = meeting.window
    return (
        window is not None
        and isinstance(window.subject, a.MotionSubject)
        and window.subject.motion == motion
    )


def speak_on_motion(meeting: Meeting, seat: Seat, act: a.SpeakOnMotion) -> list[AnyEvent]:
    """So many may speak for and against as the profile says; then the motion is put."""
    motion = known_motion(meeting, act.motion)
    kind = meeting.profile.procedure.motions[motion.kind]
    if meeting.window is not None:
        raise Refused(Reason.VOTING_HAS_BEGUN, kind.rule, window=meeting.window.id)
    used = motion.spoken_against if act.against else motion.spoken_for
    most = kind.speakers_against if act.against else kind.speakers_for
    require(meeting, used < most, Reason.SPEAKERS_USED, kind.rule, used=used, most=most)
    return [e.SpokenOnMotion(motion=motion.id, seat=seat.id, against=act.against)]


def known_motion(meeting: Meeting, key: MotionId) -> Motion:
    """Return the pending motion of that identifier, or refuse."""
    motion = next((each for each in meeting.motions if each.id == key), None)
    if motion is None:
        raise Refused(Reason.NO_SUCH_MOTION, RuleId("motions"), motion=key)
    return motion


def goes_first(meeting: Meeting, motion: Motion) -> None:
    """Refuse to put a motion while one of a lower rank is pending."""
    kinds = meeting.profile.procedure.motions
    first = min(meeting.motions, key=lambda each: kinds[each.kind].rank)
    require(
        meeting,
        kinds[first.kind].rank >= kinds[motion.kind].rank,
        Reason.PRECEDENCE,
        kinds[motion.kind].rule,
        motion=motion.id,
        first=first.id,
    )


def no_motion_pending(meeting: Meeting) -> None:
    """Refuse other business while a motion waits to be put."""
    require(
        meeting,
        not meeting.motions,
        Reason.PRECEDENCE,
        "motions",
        first=meeting.motions[0].id if meeting.motions else None,
    )


def effects(meeting: Meeting, motion: Motion, facts: Facts) -> list[AnyEvent]:
    """Return what a carried motion does."""
    kind = meeting.profile.procedure.motions[motion.kind]
    match kind.effect:
        case "suspend":
            return [e.MeetingSuspended(ground=motion.kind, at=facts.at)]
        case "adjourn_meeting":
            return [e.MeetingAdjourned(motion=motion.id)]
        case "adjourn_debate":
            return [e.DebateAdjourned(item=meeting.item)] if meeting.item is not None else []
        case "close_debate":
            return [e.DebateClosed(item=meeting.item)] if meeting.item is not None else []
        case "close_list":
            return [] if meeting.floor.closed else [e.ListClosed()]
        case "limit_speeches":
            return [e.SpeechesLimited(seconds=motion.seconds)] if motion.seconds is not None else []
        case "no_competence":
            return (
                [e.CompetenceDenied(document=motion.document)]
                if motion.document is not None
                else []
            )
        case _:
            return [e.Reconsidered(document=motion.document)] if motion.document is not None else []
