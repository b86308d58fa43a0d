"""The reader's own account, and taking an invitation up."""

from typing import Any, cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import password_validation
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from plenary.store.access import NotFoundError
from plenary.store.models import Person
from plenary.web.accounts import invitations
from plenary.web.middleware import keep_language
from plenary.web.who import signed_in


class ChoosePassword(forms.Form):
    """A password for an account that is taken into use."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least twelve characters; several words are good."),
    )
    again = forms.CharField(
        label=gettext_lazy("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.person = person

    def clean(self) -> dict[str, object]:
        """Check that both are the same, and that the password is none everybody tries first."""
        given = super().clean() or {}
        password = given.get("password")
        if password and password != given.get("again"):
            self.add_error("again", gettext("The two passwords are not the same."))
        elif password:
            try:
                password_validation.validate_password(str(password), self.person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show whose invitation it is; on sending, set the password, use the link up and sign in."""
    person = invitations.valid(token).person
    form = ChoosePassword(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():  # a link that was used up has set the password
            person = invitations.use(token)
            person.set_password(form.cleaned_data["password"])
            person.save(update_fields=["password"])
            if person.email:
                EmailAddress.objects.update_or_create(
                    user=person, email=person.email, defaults={"verified": True, "primary": True}
                )
        signed_in_now = perform_login(request, Login(user=person, redirect_url="/accounts/"))
        # after signing in, which empties the session of anybody else who sat here before
        record_authentication(request, person, method="password", reauthenticated=True)
        return cast("HttpResponseBase", signed_in_now)
    said = {"form": form, "person": person, "in_use": invitations.in_use(person)}
    answer = render(request, "account/invitation.html", said)
    # under "no-referrer" browsers send the form with "Origin: null", which is refused
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show the reader's own account: name, language, ways to sign in, sessions."""
    person = signed_in(request)
    sessions = UserSession.objects.purge_and_list(person)
    said = {
        "person": person,
        "sessions": sorted(sessions, key=lambda each: each.created_at, reverse=True),
        "passkeys": Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN),
    }
    return render(request, "account/account.html", said)


class ConfirmWithPasskey(ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth is not typed
    """Confirm with a passkey that it is still the same person; what was not accepted is asked again."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Say on the same page that the passkey was not accepted."""
        for said in form.errors.get("credential", []):
            messages.error(self.request, str(said))
        return redirect(self.passthrough_next_url(self.request.path))


@login_required
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of the reader's own sessions, or all the others."""
    person = signed_in(request)
    for session in UserSession.objects.filter(user=person):
        one = str(session.pk) == request.POST.get("session")
        others = request.POST.get("session") == "others" and not session.is_current()
        if one or others:
            session.end()
    messages.success(request, gettext("The session was ended."))
    return redirect("account")


@login_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language the reader wants pages and mail in."""
    person = signed_in(request)
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise NotFoundError
    person.language = language
    person.save(update_fields=["language"])
    answer = redirect("account")
    keep_language(answer, language)
    return answer


def nobody_signs_up(request: HttpRequest) -> HttpResponse:
    """There is no signing up; the address exists because allauth names it."""
    raise NotFoundError
