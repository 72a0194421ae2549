"""Every township's month stage by stage; a filed month is received, or reopened with a reason (S11; plan 四(六))."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.base.offices import queries as offices
from yimen.base.refs import new_ref
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.queries import closing as queries
from yimen.desks.district.doing import may, roles_of
from yimen.desks.shared import closing as view
from yimen.desks.shared.fields import Text
from yimen.desks.shared.moments import moment
from yimen.desks.shared.oneact import about
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import pressed, version_of
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Fact, Link, Page, Row, Section, Table, Tile
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.closing import FROZEN, CloseStage, CloseState
from yimen.law.money import show as yuan

_POST, _BOTH = ("POST",), ("GET", "POST")
_RECEIVED = ["乡街", "状态", "报备", "区级接收", Column("户数", numeric=True), Column("应发（元）", numeric=True),
             Column("银行已发（元）", numeric=True), Column("转入下月（户）", numeric=True), "办理"]  # fmt: skip


@route("closing.read", "month_close", "district", DISTRICT_ROLES)
def closes(request: HttpRequest, month: str = "") -> HttpResponse:
    """One month of the whole district."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    present, on = month_of(today()), today()
    month = month or present
    if not later_month(present, -24) <= month <= present:
        raise Unknown(month)
    townships = list(offices.townships(officer.district))
    rows, filed = [], 0
    for area in townships:
        views = queries.stages(area.code, month, on)
        filed += views[-1].left == 0
        link = Link(area.name, reverse("township:close_of", args=[month, area.code]))
        rows.append(Row([link, *(view.short(each) for each in views)]))
    empty = Empty("本区还没有乡街。")
    return show(
        request,
        "shared/batch.html",
        page=Page(f"各乡街月末办结　{month}", "每月两个截止日以前逐项办完、两人签字后报区里备案；点乡街看还差什么。"),
        tiles=[
            *view.cut_off_tiles(officer.district, month, on),
            Tile("已报备", f"{filed} / {len(townships)}", note="个乡街", done=filed, of=len(townships) or 1),
        ],
        tabs=[
            Link(each, reverse("district:closes_of", args=[each]), current=each == month)
            for each in (later_month(present, -step) for step in range(4))
        ],
        table=Table(["乡街", *(stage.label for stage in CloseStage)], rows, label="各乡街", empty=empty),
        blocks=[Block("报备记录", table=_received(officer, month))],
    )


def _received(officer: Officer, month: str) -> Table:
    rows = [_received_row(officer, each) for each in queries.closes_of(officer, month)]
    return Table(_RECEIVED, rows, label="报备记录", empty=Empty("这个月还没有乡街签字。"))


def _received_row(officer: Officer, each: Any) -> Row:
    counts = each.counts
    return Row(
        [
            Link(each.area.name, reverse("township:close_rows", args=[each.ref])) if counts else each.area.name,
            Cell(tag=view.state_tag(each.state), note=each.note),
            f"{each.released_by.name}　{each.filed_on}" if each.released_by else "—",
            f"{each.received_by.name}　{moment(each.received_at)}" if each.received_by else "—",
            counts.get("households", "—"),
            yuan(counts["due_fen"]) if counts else "—",
            yuan(counts["paid_fen"]) if counts else "—",
            counts.get("over", "—"),
            _next(officer, each),
        ]
    )


def _next(officer: Officer, each: Any) -> Action | str:
    if each.state == CloseState.FILED and may(officer, "receive_month"):
        hidden = {"once": new_ref(), "version": str(each.version)}
        return Action("接收", reverse("district:close_receive", args=[each.ref]), "post", primary=True, hidden=hidden)
    if each.state in FROZEN and may(officer, "reopen_month"):
        return Action("重开", reverse("district:close_reopen", args=[each.ref]))
    return ""


@route("closing.receive", "month_close", "district", roles_of("receive_month"), _POST)
def receive(request: HttpRequest, ref: str) -> HttpResponse:
    """The district's receipt."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    close = queries.close(officer, ref)

    def work() -> str:
        acts.receive_month(officer, ref=ref, version=version_of(request))
        return reverse("district:closes_of", args=[close.month])

    return pressed(request, work)


class ReopenForm(forms.Form):
    """Why a filed month is opened once more."""

    reason = Text("重开的原因", longest=300, rows=3)
    code = Text("动态口令（6 位）", longest=6)


@route("closing.reopen", "month_close", "district", roles_of("reopen_month"), _BOTH)
def reopen(request: HttpRequest, ref: str) -> HttpResponse:
    """Let a township close its month once more."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    close = queries.close(officer, ref)
    home = reverse("district:closes_of", args=[close.month])
    version = version_of(request)
    facts = [
        Fact("乡街", close.area.name),
        Fact("月份", close.month),
        Fact("报备", f"{close.released_by.name}　{close.filed_on}" if close.released_by else "—"),
    ]

    def act(given: dict[str, Any]) -> None:
        acts.reopen_month(officer, ref=ref, version=close.version if version is None else version, **given)

    return about(
        "重开月末办结", crumbs=[Link("各乡街月末办结", home)], back=home, form=ReopenForm,
        known=[Section("close", "这次报备", facts=facts)], act=act, submit="重开", version=close.version,
        purpose="原来的报备照原样保留，乡街改好以后重新签字报备；已经发放的不改动。",
    ).answer(request)  # fmt: skip
