"""An account from its invitation to the end of its passkey, in Chromium with an authenticator of DevTools."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Locator, Route, expect
from tests.browser.conftest import Open
from tests.browser.passkeys import PASSWORD, Device, give_the_password
from tests.browser.windows import Window
from tests.demonstration import Demonstration

NOT_ADDED = {
    "en": "No passkey was added",
    "ru": "Ключ доступа не добавлен",
    "zh-hans": "未添加通行密钥",
}
KNOWN = {
    "en": "already keeps a passkey of this account",
    "ru": "уже есть ключ доступа к этой учетной записи",
    "zh-hans": "此设备已保存该账户的通行密钥",
}
NOT_USED = {
    "en": "No passkey was used",
    "ru": "Ключ доступа не использован",
    "zh-hans": "未使用通行密钥",
}
NOT_ACCEPTED = {
    "en": "The passkey was not accepted.",
    "ru": "Ключ доступа не принят.",
    "zh-hans": "通行密钥未被接受。",
}
IN_NUMBERS = {
    "en": "Passkeys work only at an address that is a name",
    "ru": "Ключи доступа действуют только по адресу, который является именем",
    "zh-hans": "通行密钥只能在以名称表示的地址使用",
}
ANOTHER_NAME = {
    "en": "is not one for which the server makes passkeys",
    "ru": "не то, для которого сервер создает ключи доступа",
    "zh-hans": "不是服务器为之生成通行密钥的名称",
}
NO_PASSKEYS = {
    "en": "This browser cannot use passkeys.",
    "ru": "Этот браузер не поддерживает ключи доступа.",
    "zh-hans": "此浏览器不支持通行密钥。",
}


def invitation(server: Demonstration, window: Window) -> str:
    """The address of an administrator's invitation."""
    made = subprocess.run(
        [Path(sys.executable).parent / "plenary", "admin", "create", "first", "--url", window.url],
        env={**os.environ, "PLENARY_DATA": str(server.data / "demo")},
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.strip()


def take_up(server: Demonstration, window: Window) -> None:
    """Take the invitation up with a password."""
    window.page.goto(invitation(server, window))
    for field in window.page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    window.page.locator("main button.primary").click()
    expect(signed_in(window)).to_be_visible()


def sign_out(window: Window) -> None:
    window.go("/accounts/logout/")
    window.page.locator("main button.primary").click()
    expect(signed_in(window)).to_have_count(0)


def signed_in(window: Window) -> Locator:
    return window.page.locator("footer a[href='/accounts/logout/']")


def with_the_passkey(window: Window) -> None:
    window.page.locator("button[data-passkey]").click()


def add_a_passkey(window: Window) -> None:
    """Open the page as a person does and press its button."""
    window.go("/accounts/")
    window.page.locator("main a[href$='/keys/webauthn/add/']").click()
    with_the_passkey(window)


def under_another_name(route: Route) -> None:
    """Hand on what the server asks the browser, as one that takes itself to have another name."""
    answer = route.fetch()
    asked = answer.json()
    asked["request_options"]["publicKey"]["rpId"] = "summit.example.org"
    route.fulfill(response=answer, json=asked)


def said(window: Window) -> Locator:
    """What the page says to the person."""
    return window.page.locator(".message:visible")


def with_a_passkey(window: Window) -> None:
    """Add a passkey at once after the invitation, and give it a name."""
    page, asked = window.page, list[str]()

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", answer)
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_label("Name of the passkey")).to_have_value("Passkey 1")
    page.get_by_role("button", name="Add a passkey").click()
    expect(said(window)).to_have_text("The passkey was added.")
    assert asked == []  # what the device answers is sent, not lost
    page.get_by_role("link", name="Manage").click()
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name of the passkey").fill("My own device")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_text("My own device")).to_be_visible()


