"""Two lists of a month: what is to be typed into the platform, and our awards in the platform's columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.exports.desk import IN_FULL
from yimen.base.refs import new_ref
from yimen.casework.monthclose.platform import listing, queries
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.months import month_asked, month_words
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Cell, Column, Empty, Link, Page, Row, Table
from yimen.desks.township.platform import doing
from yimen.desks.township.platform.run import what
from yimen.law.platform import FIELDS, Handling, LineKind
from yimen.law.terms import Programme

_FIXES = Listing(
    "platform_fixes",
    "平台修改清单",
    ("户主", "身份证号", "村（社区）", "平台编号", "平台行", "要改的字段", "平台现在", "改为", "办理"),
    unit="条",
    sizes=(50, 100),
)
_NUMERIC = frozenset({"money", "count"})
_AWARDS = Listing(
    "platform_awards",
    "当月在保",
    ("户主姓名", "编号", *(field.label for field in FIELDS if field.key != "head_name")),
    filters=("programme",),
    numeric=frozenset(field.label for field in FIELDS if field.kind in _NUMERIC),
    unit="户",
    sizes=(50, 100),
)


def _full_tool(asked: Asked, text: str) -> list[Action]:
    if not asked.officer.roles & IN_FULL:
        return []
    query = urlencode({"path": asked.request.path, "query": asked.request.GET.urlencode()})
    return [Action(text, f"{reverse('export_full')}?{query}")]


def _fix_rows(lines: Sequence[Any], *, full: bool) -> list[Row]:
    made = []
    for line, said in zip(lines, listing.to_type(lines, full=full), strict=True):
        home = line.award.household if line.award_id else None
        head = Link(line.head_name, reverse("household", args=[home.ref])) if home else line.head_name
        kind = LineKind(line.kind)
        todo = {LineKind.OURS: "新增这一户", LineKind.THEIRS: "注销这一户"}.get(kind, said.value)
        cells = [
            head, said.identity or "—", line.village_name or "—", said.their_number or "—", line.row or "—",
            what(line), line.theirs or "—", Cell(todo, strong=True), Cell(tag=doing.handling_tag(line), note=line.remark),
        ]  # fmt: skip
        reads = [("household", home.ref, home.head.ref)] if home and full else []
        tone = "different" if line.handling == Handling.FIX else ""
        made.append(Row(cells, tone=tone, ref=line.ref, name=f"{line.head_name}{what(line)}", reads=reads))
    return made


@route("platform.read", "platform_run", "place", doing.READERS)
def fixes(request: HttpRequest, month: str) -> HttpResponse:
    """What has to be mended on the platform, row by row as the platform's own file has it, with what is to be typed."""
    officer, month = doing.officer_of(request), month_asked(month)
    township = doing.place_asked(request)
    asked = Asked(request, _FIXES)
    lines, pager = asked.page(queries.to_fix(township, month))
    mine = officer.holds(doing.ROLES, township)
    tick = reverse("township:platform_tick")
    empty = Empty("没有要在平台修改的差异。在对账里勾选差异、标记平台修改，就列在这里。")
    pick = bool(mine and lines)
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"平台修改清单 {month_words(month)}",
            "按平台文件的次序，逐行在平台改好后勾选；再次导入平台数据时自动确认，仍不同的退回这里。",
            crumbs=doing.crumbs(officer, month=month, township=township),
            tools=_full_tool(asked, "导出清单（完整号码）") if lines else [],
        ),
        table=Table(
            list(_FIXES.columns),
            _fix_rows(lines, full=asked.full),
            label="平台修改清单",
            empty=empty,
            pick="ref" if pick else "",
            form_id="bulk" if pick else "",
        ),
        pager=pager if lines else None,
        bulk=[
            Link("已在平台改好", f"{tick}?month={month}"),
            Link("取消“已改好”", f"{tick}?month={month}&undo=1"),
        ]
        if pick
        else (),
        hidden={"once": new_ref()},
    )


def _award_rows(rows: Sequence[listing.MonthRow]) -> list[Row]:
    made = []
    for row in rows:
        cells: list[Any] = [row.told["head_name"], row.number]
        cells += [row.told[field.key] for field in FIELDS if field.key != "head_name"]
        made.append(
            Row(cells, ref=row.household, name=row.told["head_name"], reads=[("household", row.household, row.person)])
        )
    return made


@route("platform.read", "platform_run", "place", doing.READERS)
def awards(request: HttpRequest, month: str) -> HttpResponse:
    """Our awards of a month in the fields that are compared; in full numbers it can be held against itself."""
    officer, month = doing.officer_of(request), month_asked(month)
    township = doing.place_asked(request)
    asked = Asked(request, _AWARDS)
    chosen = asked.get("programme")
    programme = chosen if chosen in {str(each) for each in Programme} else ""
    found, pager = asked.page(listing.standing(township, month, programme))
    rows = _award_rows(listing.month_rows(found, full=asked.full))
    columns = [Column(text, numeric=text in _AWARDS.numeric) for text in _AWARDS.columns]
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"我方当月在保 {month_words(month)}",
            "当月有效的保障，按家庭当月所属的村（社区），列出与平台比对的各项。",
            crumbs=doing.crumbs(officer, month=month, township=township),
            tools=_full_tool(asked, "导出（完整号码）") if found else [],
        ),
        filters=[asked.filter("programme", "救助项目", [("", "全部"), *Programme.choices()])],
        filter_url=doing.month_url("platform_awards", month),
        table=Table(columns, rows, label="当月在保", empty=Empty("这个月没有在保的家庭。")),
        pager=pager,
    )
