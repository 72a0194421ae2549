"""Addresses that several desks share: the case, its acts, papers, search, figures."""

from django.urls import path

from yimen.desks.shared import casepage, figures, finding, paperviews, password, preferences
from yimen.desks.shared.caseacts import load
from yimen.desks.shared.caseacts.page import view_of

urlpatterns = [
    path("search/", finding.search, name="search"),
    path("password/", password.password, name="password"),
    path("settings/", preferences.preferences, name="settings"),
    path("figures/", figures.figures, name="figures"),
    path("household/<str:ref>/", finding.household, name="household"),
    path("case/<str:ref>/", casepage.case, name="case"),
    path("case/<str:ref>/reckoning/", casepage.reckoning, name="reckoning"),
    path("case/<str:ref>/pledge/", paperviews.pledge_sheet, name="blank-pledge"),
    path("paper/<str:ref>/", paperviews.paper, name="paper"),
    *[path(f"case/<str:ref>/{act}/", view_of(page), name=f"act-{act}") for act, page in load().items()],
]
