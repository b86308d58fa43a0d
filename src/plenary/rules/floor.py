"""The list of speakers, the floor, time, readiness, replies and points of order.

Rule 1: only who has the floor is heard, and only the presiding officer gives it.
Rule 2: a limit warns; it never ends a speech.
Rule 3: a point of order may be raised at any time, also on a closed list, and is ruled on at once.
"""

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Delivery, Facts
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Meeting, Request, Seat, Speech
from plenary.rules.names import RuleId, SeatId
from plenary.rules.order import no_appeal_pending, require
from plenary.rules.refusals import Reason, Refused

MOST_WAITING = 400


def ask_for_the_floor(meeting: Meeting, seat: Seat, act: a.AskForTheFloor) -> list[AnyEvent]:
    """A seat stands on the list once; a recorded statement names its recording."""
    _not_listed(meeting, seat)
    require(meeting, not meeting.floor.closed, Reason.LIST_CLOSED, "speakers_list")
    if (act.delivery is Delivery.RECORDED) != (act.recording is not None):
        raise Refused(Reason.NO_RECORDING, RuleId("speaking"), delivery=act.delivery)
    return [
        e.FloorRequested(
            seat=seat.id,
            delivery=act.delivery,
            recording=act.recording,
            check_against_delivery=act.check_against_delivery,
            needs_consent=meeting.kind(seat).needs_consent_to_speak,
        )
    ]


def ask_for_reply(meeting: Meeting, seat: Seat, act: a.AskForReply) -> list[AnyEvent]:
    """A reply is to a seat that spoke under this item; how many there may be, the profile says."""
    reply = meeting.profile.procedure.reply
    if reply is None or reply.per_item == 0:
        raise Refused(Reason.NO_SUCH_RIGHT, RuleId("reply"))
    _not_listed(meeting, seat)
    require(meeting, act.to in meeting.floor.spoken, Reason.HAS_NOT_SPOKEN, "reply", seat=act.to)
    used = meeting.floor.replies.get(seat.id, 0)
    require(
        meeting, used < reply.per_item, Reason.REPLIES_USED, "reply", used=used, most=reply.per_item
    )
    return [
        e.FloorRequested(
            seat=seat.id, reply_to=act.to, needs_consent=meeting.kind(seat).needs_consent_to_speak
        )
    ]


def _not_listed(meeting: Meeting, seat: Seat) -> None:
    if _waiting(meeting, seat.id) is not None:
        raise Refused(Reason.ALREADY_LISTED, RuleId("speakers_list"), seat=seat.id)
    if len(meeting.floor.waiting) >= MOST_WAITING:
        raise Refused(Reason.TOO_MANY, RuleId("speakers_list"), most=MOST_WAITING)


def _waiting(meeting: Meeting, seat: SeatId) -> Request | None:
    return next((request for request in meeting.floor.waiting if request.seat == seat), None)


def withdraw_request(meeting: Meeting, seat: Seat) -> list[AnyEvent]:
    """A seat may leave the list at any time."""
    if _waiting(meeting, seat.id) is None:
        raise Refused(Reason.NOT_LISTED, RuleId("speakers_list"), seat=seat.id)
    return [e.RequestWithdrawn(seat=seat.id)]


def reorder_list(meeting: Meeting, act: a.ReorderList) -> list[AnyEvent]:
    """Another order of exactly the seats that are on the list now."""
    waiting = [request.seat for request in meeting.floor.waiting]
    if sorted(act.order) != sorted(waiting):
        raise Refused(Reason.LIST_CHANGED, RuleId("speakers_list"), waiting=waiting)
    return [e.ListReordered(order=act.order)]


def close_list(meeting: Meeting) -> list[AnyEvent]:
    """Nobody is added to a closed list, save for a reply."""
    if meeting.floor.closed:
        raise Refused(Reason.LIST_CLOSED, RuleId("speakers_list"))
    return [e.ListClosed()]


def reopen_list(meeting: Meeting) -> list[AnyEvent]:
    """Only a closed list can be reopened."""
    if not meeting.floor.closed:
        raise Refused(Reason.LIST_OPEN, RuleId("speakers_list"))
    return [e.ListReopened()]


def consent_to_speak(meeting: Meeting, act: a.ConsentToSpeak) -> list[AnyEvent]:
    """Consent is for a seat on the list whose kind needs it."""
    request = _waiting(meeting, act.seat)
    if request is None:
        raise Refused(Reason.NOT_LISTED, RuleId("speakers_list"), seat=act.seat)
    if not request.needs_consent:
        raise Refused(Reason.NO_CONSENT_NEEDED, RuleId("speaking"), seat=act.seat)
    return [e.ConsentGiven(seat=act.seat)]