def sign_in_with_both(window: Window) -> None:
    """Sign in with the password, which is not enough, and then with the passkey."""
    page = window.page
    give_the_password(window, "first")
    expect(page.get_by_role("heading")).to_have_text("Confirm with your passkey")
    expect(signed_in(window)).to_have_count(0)
    page.get_by_role("button", name="Use a passkey").click()
    expect(signed_in(window)).to_be_visible()


def end_the_other_session(window: Window) -> None:
    page = window.page
    window.go("/accounts/")
    expect(page.get_by_text("This session")).to_have_count(1)
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.get_by_role("button", name="End", exact=True)).to_have_count(0)
    expect(signed_in(window)).to_be_visible()


def remove_the_passkey(window: Window) -> None:
    """Remove it, confirming by the passkey itself, for the last time."""
    page = window.page
    page.get_by_role("link", name="Manage").click()
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("My own device")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(said(window)).to_have_text("The passkey was removed.")
    expect(page.get_by_text("No passkey yet.")).to_be_visible()


def test_from_the_invitation_through_a_passkey_to_its_end(window: Open, server: Demonstration):
    own, elsewhere = window(named=True), window(named=True)
    device, other_device = Device(own), Device(elsewhere)
    take_up(server, own)
    with_a_passkey(own)

    sign_out(own)
    own.go("/accounts/login/")
    own.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(signed_in(own)).to_be_visible()

    device.shares_with(other_device)
    sign_in_with_both(elsewhere)
    end_the_other_session(own)
    elsewhere.go("/")
    expect(signed_in(elsewhere)).to_have_count(0)

    remove_the_passkey(own)


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_a_passkey_that_comes_to_nothing_is_explained(
    window: Open, server: Demonstration, language: str
):
    own = window(language=language, named=True)
    device = Device(own)
    take_up(server, own)

    device.in_the_hand_of_its_owner(yes=False)
    add_a_passkey(own)
    expect(said(own)).to_contain_text(NOT_ADDED[language])
    device.in_the_hand_of_its_owner(yes=True)
    with_the_passkey(own)
    expect(said(own)).to_have_count(1)
    expect(own.page).to_have_url(f"{own.url}/accounts/")
    assert len(device.passkeys) == 1
    add_a_passkey(own)
    expect(said(own)).to_contain_text(KNOWN[language])

    own.go("/accounts/keys/webauthn/")
    own.page.locator("main a[href$='/remove/']").click()
    own.page.locator("main button.primary").click()
    sign_out(own)
    own.go("/accounts/login/")
    with_the_passkey(own)
    expect(said(own)).to_contain_text(NOT_ACCEPTED[language])
    device.in_the_hand_of_its_owner(yes=False)
    with_the_passkey(own)
    expect(own.page.locator("[role=alert] .message:visible")).to_contain_text(NOT_USED[language])
    expect(signed_in(own)).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_where_no_passkey_can_work_the_page_says_why(window: Open, language: str):
    at_a_number, without = window(language=language), window(language=language, named=True)
    without.page.add_init_script("delete window.PublicKeyCredential")
    for each, why in ((at_a_number, IN_NUMBERS), (without, NO_PASSKEYS)):
        each.go("/accounts/login/")
        expect(said(each)).to_contain_text(why[language])
        expect(each.page.locator("button[data-passkey]")).to_be_disabled()


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_a_name_that_the_server_does_not_go_by_is_not_called_a_number(window: Open, language: str):
    own = window(language=language, named=True)
    own.page.route("**/accounts/keys/webauthn/login/", under_another_name)
    own.go("/accounts/login/")
    with_the_passkey(own)
    expect(said(own)).to_have_count(1)
    expect(said(own)).to_contain_text(ANOTHER_NAME[language])


def test_without_scripts_a_password_still_signs_in(window: Open, server: Demonstration):
    own = window(named=True, javascript=False)
    take_up(server, own)
    sign_out(own)
    own.go("/accounts/login/")
    expect(own.page.locator("button[data-passkey]")).to_be_disabled()
    give_the_password(own, "first")
    expect(signed_in(own)).to_be_visible()
