"""Addresses of payment at the township's desk."""

from django.urls import path

from yimen.desks.township.money import holds

urlpatterns = [
    path("holds/", holds.holds, name="holds"),
    path("holds/place/<str:ref>/", holds.place, name="hold_place"),
    path("holds/free/<str:ref>/", holds.free, name="hold_free"),
]
