"""Issuing the papers of a month: by a township for itself, by the district for all of its townships."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.canonical import digest
from yimen.base.offices import queries as offices
from yimen.base.papers.desk import About
from yimen.casework.monthclose.closing import queries as closing
from yimen.casework.monthclose.models import MonthPaper
from yimen.casework.reports import papers
from yimen.casework.reports.official import official
from yimen.casework.reports.queries import FILING, FUNDS, RELIEF, RETURN, paper_of
from yimen.law.calendar import is_month, month_of, now

_MARK = "救助"
_OF_TOWNSHIP, _OF_DISTRICT = (FILING, FUNDS, RELIEF), (RETURN, FUNDS, RELIEF)
Names = Mapping[str, str]
"""Townships by code."""


@office_act("issue_return")
def issue_return(walk: Walk, *, month: str) -> MonthPaper:
    """The head issues the 月报表 of a filed month of the township. Raises Refused before it is filed."""
    return _of_township(walk, month, RETURN)


@office_act("issue_month_paper")
def issue_month_paper(walk: Walk, *, month: str, code: str) -> MonthPaper:
    """A township issues its 月末报备表, 资金发放情况表 or 临时救助花名册 of a month. Raises Refused where there is nothing to tell."""
    return _of_township(walk, month, _known(code, _OF_TOWNSHIP))


@office_act("issue_district_paper")
def issue_district_paper(walk: Walk, *, month: str, code: str) -> MonthPaper:
    """The district issues the 月报表, 资金发放情况表 or 临时救助花名册 of all its townships, those lacking named."""
    area = walk.officer.district
    return _issue(
        walk, area, {row.code: row.name for row in offices.townships(area)}, month, _known(code, _OF_DISTRICT)
    )


def _known(code: str, codes: tuple[str, ...]) -> str:
    if code not in codes:
        raise Refused("没有这样的文书，请刷新页面重选。", "unknown_paper", 422)
    return code


def _of_township(walk: Walk, month: str, code: str) -> MonthPaper:
    area = walk.officer.office.area_id
    return _issue(walk, area, offices.names_of([area]), month, code)


def _issue(walk: Walk, area: str, townships: Names, month: str, code: str) -> MonthPaper:
    """The same figures are issued once: what was issued comes back as it is."""
    if not is_month(month) or month > month_of(walk.on):
        raise Refused("这个月还没有到，不能制发。", "month", 422)
    data = _figures(walk, area, townships, month, code)
    facts = {"by": walk.officer.staff, "at": now()}
    row, new = MonthPaper.objects.get_or_create(
        area_id=area, month=month, code=code, digest=digest(data), defaults=facts
    )
    if new:
        about = About(MonthPaper.KIND, row.ref, row.pk, {**_issuing(walk, code), **data})
        walk.issue_about([(code, about, _MARK)])
    paper = paper_of(row)
    walk.note(subject=(MonthPaper.KIND, row.ref), month=month, code=code, paper=paper.number, again=not new)
    return row


def _issuing(walk: Walk, code: str) -> dict[str, Any]:
    """Who issues it and when, which makes no other paper of the same figures; the filing bears its own signatures."""
    by: dict[str, Any] = {} if code == FILING else {"handler": walk.officer.staff.name}
    return by | ({"on": walk.on} if code == FUNDS else {})


def _figures(walk: Walk, area: str, townships: Names, month: str, code: str) -> dict[str, Any]:
    place = offices.area(area).name
    if code == RETURN:
        found = official(list(townships), month)
        if not found.closes:
            raise Refused("这个月还没有报备存档，没有报表。请先在“月末办结”签字、报备。", "not_filed")
        return papers.monthly_return(found, place, townships)
    if code == FILING:
        close = closing.filed(area, month)
        if close is None:
            raise Refused("这个月还没有报备存档，不能制发报备表。请先签字、报备。", "not_filed")
        return papers.month_filing(close)
    if code == FUNDS:
        made = papers.fund_table(walk.officer, place, townships, month)
        if not (made["rows"] or made["funds"]):
            raise Refused("这个月还没有发放，也没有资金记录，不用制发资金发放情况表。", "nothing")
        return made
    made = papers.relief_list(place, townships, month)
    if not made["rows"]:
        raise Refused("这个月没有决定给予的临时救助，不用制发花名册。", "nothing")
    return made
