"""Addresses of the secretariat's pages."""

from django.urls import path

from plenary.web.secretariat import late, papers, prints, roster, telephone

urlpatterns = [
    path("", roster.overview, name="secretariat"),
    path("roster/", roster.roster, name="roster"),
    path("roster/import/", roster.import_roster, name="roster_import"),
    path("seating/", roster.seating, name="seating"),
    path("agenda/", papers.agenda, name="agenda"),
    path("documents/", papers.papers, name="papers"),
    path("documents/<str:document>/", papers.paper, name="paper"),
    path("telephone/", telephone.telephone, name="telephone"),
    path("late/", late.late, name="late"),
    path("print/", prints.prints, name="print"),
    path("print/<slug:what>/", prints.sheet, name="sheet"),
]
