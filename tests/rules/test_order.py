"""Who may act at all, and when; and that nothing that can happen is left untried."""

import re
from pathlib import Path
from typing import get_args

import pytest
from tests.rules.room import (
    CHAIR,
    SECRETARY,
    convene,
    head,
    instructed,
    not_convened,
    package,
    sco,
    sitting,
    staff,
    tabling,
    text,
    with_waivable,
)

from plenary.rules import acts as a
from plenary.rules.acts import ACTS, Actor, Role
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Stage
from plenary.rules.names import Language, PersonId, RuleId, SeatId
from plenary.rules.order import IN_ORDER
from plenary.rules.profile import NEVER_WAIVED
from plenary.rules.profile_reading import check_profile
from plenary.rules.refusals import Reason

SUITE = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))


# ---- who -----------------------------------------------------------------------------------------


def test_a_seat_there_is_not_cannot_act() -> None:
    sitting(sco()).refuses(head("XX"), a.AskForTheFloor(), Reason.UNKNOWN_SEAT, "seats")


def test_a_stranger_in_a_seat_cannot_act() -> None:
    stranger = Actor(person=PersonId("stranger"), seat=SeatId("KZ"))
    refused = sitting(sco()).refuses(stranger, a.AskForTheFloor(), Reason.NOT_ACCREDITED)
    assert refused.facts == {"seat": "KZ", "person": "stranger"}


def test_a_head_of_one_delegation_is_a_stranger_in_another() -> None:
    room = sitting(sco())
    window = room.put(a.Waiver(rule=RuleId("agenda"), ground="g"))
    by = Actor(person=PersonId("head-KZ"), seat=SeatId("IN"))
    room.refuses(by, a.Object(window=window), Reason.NOT_ACCREDITED)


def test_each_kind_of_seat_does_what_the_profile_says_and_nothing_else() -> None:
    room = sitting(sco())
    for seat in ("AF", "rats", "presiding", "secretariat"):
        by = SECRETARY if seat == "secretariat" else head(seat)
        refused = room.refuses(
            by, a.RaisePointOfOrder(point="order"), Reason.NOT_ENTITLED, "rights"
        )
        assert refused.facts["act"] == "raise_point_of_order"


def test_the_gavel_is_the_heads_alone() -> None:
    room = sitting(sco())
    room.refuses(instructed("presiding"), a.CloseMeeting(), Reason.HEAD_ALONE, "roles")


def test_staff_take_a_position_only_on_the_heads_instruction() -> None:
    room = sitting(sco())
    point = a.RaisePointOfOrder(point="the order of speakers")
    room.refuses(staff("KZ"), point, Reason.NO_INSTRUCTION, "roles")
    room.refuses(staff("KZ", "head-IN"), point, Reason.WRONG_PRINCIPAL, "record")
    room.refuses(staff("KZ", "staff-KZ"), point, Reason.WRONG_PRINCIPAL, "record")
    room.do(instructed("KZ"), point)


def test_a_head_acts_on_nobodys_instruction() -> None:
    by = Actor(person=PersonId("head-KZ"), seat=SeatId("KZ"), instructed_by=PersonId("head-KZ"))
    sitting(sco()).refuses(by, a.AskForTheFloor(), Reason.WRONG_PRINCIPAL, "record")


def test_staff_of_a_seat_without_a_head_take_no_position() -> None:
    room = not_convened(sco())
    room.do(SECRETARY, convene(sco()))
    room.accredit("KZ", "staff-KZ", Role.STAFF)
    room.do(staff("KZ"), a.TakeSeat(screen="s"))
    room.refuses(staff("KZ"), a.LeaveMeeting(), Reason.NO_INSTRUCTION)
    room.refuses(staff("KZ", "head-KZ"), a.LeaveMeeting(), Reason.WRONG_PRINCIPAL)


# ---- when ----------------------------------------------------------------------------------------


def test_no_act_is_in_order_at_no_stage() -> None:
    assert frozenset().union(*IN_ORDER.values()) == frozenset(ACTS.values())
    assert IN_ORDER[Stage.CLOSED] == frozenset()


def test_rights_and_roles_are_not_waived_by_any_profile() -> None:
    """Waiving 'rights' would give an observer an objection; 'sitting' would reopen a closed record."""
    careless = with_waivable(sco(), *NEVER_WAIVED, "consensus")
    faults = {fault.key for fault in check_profile(careless)}
    room = sitting(careless)
    for rule in sorted(NEVER_WAIVED | {"consensus"}):
        assert f"rules.{rule}.waivable" in faults
        waiver = a.Put(subject=a.Waiver(rule=RuleId(rule), ground="to be done with it"))
        room.refuses(CHAIR, waiver, Reason.NOT_WAIVABLE)


# ---- what is typed -------------------------------------------------------------------------------


@pytest.mark.parametrize("character", ["\u202e", "\u0007", "\u2066", "\ufeff"])
def test_characters_that_mislead_are_refused(character: str) -> None:
    point = a.RaisePointOfOrder(point=f"adopt {character}ton od")
    refused = sitting(sco()).refuses(head("KZ"), point, Reason.UNFIT_TEXT, "record")
    assert refused.facts == {"character": f"U+{ord(character):04X}"}


def test_titles_stand_in_the_official_languages() -> None:
    room = sitting(sco())
    only_english = {Language("en"): "A declaration"}
    act = tabling(sco(), "d1", titles=only_english)
    refused = room.refuses(SECRETARY, act, Reason.LANGUAGE_MISSING, "languages")
    assert refused.facts == {"languages": ["ru", "zh-hans"]}
    room.do(SECRETARY, tabling(sco(), "d1", titles=text("A declaration")))


# ---- nothing is left untried ---------------------------------------------------------------------


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.KEY_USED}))
def test_every_reason_is_given_somewhere_in_this_suite(reason: Reason) -> None:
    assert re.search(rf"refuses\w*\([^#]*?Reason\.{reason.name}\b", SUITE)


@pytest.mark.parametrize("act", sorted(cls.__name__ for cls in ACTS.values()))
def test_every_act_is_done_somewhere_in_this_suite(act: str) -> None:
    assert re.search(rf"\ba\.{act}\(", SUITE)


@pytest.mark.parametrize("event", sorted(cls.__name__ for cls in get_args(AnyEvent)))
def test_every_event_is_looked_for_somewhere_in_this_suite(event: str) -> None:
    assert re.search(rf"\be\.{event}\b", SUITE)


def test_an_adopted_package_is_no_argument_for_a_stranger() -> None:
    room = sitting(sco())
    room.listed("d1")
    room.agree(package("d1"))
    stranger = Actor(person=PersonId("stranger"), seat=SeatId("KZ"))
    sign = a.Sign(
        document=room.document("d1").id,
        means=a.SignatureMeans.ELECTRONIC,
        digest=room.document("d1").digest,
    )
    room.refuses(stranger, sign, Reason.NOT_ACCREDITED)
