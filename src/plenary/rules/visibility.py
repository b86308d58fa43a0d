"""Who may read an entry.

Rule 1: visibility is a property of each entry, fixed when it is written.
Rule 2: in a closed segment nothing is public but that it begins and ends, also what is entered later;
    where not all who attend the meeting attend its format, those outside do not follow it either.
Rule 3: what is raised in a consultation is read by the presiding officer and the secretariat alone.
Rule 4: so is who was connected: an entry says it of the seats alone that its act names or counts.
"""

from typing import Final

from msgspec.structs import replace

from plenary.rules import acts as a
from plenary.rules.acts import Act, Actor, Facts
from plenary.rules.meeting import Meeting
from plenary.rules.names import Moment, SeatId

PUBLIC = "public"
PARTICIPANTS = "participants"
MEMBERS = "members"
SECRETARIAT = "secretariat"
DELEGATION = "seat:"
"""The prefix of the visibility of what one delegation alone may read, before its seat."""

NOT_PUBLIC: Final[dict[type[Act], str]] = {
    a.ReceiveLetter: SECRETARIAT,
    a.ExamineLetter: SECRETARIAT,
    a.AcknowledgeText: SECRETARIAT,
    a.Object: MEMBERS,
    a.LiftObjection: SECRETARIAT,
    a.StandAside: SECRETARIAT,
    a.TakeBack: SECRETARIAT,
    a.ConfirmByTelephone: SECRETARIAT,
    a.BreakSilence: MEMBERS,
    a.ProceedWithout: MEMBERS,
    a.Table: MEMBERS,
    a.Amend: MEMBERS,
    a.WithdrawDocument: MEMBERS,
    a.AskForTheFloor: PARTICIPANTS,
    a.AskForReply: PARTICIPANTS,
    a.WithdrawRequest: PARTICIPANTS,
    a.ReorderList: PARTICIPANTS,
    a.ConsentToSpeak: PARTICIPANTS,
    a.SignalReady: PARTICIPANTS,
}
"""Who may read an act that is not public, in an open segment."""

MARKS_A_SEGMENT: Final[tuple[type[Act], ...]] = (
    a.OpenSegment,
    a.Suspend,
    a.Resume,
    a.CloseMeeting,
)
"""Public even in a closed segment."""


def visibility(meeting: Meeting, by: Actor, act: Act) -> str:
    """Return who may read the entry of *act*, done on *meeting* by *by*."""
    if isinstance(act, a.EnterLate):
        return visibility(_as_it_sat(meeting, act.done_at), act.done_by, act.done)
    if isinstance(act, a.TakeSeat):
        return DELEGATION + by.seat
    if isinstance(act, a.PlaceOpinion | a.TakeBack) and act.window in meeting.silences:
        return (
            MEMBERS  # what is raised while silence runs is published with the adoption, if at all
        )
    level = NOT_PUBLIC.get(type(act), PUBLIC)
    if not meeting.segment_closed or isinstance(act, MARKS_A_SEGMENT):
        return level
    if level == PUBLIC or (level == PARTICIPANTS and _behind_closed_doors(meeting, by)):
        return MEMBERS
    return level


def _as_it_sat(meeting: Meeting, at: Moment) -> Meeting:
    """Return *meeting* as closed as it is now, or as it was at that moment."""
    if meeting.segment_closed:
        return meeting
    for segment in meeting.closed_segments:
        if segment.since <= at and (segment.until is None or at < segment.until):
            return replace(meeting, segment_closed=True, format=segment.format)
    return meeting


def _behind_closed_doors(meeting: Meeting, by: Actor) -> bool:
    """Return whether *by* sits in a format that some of those who attend the meeting do not attend.

    Whoever is outside and withdraws a request does so in sight of those it asked before.
    """
    seat = meeting.seats.get(by.seat)
    if seat is None or meeting.format not in meeting.kind(seat).formats:
        return False
    attending = [meeting.kind(each).formats for each in meeting.seats.values()]
    return any(formats and meeting.format not in formats for formats in attending)


def is_confidential(meeting: Meeting, act: Act) -> bool:
    """Return whether *act* is written only when the consultation it belongs to ends."""
    if isinstance(act, a.EnterLate):
        return is_confidential(meeting, act.done)
    window = meeting.window
    return (
        act.confidential
        and window is not None
        and window.way == "consensus"
        and getattr(act, "window", None) == window.id
    )


def told(meeting: Meeting, by: Actor, act: Act, facts: Facts) -> Facts:
    """Return of the facts that *act* was decided on those that its entry keeps.

    Whoever is connected at the gavel stands with the consultation that ends, see ``connected_apart``.
    """
    if facts.connected is None:
        return facts
    of = _connections_of(meeting, by, act)
    kept = tuple(key for key in facts.connected if of is None or key in of)
    return Facts(at=facts.at, connected=kept)


def connected_apart(meeting: Meeting, act: Act) -> bool:
    """Return whether who was connected at *act* stands with the consultation it ends."""
    if isinstance(act, a.EnterLate):
        return connected_apart(meeting, act.done)
    window = meeting.window
    return (
        isinstance(act, a.DeclareAdopted)
        and window is not None
        and window.way == "consensus"
        and act.window == window.id
    )


def _connections_of(meeting: Meeting, by: Actor, act: Act) -> frozenset[SeatId] | None:
    """Return the seats of which the entry of *act* says whether they were connected; None: all."""
    match act:
        case a.EnterLate():
            return _connections_of(meeting, act.done_by, act.done)
        case a.OpenMeeting() | a.CallTheRoll():
            return None  # who takes part is what they enter
        case a.TakeSeat():
            return frozenset({by.seat})
        case a.ProceedWithout():
            return frozenset({act.seat})
        case a.InstallActingChair():
            return frozenset({meeting.presiding().id, act.seat})
        case a.RestoreChair():
            return frozenset({meeting.presiding().id})
        case a.DeclareResult() if meeting.window is not None:
            return frozenset(meeting.window.electorate)  # how each voted, or did not, is entered
        case _:
            return frozenset()


def sees_everything(meeting: Meeting, seat: SeatId) -> bool:
    """Return whether a seat is one that sees individual states: the presiding officer's, the secretariat's."""
    opening = meeting.profile.procedure.opening
    found = meeting.seats.get(seat)
    return found is not None and found.kind in {opening.presiding_kind, opening.secretariat_kind}
