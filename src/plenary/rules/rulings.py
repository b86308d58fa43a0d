"""Rulings of the presiding officer, appeals, waivers, late entries.

Rule 1: the software serves the chair; a departure from the profile is a ruling or a waiver, with its ground.
Rule 2: a treaty cannot be waived, nor what makes a decision the members' own.
"""

from msgspec.structs import replace

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Facts
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Meeting, Seat
from plenary.rules.names import RuleId
from plenary.rules.order import no_appeal_pending
from plenary.rules.refusals import Reason, Refused


def rule(meeting: Meeting, act: a.Rule, facts: Facts) -> list[AnyEvent]:
    """A pending point of order is upheld or not, under a rule of the profile."""
    if meeting.point_of_order is None:
        raise Refused(Reason.NO_POINT_OF_ORDER, RuleId("points_of_order"))
    _known_rule(meeting, act.rule)
    number = meeting.ruling.number + 1
    return [
        e.RulingGiven(
            number=number, at=facts.at, rule=act.rule, ruling=act.ruling, upheld=act.upheld
        )
    ]


def give_ruling(meeting: Meeting, act: a.GiveRuling, facts: Facts) -> list[AnyEvent]:
    """A ruling of the chair's own motion names the rule it departs from or applies, and its ground."""
    _known_rule(meeting, act.rule)
    if meeting.point_of_order is not None:
        raise Refused(
            Reason.POINT_OF_ORDER_PENDING, RuleId("points_of_order"), seat=meeting.point_of_order
        )
    no_appeal_pending(meeting)  # a new ruling would take the place of the one appealed against
    number = meeting.ruling.number + 1
    return [
        e.RulingGiven(
            number=number, at=facts.at, rule=act.rule, ruling=act.ruling, ground=act.ground
        )
    ]


def _known_rule(meeting: Meeting, key: RuleId) -> None:
    if key not in meeting.profile.procedure.rules:
        raise Refused(Reason.UNKNOWN_RULE, RuleId("rulings"), rule=key)


def appeal(meeting: Meeting, seat: Seat) -> list[AnyEvent]:
    """The last ruling may be appealed once, where the profile has an appeal."""
    if meeting.profile.procedure.points_of_order.appeal is None:
        raise Refused(Reason.NO_APPEAL, RuleId("points_of_order"))
    if meeting.ruling.rule is None:
        raise Refused(Reason.NO_RULING, RuleId("points_of_order"))
    no_appeal_pending(meeting)
    if meeting.window is not None and meeting.window.way == "vote":
        # the vote could not end before the appeal, nor the appeal be put before the vote ended
        raise Refused(Reason.VOTING_HAS_BEGUN, RuleId("points_of_order"), window=meeting.window.id)
    return [e.RulingChallenged(seat=seat.id, number=meeting.ruling.number)]


def check_waiver(meeting: Meeting, subject: a.Waiver) -> None:
    """A rule of the profile that may be waived and is not waived yet."""
    _known_rule(meeting, subject.rule)
    if not meeting.profile.may_be_waived(subject.rule):
        raise Refused(
            Reason.NOT_WAIVABLE, subject.rule, standing=meeting.profile.rule(subject.rule).standing
        )
    if subject.rule in meeting.waived:
        raise Refused(Reason.ALREADY_WAIVED, subject.rule)


def check_done(act: a.EnterLate) -> None:
    """Check that what was done can be entered late at all."""
    if isinstance(act.done, a.EnterLate | a.Convene | a.TakeSeat):
        raise Refused(Reason.NOT_ENTERED_LATE, RuleId("rulings"), act=a.name_of(act.done))


def late(meeting: Meeting, act: a.EnterLate, facts: Facts) -> e.EnteredLate:
    """Return what is said before the events of an act that was done orally or on paper."""
    check_done(act)
    if not meeting.convened <= act.done_at <= facts.at:
        raise Refused(Reason.LATER_THAN_NOW, RuleId("rulings"), done_at=act.done_at, now=facts.at)
    return e.EnteredLate(done_by=act.done_by, done_at=act.done_at, ground=act.ground)


def late_facts(act: a.EnterLate, facts: Facts) -> Facts:
    """Return the facts on which an act entered late is decided: those of the entry.

    What breaks a silence is measured by when it was done: who objected in writing in time is in time.
    """
    if isinstance(act.done, a.Object | a.BreakSilence):
        return replace(facts, at=act.done_at)
    return facts
