"""Whatever is tried, by whomever, in whatever state: what the house promises holds.

While a walk goes on, `Walk.perform` holds every step to it: nobody does what the profile does not
allow, refused means that nothing changed and names a rule of the profile, the same act sent twice is
done once, the record alone rebuilds the room. At its end the whole record is held to the rest.
"""

from collections import Counter
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.oracle import Consensus
from tests.laws.walking import KEY, LOG_KEY, PROFILES, Walk, a_known_walk, walked

from plenary.desk.codec import Body, decode_body, encode
from plenary.desk.desk import fold
from plenary.desk.publishing import full_bundle, public_bundle
from plenary.desk.verifying import verify_bundle
from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import new_meeting

KNOWN = 32
NUMBERS = st.lists(st.integers(0, 2**32 - 1), min_size=60, max_size=300)
NEVER_PUBLIC = (a.Object, a.BreakSilence, a.ProceedWithout, a.ExamineLetter)
"""Acts of which the public never reads a word."""


@pytest.mark.parametrize("name", PROFILES)
@given(numbers=NUMBERS)
@settings(max_examples=25)
def test_whatever_is_tried_the_laws_hold(name: str, numbers: list[int]) -> None:
    _the_laws_hold(walked(name, numbers), numbers)


@pytest.mark.slow
@pytest.mark.parametrize("name", PROFILES)
@given(numbers=NUMBERS)
@settings(max_examples=60)
def test_whatever_is_tried_for_longer_the_laws_hold(name: str, numbers: list[int]) -> None:
    _the_laws_hold(walked(name, numbers), numbers)


@pytest.mark.parametrize("number", range(KNOWN))
@pytest.mark.parametrize("name", PROFILES)
def test_on_every_known_walk_the_laws_hold(name: str, number: int) -> None:
    _the_laws_hold(a_known_walk(name, number), [number])


def _the_laws_hold(walk: Walk, numbers: list[int]) -> None:
    walk.the_record_alone_rebuilds_the_room()
    walk.close()  # a meeting can always be closed
    walk.the_record_alone_rebuilds_the_room()
    nothing_is_adopted_over_an_objection_or_a_lost_line(walk)
    a_body_has_one_spelling(walk)
    a_snapshot_and_what_followed_is_the_later_snapshot(walk)
    whatever_is_withheld_the_rest_can_be_read(walk, Random(len(numbers)))
    a_consultation_shows_only_that_it_was(walk)
    the_public_record_holds_and_keeps_what_is_confidential(walk)
    the_whole_record_is_decided_again(walk)


# ---- the laws ------------------------------------------------------------------------------------


def nothing_is_adopted_over_an_objection_or_a_lost_line(walk: Walk) -> None:
    gavels = {
        str(body.consultation): body.connected
        for body in walk.bodies()
        if body.consultation is not None and body.connected is not None
    }
    Consensus(walk.profile, gavels).go_through(walk.deeds())


def a_body_has_one_spelling(walk: Walk) -> None:
    for entry in walk.minutes.entries():
        assert entry.body is not None
        assert encode(decode_body(entry.body)) == entry.body


def a_snapshot_and_what_followed_is_the_later_snapshot(walk: Walk) -> None:
    """Screens fold in the order of writing, the desk in the order of doing."""
    bodies = walk.bodies()
    meeting = new_meeting(walk.profile)
    sampled = {*range(0, len(bodies), 23), *(b.number for b in bodies if b.consultation)}
    for body in bodies:
        if body.number in sampled:
            assert meeting == fold(walk.profile, bodies[: body.number])[0]
        for deed in body.deeds:
            meeting = evolve_all(meeting, deed.events)
    assert meeting == walk.meeting


def whatever_is_withheld_the_rest_can_be_read(walk: Walk, chance: Random) -> None:
    events = [event for deed in walk.deeds() for event in deed.events]
    for kept in (0.95, 0.8, 0.5, 0.2):
        some = [event for event in events if chance.random() < kept]
        evolve_all(new_meeting(walk.profile), some)


def a_consultation_shows_only_that_it_was(walk: Walk) -> None:
    """One entry before the end of every window of consensus and none elsewhere, whatever was raised."""
    put: dict[str, str] = {}
    expected: list[tuple[int, str]] = []
    for body in walk.bodies():
        for event in _events(body):
            if isinstance(event, e.QuestionPut):
                put[event.window] = event.way
            elif (
                isinstance(event, e.QuestionAgreed | e.QuestionSetAside)
                and put[event.window] == "consensus"
            ):
                expected.append((body.number - 1, event.window))
    consultations = [b for b in walk.bodies() if b.consultation is not None]
    assert [(b.number, b.consultation) for b in consultations] == expected
    assert all(body.visibility == "secretariat" for body in consultations)


def _events(body: Body) -> list[object]:
    return [event for deed in body.deeds for event in deed.events] if not body.consultation else []


def the_public_record_holds_and_keeps_what_is_confidential(walk: Walk) -> None:
    walk.desk.checkpoint(KEY)
    public = public_bundle(walk.profile, walk.minutes, KEY)
    verified = verify_bundle(public, key=LOG_KEY, profile=walk.profile)
    withheld = {body.number for body in walk.bodies() if body.visibility != "public"}
    assert set(verified.withheld) == withheld
    shown = "".join(
        entry.body.decode()
        for entry in walk.minutes.entries()
        if entry.body is not None and entry.number not in withheld
    )
    for act, mark in walk.marked:
        done = act.done if isinstance(act, a.EnterLate) else act
        public_by_right = mark in shown and not isinstance(done, NEVER_PUBLIC)
        assert public_by_right or mark.encode() not in public, act


def the_whole_record_is_decided_again(walk: Walk) -> None:
    bundle = full_bundle(walk.profile, walk.minutes, KEY)
    verified = verify_bundle(bundle, key=LOG_KEY, profile=walk.profile)
    assert verified.checked == len(walk.deeds())
    assert verified.not_checked == verified.withheld == ()
    assert verified.meeting == walk.meeting


# ---- the walks get somewhere ---------------------------------------------------------------------


@cache
def _everything_reached() -> tuple[Counter[str], Counter[str]]:
    walks = [a_known_walk(name, number) for name in PROFILES for number in range(KNOWN)]
    accepted: Counter[str] = sum((walk.accepted for walk in walks), Counter())
    reached: Counter[str] = sum((walk.reached for walk in walks), Counter())
    return accepted, reached


@pytest.mark.parametrize("name", a.ACTS)
def test_every_act_is_done_in_some_walk(name: str) -> None:
    assert _everything_reached()[0][name] > 0


DEEP = (
    "stage suspended", "stage closed", "window consensus returned", "window vote open", "silence open",
    "silence broken", "point of order", "appeal", "closed segment", "acting chair", "somebody speaks",
    "somebody left", "waived", "adjourning", "motions", "window with objections", "window with aside",
    "window with opinions", "window with by_telephone", "window with without", "document adopted",
    "document rejected", "document withdrawn",
)  # fmt: skip


@pytest.mark.parametrize("state", DEEP)
def test_the_walks_come_to_every_state(state: str) -> None:
    assert _everything_reached()[1][state] > 0
