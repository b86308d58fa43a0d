"""Whose hands an invitation's link comes into: nobody is given the account of another by it."""

import re
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client, override_settings
from tests.web.conftest import browser
from tests.web.meetings import PASSWORD, SECRETARY, Held, account, in_three

from plenary.rules import acts as a
from plenary.rules.names import PersonId, SeatId
from plenary.store import models
from plenary.web.accounts import invitations
from plenary.web.forms import new_key

LINK = re.compile(r"/accounts/invitation/\w+/")
CHOSEN = {"password": "several good words", "again": "several good words"}
MEMBER = SeatId("IN")


@pytest.fixture
def postbox() -> Iterator[list[mail.EmailMessage]]:
    """What is mailed while the test runs."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail.outbox


@pytest.fixture
def named(request) -> str:
    return re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[-50:].strip("-")


@pytest.fixture
def own(database, desk, named) -> Held:
    """A meeting that ``of_own`` serves, who serves no other one; SECRETARY serves all."""
    meeting = Held(f"sco/{named}").convene()
    accredit(meeting, meeting.secretariat, of_own(meeting), a.Role.STAFF)
    return meeting


@pytest.fixture
def elsewhere(database, named) -> Held:
    """A meeting that only SECRETARY serves."""
    return Held(f"sco/{named}-elsewhere").convene()


def of_own(meeting: Held) -> str:
    return f"keeps-{meeting.origin.partition('/')[2]}"


def accredit(meeting: Held, seat: SeatId, person: str, role: a.Role = a.Role.HEAD) -> None:
    """Enter an accepted letter for *person*."""
    who = PersonId(person)
    letter = a.ReceiveLetter(seat=seat, person=who, names=in_three(person), role=role)
    meeting.serves(letter)
    meeting.serves(a.ExamineLetter(seat=seat, person=who, finding=a.Finding.ACCEPTED))


def new_person(identifier: str, *, email: bool = True) -> models.Person:
    """Somebody whose account nobody has taken into use."""
    address = f"{identifier}@example.org" if email else None
    return models.Person.objects.enrol(PersonId(identifier), {"en": identifier}, email=address)


def invite(client: Client, meeting: Held, person: str, expected: int = 200) -> str:
    """Invite from the accreditation of *meeting* and from the list of people; returns both pages."""
    pages = ""
    roster = f"/meetings/{meeting.origin}/secretariat/roster/"
    asked = {"do": "invite", "seat": MEMBER, "person": person}
    for path, form in ((roster, asked), (f"/people/{person}/invite/", {})):
        answer = client.post(path, form)
        assert answer.status_code == expected
        pages += answer.content.decode()
    return pages


def test_a_secretariat_hands_over_the_link_of_an_account_nobody_has_used(own, named, postbox):
    person = new_person(f"p-{named}")
    accredit(own, MEMBER, person.identifier)
    shown = LINK.findall(invite(browser(of_own(own)), own, person.identifier))
    assert len(shown) == 2
    assert [shown[n] in letter.body for n, letter in enumerate(postbox)] == [True, True]
    assert browser().post(shown[1], CHOSEN).status_code == 302


def test_the_link_of_an_account_in_use_goes_to_its_person_alone(own, named, postbox):
    person = account(f"p-{named}")
    accredit(own, MEMBER, person.identifier)
    page = invite(browser(of_own(own)), own, person.identifier)
    assert not LINK.search(page)
    assert page.count(f"The link was sent to {person.email}") == 2
    assert page.count("This account is in use") == 2
    sent = postbox[-1]
    assert sent.to == [person.email]
    assert "a new password for your account" in sent.body
    assert "until you use it, nothing changes" in sent.body
    mailed = LINK.search(sent.body)
    assert mailed is not None
    assert "Choose a new password" in browser().get(mailed.group()).content.decode()


@pytest.mark.enable_socket
@override_settings(
    EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=1,  # nobody listens there
)
def test_a_letter_that_the_mail_server_does_not_take_is_said_to_be_unsent(own, named):
    person = account(f"p-{named}")
    accredit(own, MEMBER, person.identifier)
    page = invite(browser(of_own(own)), own, person.identifier, expected=503)
    assert page.count(f"The letter to {person.email} could not be sent") == 2
    assert "The link was sent" not in page
    assert page.count("Earlier links of this person no longer work.") == 2
    assert not LINK.search(page)


def test_an_account_in_use_without_an_address_is_left_to_administrators(own, named, postbox):
    person = account(f"p-{named}")
    models.Person.objects.filter(pk=person.pk).update(email=None)
    accredit(own, MEMBER, person.identifier)
    by_an_administrator = invitations.invite(person, None)
    page = invite(browser(of_own(own)), own, person.identifier, expected=409)
    assert not LINK.search(page)
    assert page.count("No link was made") == page.count("Ask an administrator") == 2
    assert postbox == []
    assert browser().get(f"/accounts/invitation/{by_an_administrator}/").status_code == 200


def test_an_account_with_a_passkey_alone_is_in_use(own, named, postbox):
    person = new_person(f"p-{named}")
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "A"})
    accredit(own, MEMBER, person.identifier)
    client = browser(of_own(own))
    assert not LINK.search(invite(client, own, person.identifier))
    assert len(postbox) == 2
    roster = f"/meetings/{own.origin}/secretariat/roster/"
    for page in (
        f"{roster}?do=acts&seat={MEMBER}&person={person.identifier}",
        f"/people/?q={named}",
    ):
        shown = client.get(page).content.decode()
        assert person.identifier in shown
        assert "not yet in use" not in shown
    Authenticator.objects.filter(user=person).delete()
    for page in (roster, f"/people/?q={named}"):
        assert "account not yet in use" in client.get(page).content.decode()


def test_a_letter_of_ones_own_is_no_way_into_a_seat_of_anothers_meeting(
    own, elsewhere, named, postbox
):
    person = new_person(f"p-{named}")
    accredit(elsewhere, MEMBER, person.identifier)
    accredit(own, MEMBER, person.identifier)
    page = invite(browser(of_own(own)), own, person.identifier)
    assert not LINK.search(page)
    assert page.count("a meeting that you do not serve") == 2
    assert "invites you to Plenary" in postbox[-1].body
    assert LINK.search(invite(browser(SECRETARY), elsewhere, person.identifier))


def test_a_link_that_was_shown_opens_no_seat_of_a_meeting_its_maker_does_not_serve(
    own, elsewhere, named, postbox
):
    person, other = new_person(f"p-{named}"), new_person(f"o-{named}"[:80])
    browser(of_own(own)).post(f"/people/{person.identifier}/invite/")
    seen = LINK.search(postbox[-1].body)
    assert seen is not None
    assert browser().get(seen.group()).status_code == 200
    by_an_administrator = browser("administrator").post(f"/people/{other.identifier}/invite/")
    of_other = LINK.search(by_an_administrator.content.decode())
    assert of_other is not None
    for each in (person, other):
        accredit(elsewhere, MEMBER, each.identifier, a.Role.STAFF)
    assert browser().get(seen.group()).status_code == 404
    assert browser().post(seen.group(), CHOSEN).status_code == 404
    assert not models.Person.objects.get(pk=person.pk).has_usable_password()
    assert browser().post(of_other.group(), CHOSEN).status_code == 302, "an administrator's holds"
    assert not LINK.search(
        browser(of_own(own)).post(f"/people/{person.identifier}/invite/").content.decode()
    )
    mailed = LINK.search(postbox[-1].body)
    assert mailed is not None
    assert browser().post(mailed.group(), CHOSEN).status_code == 302, "nobody else has seen it"


def test_an_administrator_is_shown_every_link(own, elsewhere, named, postbox):
    person = account(f"p-{named}")
    accredit(own, MEMBER, person.identifier)
    accredit(elsewhere, MEMBER, person.identifier)
    answer = browser("administrator").post(f"/people/{person.identifier}/invite/")
    link = LINK.search(answer.content.decode())
    assert link is not None
    assert link.group() in postbox[0].body


def test_a_secretariat_changes_nobodys_address(own, named, desk):
    person = account(f"p-{named}")
    client = browser(of_own(own))
    names = {f"name_{language}": "Another Name" for language in ("en", "ru", "zh-hans")}
    enrol = {"identifier": person.identifier, "email": "thief@example.org", "language": "en"}
    assert client.post("/people/", enrol | names).status_code == 422
    roster = f"/meetings/{own.origin}/secretariat/roster/"
    thief = {"person": person.identifier, "role": "staff", "email": "thief@example.org"}
    letter = {"do": "receive", "key": new_key(), "seat": "IN", "office": "", **thief, **names}
    assert client.post(roster, letter).status_code == 302
    file = f"seat,{','.join(names)},{','.join(thief)}\nCN,A,А,甲,{','.join(thief.values())}"
    entered = client.post(f"{roster}import/", {"text": file, "do": "import", "key": new_key()})
    assert entered.status_code == 302
    seats = desk.desk(own.origin).meeting.seats
    assert all(person.identifier in seats[SeatId(seat)].letters for seat in ("IN", "CN"))
    now = models.Person.objects.get(pk=person.pk)
    assert (now.email, now.names) == (person.email, person.names)


def test_whose_account_would_sit_down_is_read_before_a_letter_is_accepted(own, named):
    person, nobody_yet = account(f"p-{named}"), new_person(f"new-{named}"[:80])
    for each in (person, nobody_yet):
        accredit(own, MEMBER, each.identifier, a.Role.STAFF)
    roster, client = f"/meetings/{own.origin}/secretariat/roster/", browser(of_own(own))
    used, idle = (
        client.get(f"{roster}?do=acts&seat={MEMBER}&person={each.identifier}").content.decode()
        for each in (person, nobody_yet)
    )
    assert f"is in use already: {person.identifier}, {person.email}" in used
    assert f"is not yet in use: {nobody_yet.identifier}, {nobody_yet.email}" in idle
    assert "is in use already" not in idle
    assert "is not yet in use" not in used
    models.Person.objects.filter(pk=nobody_yet.pk).update(email=None)
    idle = client.get(
        f"{roster}?do=acts&seat={MEMBER}&person={nobody_yet.identifier}"
    ).content.decode()
    assert f"is not yet in use: {nobody_yet.identifier}, no e-mail address" in idle


def test_a_password_set_by_mail_ends_the_link_a_secretariat_has_seen(own, named, postbox):
    person = new_person(f"p-{named}")
    accredit(own, MEMBER, person.identifier)
    seen = LINK.findall(invite(browser(of_own(own)), own, person.identifier))[-1]
    owner = browser()
    owner.post("/accounts/password/reset/", {"email": person.email})
    reset = re.search(r"/accounts/password/reset/key/\S+", postbox[-1].body)
    assert reset is not None
    form = owner.get(reset.group()).headers["Location"]
    owner.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert models.Person.objects.get(pk=person.pk).check_password(PASSWORD)
    assert browser().post(seen, CHOSEN).status_code == 404


def test_a_link_does_not_pass_over_a_passkey(database, named):
    person = account(f"p-{named}")
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "A"})
    client = browser()
    answer = client.post(f"/accounts/invitation/{invitations.invite(person, None)}/", CHOSEN)
    assert not answer.wsgi_request.user.is_authenticated
    assert client.get("/accounts/").status_code == 302


def test_an_address_that_an_administrator_took_away_opens_nothing(database, named, postbox):
    person, former = account(f"p-{named}"), f"p-{named}@example.org"
    EmailAddress.objects.create(user=person, email=former, verified=True, primary=True)
    path, new = f"/admin/store/person/{person.pk}/change/", "another@example.org"
    form = {"names": '{"en": "A"}', "email": former, "language": "en", "is_active": "on"}
    administrator = browser("administrator")
    administrator.post(f"/people/{person.identifier}/invite/")
    mailed = LINK.search(postbox[-1].body)
    assert mailed is not None
    assert administrator.post(path, form | {"names": '{"en": "B"}'}).status_code == 302
    assert browser().get(mailed.group()).status_code == 200, "the address is as it was"
    assert administrator.post(path, form | {"email": new}).status_code == 302
    assert browser().post(mailed.group(), CHOSEN).status_code == 404
    assert models.Person.objects.get(pk=person.pk).check_password(PASSWORD)
    for address in (former, new):
        browser().post("/accounts/password/reset/", {"email": address})
    assert [letter.to for letter in postbox if "password/reset/key" in letter.body] == [[new]]
