"""Addresses of the village's desk."""

from django.urls import path

from yimen.desks.village import visits

app_name = "village"
urlpatterns = [path("", visits.visits, name="visits")]
