"""Addresses of the district's money."""

from django.urls import path

from yimen.desks.district.funds import acting, charts, pages

urlpatterns = [
    path("", pages.overview, name="funds"),
    path("journal/", pages.journal, name="fund_journal"),
    path("charts/", charts.charts, name="fund_charts"),
    path("come/", acting.come, name="fund_come"),
    path("go/", acting.go, name="fund_go"),
    path("<str:ref>/", pages.one, name="fund_order"),
    path("<str:ref>/release/", acting.release, name="fund_release"),
    path("<str:ref>/withdraw/", acting.withdraw, name="fund_withdraw"),
    path("<str:ref>/reverse/", acting.reverse_order, name="fund_reverse"),
]
