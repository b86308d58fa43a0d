"""A meeting is convened from a summit folder: shown first, done once, and nothing hostile is unpacked."""

import io
import re
import stat
import zipfile
from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cli.rehearsals import SMALL
from tests.web.at_the_desk import AtTheDesk
from tests.web.conftest import browser
from tests.web.meetings import account

from plenary.rules.names import PersonId
from plenary.store.access import origins, script_for
from plenary.store.models import Person
from plenary.web.acts_client import Done, NotReachedError, bring_acts_to
from plenary.web.reading import sitting
from plenary.web.secretariat.unpacking import MOST_FILES, MOST_OF_ONE, MOST_ZIPPED, unpack

AT = "/meetings/convene/folder/"


def packed(files: Mapping[str, str | bytes], *, within: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(within + name, content)
    return written.getvalue()


def sent(data: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile("summit.zip", data, "application/zip"), "summit": ""}


def hidden(page: str) -> dict[str, str]:
    """What the preview's form sends along."""
    named = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in named if name != "csrfmiddlewaretoken"}


def previewed(data: bytes) -> tuple[dict[str, str], str]:
    answer = browser("administrator").post(AT, sent(data))
    page = answer.content.decode()
    assert answer.status_code == 200, page
    return hidden(page), page


def test_the_preview_shows_everything_and_does_nothing(database, desk: AtTheDesk):
    account("administrator", administrator=True)
    used = account("chair")
    before, people = origins(), Person.objects.count()
    form, page = previewed(packed({**SMALL}, within="a folder/"))
    for said in ("Small", "Coordinator of India", "IN-head", "One", "Text", "sco/", "accepted"):
        assert said in page
    assert f"is in use already: {used.identifier}, {used.email}" in page
    assert form["zipped"]
    assert origins() == before
    assert Person.objects.count() == people


def test_a_meeting_is_convened_accredited_and_prepared(database, desk: AtTheDesk):
    form, _ = previewed(packed({**SMALL}))
    given = {**form, "name": "from-a-folder", "do": "convene"}
    answer = browser("administrator").post(AT, given)
    assert answer.status_code == 302, answer.content.decode()
    assert answer.headers["Location"] == "/meetings/sco/from-a-folder/secretariat/"
    found = sitting("sco/from-a-folder")
    assert found.whole.seats[next(iter(found.whole.seats))].letters
    assert found.secretariat_seat(PersonId("administrator"))
    assert found.secretariat_seat(PersonId("clerk"))
    document = found.whole.documents[next(iter(found.whole.documents))]
    for language in document.texts:
        assert found.text(found.secretariat_seat(PersonId("clerk")), document.id, language)
    assert {"clerk", "IN-head"} <= set(Person.objects.values_list("identifier", flat=True))
    script = script_for(found.whole, found.secretariat_seat(PersonId("clerk")), "sco/from-a-folder")
    assert script is not None
    assert b'"open_meeting"' in script
    agenda = browser("administrator").get("/meetings/sco/from-a-folder/secretariat/agenda/")
    assert "One" in agenda.content.decode()
    again = browser("administrator").post(AT, {**given, "key": "another"})
    assert again.status_code == 422
    assert b"of that name already" in again.content


