"""Addresses of the district's desk."""

from django.urls import include, path

from yimen.desks.district import (
    calendar,
    cases,
    charts,
    checks,
    delegations,
    figures,
    importing,
    months,
    orders,
    overview,
    returns,
)
from yimen.desks.district.closing import pages as close_pages
from yimen.desks.district.uplift import acting as uplift_acting, pages as uplift_pages, register
from yimen.desks.shared import figures as shared_figures
from yimen.desks.shared.accounts import acting as account_acting, pages as account_pages

app_name = "district"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("charts/", charts.charts, name="charts"),
    path("months/", months.month, name="months"),
    path("months/<str:month>/", months.month, name="month"),
    path("cases/", cases.cases, name="cases"),
    path("accounts/", account_pages.district, name="accounts"),
    path("accounts/letters/", account_acting.letters, name="account_letters"),
    path("comparison/", include("yimen.desks.district.comparison.urls")),
    path("checks/", checks.checks, name="checks"),
    path("checks/send/", checks.send, name="send_checks"),
    path("checks/practice/", importing.practice, name="practice"),
    path("checks/import/", importing.import_results, name="import_results"),
    path("checks/import/job/<str:ref>/", importing.job, name="import_job"),
    path("checks/batch/<str:ref>/", checks.batch, name="batch"),
    path("checks/batch/<str:ref>/request.<str:suffix>", checks.request_file, name="request_file"),
    path("checks/result/<str:ref>/", importing.result, name="result_file"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/new/", delegations.propose, name="delegation_new"),
    path("delegations/<str:ref>/release/", delegations.release, name="delegation_release"),
    path("delegations/order/", orders.choose, name="order_new"),
    path("figures/<str:key>/", shared_figures.figure, name="figure"),
    path("figures/<str:key>/new/", figures.propose, name="figure_new"),
    path("figures/waiting/<str:ref>/release/", figures.release, name="figure_release"),
    path("returns/", returns.latest, name="returns"),
    path("returns/<str:month>/", returns.month, name="return"),
    path("returns/<str:month>/papers/<str:paper>/", returns.paper, name="month_paper"),
    path("closing/", close_pages.closes, name="closes"),
    path("closing/<str:month>/", close_pages.closes, name="closes_of"),
    path("closing/filed/<str:ref>/receive/", close_pages.receive, name="close_receive"),
    path("closing/filed/<str:ref>/reopen/", close_pages.reopen, name="close_reopen"),
    path("uplift/", uplift_pages.uplifts, name="uplifts"),
    path("uplift/new/", uplift_acting.new, name="uplift_new"),
    path("uplift/<str:ref>/", uplift_pages.uplift, name="uplift"),
    path("uplift/<str:ref>/job/", uplift_pages.job, name="uplift_job"),
    path("uplift/<str:ref>/submit/", uplift_acting.submit, name="uplift_submit"),
    path("uplift/<str:ref>/release/", uplift_acting.release, name="uplift_release"),
    path("uplift/<str:ref>/withdraw/", uplift_acting.withdraw, name="uplift_withdraw"),
    path("uplift/<str:ref>/resume/", uplift_acting.resume, name="uplift_resume"),
    path("uplift/<str:ref>/award/<str:award>/", uplift_pages.line, name="uplift_line"),
    path("register/", register.register, name="register"),
    path("register/check/", register.check, name="register_check"),
    path("register/job/", register.job, name="register_job"),
    path("banks/", include("yimen.desks.district.banks.urls")),
    path("funds/", include("yimen.desks.district.funds.urls")),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/day/<str:day>/", calendar.day, name="calendar_day"),
]
