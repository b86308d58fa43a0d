"""Whether somebody may act at all: seat, accreditation, right, instruction, stage of the meeting.

Rule 1: ``authorise`` looks at who acts and when, never at what the act is about.
Rule 2: every refusal names the rule of the profile it rests on; a rule the meeting waived refuses nothing.
"""

from typing import Final

from plenary.rules import acts as a
from plenary.rules.acts import Act, Actor, name_of
from plenary.rules.meeting import Letter, Meeting, Seat, Stage
from plenary.rules.names import PersonId, RuleId
from plenary.rules.refusals import Reason, Refused

AT_ANY_TIME: Final[frozenset[type[Act]]] = frozenset(
    {
        a.InviteGuest,
        a.ReceiveLetter,
        a.ExamineLetter,
        a.ReplaceHead,
        a.TakeSeat,
        a.LeaveMeeting,
        a.ReturnToMeeting,
        a.InstallActingChair,
        a.RestoreChair,
        a.AskForTheFloor,
        a.WithdrawRequest,
        a.ConsentToSpeak,
        a.ReorderList,
        a.SignalReady,
        a.Table,
        a.Amend,
        a.WithdrawDocument,
        a.EnterLate,
    }
)
"""In order once the meeting is convened, until it is closed."""

WHILE_IT_SITS: Final[frozenset[type[Act]]] = frozenset(
    {
        a.AcknowledgeText,
        a.Object,
        a.LiftObjection,
        a.StandAside,
        a.PlaceOpinion,
        a.TakeBack,
        a.ConfirmByTelephone,
        a.BreakSilence,
        a.SetAside,
        a.DeclareAdopted,
        a.JoinLater,
        a.Sign,
        a.GiveRuling,
        a.WithdrawMotion,
    }
)
"""In order while the meeting is open, and while it is suspended."""

IN_ORDER: Final[dict[Stage, frozenset[type[Act]]]] = {
    Stage.NOT_CONVENED: frozenset({a.Convene}),
    Stage.CONVENED: AT_ANY_TIME | {a.OpenMeeting},
    Stage.OPEN: frozenset(a.ACTS.values()) - {a.Convene, a.OpenMeeting, a.Resume},
    Stage.SUSPENDED: AT_ANY_TIME | WHILE_IT_SITS | {a.Resume},
    Stage.CLOSED: frozenset(),
}
"""The life of a meeting: which acts are in order at which stage."""

ATTENDING_OR_NOT: Final[frozenset[type[Act]]] = frozenset(
    {a.TakeSeat, a.LeaveMeeting, a.ReturnToMeeting, a.WithdrawRequest}
)
"""Acts for which it does not matter whether one's kind attends the present format."""

NOT_ONCE_ADJOURNED: Final[frozenset[type[Act]]] = frozenset(
    {a.GiveTheFloor, a.Put, a.OpenSegment, a.TakeUpItem, a.Move}
)
"""What is out of order once the meeting has decided to adjourn; an appeal is decided even then."""

AFTER_THE_POINT_OF_ORDER: Final[frozenset[type[Act]]] = frozenset(
    {
        a.GiveTheFloor,
        a.Put,
        a.DeclareAdopted,
        a.DeclareResult,
        a.OpenSegment,
        a.TakeUpItem,
        a.ConcludeItem,
        a.CloseMeeting,
        a.CloseList,
        a.Move,
    }
)
"""What must wait until a pending point of order is ruled on."""


def require(
    meeting: Meeting, condition: object, reason: Reason, rule: str, **facts: object
) -> None:
    """Refuse with *reason* unless *condition* holds, or the meeting has waived *rule*."""
    if condition or rule in meeting.waived:
        return
    raise Refused(reason, RuleId(rule), **facts)


