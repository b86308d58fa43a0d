"""Addresses of the pages. What the live process answers itself never comes here (docs/live.md)."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from plenary.web.history import views as history
from plenary.web.people import views as people
from plenary.web.public import views as public
from plenary.web.secretariat import convening, from_folder

handler400 = "plenary.web.errors.bad_request"
handler403 = "plenary.web.errors.not_found"
handler404 = "plenary.web.errors.not_found"
handler500 = "plenary.web.errors.broken"

meeting: list[URLPattern | URLResolver] = [
    path("", public.live, name="live"),
    path("documents/", public.documents, name="documents"),
    path("documents/<str:document>/", public.document, name="document"),
    path("room", public.room, name="room"),
    path("projector", public.projector, name="projector"),
    path("history/", history.history, name="history"),
    path("log.pub", history.log_pub, name="log_pub"),
    path("history/<int:number>.proof", history.proof, name="proof"),
    path("secretariat/", include("plenary.web.secretariat.urls")),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.home, name="home"),
    path("accounts/", include("plenary.web.accounts.urls")),
    path("people/", people.people, name="people"),
    path("people/<str:identifier>/invite/", people.invite, name="invite"),
    path("meetings/convene/", convening.convene, name="convene"),
    path("meetings/convene/folder/", from_folder.convene_folder, name="convene_folder"),
    path("meetings/<slug:org>/<str:name>/", include(meeting)),
    path("admin/", admin.site.urls),
]
if settings.DEMO:  # in a serving installation the address does not exist
    urlpatterns.append(path("demo/", include("plenary.web.demo.urls")))
