"""Pages for what went wrong, in the reader's language.

Rule 1: what is not there and what is not for this reader are one page, with one status.
Rule 2: the page for a failure asks the database nothing, for that may be what failed.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override

from plenary.web.languages import on_every_page


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here for this reader."""
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something failed on our side, in the language of the request; who is asking stays open."""
    language = getattr(request, "LANGUAGE_CODE", "") or get_language_from_request(request)
    with override(language):
        page = render_to_string("errors/500.html", on_every_page(request))
    return HttpResponse(page, status=500)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request cannot be understood."""
    return render(request, "errors/400.html", status=400)


def not_from_this_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form did not come from a page of ours, or was open for too long."""
    return render(request, "errors/403_csrf.html", status=403)


def out_of_reach(request: HttpRequest) -> HttpResponse:
    """Say that the live process does not answer, and that nothing was queued."""
    return render(request, "errors/503.html", status=503)
