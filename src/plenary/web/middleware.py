"""What holds for every page: headers, the reader's language, refusals and guarded things.

Rule 1: no inline script, no inline style, no third-party origin; nothing loosens that for one page.
Rule 2: a page for one person is kept by no cache.
Rule 3: ``NotFoundError`` and ``PermissionDenied`` are answered alike: not found.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from plenary.store.access import NotFoundError
from plenary.web import errors
from plenary.web.acts_client import NotReachedError, RefusedAct

Answer = Callable[[HttpRequest], HttpResponseBase]

POLICY: Final = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
PERMISSIONS: Final = (
    "camera=(self), microphone=(self), display-capture=(self), publickey-credentials-get=(self), "
    "publickey-credentials-create=(self), geolocation=(), payment=(), usb=()"
)


class Headers:
    """Puts the security headers on every answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


class ReaderLanguage:
    """Answers in the language of the query, else of the cookie, else of the person, else of the browser."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.GET.get("language")
        chosen = self._chosen(request, asked)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
            if hasattr(response, "render"):
                response.render()
        response.headers["Content-Language"] = chosen
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if asked == chosen:
            keep_language(response, chosen)
        return response

    def _chosen(self, request: HttpRequest, asked: str | None) -> str:
        known = dict(settings.LANGUAGES)
        for wanted in (asked, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)):
            if wanted in known:
                return str(wanted)
        own = getattr(getattr(request, "user", None), "language", "")
        return own if own in known else translation.get_language_from_request(request)


def keep_language(response: HttpResponseBase, language: str) -> None:
    """Have the browser remember *language*."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )


class RefusedAndGuarded:
    """Turns what a view raises into its page, once for all views."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with 409 and its rule, what is guarded with 404, a lost live process with 503."""
        if isinstance(exception, NotFoundError | PermissionDenied):
            return errors.not_found(request)
        if isinstance(exception, RefusedAct):
            return render(request, "errors/409.html", {"refused": exception}, status=409)
        if isinstance(exception, NotReachedError):
            return errors.out_of_reach(request)
        return None
