"""Django's settings of the pages.

Everything that differs from one installation to another comes from the environment:

* ``PLENARY_ORIGIN``: where people reach Plenary, such as ``https://summit.example.org``. With ``https``,
  cookies are sent over TLS only and browsers are told to stay with it.
* ``PLENARY_HOSTS``: further host names, separated by commas.
* ``PLENARY_SECRET_KEY``: what sessions are signed with; without it, kept in a file in ``PLENARY_DATA``.
* ``PLENARY_SMTP``: ``smtp://user:password@host:port`` (``smtps:`` for TLS from the start, ``smtp:`` changes
  over with STARTTLS); without it, mail is written to a folder in ``PLENARY_DATA``.
* ``PLENARY_MAIL_FROM``, ``PLENARY_TELEPHONE``: the secretariat's address, and its number for lost lines.
* ``PLENARY_TIMEZONE``: the time zone pages show, such as ``Europe/Moscow``; UTC where nothing is said.
* ``PLENARY_DEMO``: set by ``plenary demo`` alone. ``PLENARY_PSEUDO``: a language to test layouts with.
* ``PLENARY_LIVE_URL``, ``PLENARY_LIVE_SECRET``: the live process, set by the supervisor.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plenary.store.settings import AUTH_USER_MODEL, DATA, DATABASES, DEFAULT_AUTO_FIELD, USE_TZ
from plenary.web.languages import LANGUAGES as PAGES_IN
from plenary.web.languages import LOCALE, PSEUDO, TRANSLATED, catalogue_of, know_pseudo

DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
"""A thread keeps its line to the database, or each page would begin with one."""

__all__ = ["AUTH_USER_MODEL", "DATABASES", "DEFAULT_AUTO_FIELD", "USE_TZ"]

HERE = Path(__file__).parent
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


def _have_words_ready() -> None:
    """Make the catalogues Django reads where they are missing, or older than the words."""
    for language in TRANSLATED:
        made, kept = catalogue_of(language, "mo"), catalogue_of(language)
        if not made.exists() or made.stat().st_mtime_ns < kept.stat().st_mtime_ns:
            from plenary.web.catalogue import compile_all  # noqa: PLC0415 - seldom, and costs much

            compile_all()
            return


def _secret_key() -> str:
    given = os.environ.get("PLENARY_SECRET_KEY")
    if given:
        return given
    path = DATA / "secret.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # another process made it meanwhile
    return path.read_text(encoding="ascii")


DEBUG = False
DEMO = os.environ.get("PLENARY_DEMO") == "1"
TELEPHONE = os.environ.get("PLENARY_TELEPHONE", "")
LIVE_URL = os.environ.get("PLENARY_LIVE_URL") or (
    f"http://127.0.0.1:{os.environ.get('PLENARY_INTERNAL_PORT', '')}"
)
LIVE_SECRET = os.environ.get("PLENARY_LIVE_SECRET", "")

ORIGIN = os.environ.get("PLENARY_ORIGIN", "")
HTTPS = ORIGIN.startswith("https://")
SECRET_KEY = _secret_key()
_named = [urlsplit(ORIGIN).hostname or "", *os.environ.get("PLENARY_HOSTS", "").split(",")]
ALLOWED_HOSTS = LOOPBACK if DEMO else [*filter(None, _named), *LOOPBACK]
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []

INSTALLED_APPS = [
    "plenary.web",
    "django.contrib.sessions",
    "plenary.store",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "plenary.web.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "plenary.web.middleware.ReaderLanguage",
    "plenary.web.middleware.RefusedAndGuarded",
]
ROOT_URLCONF = "plenary.web.urls"
WSGI_APPLICATION = "plenary.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "plenary.web.languages.on_every_page",
            ],
            "builtins": ["plenary.web.templatetags.words", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "plenary.web.forms.Renderer"

# ---- cookies, transport -------------------------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
_BOUND = "__Host-" if HTTPS else ""  # browsers then take it from this very host alone
SESSION_COOKIE_NAME = f"{_BOUND}plenary_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 3
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_BOUND}plenary_csrf"
CSRF_FAILURE_VIEW = "plenary.web.errors.not_from_this_page"
LANGUAGE_COOKIE_NAME = "plenary_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# ---- languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = list(PAGES_IN)
LANGUAGES_BIDI = ["ar", "fa", "he", "ur", PSEUDO.split("-")[0]]
if os.environ.get("PLENARY_PSEUDO") == "1":
    LANGUAGES += know_pseudo()
LOCALE_PATHS = [LOCALE]
_have_words_ready()
TIME_ZONE = os.environ.get("PLENARY_TIMEZONE", "UTC")

# ---- files of the pages -------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("PLENARY_STATIC") or DATA / "static"
ROOM_ASSETS = HERE / "static" / "room"

# ---- accounts -----------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
INVITATION_HOURS = 72
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "plenary.web.accounts.adapter.OnlyTheInvited"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "identifier"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation was the verification
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "10/h/ip,3/h/key",
    "reset_password_from_key": "20/h/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "plenary.web.accounts.adapter.Passkeys"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_FORMS = {
    "add_webauthn": "plenary.web.accounts.forms.AddPasskey",
    "edit_webauthn": "plenary.web.accounts.forms.RenamePasskey",
    "login_webauthn": "plenary.web.accounts.forms.SignInWithPasskey",
    "authenticate_webauthn": "plenary.web.accounts.forms.PasskeyAfterPassword",
    "reauthenticate_webauthn": "plenary.web.accounts.forms.ConfirmWithPasskey",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # a browser allows it on localhost alone
USERSESSIONS_TRACK_ACTIVITY = False  # or every page would be a write

# ---- mail ---------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = os.environ.get("PLENARY_MAIL_FROM", "secretariat@localhost")
_smtp = urlsplit(os.environ.get("PLENARY_SMTP", ""))
if _smtp.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _smtp.hostname
    EMAIL_PORT = _smtp.port or (465 if _smtp.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(_smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
    EMAIL_USE_TLS = _smtp.scheme == "smtp" and bool(_smtp.username)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
