"""区级确认: cases that the district decides, homes it has to visit, and all townships' cases to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.casework.applications import queries as applications
from yimen.desks.district.doing import cut, readers
from yimen.desks.district.overview import second_supplements
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Cell, Empty, Filter, Link, Page, Row, Table, Tag
from yimen.desks.shared.work import COLUMNS_DISTRICT, Powers, Work, act_url, row_of, work_of
from yimen.law import procedure
from yimen.law.calendar import today
from yimen.law.terms import ENDS, OfficeKind, Order, Role, Stage

TABS = (
    ("decide", "待区级确认"),
    ("ours", "由区级确认的在办"),
    ("visit", "待区级入户核查"),
    ("all", "全部在办"),
    ("second", "二次补正"),
    ("ended", "已办结"),
)
_EMPTY = {
    "decide": "没有等待区级确认的案件。权限移交以前受理的案件，公示期满后会列在这里。",
    "ours": "没有由区级确认的在办案件：各乡街的确认权限都已移交。",
    "visit": "没有需要区级入户核查的案件。申请家庭与工作人员有近亲属关系的，决定前须由区级入户。",
    "all": "没有在办案件。",
    "second": "没有要求二次补正的案件。",
    "ended": "还没有办结的案件。",
}
_DISTRICT_VISIT = "district_visit"
_TESTS: dict[str, Callable[[Work], bool]] = {
    "": lambda work: True,
    "overdue": lambda work: work.overdue,
    "near": lambda work: work.near and not work.overdue,
    "paused": lambda work: work.paused,
}


class Deciding:
    """Who decides each case, with two queries for a whole list."""

    def __init__(self, district: str) -> None:
        self.powers = Powers(district)
        kinds = (OfficeKind.DEPARTMENT, OfficeKind.TOWNSHIP)
        rows = Office.objects.filter(area__code__startswith=district, kind__in=kinds).order_by("area_id")
        self.names = dict(rows.values_list("area_id", "name"))
        self.district = district

    def is_ours(self, item: Any, on: date) -> bool:
        """Whether the district holds the power for this case."""
        return not self.powers.delegated(item.township_id, item.accepted_on or on)

    def name(self, item: Any, on: date) -> str:
        code = self.district if self.is_ours(item, on) else item.township_id
        return self.names.get(code, code)


def visits_due(officer: Officer) -> Any:
    """Open cases with a close relation to staff and no visit of the district yet."""
    row = next(step for step in procedure.TABLES[Order.PLAN] if step.act == _DISTRICT_VISIT)
    rows = applications.visible(officer).filter(relative_filings__isnull=False, stage__in=[*row.stages])
    seen = rows.filter(home_visits__by_district=True).order_by().values("pk")
    return rows.exclude(pk__in=seen).distinct()


def _works(tab: str, officer: Officer, deciding: Deciding, on: date) -> list[Work]:
    rows = applications.visible(officer)
    if tab == "visit":
        return work_of(officer, visits_due(officer), on)
    if tab == "second":
        return work_of(officer, second_supplements(officer), on)
    if tab == "ended":
        return work_of(officer, rows.filter(stage__in=[*ENDS]).order_by("-id")[:500], on)
    if tab == "decide":
        rows = rows.filter(stage=Stage.DECIDING)
    works = work_of(officer, rows.exclude(stage__in=[*ENDS]), on)
    if tab in ("decide", "ours"):
        works = [work for work in works if deciding.is_ours(work.application, on)]
    return works


def _filtered(
    request: HttpRequest, officer: Officer, tab: str, works: Sequence[Work]
) -> tuple[list[Filter], list[Work]]:
    township, stage, only = (request.GET.get(name, "") for name in ("township", "stage", "only"))
    test = _TESTS.get(only, _TESTS[""])
    kept = [
        work
        for work in works
        if (not township or work.application.township_id == township)
        and (not stage or work.application.stage == stage)
        and test(work)
    ]
    places = [(row.code, row.name) for row in offices.townships(officer.district)]
    limits = [("", "全部"), ("overdue", "已超期"), ("near", "临期"), ("paused", "已暂停")]
    filters = [
        Filter("tab", "范围", TABS, tab),
        Filter("township", "乡街", [("", "全部"), *places], township),
        Filter("stage", "环节", [("", "全部"), *Stage.choices()], stage),
        Filter("only", "时限", limits, only),
    ]
    return filters, kept


def _row(work: Work, tab: str, deciding: Deciding, officer: Officer, on: date) -> Row:
    plain = row_of(work, township=True)
    cells = [*plain.cells, deciding.name(work.application, on)]
    if tab == "visit":
        label = "登记入户核查"
        may = Role.DISTRICT_HANDLER in officer.roles
        cells[-2] = Link(label, act_url(work.application.ref, _DISTRICT_VISIT)) if may else Cell(f"等待：{label}")
    return Row(cells, ref=plain.ref, name=plain.name, tone="different" if work.overdue else "")


def _tabs(officer: Officer, current: str, deciding: Deciding, on: date) -> list[Link]:
    url = reverse("district:cases")
    waiting = applications.visible(officer).filter(stage=Stage.DECIDING)
    counts = {
        "decide": sum(deciding.is_ours(item, on) for item in waiting),
        "visit": visits_due(officer).count(),
    }
    return [
        Link(label, f"{url}?tab={code}", current=code == current, count=str(counts[code]) if code in counts else "")
        for code, label in TABS
    ]


@route("district.cases", "application", "district", readers())
def cases(request: HttpRequest) -> HttpResponse:
    """What waits for the district first; every other case of its townships to read."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    on = today()
    asked = request.GET.get("tab", "")
    tab = asked if asked in dict(TABS) else TABS[0][0]
    deciding = Deciding(officer.district)
    filters, works = _filtered(request, officer, tab, _works(tab, officer, deciding, on))
    page, pager = cut(request, works)
    all_cases = Action("查看全部在办", f"{reverse('district:cases')}?tab=all")
    table = Table(
        [*COLUMNS_DISTRICT, "由谁确认"],
        [_row(work, tab, deciding, officer, on) for work in page.object_list],
        label=dict(TABS)[tab],
        empty=Empty(_EMPTY[tab], None if tab in ("all", "ended") else all_cases),
    )
    return show(
        request,
        "district/cases.html",
        page=Page("区级确认", "移交以前由区级确认的案件、区级入户核查和各乡街案件。", tags=_tags(works)),
        tabs=_tabs(officer, tab, deciding, on),
        filters=filters,
        filter_url=reverse("district:cases"),
        table=table,
        pager=pager,
        note="由谁确认以受理日为准：权限移交以前受理的案件由区级确认，移交以后受理的由乡街确认。",
    )


def _tags(works: Sequence[Work]) -> list[Tag]:
    late = sum(work.overdue for work in works)
    return [Tag("red", f"已超期 {late} 件")] if late else []
