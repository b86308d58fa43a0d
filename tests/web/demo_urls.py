"""The addresses of a demonstration."""

from django.urls import include, path

from plenary.web.urls import urlpatterns as serving

urlpatterns = [*serving, path("demo/", include("plenary.web.demo.urls"))]
