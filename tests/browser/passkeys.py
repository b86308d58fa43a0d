"""A device that keeps a person's passkeys, and what a person gives besides: the password."""

from typing import Any

from tests.browser.windows import Window
from tests.web.meetings import PASSWORD

OWN_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """What keeps a person's passkeys in one window, and knows its owner by finger, face or code."""

    def __init__(self, window: Window) -> None:
        self._line = window.context.new_cdp_session(window.page)
        self._line.send("WebAuthn.enable")
        added = self._line.send("WebAuthn.addVirtualAuthenticator", {"options": OWN_DEVICE})
        self._itself = {"authenticatorId": added["authenticatorId"]}

    def in_the_hand_of_its_owner(self, *, yes: bool) -> None:
        said = {**self._itself, "isUserVerified": yes}
        self._line.send("WebAuthn.setUserVerified", said)

    @property
    def passkeys(self) -> list[dict[str, Any]]:
        kept = self._line.send("WebAuthn.getCredentials", self._itself)
        return list(kept["credentials"])

    def shares_with(self, other: "Device") -> None:
        """Give the passkeys to another device of the same person, as devices do among themselves."""
        for each in self.passkeys:
            other._line.send("WebAuthn.addCredential", {**other._itself, "credential": each})


def give_the_password(window: Window, identifier: str) -> None:
    """Sign in with identifier and password, as far as they go."""
    window.go("/accounts/login/")
    window.page.locator("#id_login").fill(identifier)
    window.page.locator("#id_password").fill(PASSWORD)
    window.page.locator("main button.primary").click()


def confirm(window: Window) -> None:
    """Give the password once more, as what opens an account needs."""
    window.go("/accounts/reauthenticate/?next=/accounts/keys/webauthn/")
    window.page.locator("#id_password").fill(PASSWORD)
    window.page.locator("main button.primary").click()
    window.page.wait_for_url("**/accounts/keys/webauthn/")


__all__ = ["PASSWORD", "Device", "confirm", "give_the_password"]
