"""What pages show and refuse: scripts stay words, individual states stay hidden, posts come from here."""

import hashlib
import re

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.at_the_desk import AtTheDesk
from tests.web.conftest import browser
from tests.web.meetings import GUEST, HOSTILE, SECRETARY, Held, account, head

from plenary.record import check_proof
from plenary.rules import acts as a
from plenary.rules.names import DocumentId
from plenary.store.access import entries_for
from plenary.store.settings import DATA
from plenary.web.forms import new_key

SECRETARIATS = (
    "",
    "roster/",
    "roster/import/",
    "seating/",
    "agenda/",
    "documents/",
    "documents/st-2/",
    "telephone/",
    "late/",
    "print/",
    "print/script/",
    "print/roll/",
    "print/documents/",
    "print/slips/",
)


def pages(held: Held) -> list[tuple[Client, str]]:
    """Every page of a meeting, with somebody who may see it."""
    at = f"/meetings/{held.origin}/"
    public = [
        (browser(), at + each)
        for each in ("", "documents/", "documents/st-1/", "history/", "projector")
    ]
    secretary = browser(SECRETARY)
    own = [(secretary, f"{at}secretariat/{each}") for each in SECRETARIATS]
    seats = [
        (secretary, f"{at}history/?seat={held.secretariat}"),
        (browser(head(held.presiding)), f"{at}room?seat={held.presiding}"),
    ]
    return [
        *public,
        *own,
        *seats,
        (secretary, "/"),
        (secretary, "/people/"),
        (secretary, "/accounts/"),
    ]


@pytest.fixture(scope="session")
def hostile(database) -> Held:
    meeting = Held("sco/hostile", HOSTILE)
    return (
        meeting.convene().accredit().table("st-1", "st-2").open().talk().adopt("st-1").checkpoint()
    )


def test_what_people_type_is_never_markup(hostile: Held, desk):
    seen = 0
    for client, path in pages(hostile):
        for language in ("en", "ru", "zh-hans"):
            content = client.get(path, {"language": language} | _query(path)).content.decode()
            assert "<script>alert" not in content, path
            assert '"><' + "script" not in content, path
            assert "49" + "{% now" not in content, path
            seen += "&lt;script&gt;alert(1)" in content
    assert seen > 40


def _query(path: str) -> dict[str, str]:
    return dict(re.findall(r"[?&](\w+)=([^&]*)", path))


def test_no_page_has_inline_script_or_style_or_another_origin(held: Held, desk):
    for client, path in [*pages(held), (browser(), "/accounts/login/"), (browser(), "/nothing")]:
        answer = client.get(path)
        content = answer.content.decode()
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        scripts = re.findall(r"<script\b[^>]*>", content)
        assert all(
            'src="/static/' in each or 'type="application/json"' in each for each in scripts
        ), path
        assert not re.search(r"<style|\sstyle=|\son\w+=", content), path
        assert not re.search(r'(?:src|href)="(?:https?:)?//', content), path


def test_pages_for_one_person_are_kept_by_no_cache(held: Held, desk):
    for client, path in pages(held):
        kept = client.get(path).headers["Cache-Control"]
        assert "no-store" in kept or "private" in kept, path


def test_the_public_page_does_not_show_who_raised_what(database, desk: AtTheDesk):
    meeting = Held("sco/window").convene().accredit().table("st-1", "st-2").open().adopt("st-2")
    window = meeting.put(a.Texts(documents=(DocumentId("st-1"),)))
    client = browser()
    before = _shown(client)
    meeting.acknowledge(window)
    who = meeting.members()[3]
    meeting.does(who, a.Object(window=window.id, reason="A secret reason"))
    meeting.does(
        meeting.members()[4],
        a.StandAside(window=window.id, scope=a.Scope(document=DocumentId("st-1"))),
    )
    assert _shown(client) == before
    assert (
        b"objects" in browser(SECRETARY).get("/meetings/sco/window/secretariat/telephone/").content
    )
    delegate = browser(head(meeting.members()[0])).get(
        f"/meetings/sco/window/history/?seat={meeting.members()[0]}"
    )
    assert b"A secret reason" not in delegate.content


def _shown(client: Client) -> list[bytes]:
    return [
        client.get(f"/meetings/sco/window/{each}").content
        for each in ("", "documents/", "history/", "projector")
    ]


