"""One month of a township: whether both sides agree, the files that were compared, the signed sheets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.offices import queries as offices
from yimen.casework.monthclose.platform import queries
from yimen.desks.shared.deadlines import deadline_tiles
from yimen.desks.shared.moments import moment
from yimen.desks.shared.months import month_asked, month_words
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Link, Page, Row, Table, Tag
from yimen.desks.township.platform import doing
from yimen.law.calendar import today
from yimen.law.platform import MonthState
from yimen.law.terms import Programme


def _files(officer: Officer, township: str, month: str) -> Table:
    rows = [_file(each) for each in queries.runs(officer).filter(township=township, month=month)[:50]]
    columns: list[Column | str] = [
        "平台文件", "救助项目", "上传", "时间", Column("一致（户）", numeric=True), Column("字段不同（户）", numeric=True),
        Column("只有一方（户）", numeric=True), "状态",
    ]  # fmt: skip
    empty = Empty("这个月还没有上传平台数据。", Action("上传平台数据", reverse("township:platform")))
    return Table(columns, rows, label="比对过的文件", empty=empty)


def _file(run: Any) -> Row:
    counts = run.counts
    return Row(
        [
            Link(run.file_name, doing.url("platform_run", run)),
            "、".join(Programme(each).label for each in run.programmes) or "—",
            run.proposed_by.name,
            moment(run.proposed_at),
            counts.get("same", "—"),
            counts.get("differs", "—"),
            counts["ours"] + counts["theirs"] if counts else "—",
            Cell(tag=doing.run_tag(run)),
        ]
    )


def _sheets(township: str, found: queries.Reconciled) -> Block:
    rows = []
    for row, paper in queries.sheets_of(township, found.month):
        counting = row.ref == found.sheet
        number = Link(paper.number, reverse("paper", args=[paper.ref])) if paper else "—"
        state = Tag("green", "现行") if counting else Tag("neutral", "已被后来的对账取代")
        rows.append(Row([number, row.by.name, moment(row.at), Cell(tag=state)]))
    table = Table(["编号", "出表人", "时间", "状态"], rows, label="对账表", empty=Empty("还没有出具对账表。"))
    return Block("对账表", "打印后由对账人和负责人两人签名，随本月材料留存。", table=table)


def _actions(officer: Officer, township: str, found: queries.Reconciled) -> list[Action]:
    mine = officer.holds(doing.ROLES, township)
    where = doing.of_place(officer, township)
    made = []
    if mine and found.state is MonthState.AGREED and not found.sheet:
        made.append(Action("出具对账表", doing.month_url("platform_sheet", found.month), primary=True))
    if mine and found.state is not MonthState.AGREED:
        run = doing.the_run(found) if found.open else ""
        if run:
            made.append(Action("逐条处理差异", run, primary=True))
        made.append(Action("上传平台数据", reverse("township:platform"), primary=not run))
    if found.state is not MonthState.NONE:
        made.append(Action("平台修改清单", doing.month_url("platform_fixes", found.month, where)))
    return [*made, Action("我方当月在保", doing.month_url("platform_awards", found.month, where))]


@route("platform.read", "platform_run", "place", doing.READERS)
def month(request: HttpRequest, month: str) -> HttpResponse:
    """How a township stands with the platform in a month."""
    officer, month = doing.officer_of(request), month_asked(month)
    township = doing.place_asked(request)
    found = queries.reconciled(township, month)
    agreed = found.state is MonthState.AGREED
    return show(
        request,
        "township/ledger.html",
        page=Page(
            f"{doing.TITLE} {month_words(month)}",
            f"{offices.area(township).name}与省级平台当月数据的核对。",
            crumbs=[doing.crumbs(officer)[0]],
            tags=[doing.state_tag(found)],
        ),
        steps=doing.steps(found=found),
        outcome=Tag("green" if agreed else "amber", doing.sentence(found)),
        actions=_actions(officer, township, found),
        tiles=[
            *deadline_tiles(township, month, today()),
            *doing.tiles(found.counts if found.runs else {}, doing.the_run(found)),
        ],
        table=_files(officer, township, month),
        blocks=[_sheets(township, found)],
    )
