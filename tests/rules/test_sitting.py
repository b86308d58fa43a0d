"""Convening, opening, formats, the agenda, suspending, resuming and closing."""

import pytest
from tests.rules.room import (
    CHAIR,
    SECRETARY,
    agenda,
    convene,
    convened,
    head,
    instructed,
    not_convened,
    opened,
    package,
    sco,
    sitting,
    staff,
    un_ga,
    with_opening,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Form
from plenary.rules.meeting import Stage
from plenary.rules.names import ItemId, RuleId, SeatId
from plenary.rules.profile import Share
from plenary.rules.refusals import Reason

FIRST = a.TakeUpItem(item=ItemId("1"))
NARROW = a.OpenSegment(format="narrow", closed=True)


# ---- convening -----------------------------------------------------------------------------------


def test_convening_pins_the_profile_and_names_the_secretariat() -> None:
    room = not_convened(sco())
    convened_event = room.one(e.Convened, SECRETARY, convene(sco()))
    assert convened_event.profile == convene(sco()).profile
    assert room.meeting.stage is Stage.CONVENED
    assert room.seat("secretariat").letters[SECRETARY.person].finding == "accepted"


def test_a_meeting_is_convened_once() -> None:
    convened(sco()).refuses(SECRETARY, convene(sco()), Reason.NOT_NOW, "sitting")


@pytest.mark.parametrize("by", [CHAIR, staff("secretariat")], ids=["chair", "a stranger"])
def test_only_a_named_member_of_the_secretariat_convenes(by: a.Actor) -> None:
    not_convened(sco()).refuses(by, convene(sco()), Reason.NOT_ENTITLED, "rights")


def test_a_meeting_is_of_a_body_the_organisation_has_on_a_day_there_is() -> None:
    room = not_convened(sco())
    room.refuses(SECRETARY, convene(sco(), body="senate"), Reason.UNKNOWN_BODY, "sitting")
    room.refuses(SECRETARY, convene(sco(), date="2020-02-31"), Reason.NO_SUCH_DATE, "sitting")


# ---- opening -------------------------------------------------------------------------------------


def test_without_a_defined_quorum_the_chair_opens() -> None:
    room = convened(sco())
    room.lose(*room.members[1:])
    assert room.one(e.MeetingOpened, CHAIR, a.OpenMeeting()).quorum is None


@pytest.mark.parametrize(
    ("quorum", "needed"),
    [(Share(at_least="1/3"), 3), (Share(more_than="1/2"), 5)],
    ids=["a third", "a majority"],
)
def test_below_the_quorum_the_meeting_does_not_open(quorum: Share, needed: int) -> None:
    room = convened(with_opening(un_ga(), quorum=quorum))
    room.lose(*room.members[needed - 1 :])
    refused = room.refuses(CHAIR, a.OpenMeeting(), Reason.QUORUM, "quorum")
    assert (refused.facts["present"], refused.facts["members"]) == (needed - 1, 9)
    room.find(*room.members[:needed])
    opening = room.one(e.MeetingOpened, CHAIR, a.OpenMeeting())
    assert (opening.members_present, opening.why) == (needed, "quorum")
    assert str(quorum.at_least or quorum.more_than) in str(opening.quorum)


def test_who_left_does_not_count_for_the_quorum() -> None:
    room = convened(un_ga())
    room.lose(*room.members[3:])
    room.do(head("AF"), a.LeaveMeeting())
    refused = room.refuses(CHAIR, a.OpenMeeting(), Reason.QUORUM)
    assert refused.facts["present"] == 2


def test_nothing_is_put_before_the_meeting_is_open() -> None:
    convened(sco()).refuses(CHAIR, a.Put(subject=agenda("1")), Reason.NOT_NOW, "sitting")


# ---- formats -------------------------------------------------------------------------------------


def test_the_narrow_format_keeps_observers_out_and_bodies_in() -> None:
    room = sitting(sco())
    opening = room.one(e.SegmentOpened, CHAIR, NARROW)
    assert opening.closed
    refused = room.refuses(staff("AF"), a.AskForTheFloor(), Reason.NOT_IN_THIS_FORMAT, "formats")
    assert refused.facts == {"seat": "AF", "format": "narrow"}
    room.do(staff("rats"), a.AskForTheFloor())
    room.do(head("AF"), a.TakeSeat(screen="screen-AF"))
    room.do(CHAIR, a.OpenSegment(format="extended"))
    room.do(staff("AF"), a.AskForTheFloor())
    assert not room.meeting.segment_closed


def test_a_format_is_one_of_the_profile_and_begins_with_nothing_under_way() -> None:
    room = sitting(sco())
    room.refuses(CHAIR, a.OpenSegment(format="secret"), Reason.UNKNOWN_FORMAT, "formats")
    room.put(a.Waiver(rule=RuleId("agenda"), ground="short of time"))
    room.refuses(CHAIR, NARROW, Reason.QUESTION_OPEN)


def test_a_format_does_not_change_under_a_speaker() -> None:
    room = sitting(sco())
    room.do(staff("KZ"), a.AskForTheFloor())
    room.do(CHAIR, a.GiveTheFloor(seat=SeatId("KZ")))
    assert room.refuses(CHAIR, NARROW, Reason.FLOOR_TAKEN).facts == {"speaking": "KZ"}


def test_no_waiver_opens_a_segment_over_an_open_question() -> None:
    room = sitting(sco())
    room.agree(a.Waiver(rule=RuleId("formats"), ground="one format today"))
    room.listed("d1")
    room.put_texts("d1")
    room.refuses(CHAIR, NARROW, Reason.QUESTION_OPEN, "formats")


# ---- suspending and resuming ---------------------------------------------------------------------


def test_a_suspended_meeting_gives_nobody_the_floor() -> None:
    room = sitting(sco())
    room.do(staff("KZ"), a.AskForTheFloor())
    room.do(CHAIR, a.Suspend(ground="consultations", consultations=True))
    room.refuses(CHAIR, a.GiveTheFloor(seat=SeatId("KZ")), Reason.NOT_NOW, "sitting")
    room.later(600)
    assert room.one(e.MeetingResumed, CHAIR, a.Resume()).after == 600_000
    room.do(CHAIR, a.GiveTheFloor(seat=SeatId("KZ")))


def test_only_a_suspended_meeting_resumes() -> None:
    sitting(sco()).refuses(CHAIR, a.Resume(), Reason.NOT_NOW, "sitting")


# ---- the agenda ----------------------------------------------------------------------------------


def test_items_wait_for_the_agenda_to_be_adopted() -> None:
    room = opened(un_ga())
    room.refuses(CHAIR, FIRST, Reason.AGENDA_NOT_ADOPTED, "agenda")
    room.agree(agenda("1"))
    room.do(CHAIR, FIRST)


def test_one_item_is_under_discussion_at_a_time_and_once() -> None:
    room = sitting(sco())
    room.refuses(CHAIR, a.ConcludeItem(), Reason.NO_ITEM)
    room.refuses(CHAIR, a.TakeUpItem(item=ItemId("9")), Reason.UNKNOWN_ITEM)
    room.do(CHAIR, FIRST)
    room.refuses(CHAIR, a.TakeUpItem(item=ItemId("2")), Reason.ITEM_UNDER_DISCUSSION)
    assert room.one(e.ItemConcluded, CHAIR, a.ConcludeItem()).item == "1"
    room.refuses(CHAIR, FIRST, Reason.ITEM_CONCLUDED, "agenda")


def test_where_the_agenda_is_waived_an_item_is_taken_up_again() -> None:
    room = sitting(sco())
    room.do(CHAIR, FIRST)
    room.do(CHAIR, a.ConcludeItem())
    room.agree(a.Waiver(rule=RuleId("agenda"), ground="a new proposal on item 1"))
    assert room.one(e.ItemTakenUp, CHAIR, FIRST).item == "1"


def test_no_waiver_concludes_an_item_over_an_open_question() -> None:
    room = sitting(sco())
    room.agree(a.Waiver(rule=RuleId("agenda"), ground="short of time"))
    room.do(CHAIR, FIRST)
    room.listed("d1")
    room.put_texts("d1")
    room.refuses(CHAIR, a.ConcludeItem(), Reason.QUESTION_OPEN, "agenda")


# ---- the remote form -----------------------------------------------------------------------------


def test_business_waits_for_agreement_to_the_remote_form() -> None:
    room = opened(sco())
    refused = room.refuses(CHAIR, a.Put(subject=agenda("1")), Reason.FORM_NOT_AGREED, "form")
    assert refused.facts == {"form": "videoconference"}
    agreed = room.agree(a.RemoteForm(form=Form.VIDEOCONFERENCE))
    assert any(isinstance(event, e.FormAgreed) for event in agreed)
    room.agree(agenda("1"))


def test_a_meeting_in_person_needs_no_agreed_form() -> None:
    room = not_convened(sco())
    room.do(SECRETARY, convene(sco(), form=Form.IN_PERSON))
    room.delegate("presiding", *room.members)
    room.sit("presiding", *room.members)
    room.do(CHAIR, a.OpenMeeting())
    room.put(agenda("1"))


# ---- closing -------------------------------------------------------------------------------------


def test_nothing_happens_after_closing() -> None:
    room = sitting(sco())
    assert room.one(e.MeetingClosed, CHAIR, a.CloseMeeting()).why == "sitting"
    room.refuses(CHAIR, a.Resume(), Reason.NOT_NOW)
    room.refuses(head("KZ"), a.LeaveMeeting(), Reason.NOT_NOW, "sitting")


def test_a_meeting_does_not_close_over_a_question_a_speaker_or_a_silence_procedure() -> None:
    room = sitting(sco())
    room.listed("d1", "d2")
    window = room.put_texts("d1")
    room.refuses(CHAIR, a.CloseMeeting(), Reason.QUESTION_OPEN)
    room.do(CHAIR, a.SetAside(window=window))
    silent = room.put(package("d2"), expires=room.now + 259_200_000)
    assert room.refuses(CHAIR, a.CloseMeeting(), Reason.QUESTION_OPEN).facts == {
        "windows": [silent]
    }
    room.do(CHAIR, a.SetAside(window=silent))
    room.do(instructed("KZ"), a.RaisePointOfOrder(point="not yet"))
    room.refuses(CHAIR, a.CloseMeeting(), Reason.POINT_OF_ORDER_PENDING, "points_of_order")