def test_an_objection_that_was_lifted_is_on_no_public_page(held: Held, desk):
    client = browser()
    for each in ("", "documents/", "documents/st-1/", "history/"):
        assert b"business" not in client.get(f"/meetings/sco/held/{each}").content


def test_an_adopted_text_is_shown_with_its_proof(held: Held, desk):
    page = browser().get("/meetings/sco/held/documents/st-1/?in=en,ru").content.decode()
    assert "First of st-1 in en." in page
    assert "First of st-1 in ru." in page
    assert "An opinion" in page
    number = next(
        each.number
        for each in entries_for(held.desk.meeting, None, "sco/held")
        if each.body is not None and b'"document_adopted"' in each.body
    )
    assert f"entry {number} of the public record" in page


NUMBERED = {"en": ("No. 1", "No. 2"), "ru": ("№ 1", "№ 2"), "zh-hans": ("第1号", "第2号")}


def test_an_adopted_documents_symbol_reads_in_the_readers_language(database, desk):
    meeting = Held("sco/numbered").convene().accredit().table("d-1", "d-2", type="decision").open()
    meeting.adopt("d-1").adopt("d-2")
    at, reader, secretary = f"/meetings/{meeting.origin}/", browser(), browser(SECRETARY)
    lists = [(reader, each) for each in ("", "documents/", "history/")]
    lists += [(secretary, f"secretariat/{each}") for each in ("documents/", "print/documents/")]
    for language, symbols in NUMBERED.items():
        own = reader.get(f"{at}documents/d-2/?language={language}").content.decode()
        assert f'<dd class="num">{symbols[1]}</dd>' in own
        for client, path in lists:
            page = client.get(f"{at}{path}?language={language}").content.decode()
            assert all(symbol in page for symbol in symbols), (path, language)


@pytest.mark.parametrize(
    ("language", "several", "one"),
    [
        ("en", "Member states", "Guest"),
        ("ru", "Государства-члены", "Гость"),
        ("zh-hans", "成员国", "来宾"),
    ],
)
def test_a_heading_over_several_seats_is_in_the_plural(held: Held, desk, language, several, one):
    at = f"/meetings/{held.origin}/secretariat/seating/?language={language}"
    page = browser(SECRETARY).get(at).content.decode()
    headings = re.findall("<h2[^>]*>([^<]*)</h2>", page)
    assert several in headings
    assert one in headings, "one guest was invited"


def test_the_history_can_be_filtered(held: Held, desk):
    client = browser()
    floor = client.get("/meetings/sco/held/history/?kind=floor").content.decode()
    assert "Floor given" in floor
    assert "Meeting convened" not in floor
    document = client.get("/meetings/sco/held/history/?document=st-1").content.decode()
    assert "Adopted: Draft st-1" in document
    assert "Floor given" not in document
    seat = held.members()[0]
    assert "Floor given" in client.get(f"/meetings/sco/held/history/?of={seat}").content.decode()
    assert client.get("/meetings/sco/held/history/?page=99999999999&kind=x&of=y").status_code == 200


def test_a_proof_and_the_key_to_check_it_with_come_without_the_private_key(held: Held, desk):
    client, apart = browser(), DATA / "log.key.apart"
    (DATA / "log.key").rename(apart)
    try:
        answer = client.get("/meetings/sco/held/log.pub")
        proof = client.get("/meetings/sco/held/history/3.proof").content
        page = client.get("/meetings/sco/held/history/").content.decode()
    finally:
        apart.rename(DATA / "log.key")
    key = answer.content.decode("ascii").strip()
    assert key.startswith("sco/held+")
    assert check_proof(proof, key=key).entry.number == 3
    assert hashlib.sha256(answer.content).hexdigest() in page.replace(" ", "")
    assert "by another way" in page


def test_a_closed_meeting_leads_to_its_record_and_what_it_is_verified_with(database, desk):
    meeting = Held("sco/closed").convene().accredit().open()
    links = [
        f'href="/meetings/sco/closed/{each}"'
        for each in ("history/", "public.bundle", "history/#verifying", "log.pub")
    ]
    client = browser()
    before = client.get("/meetings/sco/closed/").content.decode()
    assert links[3] not in before
    meeting.does(meeting.presiding, a.CloseMeeting())
    meeting.checkpoint()
    after = client.get("/meetings/sco/closed/").content.decode()
    assert all(link in after for link in links)
    assert client.get("/meetings/sco/closed/log.pub").status_code == 200