def authorise(meeting: Meeting, by: Actor, act: Act) -> Seat:
    """Return the seat in which *by* does *act*, or refuse."""
    require(
        meeting,
        type(act) in IN_ORDER[meeting.stage],
        Reason.NOT_NOW,
        "sitting",
        act=name_of(act),
        stage=meeting.stage,
    )
    seat = meeting.seats.get(by.seat)
    if seat is None:
        raise Refused(Reason.UNKNOWN_SEAT, RuleId("seats"), seat=by.seat)
    _may(meeting, by, seat, act)
    left = seat.left or (by.person == meeting.head_of(seat) and meeting.accredited_at(seat).left)
    if left and not isinstance(act, a.ReturnToMeeting):
        raise Refused(Reason.HAS_LEFT, RuleId("seats"), seat=seat.id)
    if meeting.stage is Stage.OPEN and type(act) not in ATTENDING_OR_NOT:
        require(
            meeting,
            meeting.format in meeting.kind(seat).formats,
            Reason.NOT_IN_THIS_FORMAT,
            "formats",
            seat=seat.id,
            format=meeting.format,
        )
    if type(act) in NOT_ONCE_ADJOURNED and not _on_the_ruling(act):
        require(meeting, not meeting.adjourning, Reason.MEETING_ADJOURNED, "motions")
    if type(act) in AFTER_THE_POINT_OF_ORDER:
        _after_points_of_order(meeting, act)
    return seat


def _may(meeting: Meeting, by: Actor, seat: Seat, act: Act) -> None:
    name = name_of(act)
    head = meeting.head_of(seat)
    if isinstance(act, a.RestoreChair) and by.person == seat.head:
        head = seat.head  # who was replaced for a while may take the chair back in person
    _accredited(meeting, seat, by.person)
    level = meeting.kind(seat).acts.get(name)
    require(meeting, level is not None, Reason.NOT_ENTITLED, "rights", act=name, kind=seat.kind)
    if by.person == head:
        if by.instructed_by is not None:
            raise Refused(Reason.WRONG_PRINCIPAL, RuleId("record"), principal=by.instructed_by)
        return
    require(meeting, level != "head", Reason.HEAD_ALONE, "roles", act=name, kind=seat.kind)
    if by.instructed_by is None:
        require(meeting, level != "instructed", Reason.NO_INSTRUCTION, "roles", act=name)
    elif by.instructed_by != head:
        raise Refused(
            Reason.WRONG_PRINCIPAL, RuleId("record"), principal=by.instructed_by, head=head
        )
    else:  # who may not act may not instruct
        _accredited(meeting, seat, by.instructed_by)


def _accredited(meeting: Meeting, seat: Seat, person: PersonId) -> None:
    if not may_act(meeting, meeting.letter_of(seat, person)):
        raise Refused(Reason.NOT_ACCREDITED, RuleId("accreditation"), seat=seat.id, person=person)


def may_act(meeting: Meeting, letter: Letter | None) -> bool:
    """Return whether the profile lets a person with *letter* act."""
    return letter is not None and letter.finding in meeting.profile.procedure.accreditation.may_act


def no_appeal_pending(meeting: Meeting) -> None:
    """Refuse while an appeal waits to be decided."""
    if meeting.ruling.appealed:
        raise Refused(
            Reason.APPEAL_PENDING, RuleId("points_of_order"), ruling=meeting.ruling.number
        )


def _on_the_ruling(act: Act) -> bool:
    return isinstance(act, a.Put) and isinstance(act.subject, a.AppealSubject)


def _after_points_of_order(meeting: Meeting, act: Act) -> None:
    require(
        meeting,
        meeting.point_of_order is None,
        Reason.POINT_OF_ORDER_PENDING,
        "points_of_order",
        seat=meeting.point_of_order,
    )
    declares_it = (
        isinstance(act, a.DeclareResult | a.DeclareAdopted)
        and meeting.window is not None
        and isinstance(meeting.window.subject, a.AppealSubject)
    )
    require(
        meeting,
        not meeting.ruling.appealed or _on_the_ruling(act) or declares_it,
        Reason.APPEAL_PENDING,
        "points_of_order",
        ruling=meeting.ruling.number,
    )
