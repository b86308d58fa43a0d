"""Scripts in every text of every act and event: they stay words, on pages and on the line."""

import json
from contextlib import suppress
from typing import get_args

import pytest
from tests.web.conftest import browser
from tests.web.meetings import GUEST, HOSTILE, SECRETARY, Held, head
from tests.web.test_pages import pages
from tests.web.typed import filled

from plenary.desk.codec import decode_body, encode
from plenary.feed.frames import entry_frame
from plenary.rules import acts as a
from plenary.rules.events import AnyEvent
from plenary.rules.names import SeatId
from plenary.rules.refusals import Refused
from plenary.web.event_phrases import event_line, event_passage

pytestmark = pytest.mark.slow

BREAKS_A_LINE = HOSTILE + "\n\nevent: hello\ndata: {}\n\n</script><!--"


@pytest.fixture(scope="session")
def typed(database) -> Held:
    """A meeting in which everybody tried every act with hostile words in every text."""
    meeting = Held("sco/typed", HOSTILE).convene().accredit().table("st-1", "st-2").open()
    meeting.talk().adopt("st-1")
    seats = (meeting.secretariat, meeting.presiding, *meeting.members()[:2], SeatId("KZ"), GUEST)
    last = (a.CloseMeeting, a.Convene, a.ReplaceHead, a.ExamineLetter, a.LeaveMeeting, a.Suspend)
    for kind in (each for each in a.ACTS.values() if each not in last):
        for words in (BREAKS_A_LINE, HOSTILE):
            act = filled(kind, words)
            for seat in seats:
                person = SECRETARY if seat == meeting.secretariat else head(seat)
                with suppress(Refused):
                    meeting.does(seat, act, person)
    return meeting


def test_many_kinds_of_acts_have_hostile_words_in_them(typed: Held) -> None:
    deeds = [
        deed
        for entry in typed.desk.minutes.entries()
        for deed in decode_body(entry.body or b"").deeds
    ]
    kinds = {type(deed.act).__name__ for deed in deeds if b"<script>" in encode(deed)}
    assert len(kinds) >= 12, kinds


def test_no_page_takes_what_was_typed_for_markup(typed: Held, desk) -> None:
    shown = 0
    member = browser(head(SeatId("KZ")))
    own = [(member, f"/meetings/{typed.origin}/{page}?seat=KZ") for page in ("room", "history/")]
    for client, path in [*pages(typed), *own]:
        answer = client.get(path)
        assert answer.status_code in (200, 404), path
        content = answer.content.decode()
        assert "<script>alert" not in content, path
        assert "</script><!--" not in content, path
        assert "49{% now" not in content, path
        shown += content.count("&lt;script&gt;alert(1)")
    assert shown > 100


def test_what_was_typed_stays_in_its_line_of_the_feed(typed: Held) -> None:
    broken = 0
    for entry in typed.desk.minutes.entries():
        frame = entry_frame(entry)
        for said in (frame.whole, frame.withheld):
            lines = said.decode().split("\n")
            assert [line.split(":", 1)[0] for line in lines] == ["id", "event", "data", "", ""]
            assert json.loads(lines[2].removeprefix("data: "))["number"] == entry.number
        broken += b"event: hello" in (entry.body or b"")
    assert broken >= 3


@pytest.mark.parametrize("kind", get_args(AnyEvent), ids=lambda kind: kind.__name__)
def test_no_event_makes_markup_of_its_words(kind, typed: Held) -> None:
    event = filled(kind, known=False)
    for language in ("en", "ru", "zh-hans"):
        for words in (event_line(event, typed.desk.meeting, language), event_passage(event)):
            assert not hasattr(words, "__html__"), "words that say they are safe are not escaped"
