"""Django's admin: the registry of people and accounts, and nothing of any record.

Rule: whoever comes to it signs in where everybody does, with the same limits, passkeys and list of sessions.
"""

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.http import HttpRequest

from plenary.store.models import Invitation, Person

if TYPE_CHECKING:
    OfPeople = admin.ModelAdmin[Person]
    OfInvitations = admin.ModelAdmin[Invitation]
else:  # the class is generic for the type checker alone
    OfPeople = OfInvitations = admin.ModelAdmin

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(Person)
class People(OfPeople):
    """People: names, address, whether the account is in use."""

    list_display = (
        "identifier",
        "__str__",
        "email",
        "language",
        "is_active",
        "administrator",
        "last_login",
    )
    list_filter = ("is_active", "administrator", "language")
    search_fields = ("identifier", "email", "names")
    fields = (
        "identifier",
        "names",
        "email",
        "language",
        "is_active",
        "administrator",
        "last_login",
    )
    readonly_fields = ("last_login",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Person | None = None
    ) -> tuple[str, ...]:
        """An identifier stands in records: it never changes."""
        return ("last_login", "identifier") if obj else ("last_login",)

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Save; a new account cannot sign in until it is invited, and a former address opens none."""
        if not change:
            obj.set_unusable_password()
        obj.email = obj.email or None
        obj.save()
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()
        if "email" in form.changed_data:  # what was mailed to the former address
            obj.invitations.filter(used=None).delete()

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """People are closed, not removed: records name them."""
        return False


@admin.register(Invitation)
class Invitations(OfInvitations):
    """Invitations, to look at and to end."""

    list_display = ("person", "invited_by", "sent", "expires", "used")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Invitations are made where their link can be shown."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """An invitation does not change."""
        return False