def test_every_fault_is_named_by_file_and_key_and_keeps_everything_from_being_done(
    database, desk: AtTheDesk
):
    before = origins()
    faulty = {
        **SMALL,
        "roster.toml": SMALL["roster.toml"].replace('role = "head"', 'role = "king"', 1),
        "summit.toml": SMALL["summit.toml"].replace('profile = "sco"', 'profile = "/etc"'),
    }
    del faulty["agenda.toml"]
    answer = browser("administrator").post(AT, {**sent(packed(faulty)), "do": "convene"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "agenda.toml" in page
    assert "one that comes with Plenary: sco, un-ga" in page
    assert "/tmp" not in page
    good = {**faulty, "summit.toml": SMALL["summit.toml"]}
    page = browser("administrator").post(AT, sent(packed(good))).content.decode()
    assert "people 1 (chair): role" in page
    assert "agenda.toml" in page
    assert origins() == before


@pytest.mark.parametrize(("language", "mend"), [("ru", "Исправьте"), ("zh-hans", "请改正")])
def test_a_fault_is_told_in_the_readers_language_and_what_is_english_is_marked(
    language, mend, database, desk: AtTheDesk
):
    client, at = browser("administrator"), f"{AT}?language={language}"
    of_the_files = client.post(at, sent(packed({"summit.toml": "x"}))).content.decode()
    assert mend in of_the_files
    assert 'lang="en" dir="ltr">expected' in of_the_files
    assert "(the whole file)" not in of_the_files
    of_the_zip = client.post(at, sent(b"no zip file")).content.decode()
    assert mend in of_the_zip
    assert "expected" not in of_the_zip


def test_the_summits_that_come_with_plenary_can_be_chosen(database, desk: AtTheDesk):
    client = browser("administrator")
    assert "moscow-2020" in client.get("/meetings/convene/").content.decode()
    page = client.post(AT, {"summit": "moscow-2020"}).content.decode()
    assert "Vladimir Putin" in page
    assert 'value="chs-2020-11-10"' in page
    assert "What will not be done" not in page
    assembly = client.post(AT, {"summit": "un-ga-sitting"}).content.decode()
    assert "What will not be done" in assembly  # there the delegations table, not the secretariat
    assert "documents.toml: documents (draft-1)" in assembly


def test_nothing_is_lost_or_done_twice_when_the_live_process_goes_away(database, desk: AtTheDesk):
    class Failing(AtTheDesk):
        left = 7

        def perform(self, *given: object, **named: object) -> Done:
            if not self.left:
                raise NotReachedError("gone")
            self.left -= 1
            return super().perform(*given, **named)  # type: ignore[arg-type]

    bring_acts_to(Failing())
    form, _ = previewed(packed({**SMALL}))
    given = {**form, "name": "interrupted", "do": "convene"}
    answer = browser("administrator").post(AT, given)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "7 of" in page
    assert len(sitting("sco/interrupted").entries) == 7
    bring_acts_to(desk)
    on = {**hidden(page), "name": "interrupted", "do": "convene"}
    assert on["zipped"] == form["zipped"]
    assert browser("administrator").post(AT, on).status_code == 302
    bodies = [entry.body for entry in sitting("sco/interrupted").entries]
    assert len(bodies) == len(set(bodies))
    whole = sitting("sco/interrupted").whole
    assert sum(len(seat.letters) for seat in whole.seats.values()) == 12
    assert len(whole.documents) == 1


def link(name: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as zipped:
        part = zipfile.ZipInfo(name)
        part.external_attr = (stat.S_IFLNK | 0o777) << 16
        zipped.writestr(part, "/etc/passwd")
    return written.getvalue()


def encrypted() -> bytes:
    data = bytearray(packed({"summit.toml": "x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


HOSTILE = {
    "up": (packed({"../summit.toml": "x"}), "within the folder"),
    "up-in-the-middle": (packed({"documents/../../x.en.md": "x"}), "within the folder"),
    "absolute": (packed({"/etc/summit.toml": "x"}), "within the folder"),
    "drive": (packed({"c:/summit.toml": "x"}), "within the folder"),
    "backslash": (packed({"documents\\x.en.md": "x"}), "within the folder"),
    "link": (link("summit.toml"), "no link"),
    "bomb": (packed({"summit.toml": b"0" * (MOST_OF_ONE + 1)}), "expected at most"),
    "bombs": (
        packed({f"documents/d{n}.en.md": b"0" * MOST_OF_ONE for n in range(11)}),
        "in all files",
    ),
    "many": (packed({f"{n}": "" for n in range(MOST_FILES + 1)}), "files"),
    "encrypted": (encrypted(), "not encrypted"),
    "long": (b"PK" + bytes(MOST_ZIPPED), "bytes"),
    "none": (b"", "Choose a zip file"),
    "cut": (packed({**SMALL})[:-30], "can be read"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_zip_file_is_a_fault_and_leaves_nothing_outside(
    name, tmp_path, database, desk: AtTheDesk
):
    data, fault = HOSTILE[name]
    folder = tmp_path / "one" / "two"
    folder.mkdir(parents=True)
    faults = unpack(data, folder)
    assert fault in " ".join(map(str, faults))
    outside = [path for path in tmp_path.rglob("*") if folder not in path.parents]
    assert sorted(outside) == [tmp_path / "one", folder]
    assert not any(path.is_symlink() for path in folder.rglob("*"))
    assert sum(path.stat().st_size for path in folder.rglob("*")) < 25_000_000
    answer = browser("administrator").post(AT, sent(data))
    assert answer.status_code == 422


def test_what_a_summit_folder_does_not_have_is_not_unpacked(tmp_path):
    more = {
        **SMALL,
        "run.sh": "x",
        "documents/a/b.en.md": "x",
        "profiles/sco/organisation.toml": "x",
    }
    assert unpack(packed(more), tmp_path) == []
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert written == set(SMALL)
