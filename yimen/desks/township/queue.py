"""待办 (S2): what to do now, by legal time limit."""

from __future__ import annotations

import calendar as month_lengths
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.applications import queries as applications
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Column, Empty, Filter, Link, Page, Pager, Table, Tile
from yimen.desks.shared.work import COLUMNS, Work, row_of, work_of
from yimen.law.calendar import today
from yimen.law.procedure import PAUSED_IN
from yimen.law.standards import Unset
from yimen.law.terms import ENDS, Role, Stage

PAGE_SIZE = 50
_WEEKDAYS = "一二三四五六日"
TABS = (
    ("mine", "待我办理", lambda work: work.mine),
    ("others", "等待他人", lambda work: not work.mine and not work.paused),
    ("near", "临期", lambda work: work.near or work.overdue),
    ("paused", "已暂停", lambda work: work.paused),
    ("all", "本站全部", lambda work: True),
)


def _cutoff(on: date, area: str) -> tuple[date, str] | None:
    """The day by which the month's cases close; None while the district has not set it (plan 四(六))."""
    try:
        day = figures.figure("month_close.case_cutoff_day", area, on).as_int()
    except Unset:
        return None
    last = month_lengths.monthrange(on.year, on.month)[1]
    return on.replace(day=min(day, last)), f"{day} 日审核截止"


def _cutoff_tile(on: date, area: str, open_now: int, done: int) -> Tile:
    found = _cutoff(on, area)
    if found is None:
        return Tile("每月审核截止", "未设置", note="由区级民政部门设置")
    day, label = found
    left = (day - on).days
    words = f"{label}·还剩 {left} 天" if left > 0 else f"{label}·今天" if left == 0 else f"{label}·已过"
    return Tile(words, str(done), note=f"/ {open_now + done} 件已办结", done=done, of=open_now + done or 1)


def _tiles(works: Sequence[Work], on: date, area: str, done: int) -> list[Tile]:
    url = reverse("township:queue")
    near = sum(work.near for work in works)
    overdue = sum(work.overdue for work in works)
    return [
        Tile("待我办理", str(sum(work.mine for work in works)), url=url),
        Tile("3 个工作日内到期", str(near), tone="amber" if near else "", url=f"{url}?tab=near"),
        Tile("已超期", str(overdue), tone="red" if overdue else "", url=f"{url}?tab=near"),
        _cutoff_tile(on, area, len(works), done),
    ]


def _filters(request: HttpRequest, area: str, works: Sequence[Work]) -> tuple[list[Filter], list[Work]]:
    village, stage = request.GET.get("village", ""), request.GET.get("stage", "")
    villages = [(row.code, row.name) for row in offices.villages(area)]
    stages = [(str(item.value), item.label) for item in Stage if item not in ENDS]
    kept = [
        work
        for work in works
        if (not village or work.application.village_id == village) and (not stage or work.application.stage == stage)
    ]
    made = [
        # The tab is one of the filters, so that filtering stays on it.
        Filter(
            "tab",
            "范围",
            [*((code, label) for code, label, _ in TABS), ("done", "已办")],
            request.GET.get("tab", "mine"),
        ),
        Filter("village", "村（社区）", [("", "全部"), *villages], village),
        Filter("stage", "环节", [("", "全部"), *stages], stage),
    ]
    return made, kept


def _pager(request: HttpRequest, number: int, total: int, pages: int) -> Pager:
    def url(page: int) -> str:
        query = request.GET.copy()
        query["page"] = str(page)
        return f"?{query.urlencode()}"

    first = (number - 1) * PAGE_SIZE + 1 if total else 0
    return Pager(
        total,
        first,
        min(number * PAGE_SIZE, total),
        previous_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < pages else "",
    )


def _empty(tab: str, works: Sequence[Work]) -> Empty:
    others = sum(not work.mine for work in works)
    if tab == "mine" and others:
        return Empty(
            f"今天没有待您办理的事项。还有 {others} 件等待他人。",
            Action("查看等待他人", f"{reverse('township:queue')}?tab=others"),
        )
    return Empty("这里没有案件。", Action("新登记申请", reverse("township:intake")))


def _tabs(works: Sequence[Work], current: str, done: int) -> list[Link]:
    url = reverse("township:queue")
    tabs = [
        Link(label, f"{url}?tab={code}", current=code == current, count=str(sum(map(test, works))))
        for code, label, test in TABS
    ]
    return [*tabs, Link("已办", f"{url}?tab=done", current=current == "done", count=str(done))]


@route("queue.read", "application", "place", TOWNSHIP_ROLES)
def queue(request: HttpRequest) -> HttpResponse:
    """The officer's own township: overdue first, then by due day."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    on = today()
    area = officer.areas(TOWNSHIP_ROLES)[0]
    rows = applications.visible(officer)
    works = work_of(officer, rows.exclude(stage__in=[*ENDS]), on)
    finished = rows.filter(stage__in=[*ENDS])
    done = finished.count()
    tab = request.GET.get("tab", "mine")
    shown: list[Work]
    if tab == "done":
        shown = work_of(officer, finished.order_by("-id")[:200], on)
    else:
        test: Any = next((item[2] for item in TABS if item[0] == tab), TABS[0][2])
        shown = [work for work in works if test(work)]
    filters, shown = _filters(request, area, shown)
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page", 1))
    table = Table(
        [Column(text) for text in COLUMNS],
        [row_of(work) for work in page.object_list],
        label="待办案件",
        empty=_empty(tab, works),
    )
    this_month = finished.filter(decided_on__year=on.year, decided_on__month=on.month).count()
    intake = Link("新登记申请", reverse("township:intake")) if Role.HANDLER in officer.roles else None
    context = {
        "page": Page("待办", f"今天 {on:%Y-%m-%d}（星期{_WEEKDAYS[on.weekday()]}）。{_clock_words(area, on)}"),
        "tiles": _tiles(works, on, area, this_month),
        "tabs": _tabs(works, tab, done),
        "filters": filters,
        "filter_url": reverse("township:queue"),
        "table": table,
        "pager": _pager(request, page.number, len(shown), page.paginator.num_pages),
        "export": None,
        "intake": intake,
        "stale": "",
    }
    return render(request, "township/queue.html", context)


def _clock_words(area: str, on: date) -> str:
    """Which days count, built from the rule in force."""
    try:
        codes = figures.figure("clock.pauses", area, on).as_texts()
    except Unset:
        codes = ()
    words = dict(PAUSED_IN.values())
    if not codes:
        return "时限按工作日计算，核对、评议和公示的时间都计入。"
    return f"时限按工作日计算，等待{'、'.join(words.get(code, code) for code in codes)}的时间不计入。"
