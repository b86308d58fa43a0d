"""Addresses of the accounts: ours, and those of allauth that we use."""

from allauth.account import views as allauth
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from plenary.web.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("language/", views.choose_language, name="choose_language"),
    path("sessions/end/", views.end_session, name="end_session"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", views.nobody_signs_up, name="account_signup"),
    path("email/", views.nobody_signs_up, name="account_email"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("keys/", RedirectView.as_view(pattern_name="account"), name="mfa_index"),
    path(
        "keys/webauthn/reauthenticate/",
        views.ConfirmWithPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("keys/", include("allauth.mfa.urls")),
]