def signal_ready(seat: Seat, act: a.SignalReady) -> list[AnyEvent]:
    """Seats, booths and the operator say that they are ready; the presiding officer sees it."""
    return [e.ReadySignalled(seat=seat.id, ready=act.ready)]


def give_the_floor(meeting: Meeting, act: a.GiveTheFloor, facts: Facts) -> list[AnyEvent]:
    """The floor goes to one seat on the list; the time is the chair's word, the meeting's, or the profile's."""
    _floor_is_free(meeting)
    if meeting.window is not None and meeting.window.way == "vote":
        raise Refused(Reason.VOTING_HAS_BEGUN, RuleId("decisions"), window=meeting.window.id)
    request = _waiting(meeting, act.seat)
    if request is None:
        raise Refused(Reason.NOT_LISTED, RuleId("speakers_list"), seat=act.seat)
    require(meeting, not request.needs_consent, Reason.CONSENT_NEEDED, "speaking", seat=act.seat)
    return [
        e.FloorGiven(
            seat=act.seat,
            at=facts.at,
            seconds=act.seconds or _limit(meeting, request),
            delivery=request.delivery,
            recording=request.recording,
            reply_to=request.reply_to,
            why=RuleId("reply" if request.reply_to else "speaking"),
        )
    ]


def _limit(meeting: Meeting, request: Request) -> int | None:
    reply = meeting.profile.procedure.reply
    if request.reply_to is not None and reply is not None:
        return reply.seconds[
            min(meeting.floor.replies.get(request.seat, 0), len(reply.seconds) - 1)
        ]
    limits = [
        limit
        for limit in (meeting.floor.limit, meeting.kind(meeting.seats[request.seat]).speech_seconds)
        if limit is not None
    ]
    return min(limits, default=None)


def _floor_is_free(meeting: Meeting) -> None:
    speaking = meeting.floor.speaking
    if speaking is not None:
        raise Refused(Reason.FLOOR_TAKEN, RuleId("speaking"), speaking=speaking.request.seat)


def _speech(meeting: Meeting) -> Speech:
    if meeting.floor.speaking is None:
        raise Refused(Reason.FLOOR_FREE, RuleId("speaking"))
    return meeting.floor.speaking


def undo_floor(meeting: Meeting, facts: Facts) -> list[AnyEvent]:
    """A floor given by mistake is taken back within the few seconds the profile allows."""
    speech = _speech(meeting)
    seconds = meeting.profile.procedure.opening.undo_floor_seconds
    require(
        meeting,
        facts.at - speech.since <= 1000 * seconds,
        Reason.TOO_LATE,
        "speaking",
        seconds=seconds,
    )
    return [e.FloorTakenBack(seat=speech.request.seat)]


def extend_time(meeting: Meeting, act: a.ExtendTime) -> list[AnyEvent]:
    """The speaker gets more time than he or she has."""
    return [e.TimeExtended(seat=_speech(meeting).request.seat, seconds=act.seconds)]


def end_speech(meeting: Meeting, facts: Facts) -> list[AnyEvent]:
    """The presiding officer thanks the speaker."""
    speech = _speech(meeting)
    return [e.FloorEnded(seat=speech.request.seat, lasted=speech.lasted(facts.at))]


def yield_the_floor(meeting: Meeting, seat: Seat, facts: Facts) -> list[AnyEvent]:
    """The speaker ends his or her own speech."""
    speech = _speech(meeting)
    if speech.request.seat != seat.id:
        raise Refused(Reason.NOT_SPEAKING, RuleId("speaking"), speaking=speech.request.seat)
    return [e.FloorEnded(seat=seat.id, lasted=speech.lasted(facts.at), yielded=True)]


def raise_point_of_order(
    meeting: Meeting, seat: Seat, act: a.RaisePointOfOrder, facts: Facts
) -> list[AnyEvent]:
    """One point of order at a time; neither a closed list nor a speaker nor a vote is a bar.

    An appeal is put first: another ruling would take the place of the one appealed against.
    """
    if meeting.point_of_order is not None:
        raise Refused(
            Reason.POINT_OF_ORDER_PENDING, RuleId("points_of_order"), seat=meeting.point_of_order
        )
    no_appeal_pending(meeting)
    return [e.PointOfOrderRaised(seat=seat.id, at=facts.at, point=act.point)]
