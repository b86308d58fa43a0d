"""Forms of allauth, in our words."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]  # allauth is not typed
    """A new passkey, which by itself is enough to sign in unless the person says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("Name of the passkey")
        self.fields["passwordless"].label = gettext_lazy("Enough by itself, without the password")
        self.fields["passwordless"].help_text = gettext_lazy(
            "The device must then ask for a finger, a face or a code."
        )
        self.fields["passwordless"].initial = True


class RenamePasskey(EditWebAuthnForm):  # type: ignore[misc]  # allauth is not typed
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("Name of the passkey")
