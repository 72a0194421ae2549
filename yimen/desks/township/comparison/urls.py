"""Addresses of the monthly comparison at the township's desk."""

from django.urls import path

from yimen.desks.township.comparison import acting, consenting, household, left_out, queue

urlpatterns = [
    path("", queue.queue, name="comparison"),
    path("left-out/", left_out.left_out, name="comparison_left_out"),
    path("consent/", consenting.consent, name="comparison_consent"),
    path("explain/", acting.explain, name="comparison_explain"),
    path("dismiss/", acting.dismiss, name="comparison_dismiss"),
    path("home/<str:ref>/", household.household, name="comparison_household"),
    path("home/<str:ref>/confirm/", acting.confirm, name="comparison_confirm"),
]
