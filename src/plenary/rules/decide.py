"""The one door: an act is in order and has consequences, or it is refused.

Rule 1: first whether this person may do this now, then what the act is about.
Rule 2: a refusal changes nothing; what is returned is everything that follows.
"""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from plenary.rules import acts as a
from plenary.rules import (
    credentials,
    decisions,
    drafting,
    floor,
    motions,
    questions,
    rulings,
    signing,
    sitting,
)
from plenary.rules.acts import Act, Actor, Facts
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Meeting, Seat
from plenary.rules.names import RuleId, Text, unfit_character
from plenary.rules.order import authorise
from plenary.rules.refusals import Reason, Refused

Deciding = Callable[[Meeting, Seat, Any, Actor, Facts], list[AnyEvent]]

DECIDING: Final[dict[type[Act], Deciding]] = {
    a.InviteGuest: lambda m, _, act, __, ___: credentials.invite_guest(m, act),
    a.ReceiveLetter: lambda m, _, act, __, ___: credentials.receive_letter(m, act),
    a.ExamineLetter: lambda m, _, act, __, ___: credentials.examine_letter(m, act),
    a.ReplaceHead: lambda m, _, act, __, ___: credentials.replace_head(m, act),
    a.TakeSeat: lambda m, seat, act, by, facts: credentials.take_seat(m, seat, act, by, facts),
    a.LeaveMeeting: lambda _, seat, act, __, ___: credentials.leave_meeting(seat, act),
    a.ReturnToMeeting: lambda _, seat, __, ___, ____: credentials.return_to_meeting(seat),
    a.InstallActingChair: lambda m, _, act, __, facts: credentials.install_acting_chair(
        m, act, facts
    ),
    a.RestoreChair: lambda m, _, __, ___, facts: credentials.restore_chair(m, facts),
    a.OpenMeeting: lambda m, _, __, ___, facts: sitting.open_meeting(m, facts),
    a.CallTheRoll: lambda m, _, __, ___, facts: sitting.call_the_roll(m, facts),
    a.OpenSegment: lambda m, _, act, __, ___: sitting.open_segment(m, act),
    a.Suspend: lambda _, __, act, ___, facts: sitting.suspend(act, facts),
    a.Resume: lambda m, _, __, ___, facts: sitting.resume(m, facts),
    a.CloseMeeting: lambda m, _, __, ___, ____: sitting.close_meeting(m),
    a.TakeUpItem: lambda m, _, act, __, ___: sitting.take_up_item(m, act),
    a.ConcludeItem: lambda m, _, __, ___, ____: sitting.conclude_item(m),
    a.AskForTheFloor: lambda m, seat, act, __, ___: floor.ask_for_the_floor(m, seat, act),
    a.WithdrawRequest: lambda m, seat, __, ___, ____: floor.withdraw_request(m, seat),
    a.ReorderList: lambda m, _, act, __, ___: floor.reorder_list(m, act),
    a.CloseList: lambda m, _, __, ___, ____: floor.close_list(m),
    a.ReopenList: lambda m, _, __, ___, ____: floor.reopen_list(m),
    a.ConsentToSpeak: lambda m, _, act, __, ___: floor.consent_to_speak(m, act),
    a.SignalReady: lambda _, seat, act, __, ___: floor.signal_ready(seat, act),
    a.GiveTheFloor: lambda m, _, act, __, facts: floor.give_the_floor(m, act, facts),
    a.UndoFloor: lambda m, _, __, ___, facts: floor.undo_floor(m, facts),
    a.ExtendTime: lambda m, _, act, __, ___: floor.extend_time(m, act),
    a.YieldTheFloor: lambda m, seat, __, ___, facts: floor.yield_the_floor(m, seat, facts),
    a.EndSpeech: lambda m, _, __, ___, facts: floor.end_speech(m, facts),
    a.AskForReply: lambda m, seat, act, __, ___: floor.ask_for_reply(m, seat, act),
    a.RaisePointOfOrder: lambda m, seat, act, __, ___: floor.raise_point_of_order(m, seat, act),
    a.Rule: lambda m, _, act, __, ___: rulings.rule(m, act),
    a.GiveRuling: lambda m, _, act, __, ___: rulings.give_ruling(m, act),
    a.Appeal: lambda m, seat, __, ___, ____: rulings.appeal(m, seat),
    a.Move: lambda m, seat, act, __, ___: motions.move(m, seat, act),
    a.WithdrawMotion: lambda m, seat, act, __, ___: motions.withdraw_motion(m, seat, act),
    a.SpeakOnMotion: lambda m, seat, act, __, ___: motions.speak_on_motion(m, seat, act),
    a.Table: lambda m, seat, act, __, ___: drafting.table(m, seat, act),
    a.Amend: lambda m, seat, act, __, ___: drafting.amend(m, seat, act),
    a.WithdrawDocument: lambda m, seat, act, __, ___: drafting.withdraw_document(m, seat, act),
    a.Put: lambda m, _, act, __, facts: questions.put(m, act, facts),
    a.AcknowledgeText: lambda m, seat, act, __, ___: decisions.acknowledge_text(m, seat, act),
    a.Object: lambda m, seat, act, __, facts: decisions.object_(m, seat, act, facts),
    a.LiftObjection: lambda m, seat, act, __, ___: decisions.lift_objection(m, seat, act),
    a.StandAside: lambda m, seat, act, __, ___: decisions.stand_aside(m, seat, act),
    a.PlaceOpinion: lambda m, seat, act, __, ___: decisions.place_opinion(m, seat, act),
    a.TakeBack: lambda m, seat, act, __, ___: decisions.take_back(m, seat, act),
    a.ConfirmByTelephone: lambda m, _, act, __, ___: decisions.confirm_by_telephone(m, act),
    a.ProceedWithout: lambda m, _, act, __, facts: decisions.proceed_without(m, act, facts),
    a.BreakSilence: lambda m, seat, act, __, facts: decisions.break_silence(m, seat, act, facts),
    a.DeclareAdopted: lambda m, _, act, __, facts: decisions.declare_adopted(m, act, facts),
    a.SetAside: lambda m, _, act, __, ___: decisions.set_aside(m, act),
    a.CastVote: lambda m, seat, act, __, ___: decisions.cast_vote(m, seat, act),
    a.DeclareResult: lambda m, _, act, __, facts: decisions.declare_result(m, act, facts),
    a.JoinLater: lambda m, seat, act, __, ___: decisions.join_later(m, seat, act),
    a.Sign: lambda m, seat, act, by, ___: signing.sign(m, seat, act, by),
}
"""The function that decides on each act, but for the two handled below."""


