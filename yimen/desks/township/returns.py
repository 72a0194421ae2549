"""月报表 of a township: from its frozen months."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.base.offices import queries as offices
from yimen.casework.reports import acts
from yimen.casework.reports.queries import RETURN
from yimen.desks.shared import monthpapers
from yimen.desks.shared.returnpage import answer
from yimen.desks.shared.routes import route
from yimen.law import procedure
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today


@route("reports.read", "month_close", "place", TOWNSHIP_ROLES)
def latest(request: HttpRequest) -> HttpResponse:
    """Last month, which is filed as a rule."""
    return month(request, later_month(month_of(today()), -1))


@route("reports.read", "month_close", "place", TOWNSHIP_ROLES)
def month(request: HttpRequest, month: str) -> HttpResponse:
    """One month of the own township."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    codes = sorted(officer.areas(TOWNSHIP_ROLES))
    if not codes:
        raise Unknown("township")
    return answer(
        request, place=offices.area(codes[0]).name, townships=codes[:1], month=month,
        address=lambda each: reverse("township:return", args=[each]),
        more=lambda found: [monthpapers.block(officer, codes[0], month, [RETURN])] if found.closes else [],
    )  # fmt: skip


@route("reports.issue", "month_close", "place", frozenset(procedure.OFFICE_STEPS["issue_return"].roles), ("POST",))
def issue(request: HttpRequest, month: str) -> HttpResponse:
    """The head issues the return of a month."""
    return monthpapers.issue(request, month, RETURN, lambda officer: acts.issue_return(officer, month=month))


@route("reports.paper", "month_close", "place", frozenset(procedure.OFFICE_STEPS["issue_month_paper"].roles), ("POST",))
def paper(request: HttpRequest, month: str, paper: str) -> HttpResponse:
    """Issue another paper of a month of the own township."""
    return monthpapers.issue(
        request, month, paper, lambda officer: acts.issue_month_paper(officer, month=month, code=paper)
    )
