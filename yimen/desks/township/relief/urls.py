"""Addresses of temporary relief."""

from django.urls import path

from yimen.desks.township.relief import acting, pages

urlpatterns = [
    path("", pages.relief, name="relief"),
    path("register/", acting.new, name="relief_new"),
    path("<str:ref>/", pages.one, name="relief_one"),
    path("<str:ref>/decide/", acting.decide, name="relief_decide"),
    path("<str:ref>/pay/", acting.hand_out, name="relief_hand_out"),
    path("<str:ref>/complete/", acting.complete, name="relief_complete"),
    path("<str:ref>/cancel/", acting.cancel, name="relief_cancel"),
]
