"""Addresses of the reviews."""

from django.urls import path

from yimen.desks.township.recertify import due, one

urlpatterns = [
    path("", due.recertify, name="recertify"),
    path("print/", due.print_sheets, name="recertify_print"),
    path("<str:ref>/", one.recertify_one, name="recertify_one"),
    path("<str:ref>/change/", one.recertify_change, name="recertify_change"),
    path("<str:ref>/return/", one.recertify_return, name="recertify_return"),
]
