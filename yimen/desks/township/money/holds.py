"""暂缓发放: who waits with the payment and why, placed by one person and freed by another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.casework.awards import queries as awards
from yimen.casework.payments import acts, queries
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Pick, Text, terms
from yimen.desks.shared.listing import listing
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Fact, Link, Page, Row, Section, Tag
from yimen.desks.township.money.parts import BOTH, READERS, given, here, name_cell, of_district, officer_of, places
from yimen.law.aftercare.changing import ChangeState
from yimen.law.money import show as yuan
from yimen.law.payments.holds import HoldKind
from yimen.law.terms import Programme

_COLUMNS = ("户主", "村（社区）", "项目", "原因", "具体情况", "暂缓自", "登记人", "状态")
_MORE = ("解除人", "解除日期", "解除理由", "编号")
_FILTERS = ("state", "village", "kind")
_STATES = [("", "暂缓中"), ("freed", "已解除"), ("all", "全部")]
_SORTS = {"户主": ("award__household__head__pinyin",), "村（社区）": ("award__village_id",), "暂缓自": ("placed_on",)}


def _made(name: str, columns: Sequence[str], filters: Sequence[str]) -> Listing:
    return Listing(
        name, "暂缓发放", (*columns, *_MORE), usual=columns, sorts=_SORTS, filters=filters, unit="户"
    )  # fmt: skip


TOWNSHIP = _made("holds", _COLUMNS, _FILTERS)
DISTRICT = _made("holds_district", ("户主", "乡街", *_COLUMNS[1:]), ("township", *_FILTERS))


class HoldForm(forms.Form):
    """Why payment waits."""

    kind = Pick("暂缓的原因", terms(HoldKind), empty="请选择")
    words = Text("具体情况", longest=300, rows=3)


class FreeForm(forms.Form):
    """Why payment goes on."""

    reason = Text("解除的理由", longest=300, rows=3)


# -- list ----------------------------------------------------------------------------------


def _found(asked: Asked) -> Any:
    rows = queries.holds(asked.officer)
    if asked.get("state") != "all":
        rows = rows.filter(freed_at__isnull=asked.get("state") != "freed")
    for name, column in (("township", "award__township_id"), ("village", "award__village_id"), ("kind", "kind")):
        if value := asked.filters.get(name, ""):
            rows = rows.filter(**{column: value})
    return rows


def _state(officer: Officer, row: Any) -> Cell:
    if not row.open:
        return Cell(tag=Tag("green", "已解除"))
    mine = row.placed_by_id == officer.staff.pk
    if officer.holds(TOWNSHIP_ROLES, row.award.township_id) and not mine:
        return Cell(action=Action("解除", reverse("township:hold_free", args=[row.ref])))
    return Cell(tag=Tag("amber", "暂缓中"), note="须由另一人解除" if mine else "")


def _row(officer: Officer, row: Any, columns: Sequence[str]) -> Row:
    award = row.award
    cells = {
        "户主": name_cell(officer, award),
        "乡街": award.township.name,
        "村（社区）": award.village.name,
        "项目": Programme(award.programme).label,
        "原因": HoldKind(row.kind).label,
        "具体情况": row.words,
        "暂缓自": f"{row.placed_on}",
        "登记人": row.placed_by.name,
        "状态": _state(officer, row),
        "解除人": row.freed_by.name if row.freed_by else "—",
        "解除日期": f"{row.freed_on}" if row.freed_on else "—",
        "解除理由": row.freed_reason or "—",
        "编号": award.number,
    }
    return Row([cells[text] for text in columns], name=award.household.head.name)


def _dead(officer: Officer) -> list[Block]:
    """Deaths that were reported and wait for their decision: they hold of themselves."""
    rows = [
        (
            name_cell(officer, change.award),
            change.award.village.name,
            f"{change.since}",
            Link(ChangeState(change.state).label, reverse("township:change", args=[change.ref])),
        )
        for code in here(officer)
        for change in queries.deaths(code).select_related("award__household__head", "award__village")
        if officer.roles & TOWNSHIP_ROLES
    ]
    note = "登记死亡的，不用另外登记暂缓：变更决定以前不发放，决定以后按决定的金额发放、补发。"
    return [listing("已登记死亡、还没有决定的", "户主 村（社区） 死亡日期 办理", rows, note=note)] if rows else []


@route("payments.holds", "hold", "place", READERS)
def holds(request: HttpRequest) -> HttpResponse:
    """Awards whose payment waits, the newest first."""
    officer = officer_of(request)
    asked = Asked(request, DISTRICT if of_district(officer) else TOWNSHIP)
    found, pager = asked.page(asked.ordered(_found(asked), "-id"))
    rows = [_row(officer, row, asked.listing.columns) for row in found]
    empty = Empty("没有暂缓发放的家庭。要暂缓的，从在保名册点户主，再点“暂缓发放”。")
    return show(
        request,
        "shared/list.html",
        page=Page("暂缓发放", "保障资格不变，先不发钱，等核实。由一人登记，另一人核实后解除，暂缓的月份随下一期补发。"),
        filters=[
            asked.filter("state", "状态", _STATES), *places(asked),
            asked.filter("kind", "原因", [("", "全部"), *HoldKind.choices()]),
        ],
        filter_url=reverse("township:holds"),
        table=asked.table(rows, empty=empty),
        pager=pager,
        lister=tools(asked),
        blocks=_dead(officer),
    )  # fmt: skip


# -- acts ----------------------------------------------------------------------------------


def _facts(award: Any) -> list[Fact]:
    return [
        Fact("户主", award.household.head.name, note=f"{award.township.name}{award.village.name}"),
        Fact("项目", f"{Programme(award.programme).label}　{award.number}"),
        Fact("每月", f"{yuan(award.monthly_fen)} 元"),
    ]


@route("payments.hold", "award", "place", TOWNSHIP_ROLES, BOTH)
def place(request: HttpRequest, ref: str) -> HttpResponse:
    """Stop payment of an award while something is looked into."""
    officer = officer_of(request)
    award = gate.fetch(officer, awards.awards(), ref)
    back = reverse("township:award", args=[ref])

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        note = "只是先不发钱，保障资格和金额不变；要减发、停发的办理变更，先听取意见。解除须由另一人办理。"
        return [Section("hold", "暂缓发放", note=note, facts=_facts(award), form=HoldForm(data))]

    def run(sections: Sequence[Section]) -> str:
        acts.place_hold(officer, award=ref, **given(sections))
        return reverse("township:holds")

    crumbs = [Link("保障历史", back), Link("暂缓发放", "", current=True)]
    return ActPage(
        page=Page("暂缓发放", award.household.head.name, crumbs=crumbs), build=build, run=run, submit="暂缓发放",
        cancel=Link("返回", back), enter_next=False,
    ).answer(request)  # fmt: skip


@route("payments.free", "hold", "place", TOWNSHIP_ROLES, BOTH)
def free(request: HttpRequest, ref: str) -> HttpResponse:
    """Free payment again, by another person."""
    officer = officer_of(request)
    row = gate.fetch(officer, queries.holds(officer), ref)
    back = reverse("township:holds")

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        facts = [
            *_facts(row.award),
            Fact("暂缓的原因", HoldKind(row.kind).label, note=row.words),
            Fact("登记", f"{row.placed_by.name}　{row.placed_on}"),
        ]
        note = "核实清楚以后再解除，写明怎么核实的。解除后，暂缓期间没有发的月份随下一期名册补发。"
        return [Section("free", "解除暂缓发放", note=note, facts=facts, form=FreeForm(data))]

    def run(sections: Sequence[Section]) -> str:
        acts.free_hold(officer, refs=[ref], **given(sections))
        return back

    crumbs = [Link("暂缓发放", back), Link("解除", "", current=True)]
    return ActPage(
        page=Page("解除暂缓发放", row.award.household.head.name, crumbs=crumbs), build=build, run=run,
        submit="解除暂缓发放", cancel=Link("返回", back), enter_next=False,
    ).answer(request)  # fmt: skip


# -- beside the history of an award ----------------------------------------------------------


def award_tools(officer: Officer, award: Any) -> list[Action]:
    """The button beside the history of a running award that is paid, for who may hold it."""
    may = officer.holds(TOWNSHIP_ROLES, award.township_id) and award.monthly_fen and not award.end_month
    return [Action("暂缓发放", reverse("township:hold_place", args=[award.ref]))] if may else []


def award_blocks(officer: Officer, award: Any) -> list[Block]:
    """Every hold of an award, the newest first; nothing where there was none."""
    rows = [
        (
            HoldKind(row.kind).label,
            row.words,
            f"{row.placed_on} {row.placed_by.name}",
            f"{row.freed_on} {row.freed_by.name}：{row.freed_reason}" if row.freed_by else _state(officer, row),
        )
        for row in queries.of_award(officer, award.pk)
    ]
    return [listing("暂缓发放", "原因 具体情况 登记 解除", rows)] if rows else []
