"""Addresses of the demonstration."""

from django.urls import path

from plenary.web.demo import views

urlpatterns = [path("", views.seats, name="demo"), path("sit/", views.sit, name="demo_sit")]
