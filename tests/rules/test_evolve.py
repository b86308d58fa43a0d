"""Applying events: it never refuses and never fails, whatever was withheld before."""

from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace
from tests.rules.room import (
    CHAIR,
    Room,
    Some,
    convened,
    head,
    opened,
    package,
    sco,
    sha,
    sitting,
    text,
)

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.events import AnyEvent
from plenary.rules.evolve import evolve, evolve_all
from plenary.rules.meeting import DocumentStage, Meeting, new_meeting
from plenary.rules.names import DocumentId, Moment, MotionId, SeatId, Text, WindowId

VALUES: dict[str, Any] = {
    "body": "chs",
    "date": "2020-11-10",
    "date | None": None,
    "form": a.Form.HYBRID,
    "delivery": a.Delivery.LIVE,
    "role": a.Role.HEAD,
    "finding": a.Finding.ACCEPTED,
    "format": "narrow",
    "takes_effect": a.TakesEffect.ON_CLOSING,
    "means": a.SignatureMeans.ELECTRONIC,
    "vote": a.Vote.YES,
    "subject": package("nowhere"),
    "way": "consensus",
    "decision": "consensus",
    "done_by": CHAIR,
    "scope": a.Scope(document=DocumentId("nowhere")),
    "annotation": e.Annotation(
        seat=SeatId("nobody"), scope=a.Scope(document=DocumentId("nowhere"))
    ),
    "count": e.Count(present=0),
    "tally": e.Tally(yes=0, no=0, abstaining=0, not_voting=0),
    "what": "opinion",
    "items": (),
    "documents": (),
    "order": (SeatId("nobody"),),
    "present": (SeatId("nobody"),),
    "electorate": (SeatId("nobody"),),
    "texts": {"ru": sha("x")},
    "secretariat": {},
    "kind": "opinion",
}


def out_of_nowhere(kind: type[Some]) -> Some:
    """An event of that kind about seats, documents and windows nobody ever heard of."""
    values = {
        field.name: _some(field)
        for field in msgspec.structs.fields(kind)
        if field.required or field.name in {"reply_to", "motion", "rotation"}
    }
    if kind is e.RollCalled:
        values["present"] = (e.Present(seat=SeatId("nobody")),)
    return kind(**values)


def _some(field: msgspec.structs.FieldInfo) -> Any:
    if field.name in VALUES:
        return VALUES[field.name]
    if field.type is bool:
        return True
    if field.type in (int, Moment):
        return 1
    if field.type == Text:
        return text("x")
    return "nowhere"


def states() -> Iterator[tuple[str, Meeting]]:
    yield "before entry 0", new_meeting(sco())
    yield "convened", convened(sco()).meeting
    yield "open", opened(sco()).meeting
    busy = sitting(sco())
    busy.listed("d1", "d2")
    busy.put_texts("d2", expires=busy.now + 259_200_000)
    busy.do(head("KZ"), a.AskForTheFloor())
    busy.put_texts("d1")
    yield "in a window", busy.meeting


@pytest.mark.parametrize("kind", get_args(AnyEvent), ids=lambda kind: kind.__name__)
def test_no_event_fails_whatever_went_before(kind: type[AnyEvent]) -> None:
    event = out_of_nowhere(kind)
    for name, meeting in states():
        after = evolve(meeting, event)
        assert isinstance(after, Meeting), name
        assert isinstance(evolve(after, event), Meeting), "nor twice"


def test_all_events_out_of_nowhere_one_after_another_do_not_fail() -> None:
    events = [out_of_nowhere(kind) for kind in get_args(AnyEvent)]
    for _, meeting in states():
        evolve_all(evolve_all(meeting, events), reversed(events))


def test_a_day_there_is_not_seats_the_parties_of_the_profile() -> None:
    event = replace(out_of_nowhere(e.Convened), date="2020-13-45")
    assert SeatId("KZ") in evolve(new_meeting(sco()), event).seats


def test_an_adopted_text_is_known_from_its_adoption_alone() -> None:
    """The public does not see the tabling; what is adopted it sees whole."""
    room = sitting(sco())
    room.listed("d1")
    adopted = room.agree(package("d1"))[1]
    public = evolve(sitting(sco()).meeting, adopted)
    assert public.documents[DocumentId("d1")].symbols == room.document("d1").symbols


def test_a_tie_on_a_text_nobody_knows_is_remembered_nowhere() -> None:
    room = sitting(sco())
    put = out_of_nowhere(e.QuestionPut)
    tied = replace(out_of_nowhere(e.VoteDeclared), window=put.window, tied=True)
    assert evolve_all(room.meeting, [put, tied]).documents == {}


def test_a_speech_whose_request_was_withheld_is_known_from_the_floor() -> None:
    given = replace(out_of_nowhere(e.FloorGiven), seat=SeatId("KZ"), reply_to=SeatId("IN"))
    ended = replace(out_of_nowhere(e.FloorEnded), seat=SeatId("KZ"))
    floor = evolve_all(sitting(sco()).meeting, [given, ended]).floor
    assert floor.spoken == {SeatId("KZ")}
    assert floor.replies == {SeatId("KZ"): 1}


def test_an_acting_chair_of_a_seat_nobody_knows_is_no_chair() -> None:
    room = sitting(sco())
    after = evolve(room.meeting, out_of_nowhere(e.ActingChairInstalled))
    assert after.head_of(after.presiding()) == "head-presiding"


def test_opinions_of_others_survive_taking_back_ones_own() -> None:
    room: Room = sitting(sco())
    room.listed("d1")
    window: WindowId = room.put_texts("d1")
    scope = a.Scope(document=DocumentId("d1"))
    for seat in ("IN", "KZ"):
        room.do(
            head(seat),
            a.PlaceOpinion(window=window, kind=a.OpinionKind.OPINION, scope=scope, text=seat),
        )
    room.do(head("IN"), a.TakeBack(window=window, what="opinion", scope=scope))
    assert [opinion.seat for opinion in room.window.opinions] == ["KZ"]


def test_a_motion_spoken_on_changes_no_other() -> None:
    moved = replace(out_of_nowhere(e.MotionMoved), motion=MotionId("m1"), kind="suspend")
    spoken = replace(out_of_nowhere(e.SpokenOnMotion), motion=MotionId("m2"))
    (motion,) = evolve_all(sitting(sco()).meeting, [moved, spoken]).motions
    assert (motion.spoken_for, motion.spoken_against) == (0, 0)


def test_a_finding_on_a_letter_nobody_saw_changes_no_seat() -> None:
    found = replace(out_of_nowhere(e.LetterExamined), seat=SeatId("KZ"))
    before = sitting(sco()).meeting
    assert evolve(before, found).seats == before.seats


def test_a_window_that_ends_takes_nothing_back_from_the_table() -> None:
    room = sitting(sco())
    room.listed("d1", "d2")
    window = room.put_texts("d1", "d2")
    withdrawn = e.DocumentWithdrawn(document=DocumentId("d1"))
    ended = replace(out_of_nowhere(e.QuestionSetAside), window=window)
    after = evolve_all(room.meeting, [withdrawn, ended])
    assert after.documents[DocumentId("d1")].stage is DocumentStage.WITHDRAWN
    assert after.documents[DocumentId("d2")].stage is DocumentStage.TABLED
