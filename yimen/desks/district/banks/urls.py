"""Addresses of the templates of bank files."""

from django.urls import path

from yimen.desks.district.banks import pages

urlpatterns = [
    path("", pages.banks, name="banks"),
    path("new/", pages.new, name="bank_new"),
    path("<str:ref>/", pages.bank, name="bank"),
    path("<str:ref>/release/", pages.release, name="bank_release"),
    path("<str:ref>/withdraw/", pages.withdraw, name="bank_withdraw"),
]
