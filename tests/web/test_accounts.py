"""Accounts: invitations work once and not for long, sessions end, nobody signs up, guesses are limited."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from tests.web.conftest import browser
from tests.web.meetings import PASSWORD, account

from plenary.cli import admin as command
from plenary.cli import main
from plenary.rules.names import PersonId
from plenary.store import models
from plenary.store.access import person_of_session
from plenary.web.accounts import invitations
from plenary.web.accounts.adapter import Passkeys

CHOSEN = {"password": "several good words", "again": "several good words"}


@pytest.fixture
def invited(database, request) -> tuple[models.Person, str]:
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())
    person = models.Person.objects.enrol(
        PersonId(name[:80]), {"en": "Invited"}, email=f"{abs(hash(name))}@example.org"
    )
    return person, f"/accounts/invitation/{invitations.invite(person, None)}/"


def person_in(client: Client) -> str | None:
    return person_of_session(client.session.session_key)


def test_an_invitation_signs_its_person_in_once(invited):
    person, link = invited
    client = browser()
    assert client.post(link, CHOSEN).status_code == 302
    assert person_in(client) == person.person_id
    assert browser().post(link, CHOSEN).status_code == 404
    assert browser().get(link).status_code == 404


def test_looking_at_an_invitation_does_not_use_it_up(invited):
    _, link = invited
    assert browser().get(link).status_code == 200
    assert browser().head(link).status_code in (200, 405)
    assert browser().post(link, CHOSEN).status_code == 302


def test_an_invitation_expires(invited):
    person, link = invited
    person.invitations.update(expires=invitations.now() - datetime.timedelta(seconds=1))
    assert browser().get(link).status_code == 404
    assert browser().post(link, CHOSEN).status_code == 404


def test_a_new_invitation_ends_the_one_before(invited):
    person, link = invited
    invitations.invite(person, None)
    assert browser().get(link).status_code == 404


def test_an_invitation_of_a_closed_account_is_not_found(invited):
    person, link = invited
    models.Person.objects.filter(pk=person.pk).update(is_active=False)
    assert browser().get(link).status_code == 404


def test_the_token_itself_is_not_kept(invited):
    person, link = invited
    assert person.invitations.get().token not in link


@pytest.mark.parametrize(
    "typed",
    [
        {"password": "short", "again": "short"},
        {"password": "several good words", "again": "other"},
        {"password": "password1234", "again": "password1234"},
    ],
)
def test_a_bad_password_leaves_the_invitation_as_it_was(database, typed):
    person = models.Person.objects.enrol(
        PersonId(f"bad-{abs(hash(str(typed)))}"), {"en": "Invited"}
    )
    link = f"/accounts/invitation/{invitations.invite(person, None)}/"
    assert browser().post(link, typed).status_code == 200
    assert person.invitations.get().used is None


def test_the_password_then_opens_the_account_and_no_other_does(invited):
    person, link = invited
    browser().post(link, CHOSEN)
    client = browser()
    assert (
        client.post(
            "/accounts/login/", {"login": person.identifier, "password": "not the password"}
        ).status_code
        == 200
    )
    assert person_in(client) is None
    assert (
        client.post(
            "/accounts/login/", {"login": person.email, "password": CHOSEN["password"]}
        ).status_code
        == 302
    )
    assert person_in(client) == person.person_id


def test_guessing_a_password_is_stopped(database):
    account("guessed")
    for _ in range(6):
        browser().post("/accounts/login/", {"login": "guessed", "password": "a guess"})
    answer = browser().post("/accounts/login/", {"login": "guessed", "password": PASSWORD})
    assert answer.status_code in (200, 429)
    assert not answer.wsgi_request.user.is_authenticated


def test_the_admin_is_entered_by_the_door_that_everybody_uses(database):
    """A second door would know neither the limit of guesses, nor passkeys, nor the list of sessions."""
    account("administrator", administrator=True)
    client = browser()
    asked = client.get("/admin/login/?next=/admin/")
    assert asked.status_code == 302
    assert asked.headers["location"].startswith("/accounts/login/")
    guess = {"username": "administrator", "password": PASSWORD}
    client.post("/admin/login/", guess)
    assert person_in(client) is None
    signed_in = {"login": "administrator", "password": PASSWORD}
    client.post("/accounts/login/", signed_in)
    assert client.get("/admin/").status_code == 200
    assert "127.0.0.1" in client.get("/accounts/").content.decode(), "the session can be ended"
    account("no-administrator")
    other = browser("no-administrator")
    assert other.get("/admin/").status_code in (302, 404)
    assert other.get("/admin/login/").status_code == 404


def test_nobody_signs_up(database):
    assert browser().get("/accounts/signup/").status_code == 404
    form = {"email": "a@example.org", "username": "a", "password1": PASSWORD, "password2": PASSWORD}
    assert browser().post("/accounts/signup/", form).status_code == 404


NO_ANSWERS = [
    "",
    "{",
    "0",
    "[]",
    "null",
    '{"id": "x"}',
    '{"id": "eA", "rawId": "eA"}',
    '{"response": {"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}}',
    '{"response": 0}',
    '{"rawId": "eA", "response": {"clientDataJSON": "e30", "authenticatorData": "eA", "signature": "eA"}}',
]


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_no_device_answered_is_a_passkey_that_is_not_accepted(database, answer):
    client = browser()
    client.get("/accounts/keys/webauthn/login/", headers={"accept": "application/json"})
    page = client.post("/accounts/keys/webauthn/login/", {"credential": answer}, follow=True)
    assert page.status_code == 200
    assert 'class="message warning" role="status"' in page.content.decode()
    assert person_in(client) is None


def test_what_no_device_answered_adds_no_passkey(invited):
    person, link = invited
    client = browser()
    client.post(link, CHOSEN)
    for answer in NO_ANSWERS:
        page = client.post("/accounts/keys/webauthn/add/", {"credential": answer})
        assert page.status_code == 200, answer
        assert "The passkey was not accepted." in page.content.decode()
    assert not Authenticator.objects.filter(user=person).exists()


def test_who_just_set_a_password_is_not_asked_for_it_again(invited):
    _, link = invited
    client = browser("somebody-else")
    client.post(link, CHOSEN)
    assert client.get("/accounts/keys/webauthn/add/").status_code == 200


def test_who_signed_in_earlier_confirms_before_a_passkey_is_added(database):
    account("signed-in-earlier")
    client = browser()
    client.post("/accounts/login/", {"login": "signed-in-earlier", "password": PASSWORD})
    answer = client.get("/accounts/keys/webauthn/add/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")


def test_a_new_passkey_gets_a_name_that_the_others_have_not(database):
    person = account("has-two-devices")

    def add(name: str) -> Authenticator:
        kind = Authenticator.Type.WEBAUTHN
        return Authenticator.objects.create(user=person, type=kind, data={"name": name})

    first, _ = add("Passkey 1"), add("Passkey 2")
    first.delete()
    kind = Authenticator.Type.WEBAUTHN
    assert Passkeys().generate_authenticator_name(person, kind) == "Passkey 1"
    add("Passkey 1")
    assert Passkeys().generate_authenticator_name(person, kind) == "Passkey 3"


def test_an_administrator_ends_the_passkey_of_a_lost_device(database):
    account("keeper-of-passkeys", administrator=True)
    lost = Authenticator.objects.create(
        user=account("lost-a-device"), type=Authenticator.Type.WEBAUTHN, data={"name": "Lost"}
    )
    path = f"/admin/mfa/authenticator/{lost.pk}/delete/"
    browser("lost-a-device").post(path, {"post": "yes"})
    assert Authenticator.objects.filter(pk=lost.pk).exists()
    assert browser("keeper-of-passkeys").post(path, {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.filter(pk=lost.pk).exists()


def test_one_ends_ones_own_sessions_and_nobody_elses(database):
    first, second, another = browser(), browser(), browser()
    for client, who in (
        (first, "two-sessions"),
        (second, "two-sessions"),
        (another, "someone-else"),
    ):
        account(who)
        client.post("/accounts/login/", {"login": who, "password": PASSWORD})
    page = first.get("/accounts/").content.decode()
    keys = re.findall(r'name="session" value="(\d+)"', page)
    assert len(keys) == 1
    another.post("/accounts/sessions/end/", {"session": keys[0]})
    assert person_in(second) == "two-sessions"
    first.post("/accounts/sessions/end/", {"session": keys[0]})
    assert person_in(second) is None
    assert person_in(first) == "two-sessions"
    assert person_in(another) == "someone-else"


def test_a_changed_password_ends_the_other_sessions(database):
    person = account("changes-password")
    here, elsewhere = browser(), browser()
    for client in (here, elsewhere):
        client.post("/accounts/login/", {"login": "changes-password", "password": PASSWORD})
    new = "another good sentence"
    here.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert person_in(elsewhere) is None
    assert person_in(here) == person.person_id


def test_a_closed_account_has_no_session(database):
    client = browser("closed-account")
    assert person_in(client) == "closed-account"
    models.Person.objects.filter(identifier="closed-account").update(is_active=False)
    assert person_in(client) is None


def test_a_session_of_nobody_is_nobodys(database):
    assert person_of_session(None) is None
    assert person_of_session("") is None
    assert person_of_session("x" * 32) is None


def test_the_language_chosen_stays(database):
    client = browser("speaks-russian")
    client.post("/accounts/language/", {"language": "ru"})
    assert models.Person.objects.get(identifier="speaks-russian").language == "ru"
    assert 'lang="ru"' in client.get("/").content.decode()[:60]
    assert client.post("/accounts/language/", {"language": "xx"}).status_code == 404


def test_an_invitation_is_mailed_in_the_persons_language(database, held, desk):
    person = models.Person.objects.enrol(
        PersonId("reads-russian"), {"ru": "Имя"}, email="ru@example.org", language="ru"
    )
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        answer = browser("secretary").post("/people/reads-russian/invite/")
    link = re.search(r"http://localhost/accounts/invitation/\w+/", answer.content.decode())
    assert link is not None
    assert "приглашает" in mail.outbox[0].body
    assert link.group() in mail.outbox[0].body
    assert person.invitations.count() == 1


def test_a_secretary_does_not_invite_an_administrator(database, held, desk):
    account("administrator", administrator=True)
    assert browser("secretary").post("/people/administrator/invite/").status_code == 404


def test_enrolling_refuses_what_is_taken_and_keeps_what_was_typed(database, held, desk):
    account("taken")
    form = {"identifier": "taken", "name_en": "A Name to keep", "language": "en", "email": ""}
    answer = browser("secretary").post("/people/", form)
    assert answer.status_code == 422
    assert "A Name to keep" in answer.content.decode()


def test_the_administrators_first_account_is_made_by_command(database, capsys, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "plenary.web.settings")
    assert (
        main(["admin", "create", "first-admin", "--name", "First", "--url", "http://localhost"])
        == 0
    )
    link = capsys.readouterr().out.strip().removeprefix("http://localhost")
    client = browser()
    assert client.post(link, CHOSEN).status_code == 302
    assert client.get("/people/").status_code == 200
    assert client.get("/admin/").status_code == 200
    assert main(["admin", "create", "Not An Identifier"]) == 2
    account("no-administrator")
    assert main(["admin", "create", "no-administrator"]) == 1
    assert command.__doc__


def test_cookies_are_out_of_reach_of_scripts(database):
    account("with-cookie")
    client = browser()
    answer = client.post("/accounts/login/", {"login": "with-cookie", "password": PASSWORD})
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
