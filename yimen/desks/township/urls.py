"""Addresses of the township's desk."""

from django.urls import include, path

from yimen.desks.township import (
    additions,
    announcing,
    awards,
    funds,
    history,
    months,
    notices,
    papers,
    queue,
    returns,
    uplifts,
)
from yimen.desks.township.intake import views as intake

app_name = "township"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("notices/", notices.notices, name="notices"),
    path("awards/", awards.awards, name="awards"),
    path("uplifts/", uplifts.uplifts, name="uplifts"),
    path("uplifts/falls/", uplifts.falls, name="uplift_falls"),
    path("uplifts/<str:ref>/print/", uplifts.print_notices, name="uplift_print"),
    path("awards/<str:ref>/", history.award, name="award"),
    path("awards/<str:ref>/months/<str:month>/", history.award_month, name="award_month"),
    path("recertify/", include("yimen.desks.township.recertify.urls")),
    path("closing/", include("yimen.desks.township.closing.urls")),
    path("returns/", returns.latest, name="returns"),
    path("returns/<str:month>/", returns.month, name="return"),
    path("comparison/", include("yimen.desks.township.comparison.urls")),
    path("changes/", include("yimen.desks.township.changes.urls")),
    path("months/", months.month, name="months"),
    path("months/<str:month>/", months.month, name="month"),
    path("months/<str:month>/<str:what>/", months.households, name="month_households"),
    path("additions/", additions.additions, name="additions"),
    path("additions/<str:month>/", additions.month, name="additions_month"),
    path("additions/<str:month>/households/", additions.households, name="additions_households"),
    path("additions/<str:month>/print/", announcing.print_notices, name="additions_print"),
    path("additions/<str:month>/announce/<str:area>/", announcing.announce, name="additions_announce"),
    path("", include("yimen.desks.township.money.urls")),
    path("funds/", funds.township_funds, name="funds"),
    path("funds/table/", funds.fund_table, name="fund_table"),
    path("recoveries/", include("yimen.desks.township.recoveries.urls")),
    path("relief/", include("yimen.desks.township.relief.urls")),
    path("ledgers/", include("yimen.desks.township.ledgers.urls")),
    path("platform/", include("yimen.desks.township.platform.urls")),
    path("foreign/", include("yimen.desks.township.foreign.urls")),
    path("papers/", papers.list_papers, name="papers"),
    path("papers/print/", papers.print_papers, name="print"),
    path("papers/runs/<str:ref>/", papers.print_run, name="print_run"),
    path("papers/runs/<str:ref>/file/", papers.print_file, name="print_file"),
    path("intake/", intake.intake, name="intake"),
    path("intake/draft/<str:ref>/discard/", intake.discard, name="discard"),
    path("intake/identity/", intake.identity, name="identity"),
]
