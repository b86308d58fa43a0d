"""The one door: an act is in order and has consequences, or it is refused.

Rule 1: first whether this person may do this now, then what the act is about.
Rule 2: a refusal changes nothing; what is returned is everything that follows.
"""

from typing import assert_never

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
from plenary.rules.acts import Actor, Facts
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Meeting, Seat
from plenary.rules.names import RuleId, Text, unfit_character
from plenary.rules.order import authorise
from plenary.rules.refusals import Reason, Refused


def decide(meeting: Meeting, by: Actor, act: a.AnyAct, facts: Facts) -> list[AnyEvent]:
    """Return what follows from *act*, done by *by* on *facts*, or raise ``Refused``.

    The words people typed may hold no character that misleads, and every text in several languages
    must have those official languages in which its pages are read.
    """
    if isinstance(act, a.EnterLate) and isinstance(act.done, a.EnterLate):
        rulings.check_done(act)  # before its words are read: one within another has no end
    _fit_to_be_read(meeting, by, act)
    if isinstance(act, a.Convene):
        return sitting.convene(meeting, by, act, facts)
    return _decide(meeting, authorise(meeting, by, act), by, act, facts)


def _decide(  # noqa: C901, PLR0915  # one line for each act
    meeting: Meeting, seat: Seat, by: Actor, act: a.AnyActInTheRoom, facts: Facts
) -> list[AnyEvent]:
    match act:
        case a.InviteGuest():
            return credentials.invite_guest(meeting, act)
        case a.ReceiveLetter():
            return credentials.receive_letter(meeting, act)
        case a.ExamineLetter():
            return credentials.examine_letter(meeting, by, act)
        case a.ReplaceHead():
            return credentials.replace_head(meeting, act)
        case a.TakeSeat():
            return credentials.take_seat(meeting, seat, act, by, facts)
        case a.LeaveMeeting():
            return credentials.leave_meeting(seat, act)
        case a.ReturnToMeeting():
            return credentials.return_to_meeting(seat)
        case a.InstallActingChair():
            return credentials.install_acting_chair(meeting, act, facts)
        case a.RestoreChair():
            return credentials.restore_chair(meeting, facts)
        case a.OpenMeeting():
            return sitting.open_meeting(meeting, facts)
        case a.CallTheRoll():
            return sitting.call_the_roll(meeting, facts)
        case a.OpenSegment():
            return sitting.open_segment(meeting, act, facts)
        case a.Suspend():
            return sitting.suspend(act, facts)
        case a.Resume():
            return sitting.resume(meeting, facts)
        case a.CloseMeeting():
            return sitting.close_meeting(meeting)
        case a.TakeUpItem():
            return sitting.take_up_item(meeting, act)
        case a.ConcludeItem():
            return sitting.conclude_item(meeting)
        case a.AskForTheFloor():
            return floor.ask_for_the_floor(meeting, seat, act)
        case a.WithdrawRequest():
            return floor.withdraw_request(meeting, seat)
        case a.ReorderList():
            return floor.reorder_list(meeting, act)
        case a.CloseList():
            return floor.close_list(meeting)
        case a.ReopenList():
            return floor.reopen_list(meeting)
        case a.ConsentToSpeak():
            return floor.consent_to_speak(meeting, act)
        case a.SignalReady():
            return floor.signal_ready(seat, act)
        case a.GiveTheFloor():
            return floor.give_the_floor(meeting, act, facts)
        case a.UndoFloor():
            return floor.undo_floor(meeting, facts)
        case a.ExtendTime():
            return floor.extend_time(meeting, act)
        case a.YieldTheFloor():
            return floor.yield_the_floor(meeting, seat, facts)
        case a.EndSpeech():
            return floor.end_speech(meeting, facts)
        case a.AskForReply():
            return floor.ask_for_reply(meeting, seat, act)
        case a.RaisePointOfOrder():
            return floor.raise_point_of_order(meeting, seat, act, facts)
        case a.Rule():
            return rulings.rule(meeting, act, facts)
        case a.GiveRuling():
            return rulings.give_ruling(meeting, act, facts)
        case a.Appeal():
            return rulings.appeal(meeting, seat)
        case a.Move():
            return motions.move(meeting, seat, act)
        case a.WithdrawMotion():
            return motions.withdraw_motion(meeting, seat, act)
        case a.SpeakOnMotion():
            return motions.speak_on_motion(meeting, seat, act)
        case a.Table():
            return drafting.table(meeting, seat, act)
        case a.Amend():
            return drafting.amend(meeting, seat, act)
        case a.WithdrawDocument():
            return drafting.withdraw_document(meeting, seat, act)
        case a.Put():
            return questions.put(meeting, act, facts)
        case a.AcknowledgeText():
            return decisions.acknowledge_text(meeting, seat, act)
        case a.Object():
            return decisions.object_(meeting, seat, act, facts)
        case a.LiftObjection():
            return decisions.lift_objection(meeting, seat, act)
        case a.StandAside():
            return decisions.stand_aside(meeting, seat, act)
        case a.PlaceOpinion():
            return decisions.place_opinion(meeting, seat, act)
        case a.TakeBack():
            return decisions.take_back(meeting, seat, act)
        case a.ConfirmByTelephone():
            return decisions.confirm_by_telephone(meeting, act)
        case a.ProceedWithout():
            return decisions.proceed_without(meeting, act, facts)
        case a.BreakSilence():
            return decisions.break_silence(meeting, seat, act, facts)
        case a.DeclareAdopted():
            return decisions.declare_adopted(meeting, act, facts)
        case a.SetAside():
            return decisions.set_aside(meeting, act)
        case a.CastVote():
            return decisions.cast_vote(meeting, seat, act)
        case a.DeclareResult():
            return decisions.declare_result(meeting, act, facts)
        case a.JoinLater():
            return decisions.join_later(meeting, seat, act)
        case a.Sign():
            return signing.sign(meeting, seat, act, by)
        case a.EnterLate():
            before = rulings.late(meeting, act, facts)
            then = rulings.late_facts(act, facts)
            return [before, *decide(meeting, act.done_by, act.done, then)]
        case _:
            assert_never(act)


def _fit_to_be_read(meeting: Meeting, by: Actor, act: a.AnyAct) -> None:
    plain = msgspec.to_builtins([by, act])
    found = unfit_character(plain)
    if found is not None:
        raise Refused(Reason.UNFIT_TEXT, RuleId("record"), character=f"U+{ord(found):04X}")
    titles: Text | None = getattr(act, "titles", None)
    if titles is not None:
        needed = meeting.profile.organisation.languages.needed
        missing = [language for language in needed if language not in titles]
        if missing:
            raise Refused(Reason.LANGUAGE_MISSING, RuleId("languages"), languages=missing)
