"""Forms of allauth, in our words."""

import struct
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.utils.translation import gettext_lazy

NOT_A_CREDENTIAL: Final = (AttributeError, LookupError, TypeError, ValueError, struct.error)
"""What reading an answer raises that no device gave; allauth knows some of it."""


class _Answered:
    """The answer of a device; what is none is a passkey that was not accepted."""

    def clean_credential(self) -> Any:
        """Return the passkey that answered."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # allauth's form has it
        except NOT_A_CREDENTIAL as error:
            raise get_adapter().validation_error("incorrect_code") from error


class SignInWithPasskey(_Answered, LoginWebAuthnForm):  # type: ignore[misc]  # allauth is not typed
    """A passkey instead of the password."""


class PasskeyAfterPassword(_Answered, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey that is asked for after the password."""


class ConfirmWithPasskey(_Answered, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey that confirms who is signed in."""


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, which by itself is enough to sign in unless the person says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("Name of the passkey")
        self.fields["passwordless"].label = gettext_lazy("Enough by itself, without the password")
        self.fields["passwordless"].help_text = gettext_lazy(
            "The device must then ask for a finger, a face or a code."
        )
        self.fields["passwordless"].initial = True
        self.fields["credential"].required = False  # what is missing is said in clean(), in words

    def clean(self) -> dict[str, Any]:
        """Return what was typed, with an answer that a device gave."""
        if not isinstance(self.cleaned_data.get("credential"), dict):  # allauth lets a 0 pass
            raise get_adapter().validation_error("incorrect_code")
        try:
            return dict(super().clean())
        except NOT_A_CREDENTIAL as error:
            raise get_adapter().validation_error("incorrect_code") from error


class RenamePasskey(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("Name of the passkey")
