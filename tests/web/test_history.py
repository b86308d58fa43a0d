"""The history: every entry as its reader may have it, each deed of a consultation with who did it and when."""

import re

import pytest
from tests.web.conftest import browser
from tests.web.meetings import SECRETARY, Held, head

from plenary.rules import acts as a
from plenary.rules.names import DocumentId
from plenary.web.naming import Naming
from plenary.web.reading import Reading, sitting

ENTRY = re.compile(r'<li id="e(\d+)">.*?(?=<li id="e|<li class="run"|</ol>)', re.DOTALL)


@pytest.fixture(scope="module")
def raised(database) -> Held:
    """Two texts are agreed: on the first a member objects and lifts it, on the second nothing is raised."""
    held = Held("sco/raised").convene().accredit().table("d-1", "d-2", type="decision").open()
    window = held.put(a.Texts(documents=(DocumentId("d-1"),)))
    objecting = held.members()[0]
    held.does(objecting, a.Object(window=window.id, reason="Paragraph 4 is new"))
    held.does(objecting, a.LiftObjection(window=window.id))
    held.acknowledge(window)
    held.declare(window)
    return held.adopt("d-2")


def shown(held: Held, seat: str | None, **query: str) -> str:
    client = browser() if seat is None else browser(SECRETARY)
    asked = query if seat is None else {"seat": seat} | query
    return client.get(f"/meetings/{held.origin}/history/", asked).content.decode()


def consultations(held: Held) -> list[Reading]:
    found = sitting(held.origin).read_by(held.secretariat)
    return [each for each in found if each.body and each.body.consultation is not None]


def test_each_deed_of_a_consultation_goes_with_who_did_it_and_when(raised: Held, desk):
    consultation = consultations(raised)[-2]
    entries = {
        int(found[1]): found[0] for found in ENTRY.finditer(shown(raised, raised.secretariat))
    }
    told = entries[consultation.entry.number]
    assert "Consultation" in told
    assert "Paragraph 4 is new" in told
    assert told.count('<p class="when">') == len(consultation.deeds) > 2
    objecting = Naming(raised.profile, "en", sitting(raised.origin).whole).seat(raised.members()[0])
    by = re.findall(r'<p class="when"><time datetime="([^"]+)">.*?</time> · ([^·<]+) ·', told)
    assert [who for _, who in by].count(objecting) >= 2
    assert len(by) == len(consultation.deeds)


def test_a_consultation_in_which_nothing_was_raised_is_told(database, desk):
    held = Held("sco/silent").convene().accredit().table("d-1", type="decision").open()
    window = held.put(a.Texts(documents=(DocumentId("d-1"),)))
    held.does(held.presiding, a.SetAside(window=window.id))
    silent = consultations(held)[-1]
    assert silent.deeds == ()
    page = shown(held, held.secretariat)
    entries = {int(found[1]): found[0] for found in ENTRY.finditer(page)}
    assert "Nothing was raised." in entries[silent.entry.number]


def test_entries_shown_are_those_that_can_be_read(raised: Held, desk):
    readable = sum(each.body is not None for each in sitting(raised.origin).read_by(None))
    whole = len(sitting(raised.origin).entries)
    assert readable < whole
    page = shown(raised, None)
    assert f"{readable} entries shown" in page
    assert f"{whole - readable} entries are withheld" in page
    assert head(raised.members()[0]) not in page
    assert f"{whole} entries shown" in shown(raised, raised.secretariat)


def test_whoever_has_a_seat_is_led_to_what_it_may_read(raised: Held, desk):
    member = raised.members()[1]
    page = browser(head(member)).get(f"/meetings/{raised.origin}/history/").content.decode()
    assert f'<a href="?seat={member}">Read it from the seat: ' in page
    assert "Read it from the seat" not in shown(raised, None)
    assert "Read it from the seat" not in shown(raised, raised.secretariat)
