"""A roster from a file: every fault is named with its row, and nothing is lost."""

import pytest
from tests.web.conftest import browser
from tests.web.meetings import SECRETARY, Held, account

from plenary.rules.names import PersonId
from plenary.store.models import Person
from plenary.web.forms import new_key

HEAD = "seat,person,name_en,name_ru,name_zh-hans,role,office,title_en,title_ru,title_zh-hans,signed_by,finding"
GOOD = "IN,modi,Modi,Моди,莫迪,head,prime-minister,,,,note verbale,accepted"


@pytest.fixture(scope="module")
def meeting(database) -> Held:
    return Held("sco/from-a-file").convene()


def post(meeting: Held, text: str, do: str = "preview") -> str:
    path = f"/meetings/{meeting.origin}/secretariat/roster/import/"
    answer = browser(SECRETARY).post(path, {"text": text, "do": do, "key": new_key()})
    return answer.content.decode() if answer.status_code != 302 else "entered"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("XX,a-person,A,А,甲,head,,,,,,", "no such seat"),
        ("IN,A Person,A,А,甲,head,,,,,,", "small letters"),
        ("IN,a-person,A,А,甲,boss,,,,,,", "head”"),
        ("IN,a-person,A,А,甲,head,,,,,,perhaps", "accepted”"),
        ("IN,a-person,A,,甲,head,,,,,,", "Русский"),
        ("IN,a-person,A,А,甲,head,emperor,,,,,", "emperor"),
        ("IN,a-person,A,А,甲,head,,,,,,,,surplus", "more cells"),
        ("IN,a-person,A\u202e,А,甲,head,,,,,,", "not allowed"),
        (f"IN,a-person,{'A' * 501},А,甲,head,,,,,,", "too long"),
        (GOOD + "\n" + GOOD, "twice"),
    ],
)
def test_a_fault_is_named_in_the_preview(row, fault, meeting: Held, desk):
    page = post(meeting, f"{HEAD}\n{row}")
    assert fault in page
    assert "Nothing has been entered yet" in page


def test_a_file_without_its_columns_or_that_is_none_is_said_to_be(meeting: Held, desk):
    assert "columns are missing" in post(meeting, "a,b,c\n1,2,3")
    assert "cannot be read" in post(meeting, HEAD + '\n"unended')


def test_a_preview_enters_nothing(meeting: Held, desk):
    size = desk.desk(meeting.origin).written
    assert "can be entered" in post(meeting, f"{HEAD}\n{GOOD}")
    assert desk.desk(meeting.origin).written == size


def test_whose_account_an_identifier_names_is_read_before_the_rows_are_entered(meeting: Held, desk):
    used = account("used-by-somebody")
    idle = Person.objects.enrol(PersonId("nobody-yet"), {"en": "Nobody"}, email="n@example.org")
    row = "IN,{},A,А,甲,staff,,,,,,accepted"
    known = post(
        meeting, "\n".join([HEAD, row.format(used.identifier), row.format(idle.identifier)])
    )
    assert f"is in use already: {used.identifier}, {used.email}" in known
    assert f"is not yet in use: Nobody, {idle.email}" in known
    assert "in use" not in post(meeting, f"{HEAD}\n{row.format('not-enrolled')}")


def test_good_rows_are_entered_and_faulty_ones_stay_in_the_form(meeting: Held, desk):
    bad = "XX,nobody,Nobody,Никто,无,head,,,,,,"
    page = post(meeting, f"{HEAD}\n{GOOD}\n{bad}", "import")
    letters = desk.desk(meeting.origin).meeting.seats["IN"].letters
    assert "modi" in letters
    assert desk.desk(meeting.origin).meeting.seats["IN"].head == "modi"
    assert "XX,nobody,Nobody,Никто,无,head" in page
    assert GOOD not in page
    assert post(meeting, f"{HEAD}\n{GOOD.replace('IN,modi', 'IN,second')}", "import") == "entered"


def test_a_semicolon_and_a_byte_order_mark_are_understood(meeting: Held, desk):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    text = f"\ufeff{HEAD}\r\n{GOOD.replace('modi', 'third', 1)}\r\n".replace(",", ";")
    file = SimpleUploadedFile("roster.csv", text.encode(), "text/csv")
    path = f"/meetings/{meeting.origin}/secretariat/roster/import/"
    answer = browser(SECRETARY).post(path, {"file": file, "do": "preview"})
    assert "can be entered" in answer.content.decode()
