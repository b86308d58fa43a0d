"""Every address with every role: what each may see is there, everything else is not found."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.web.conftest import browser, people
from tests.web.meetings import GUEST, Held, head

from plenary.web.urls import urlpatterns

pytestmark = pytest.mark.slow

ALL = "all"
SIGNED_IN = "signed in"
KEEPERS = "keepers"
SECRETARIAT = "secretariat"
NOBODY = "nobody"

# What each address is, and for whom. An address that is not here fails the test.
MEANT = {
    "home": ALL,
    "live": ALL,
    "documents": ALL,
    "document": ALL,
    "projector": ALL,
    "history": ALL,
    "proof": ALL,
    "log_pub": ALL,
    "room": NOBODY,  # without a seat of one's own; see below
    "account_login": ALL,
    "account_logout": ALL,
    "account_inactive": ALL,
    "account_reset_password": ALL,
    "account_reset_password_done": ALL,
    "account_reset_password_from_key": ALL,
    "account_reset_password_from_key_done": ALL,
    "account_signup": NOBODY,
    "account_email": NOBODY,
    "invitation": NOBODY,  # without a token that is valid
    "account": SIGNED_IN,
    "choose_language": SIGNED_IN,
    "end_session": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_authenticate": ALL,
    "mfa_login_webauthn": ALL,
    "people": KEEPERS,
    "invite": KEEPERS,
    "convene": KEEPERS,
    "convene_folder": KEEPERS,
    "secretariat": SECRETARIAT,
    "roster": SECRETARIAT,
    "roster_import": SECRETARIAT,
    "seating": SECRETARIAT,
    "agenda": SECRETARIAT,
    "papers": SECRETARIAT,
    "paper": SECRETARIAT,
    "telephone": SECRETARIAT,
    "late": SECRETARIAT,
    "print": SECRETARIAT,
    "sheet": SECRETARIAT,
}
ANSWERS_A_FORM = {"invite", "convene_folder"}
"""Where no form came, as when another language is chosen, they lead to where it begins."""
GIVEN = {
    "org": "sco",
    "document": "st-1",
    "number": "3",
    "what": "script",
    "identifier": "stranger",
    "token": "x" * 43,
    "uidb36": "1",
    "key": "set-password",
    "pk": "999",
}
# With no password and no passkey there is nothing to confirm with, and 999 is nobody's passkey.
MAY_HAVE_NOTHING = {
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> dict[str, str]:
    """Every named address of the pages, but for Django's registry, by its name."""
    found: dict[str, str] = {}
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            if each.app_name != "admin":
                found |= addresses(each.url_patterns, route)
        else:
            assert each.name, f"an address without a name: {route}"
            found[each.name] = each.name
    return found


def path_to(name: str, meeting: str) -> str:
    (pattern, parameters) = get_resolver().reverse_dict.getlist(name)[0][0][0]
    filled: str = pattern % {key: {**GIVEN, "name": meeting}[key] for key in parameters}
    return f"/{filled}"


NAMES = sorted(addresses(urlpatterns))


def test_every_address_says_for_whom_it_is():
    assert set(NAMES) == set(MEANT)


@pytest.mark.parametrize("name", NAMES)
def test_every_address_answers_each_role_as_meant(name, held: Held, other: Held, desk):
    for role, person in people(held).items():
        status = browser(person).get(path_to(name, "held")).status_code
        assert status in _meant(MEANT[name], role, name), f"{name} for {role}: {status}"


def _meant(whom: str, role: str, name: str) -> set[int]:
    leads = name.startswith(("account_", "mfa_")) or name in ANSWERS_A_FORM
    there = {200, 405} | ({302} if leads else set())
    if whom == ALL:
        return there
    if whom == SIGNED_IN:
        own = there | ({404} if name in MAY_HAVE_NOTHING else set())
        return {302} if role == "public" else own
    if whom == KEEPERS and role in ("administrator", "secretariat"):
        return there
    if whom == SECRETARIAT and role == "secretariat":
        return there
    return {404}


