"""待办 (S2): what to do now, by legal time limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.applications import queries as applications
from yimen.casework.awards import recertify_queries as recertify
from yimen.desks.shared import splits
from yimen.desks.shared.batches.pages import bulk_links
from yimen.desks.shared.changes import told_elsewhere, waiting
from yimen.desks.shared.deadlines import UNSET, deadline_of, left_words
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Empty, Filter, Link, Page, Pager, Row, Tile
from yimen.desks.shared.work import COLUMNS, KEYS, MORE, SORTS, Work, more_cells, row_of, work_of
from yimen.law.calendar import today
from yimen.law.monthclose import CutOff
from yimen.law.procedure import PAUSED_IN
from yimen.law.standards import Unset
from yimen.law.terms import ENDS, Role, Stage

LIST = Listing(
    "queue",
    "待办案件",
    (*COLUMNS, *MORE),
    usual=COLUMNS,
    sorts=SORTS,
    keys=KEYS,
    filters=("village", "stage", "handler"),
    parts=("tab",),
)
OPEN = [stage for stage in Stage if stage not in ENDS]
_WEEKDAYS = "一二三四五六日"
TABS = (
    ("mine", "待我办理", lambda work: work.mine),
    ("others", "等待他人", lambda work: not work.mine and not work.paused),
    ("near", "临期", lambda work: work.near or work.overdue),
    ("paused", "已暂停", lambda work: work.paused),
    ("all", "本站全部", lambda work: True),
)


def _cutoff_tile(on: date, area: str, open_now: int, done: int) -> Tile:
    """How far the cases of the month are, and how long it still is to their cut-off (plan 四(六))."""
    found = deadline_of(CutOff.CASES, area, on)
    if found is None:
        return Tile(CutOff.CASES.label, "未设置", note=UNSET)
    label = f"{found.day.day} 日办结截止·{left_words(found, on)}"
    return Tile(label, str(done), note=f"/ {open_now + done} 件已办结", done=done, of=open_now + done or 1)


def _reviews_tile(officer: Officer, on: date) -> Tile:
    """Reviews due this month, and how many are over already; a link to their list."""
    counted = recertify.progress(officer, on).values()
    due, late = sum(one.due for one in counted), sum(one.late for one in counted)
    note = f"户，已过期 {late} 户" if late else "户"
    return Tile("本月到期复核", str(due), note=note, tone="red" if late else "", url=reverse("township:recertify"))


def _tiles(officer: Officer, works: Sequence[Work], on: date, area: str, done: int) -> list[Tile]:
    url = reverse("township:queue")
    near = sum(work.near for work in works)
    overdue = sum(work.overdue for work in works)
    return [
        Tile("待我办理", str(sum(work.mine for work in works)), url=url),
        Tile("3 个工作日内到期", str(near), tone="amber" if near else "", url=f"{url}?tab=near"),
        Tile("已超期", str(overdue), tone="red" if overdue else "", url=f"{url}?tab=near"),
        _reviews_tile(officer, on),
        _cutoff_tile(on, area, len(works), done),
    ]


def _handlers(area: str) -> list[tuple[str, str]]:
    return [("", "全部"), ("me", "我经办的"), *((row.ref, row.name) for row in offices.handlers([area], today()))]


def _filters(asked: Asked, area: str) -> list[Filter]:
    villages = [(row.code, row.name) for row in offices.villages(area)]
    stages = [(str(item.value), item.label) for item in Stage if item not in ENDS]
    return [
        # The tab is one of the filters, so that filtering stays on it.
        Filter("tab", "范围", [*((code, label) for code, label, _ in TABS), ("done", "已办")], asked.parts["tab"]),
        asked.filter("village", "村（社区）", [("", "全部"), *villages]),
        asked.filter("stage", "环节", [("", "全部"), *stages]),
        asked.filter("handler", "经办", _handlers(area)),
    ]


def _narrowed(asked: Asked, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that the drop-downs leave."""
    village, stage, handler = (asked.get(name) for name in ("village", "stage", "handler"))
    if village:
        rows = rows.filter(village_id=village)
    if stage:
        rows = rows.filter(stage=stage)
    if handler:
        own = handler == "me"
        rows = rows.filter(handler=asked.officer.staff) if own else rows.filter(handler__ref=handler)
    return rows


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


def _shown(asked: Asked, rows: QuerySet[Any], works: Sequence[Work], on: date) -> tuple[list[Work], Pager]:
    """One page of work: finished cases are cut in the database, open ones among the work already looked at."""
    tab = asked.parts["tab"]
    if tab == "done":
        found, pager = asked.page(asked.ordered(_narrowed(asked, rows.filter(stage__in=[*ENDS]))))
        return work_of(asked.officer, found, on, keep_order=True), pager
    test: Any = next(item[2] for item in TABS if item[0] == tab)
    left = works
    if any(asked.filters.values()):
        kept = set(_narrowed(asked, rows.filter(stage__in=OPEN)).order_by().values_list("pk", flat=True))
        left = [work for work in works if work.application.pk in kept]
    return asked.page(asked.sorted([work for work in left if test(work)]))


@route("queue.read", "application", "place", TOWNSHIP_ROLES)
def queue(request: HttpRequest) -> HttpResponse:
    """The officer's own township: overdue first, then by due day."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    on = today()
    area = officer.areas(TOWNSHIP_ROLES)[0]
    asked = Asked(request, LIST)
    tab = asked.part("tab", [*(code for code, _, _ in TABS), "done"], "mine")
    rows = applications.visible(officer)
    works = work_of(officer, rows.filter(stage__in=OPEN), on)
    finished = rows.filter(stage__in=[*ENDS])
    shown, pager = _shown(asked, rows, works, on)
    table = asked.table(
        [_row(work) for work in shown], empty=_empty(tab, works), pick="ref" if tab != "done" else "", form_id="bulk"
    )
    this_month = finished.filter(decided_on__year=on.year, decided_on__month=on.month).count()
    intake = Action("新登记申请", reverse("township:intake"), primary=True)
    return show(
        request,
        "township/queue.html",
        page=Page(
            "待办",
            f"今天 {on:%Y-%m-%d}（星期{_WEEKDAYS[on.weekday()]}）。{_clock_words(area, on)}",
            tools=[intake] if Role.HANDLER in officer.roles else [],
        ),
        tiles=_tiles(officer, works, on, area, this_month),
        tabs=_tabs(works, tab, finished.count()),
        filters=_filters(asked, area),
        filter_url=reverse("township:queue"),
        table=table,
        pager=pager,
        lister=tools(asked),
        blocks=[*told_elsewhere(officer), *waiting(officer, on), *splits.to_apply(officer, on)],
        bulk=bulk_links("request_check", "publish_notice", "close_notice", "announce", "hand_over") if shown else (),
    )


def _row(work: Work) -> Row:
    plain = row_of(work)
    return replace(plain, cells=[*plain.cells, *more_cells(work)])


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
