"""Addresses that several desks share: the case, its acts, papers, search, figures."""

from django.urls import path

from yimen.desks.shared import casepage, demo, figures, finding, paperviews, password, preferences, programmes
from yimen.desks.shared.batches import pages as batches
from yimen.desks.shared.caseacts import load
from yimen.desks.shared.caseacts.page import view_of
from yimen.desks.shared.lists import center, choosing
from yimen.desks.shared.printing import casepapers

urlpatterns = [
    path("help/tour/as/", demo.switch, name="demo_switch"),
    path("search/", finding.search, name="search"),
    path("password/", password.password, name="password"),
    path("settings/", preferences.preferences, name="settings"),
    path("figures/", figures.figures, name="figures"),
    path("exports/", center.exports, name="exports"),
    path("exports/new/", center.new, name="export_new"),
    path("exports/full/", center.full, name="export_full"),
    path("exports/file/<str:token>/", center.file, name="export_file"),
    path("exports/<str:ref>/job/", center.job, name="export_job"),
    path("exports/<str:ref>/link/", center.link, name="export_link"),
    path("exports/<str:ref>/release/", center.release, name="export_release"),
    *batches.urlpatterns,
    path("lists/columns/", choosing.columns, name="list_columns"),
    path("lists/save/", choosing.save, name="list_save"),
    path("lists/drop/", choosing.drop, name="list_drop"),
    path("household/<str:ref>/", finding.household, name="household"),
    path("case/<str:ref>/", casepage.case, name="case"),
    path("case/<str:ref>/reckoning/", casepage.reckoning, name="reckoning"),
    path("case/<str:ref>/programmes/", programmes.programmes, name="programmes"),
    path("case/<str:ref>/pledge/", paperviews.pledge_sheet, name="blank-pledge"),
    path("case/<str:ref>/papers/", casepapers.case_papers, name="case-papers"),
    path("case/<str:ref>/signing/", casepapers.signing, name="case-signing"),
    path("case/<str:ref>/sheet/<str:code>/", casepapers.sheet, name="case-sheet"),
    path("paper/<str:ref>/", paperviews.paper, name="paper"),
    *[path(f"case/<str:ref>/{act}/", view_of(page), name=f"act-{act}") for act, page in load().items()],
]