@pytest.mark.parametrize("name", NAMES)
def test_every_address_takes_a_post_of_those_alone_who_may(name, held: Held, other: Held, desk):
    size = held.desk.written
    for role, person in people(held).items():
        answer = browser(person).post(path_to(name, "held"), {"do": "nothing there is"})
        assert answer.status_code < 500, f"{name} for {role}"
        if _meant(MEANT[name], role, name) == {404}:
            assert answer.status_code in (404, 405), f"{name} for {role}: {answer.status_code}"
        elif MEANT[name] == SIGNED_IN and role == "public":
            assert answer.status_code in (302, 405)
    assert desk.desk("sco/held").written == size


@pytest.mark.parametrize("name", NAMES)
def test_no_address_takes_a_post_from_elsewhere(name, held: Held, other: Held, desk):
    size = held.desk.written
    for person in ("secretary", None):
        client = browser(person, enforce_csrf_checks=True)
        for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {}):
            answer = client.post(path_to(name, "held"), {"do": "receive"}, headers=headers)
            assert answer.status_code == 403, (name, person, headers)
    assert desk.desk("sco/held").written == size


OF_A_MEETING = [name for name in NAMES if "/meetings/sco/" in path_to(name, "held")]


@pytest.mark.parametrize("name", OF_A_MEETING)
def test_no_address_answers_for_a_meeting_that_is_not_there(name, held: Held, other: Held, desk):
    for role, person in people(held).items():
        client = browser(person)
        for meeting in ("nothing", "HELD", "held%00", "..%2fsco%2fheld"):
            for seat in ("", "?seat=presiding", "?seat=RU"):
                path = path_to(name, meeting) + seat
                assert client.get(path).status_code == 404, (path, role)
                assert client.post(path, {}).status_code in (404, 405), (path, role)
        elsewhere = path_to(name, "held").replace("/meetings/sco/", "/meetings/un-ga/")
        assert client.get(elsewhere).status_code == 404, (elsewhere, role)


@pytest.mark.parametrize("name", OF_A_MEETING)
def test_no_address_of_a_meeting_answers_in_another_ones_seat(name, held: Held, desk):
    takes_a_seat = {"room", "history", "proof"}
    for role, person in people(held).items():
        for seat in ("presiding", "secretariat", "RU", "nobody", "%00", "../RU"):
            own = (
                person == "secretary" if seat == "secretariat" else person == f"head-{seat.lower()}"
            )
            status = browser(person).get(path_to(name, "held") + f"?seat={seat}").status_code
            if name in takes_a_seat:
                assert status == (200 if own else 404), (name, role, seat)
            else:
                assert status in _meant(MEANT[name], role, name), (name, role, seat)


def test_a_seat_opens_to_its_own_people_alone(held: Held, desk):
    seats = list(held.desk.meeting.seats)
    for person in {head(seat) for seat in seats} | {"secretary", "stranger", None}:
        client = browser(person)
        for seat in seats:
            own = person == ("secretary" if seat == held.secretariat else head(seat))
            for page in ("room", "history/"):
                status = client.get(f"/meetings/sco/held/{page}?seat={seat}").status_code
                assert status == (200 if own else 404), (person, seat, page)


def test_a_seat_or_a_meeting_that_is_not_there_is_not_found(held: Held, desk):
    client = browser(head(GUEST))
    for path in (
        "held/room?seat=nobody",
        "held/room",
        "nothing/",
        "held/documents/st-9/",
        "held/history/9999.proof",
    ):
        assert client.get(f"/meetings/sco/{path}").status_code == 404, path


def test_a_secretariat_has_no_say_in_another_meeting(held: Held, desk):
    stranger = Held("sco/strangers")
    stranger.convene()
    account_of_another = browser("secretary-of-another")
    assert account_of_another.get("/meetings/sco/strangers/secretariat/").status_code == 404


def test_a_draft_is_not_found_by_the_public_nor_shown(held: Held, desk):
    client = browser()
    assert client.get("/meetings/sco/held/documents/st-2/").status_code == 404
    for page in ("", "documents/", "history/"):
        assert b"Draft st-2" not in client.get(f"/meetings/sco/held/{page}").content


def test_the_registry_of_django_shows_people_and_nothing_of_a_record():
    from django.contrib import admin  # noqa: PLC0415

    from plenary.store import models  # noqa: PLC0415

    registered = set(admin.site._registry)
    assert models.Person in registered
    assert not registered & {
        models.Meeting,
        models.Entry,
        models.HeldDeed,
        models.Checkpoint,
        models.File,
    }
