"""区级确认: cases that the district decides, homes it has to visit, and all townships' cases to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.casework.applications import queries as applications
from yimen.casework.applications.queries import business_words
from yimen.desks.district.doing import readers
from yimen.desks.district.overview import second_supplements
from yimen.desks.shared.batches.pages import bulk_links
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Cell, Empty, Filter, Link, Page, Pager, Row, Tag
from yimen.desks.shared.work import (
    COLUMNS_DISTRICT,
    KEYS,
    MORE,
    SORTS,
    Powers,
    Work,
    act_url,
    more_cells,
    row_of,
    work_of,
)
from yimen.law import procedure
from yimen.law.calendar import today
from yimen.law.ledger import SHORT
from yimen.law.terms import ENDS, OfficeKind, Order, Programme, Role, Stage

WHO = "由谁确认"
LIST = Listing(
    "cases",
    "区级确认",
    (*COLUMNS_DISTRICT, WHO, *MORE),
    # Two hundred rows stay within what an old browser takes (B12); the village is one of the columns to choose.
    usual=(*(column for column in COLUMNS_DISTRICT if column != "村（社区）"), WHO),
    sorts={**SORTS, "乡街": ("township_id",)},
    keys={
        **KEYS,
        "业务": lambda work: business_words(work.application),
        "乡街": lambda work: (work.application.township_id, work.application.village_id),
    },
    filters=("township", "business", "stage", "only"),
    parts=("tab",),
)
OPEN = [stage for stage in Stage if stage not in ENDS]
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
BUSINESS = [
    ("", "全部"),
    *((str(each), SHORT[each]) for each in Programme),
    (applications.UNDECIDED_BUSINESS, "项目未定"),
]
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
        return not self.powers.delegated(item, on)

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
    rows = rows.filter(stage__in=[Stage.DECIDING] if tab == "decide" else OPEN)
    works = work_of(officer, rows, on)
    if tab in ("decide", "ours"):
        works = [work for work in works if deciding.is_ours(work.application, on)]
    return works


def _ended(asked: Asked, on: date) -> tuple[list[Work], Pager]:
    """Finished cases are many; the database cuts the page."""
    rows = applications.visible(asked.officer).filter(stage__in=[*ENDS])
    if township := asked.get("township"):
        rows = rows.filter(township_id=township)
    if stage := asked.get("stage"):
        rows = rows.filter(stage=stage)
    if business := asked.get("business"):
        rows = rows.filter(applications.of_business(business))
    found, pager = asked.page(asked.ordered(rows))
    return work_of(asked.officer, found, on, keep_order=True), pager


def _filters(asked: Asked) -> list[Filter]:
    places = [(row.code, row.name) for row in offices.townships(asked.officer.district)]
    limits = [("", "全部"), ("overdue", "已超期"), ("near", "临期"), ("paused", "已暂停")]
    return [
        Filter("tab", "范围", TABS, asked.parts["tab"]),
        asked.filter("township", "乡街", [("", "全部"), *places]),
        asked.filter("business", "业务", BUSINESS),
        asked.filter("stage", "环节", [("", "全部"), *Stage.choices()]),
        asked.filter("only", "时限", limits),
    ]


def _left(asked: Asked, works: Sequence[Work]) -> list[Work]:
    """The open work that the drop-downs leave, in the order asked for."""
    township, business, stage, only = (asked.get(name) for name in ("township", "business", "stage", "only"))
    test = _TESTS.get(only, _TESTS[""])
    kept = [
        work
        for work in works
        if (not township or work.application.township_id == township)
        and (not business or business in applications.business_of(work.application))
        and (not stage or work.application.stage == stage)
        and test(work)
    ]
    return asked.sorted(kept)


def _row(work: Work, tab: str, deciding: Deciding, officer: Officer, on: date) -> Row:
    plain = row_of(work, township=True)
    cells = [*plain.cells, deciding.name(work.application, on), *more_cells(work)]
    if tab == "visit":
        label = "登记入户核查"
        may = Role.DISTRICT_HANDLER in officer.roles
        place = COLUMNS_DISTRICT.index("下一步")
        cells[place] = Link(label, act_url(work.application.ref, _DISTRICT_VISIT)) if may else Cell(f"等待：{label}")
    return replace(plain, cells=cells, tone="different" if work.overdue else "")


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
    asked = Asked(request, LIST)
    tab = asked.part("tab", dict(TABS), TABS[0][0])
    deciding = Deciding(officer.district)
    if tab == "ended":
        works, (shown, pager) = [], _ended(asked, on)
    else:
        works = _left(asked, _works(tab, officer, deciding, on))
        shown, pager = asked.page(works)
    all_cases = Action("查看全部在办", f"{reverse('district:cases')}?tab=all")
    table = asked.table(
        [_row(work, tab, deciding, officer, on) for work in shown],
        label=dict(TABS)[tab],
        empty=Empty(_EMPTY[tab], None if tab in ("all", "ended") else all_cases),
        pick="ref",
        form_id="bulk",
    )
    return show(
        request,
        "district/cases.html",
        page=Page("区级确认", "移交以前由区级确认的案件、区级入户核查和各乡街案件。", tags=_tags(works)),
        tabs=_tabs(officer, tab, deciding, on),
        filters=_filters(asked),
        filter_url=reverse("district:cases"),
        table=table,
        pager=pager,
        lister=tools(asked),
        bulk=bulk_links() if shown else (),
        note="由谁确认以受理日为准：权限移交以前受理的案件由区级确认，移交以后受理的由乡街确认。",
    )


def _tags(works: Sequence[Work]) -> list[Tag]:
    late = sum(work.overdue for work in works)
    return [Tag("red", f"已超期 {late} 件")] if late else []
