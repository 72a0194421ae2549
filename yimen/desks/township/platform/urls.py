"""Addresses of the reconciliation with the provincial platform."""

from django.urls import path

from yimen.desks.township.platform import columns, fixing, handling, home, month, run, sheet

urlpatterns = [
    path("", home.platform, name="platform"),
    path("upload/", home.upload, name="platform_upload"),
    path("handle/", handling.handle, name="platform_handle"),
    path("tick/", handling.tick, name="platform_tick"),
    path("lines/<str:ref>/adopt/", handling.adopt, name="platform_adopt"),
    path("months/<str:month>/", month.month, name="platform_month"),
    path("months/<str:month>/fix/", fixing.fixes, name="platform_fixes"),
    path("months/<str:month>/awards/", fixing.awards, name="platform_awards"),
    path("months/<str:month>/sheet/", sheet.issue, name="platform_sheet"),
    path("<str:ref>/", run.run, name="platform_run"),
    path("<str:ref>/columns/", columns.columns, name="platform_columns"),
    path("<str:ref>/again/", run.again, name="platform_again"),
    path("<str:ref>/job/", run.job, name="platform_job"),
]