def decide(meeting: Meeting, by: Actor, act: a.AnyAct, facts: Facts) -> list[AnyEvent]:
    """Return what follows from *act*, done by *by* on *facts*, or raise ``Refused``.

    The words people typed may hold no character that misleads, and every text in several languages
    must have those official languages in which its pages are read.
    """
    _fit_to_be_read(meeting, by, act)
    if isinstance(act, a.Convene):
        return sitting.convene(meeting, by, act, facts)
    seat = authorise(meeting, by, act)
    if isinstance(act, a.EnterLate):
        before = rulings.late(meeting, act, facts)
        return [before, *decide(meeting, act.done_by, act.done, facts)]
    return DECIDING[type(act)](meeting, seat, act, by, facts)


def _fit_to_be_read(meeting: Meeting, by: Actor, act: a.AnyAct) -> None:
    plain = msgspec.to_builtins([by, act])
    found = unfit_character(plain)
    if found is not None:
        raise Refused(Reason.UNFIT_TEXT, RuleId("record"), character=f"U+{ord(found):04X}")
    titles: Text | None = getattr(act, "titles", None)
    if titles is not None:
        languages = meeting.profile.organisation.languages
        wanted = [language for language in languages.pages if language in languages.official]
        missing = [language for language in wanted if language not in titles]
        if missing:
            raise Refused(Reason.LANGUAGE_MISSING, RuleId("languages"), languages=missing)
