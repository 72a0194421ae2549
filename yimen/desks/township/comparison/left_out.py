"""Who was not asked about, and why: the list by which the township gets consents renewed (L40, L41)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.refs import new_ref
from yimen.casework.monthclose.comparison import queries
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Cell, Column, Empty, Link, Page, Row, Table, Tag
from yimen.desks.township.comparison.parts import READERS, crumbs, officer_of, places_of
from yimen.law.comparison import LeftOutReason
from yimen.law.terms import Programme

_COLUMNS: list[Column | str] = ["户主", "乡街", "村（社区）", "项目", "没有提请的人", "原因"]
_TONES = {LeftOutReason.NONE: "amber", LeftOutReason.REFUSED: "red", LeftOutReason.LAPSED: "amber"}
_TABS = (("", "保障人员"), ("obligors", "义务人"))


def _row(row: Any) -> Row:
    award, reason = row.award, LeftOutReason(row.reason)
    name = f"义务人{row.obligor.name}" if row.obligor else row.person.name
    who = (row.obligor or row.person).ref
    state = (
        Cell(tag=Tag("green", "已登记授权，下次提请")) if row.signed else Cell(tag=Tag(_TONES[reason], reason.label))
    )
    cells = [
        Link(award.household.head.name, reverse("household", args=[award.household.ref])), award.township.name,
        award.village.name, Programme(award.programme).label, name, state,
    ]  # fmt: skip
    return Row(cells, name=name, ref="" if row.signed or award.end_month else f"{award.ref}.{who}")


@route("comparison.hits", "comparison", "place", READERS)
def left_out(request: HttpRequest) -> HttpResponse:
    """Everybody whom the comparison of a month did not ask about, within the own place."""
    officer = officer_of(request)
    area = next(iter(places_of(officer)), officer.district)
    month = request.GET.get("month", "")
    run = queries.run_of(area, month) if month else queries.latest(area)
    empty = Empty("没有。" if run else "本区还没有提请过每月比对。")
    address, shown = reverse("township:comparison_left_out"), request.GET.get("show", "")
    query = f"month={run.month}" if run else ""
    found, pager = cut(request, queries.left_out(officer, run, obligors=shown == "obligors") if run else [], "人")
    note = "签了授权书的，勾选后点“登记核对授权”，下次比对就提请。义务人不同意核对是他的权利，不影响家庭。"
    rows = [_row(row) for row in found.object_list]
    mine = bool(places_of(officer)) and any(row.ref for row in rows)
    return show(
        request,
        "shared/list.html",
        page=Page(
            "没有提请比对的人员",
            f"{run.month} 比对时没有有效书面授权，依法不能核对（社会救助法第四十条、第四十一条）。" if run else "",
            crumbs=crumbs(),
        ),
        tabs=[Link(text, f"{address}?{query}&show={code}", current=code == shown) for code, text in _TABS]
        if run
        else (),
        table=Table(
            _COLUMNS, rows, label="没有提请比对的人员", empty=empty, pick="ref" if mine else "",
            form_id="bulk" if mine else "",
        ),
        bulk=[Link("登记核对授权", reverse("township:comparison_consent"))] if mine else (),
        hidden={"once": new_ref()},
        pager=pager if run else None,
        note=note,
    )  # fmt: skip
