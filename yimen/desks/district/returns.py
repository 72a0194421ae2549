"""月报表 of the district: the sum of its townships' frozen months, and each of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.base.offices import queries as offices
from yimen.casework.reports import acts
from yimen.casework.reports.official import Return
from yimen.casework.reports.queries import RETURN
from yimen.desks.district.doing import roles_of
from yimen.desks.shared.closing import state_tag
from yimen.desks.shared.monthpapers import block, issue
from yimen.desks.shared.returnpage import answer
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Cell, Column, Link, Row, Table, Tag
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.money import show as yuan

_HEADS = ["乡街", "报备", Column("户", numeric=True), Column("人", numeric=True), Column("应发（元）", numeric=True),
          Column("银行已发（元）", numeric=True)]  # fmt: skip


@route("reports.read", "month_close", "district", DISTRICT_ROLES)
def latest(request: HttpRequest) -> HttpResponse:
    """Last month, which is filed as a rule."""
    return month(request, later_month(month_of(today()), -1))


@route("reports.read", "month_close", "district", DISTRICT_ROLES)
def month(request: HttpRequest, month: str) -> HttpResponse:
    """One month of the district."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    areas = list(offices.townships(officer.district))

    def places(found: Return) -> Sequence[Block]:
        closes = {close.area_id: close for close in found.closes}
        rows = []
        for area in areas:
            close = closes.get(area.code)
            if close is None:
                rows.append(Row([area.name, Cell(tag=Tag("red", "没有报备")), "—", "—", "—", "—"], tone="refused"))
                continue
            counts = close.counts
            link = Link(area.name, reverse("township:close_rows", args=[close.ref]))
            sums = [counts["households"], counts["persons"], yuan(counts["due_fen"]), yuan(counts["paid_fen"])]
            rows.append(Row([link, Cell(tag=state_tag(close.state)), *sums]))
        papers = [block(officer, officer.district, month, [RETURN])] if closes else []
        return [Block("各乡街", table=Table(_HEADS, rows, label="各乡街")), *papers]

    return answer(
        request, place=offices.area(officer.district).name, townships=[area.code for area in areas], month=month,
        address=lambda each: reverse("district:return", args=[each]), more=places,
    )  # fmt: skip


@route("reports.paper", "month_close", "district", roles_of("issue_district_paper"), ("POST",))
def paper(request: HttpRequest, month: str, paper: str) -> HttpResponse:
    """Issue a paper of a month of the whole district."""
    return issue(
        request, month, paper, lambda officer: acts.issue_district_paper(officer, month=month, code=paper), "district"
    )
