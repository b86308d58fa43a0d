"""Convening, opening, formats, agenda, suspending, resuming, closing.

Rule 1: who is there is a fact; whether that is enough, the profile says.
Rule 2: nothing closes while a question is open, somebody speaks or a point of order waits.
"""

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Actor, Facts, Form
from plenary.rules.chairmanship import electing, passed_on_closing
from plenary.rules.credentials import head_line
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Meeting, Stage
from plenary.rules.names import RuleId, SeatId, day_of
from plenary.rules.order import require
from plenary.rules.profile import Share
from plenary.rules.refusals import Reason, Refused


def convene(meeting: Meeting, by: Actor, act: a.Convene, facts: Facts) -> list[AnyEvent]:
    """Entry 0: pins the profile and names the secretariat, of which the convening person is one."""
    if meeting.stage is not Stage.NOT_CONVENED:
        raise Refused(Reason.NOT_NOW, RuleId("sitting"), act="convene", stage=meeting.stage)
    if act.body not in {body.id for body in meeting.profile.organisation.bodies}:
        raise Refused(Reason.UNKNOWN_BODY, RuleId("sitting"), body=act.body)
    if day_of(act.date) is None:
        raise Refused(Reason.NO_SUCH_DATE, RuleId("sitting"), date=act.date)
    secretariat = meeting.profile.procedure.opening.secretariat_kind
    own_seat = any(
        seat.id == by.seat and seat.kind == secretariat
        for seat in meeting.profile.organisation.seats
    )
    if by.person not in act.secretariat or not own_seat:
        raise Refused(Reason.NOT_ENTITLED, RuleId("rights"), act="convene", seat=by.seat)
    return [
        e.Convened(
            body=act.body,
            titles=act.titles,
            form=act.form,
            date=act.date,
            place_of_record=act.place_of_record,
            profile=act.profile,
            rules_version=act.rules_version,
            secretariat=act.secretariat,
            at=facts.at,
        )
    ]


def open_meeting(meeting: Meeting, facts: Facts) -> list[AnyEvent]:
    """The meeting opens when the quorum to open, where the profile defines one, is connected."""
    connected = frozenset(facts.connected or ())
    members = electing(meeting)
    here = [key for key in members if key in connected and not meeting.seats[key].left]
    quorum = meeting.profile.procedure.opening.quorum
    check_quorum(meeting, quorum, len(here), len(members))
    present = tuple(
        key for key, seat in meeting.seats.items() if key in connected and not seat.left
    )
    return [
        e.MeetingOpened(
            present=present,
            members_present=len(here),
            quorum=None if quorum is None else quorum.at_least or f"more than {quorum.more_than}",
            why=RuleId("quorum"),
        )
    ]


def check_quorum(meeting: Meeting, quorum: Share | None, present: int, members: int) -> None:
    """Refuse where fewer members are present than the profile asks for."""
    require(
        meeting,
        quorum is None or quorum.met(present, members),
        Reason.QUORUM,
        "quorum",
        present=present,
        members=members,
        needed=quorum and (quorum.at_least or f"more than {quorum.more_than}"),
    )


def call_the_roll(meeting: Meeting, facts: Facts) -> list[AnyEvent]:
    """The roll names every party and guest that is connected, and who represents it."""
    connected = frozenset(facts.connected or ())
    on_it = [
        seat
        for seat in meeting.seats.values()
        if seat.id in connected
        and not seat.left
        and (seat.party is not None or seat.titles is not None)
    ]
    return [e.RollCalled(present=tuple(head_line(meeting, seat) for seat in on_it))]


def open_segment(meeting: Meeting, act: a.OpenSegment, facts: Facts) -> list[AnyEvent]:
    """Another format begins; not while somebody speaks or a question is open."""
    if act.format not in meeting.profile.procedure.formats:
        raise Refused(Reason.UNKNOWN_FORMAT, RuleId("formats"), format=act.format)
    nothing_under_way(meeting, "formats")
    return [e.SegmentOpened(format=act.format, at=facts.at, closed=act.closed)]


def suspend(act: a.Suspend, facts: Facts) -> list[AnyEvent]:
    """A suspension is announced, also for consultations, which are off the record."""
    return [e.MeetingSuspended(ground=act.ground, consultations=act.consultations, at=facts.at)]


def resume(meeting: Meeting, facts: Facts) -> list[AnyEvent]:
    """The sitting goes on; the time it was suspended does not count against a window."""
    return [e.MeetingResumed(after=facts.at - (meeting.suspended or facts.at))]


def close_meeting(meeting: Meeting) -> list[AnyEvent]:
    """The last entry; a chairmanship that passes on closing passes with it."""
    nothing_under_way(meeting, "sitting")
    if meeting.silences:
        raise Refused(Reason.QUESTION_OPEN, RuleId("decisions"), windows=sorted(meeting.silences))
    return [*passed_on_closing(meeting), e.MeetingClosed(why=RuleId("sitting"))]


def nothing_under_way(meeting: Meeting, rule: str) -> None:
    """Refuse while a question is open or somebody has the floor; no waiver makes two of one."""
    if meeting.window is not None:
        raise Refused(Reason.QUESTION_OPEN, RuleId(rule), window=meeting.window.id)
    speaking = meeting.floor.speaking
    if speaking is not None:
        raise Refused(Reason.FLOOR_TAKEN, RuleId(rule), speaking=speaking.request.seat)


def take_up_item(meeting: Meeting, act: a.TakeUpItem) -> list[AnyEvent]:
    """An item of the adopted agenda, not concluded before, and no other under discussion."""
    procedure = meeting.profile.procedure
    require(
        meeting,
        meeting.agenda is not None or not procedure.opening.needs_agreed_agenda,
        Reason.AGENDA_NOT_ADOPTED,
        "agenda",
    )
    if act.item not in {item.id for item in meeting.agenda or ()}:
        raise Refused(Reason.UNKNOWN_ITEM, RuleId("agenda"), item=act.item)
    require(
        meeting, act.item not in meeting.concluded, Reason.ITEM_CONCLUDED, "agenda", item=act.item
    )
    require(
        meeting, meeting.item is None, Reason.ITEM_UNDER_DISCUSSION, "agenda", item=meeting.item
    )
    nothing_under_way(meeting, "agenda")
    return [e.ItemTakenUp(item=act.item)]


def conclude_item(meeting: Meeting) -> list[AnyEvent]:
    """The item under discussion is done with."""
    if meeting.item is None:
        raise Refused(Reason.NO_ITEM, RuleId("agenda"))
    nothing_under_way(meeting, "agenda")
    return [e.ItemConcluded(item=meeting.item)]


def form_is_agreed(meeting: Meeting) -> None:
    """Refuse business while the meeting has not agreed to be held at a distance, where it must."""
    needs = meeting.profile.procedure.opening.needs_agreed_form
    require(
        meeting,
        meeting.form_agreed or not needs or meeting.form is Form.IN_PERSON,
        Reason.FORM_NOT_AGREED,
        "form",
        form=meeting.form,
    )


def here(meeting: Meeting, seats: list[SeatId], facts: Facts) -> list[SeatId]:
    """Return those of *seats* that are connected and have not left."""
    connected = frozenset(facts.connected or ())
    return [key for key in seats if key in connected and not meeting.seats[key].left]