def test_the_room_is_told_who_opens_it_and_in_which_language(held: Held, desk):
    seat = held.members()[0]
    page = (
        browser(head(seat)).get(f"/meetings/sco/held/room?seat={seat}&language=ru").content.decode()
    )
    for said in (
        'data-origin="sco/held"',
        f'data-seat="{seat}"',
        'data-kind="member"',
        'data-language="ru"',
    ):
        assert said in page
    projector = browser().get("/meetings/sco/held/projector").content.decode()
    assert 'data-seat=""' in projector
    assert 'data-kind="projector"' in projector


# ---- posts ---------------------------------------------------------------------------------------


POSTS = [
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/language/",
    "/accounts/sessions/end/",
    "/people/",
    "/people/stranger/invite/",
    "/meetings/convene/",
    *(
        f"/meetings/sco/held/secretariat/{each}"
        for each in (
            "roster/",
            "roster/import/",
            "agenda/",
            "documents/",
            "documents/st-2/",
            "telephone/",
            "late/",
        )
    ),
]


@pytest.mark.parametrize("path", POSTS)
def test_a_post_from_elsewhere_is_not_taken(path, held: Held, desk):
    size = held.desk.written
    client = browser(SECRETARY, enforce_csrf_checks=True)
    answer = client.post(path, {"do": "receive"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert b"Nothing was done" in answer.content
    assert desk.desk("sco/held").written == size


@pytest.mark.parametrize(
    "path",
    [each for each in POSTS if "secretariat" in each or "people" in each or "convene" in each],
)
def test_a_post_of_those_who_may_not_is_not_found(path, held: Held, desk):
    for person in (None, "stranger", head(held.presiding), head(held.members()[0]), head(GUEST)):
        assert browser(person).post(path, {"do": "receive"}).status_code == 404, person


def letter(person: str, **more: str) -> dict[str, str]:
    names = {f"name_{language}": "A Name to keep" for language in ("en", "ru", "zh-hans")}
    return {
        "do": "receive",
        "key": new_key(),
        "seat": "IN",
        "person": person,
        "role": "staff",
        "office": "",
        **names,
        **more,
    }


@pytest.fixture
def own(database, request) -> Held:
    """A meeting of the test's own."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[-60:]
    return Held(f"sco/{name.strip('-')}").convene()


def test_of_a_draft_under_consideration_the_public_reads_neither_title_nor_identifier(
    database, desk
):
    held = Held("sco/one-draft").convene().accredit().table("st-9").open()
    held.put(a.Texts(documents=(DocumentId("st-9"),)))
    for path in ("", "history/"):
        page = browser().get(f"/meetings/{held.origin}/{path}").content.decode()
        assert "a document" in page
        assert "st-9" not in page


def test_a_letter_is_received_and_its_person_enrolled(own: Held, desk):
    path = f"/meetings/{own.origin}/secretariat/roster/"
    assert browser(SECRETARY).post(path, letter("new-aide")).status_code == 302
    assert "new-aide" in desk.desk(own.origin).meeting.seats["IN"].letters
    examine = {
        "do": "examine",
        "key": new_key(),
        "seat": "IN",
        "person": "new-aide",
        "finding": "accepted",
        "note": "",
    }
    assert browser(SECRETARY).post(path, examine).status_code == 302
    room = browser("new-aide").get(f"/meetings/{own.origin}/room?seat=IN")
    assert room.status_code == 200
    assert b'data-kind="member"' in room.content


def test_a_letter_is_no_way_into_an_administrators_account(own: Held, desk):
    keeper = account("accredited-administrator", administrator=True)
    path, client = f"/meetings/{own.origin}/secretariat/roster/", browser(SECRETARY)
    invite = {"do": "invite", "seat": "IN", "person": keeper.identifier}
    assert client.post(path, letter(keeper.identifier)).status_code == 302
    assert client.post(path, invite).status_code == 404
    assert not keeper.invitations.exists()
    assert client.post(path, letter("nobody-special")).status_code == 302
    assert client.post(path, {**invite, "person": "nobody-special"}).status_code == 200


def test_the_acts_on_a_letter_are_shown_where_they_are_asked_for(own: Held, desk):
    path, client = f"/meetings/{own.origin}/secretariat/roster/", browser(SECRETARY)
    client.post(path, letter("asked-for"))
    address = f"{path}?do=acts&seat=IN&person=asked-for"
    assert 'value="examine"' not in client.get(path).content.decode()
    page = client.get(address).content.decode()
    assert page.count('name="finding"') == 1
    assert page.count('value="asked-for"') == 3  # examine, make head, invite
    refused = {"do": "replace", "key": new_key(), "seat": "IN", "person": "asked-for"}
    answer = client.post(path, {**refused, "note": "A ground to keep"})
    assert answer.status_code == 409
    assert 'value="A ground to keep"' in answer.content.decode()


def test_the_roster_asks_for_all_accounts_at_once(held: Held, desk):
    client, path = browser(SECRETARY), f"/meetings/{held.origin}/secretariat/roster/"
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    accounts = [each for each in asked.captured_queries if 'FROM "store_person"' in each["sql"]]
    assert len(accounts) == 2  # the reader's own, and those of the letters


def test_the_same_form_sent_twice_acts_once(own: Held, desk):
    path, form = f"/meetings/{own.origin}/secretariat/roster/", letter("sent-twice")
    client = browser(SECRETARY)
    assert client.post(path, form).status_code == 302
    size = desk.desk(own.origin).written
    assert client.post(path, form).status_code == 302
    assert desk.desk(own.origin).written == size


@pytest.mark.parametrize(
    ("language", "words"), [("en", "already"), ("ru", "уже поступило"), ("zh-hans", "已收到")]
)
def test_what_is_refused_comes_back_with_its_rule_and_what_was_typed(
    language, words, own: Held, desk
):
    path = f"/meetings/{own.origin}/secretariat/roster/?language={language}"
    client = browser(SECRETARY)
    client.post(path, letter("refused-one"))
    answer = client.post(path, letter("refused-one", signed_by="A minister to keep"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert words in page
    assert "A minister to keep" in page
    assert own.profile.rule("accreditation").texts[language][:20] in page


def test_a_document_is_tabled_amended_and_withdrawn(own: Held, desk):
    at = f"/meetings/{own.origin}/secretariat/documents/"
    client = browser(SECRETARY)
    titles = {f"title_{each}": "A new draft" for each in ("en", "ru", "zh-hans")}
    texts = {f"text_{each}": f"1. Text in {each}." for each in ("en", "ru", "zh-hans")}
    form = {
        "do": "table",
        "key": new_key(),
        "document": "new-1",
        "type": "statement",
        **titles,
        **texts,
    }
    assert client.post(at, form).status_code == 302
    meeting = desk.desk(own.origin).meeting
    assert meeting.documents[DocumentId("new-1")].version == 1
    amend = {
        "do": "amend",
        "key": new_key(),
        "ground": "A better word",
        **texts,
        "text_ru": "1. Другое.",
    }
    assert client.post(f"{at}new-1/", amend).status_code == 302
    assert desk.desk(own.origin).meeting.documents[DocumentId("new-1")].version == 2
    assert "Другое." in client.get(f"{at}new-1/").content.decode()
    assert (
        client.post(at, {"do": "list", "listed": ["new-1"], "place-new-1": "1"}).status_code == 302
    )
    assert client.post(f"{at}new-1/", {"do": "withdraw", "key": new_key()}).status_code == 302
    assert desk.desk(own.origin).meeting.documents[DocumentId("new-1")].stage == "withdrawn"


def test_a_text_from_a_file_stays_in_the_form_when_the_act_is_refused(own: Held, desk):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    at = f"/meetings/{own.origin}/secretariat/documents/"
    file = SimpleUploadedFile("text.md", b"1. Words from a file.", "text/markdown")
    form = {
        "do": "table",
        "key": new_key(),
        "document": "d",
        "type": "statement",
        "title_ru": "Только по-русски",
        "file_ru": file,
    }
    answer = browser(SECRETARY).post(at, form)
    assert "Words from a file." in answer.content.decode()
    assert not desk.desk(own.origin).meeting.documents


def test_the_agenda_is_prepared_and_nothing_typed_is_lost(own: Held, desk):
    at = f"/meetings/{own.origin}/secretariat/agenda/"
    client = browser(SECRETARY)
    half = {
        "id": ["1"],
        "title_en": ["An item to keep"],
        "title_ru": [""],
        "title_zh-hans": ["项目"],
        "documents": ["st-9"],
    }
    answer = client.post(at, half)
    assert answer.status_code == 422
    assert "An item to keep" in answer.content.decode()
    whole = {**half, "title_ru": ["Пункт"], "documents": [""]}
    assert client.post(at, whole).status_code == 302
    assert "An item to keep" in client.get(at).content.decode()


def test_a_confirmation_by_telephone_is_entered_for_the_open_window(database, desk: AtTheDesk):
    meeting = Held("sco/telephone").convene().accredit().table("st-1").open()
    meeting.put(a.Texts(documents=(DocumentId("st-1"),)))
    desk.connected = meeting.connected
    seat = meeting.members()[2]
    path = "/meetings/sco/telephone/secretariat/telephone/"
    form = {"key": new_key(), "seat": seat, "person": head(seat), "read": "1"}
    assert browser(SECRETARY).post(path, {**form, "read": ""}).status_code == 200
    assert browser(SECRETARY).post(path, form).status_code == 302
    window = desk.desk("sco/telephone").meeting.window
    assert window is not None
    assert seat in window.by_telephone


def test_an_act_on_paper_is_entered_late(database, desk: AtTheDesk):
    meeting = Held("sco/late").convene().accredit().open()
    desk.connected = meeting.connected
    seat = meeting.members()[0]
    path = "/meetings/sco/late/secretariat/late/"
    form = {
        "key": new_key(),
        "seat": seat,
        "person": head(seat),
        "act": "ask_for_the_floor",
        "done_at": "2020-11-10T09:30:00",
        "ground": "The network failed",
        "text": "",
    }
    answer = browser(SECRETARY).post(path, form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    waiting = desk.desk("sco/late").meeting.floor.waiting
    assert [each.seat for each in waiting] == [seat]
    missing = {**form, "act": "sign", "key": new_key()}
    assert browser(SECRETARY).post(path, missing).status_code == 200


def test_a_meeting_is_convened_by_those_who_keep_the_registry(database, desk: AtTheDesk):
    texts = {
        f"{name}_{language}": f"{name} in {language}"
        for name in ("title", "place")
        for language in ("en", "ru", "zh-hans")
    }
    form = {
        "key": new_key(),
        "profile": "sco",
        "body": "chs",
        "name": "convened-here",
        "date": "2026-11-24",
        "form": "in_person",
        "secretariat": "",
        **texts,
    }
    assert browser("administrator").post("/meetings/convene/", form).status_code == 302
    page = browser().get("/meetings/sco/convened-here/").content.decode()
    assert "title in en" in page
    again = browser("administrator").post("/meetings/convene/", {**form, "key": new_key()})
    assert b"already" in again.content


def test_the_live_process_that_does_not_answer_is_no_act_kept_for_later(own: Held, database):
    from plenary.web.acts_client import NotReachedError, bring_acts_to  # noqa: PLC0415

    class Nowhere:
        def perform(self, *_: object, **__: object) -> None:
            raise NotReachedError("gone")

    bring_acts_to(Nowhere())  # type: ignore[arg-type]
    answer = browser(SECRETARY).post(
        f"/meetings/{own.origin}/secretariat/roster/", letter("lost-one")
    )
    assert answer.status_code == 503
    assert b"Nothing was kept for later" in answer.content


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Something failed"), ("ru", "Произошел сбой"), ("zh-hans", "发生故障")],
)
def test_a_failing_database_is_said_on_a_page_that_does_not_need_it(
    language, said, held: Held, desk
):
    def fails(*_: object) -> None:
        raise OperationalError("the database is away")

    client = browser(SECRETARY, raise_request_exception=False)
    client.cookies["plenary_language"] = language
    for path in ("/", "/accounts/", f"/meetings/{held.origin}/secretariat/roster/"):
        with connection.execute_wrapper(fails):
            answer = client.get(path)
        assert answer.status_code == 500
        assert said in answer.content.decode()
        assert answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
