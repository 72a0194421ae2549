"""One household: everything that changed about it, before beside now, and the three ways to settle it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.refs import new_ref
from yimen.casework.awards import change_queries as changes, queries as awards
from yimen.casework.monthclose.comparison import queries, settling
from yimen.desks.shared.pages import show
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Empty, Fact, Link, Page, Row, Table
from yimen.desks.township.comparison.parts import (
    READERS,
    before_cell,
    crumbs,
    item_cell,
    kind_cell,
    now_cell,
    officer_of,
    state_cell,
    who,
)
from yimen.law.comparison import HitState
from yimen.law.money import show as yuan
from yimen.law.terms import Programme

_COLUMNS = ["对象", "差异", "项目", "原来", "现在", "比对月份", "状态"]


def settles(officer: Officer, award: Any) -> bool:
    """Whether the officer settles hits of this household."""
    return officer.holds(TOWNSHIP_ROLES, award.township_id)


def _row(hit: Any) -> Row:
    waits = hit.state == HitState.OPEN
    cells = [
        who(hit), kind_cell(hit), item_cell(hit), before_cell(hit), now_cell(hit), hit.run.month, state_cell(hit),
    ]  # fmt: skip
    return Row(
        cells, tone="different" if waits else "", ref=hit.ref if waits else "", name=f"{who(hit)} {item_cell(hit)}"
    )


def confirm_action(award: Any, waiting: list[Any]) -> Action:
    """One press that makes a change of what waits; for a death the day is asked first."""
    address = reverse("township:comparison_confirm", args=[award.ref])
    text = f"属实，登记变动（{len(waiting)} 项）"
    if settling.needs_day(waiting):
        return Action("属实，登记死亡变动", address, primary=True)
    return Action(text, address, "post", primary=True, hidden={"once": new_ref()})


def _doing(officer: Officer, award: Any, waiting: list[Any]) -> list[Action]:
    if not waiting or not settles(officer, award):
        return []
    busy = changes.open_of([award]).get(award.pk)
    if busy is not None:
        return [Action("办理中的变更", reverse("township:change", args=[busy.ref]), primary=True)]
    return [confirm_action(award, waiting)]


@route("comparison.hits", "award", "place", READERS)
def household(request: HttpRequest, ref: str) -> HttpResponse:
    """The hits of one household's award, what waits first."""
    officer = officer_of(request)
    award = gate.fetch(officer, awards.awards(), ref)
    hits = queries.of_award(officer, award)
    note_household_read(officer, award.household, "处理每月比对差异")
    waiting = [hit for hit in hits if hit.state == HitState.OPEN]
    mine = bool(waiting) and settles(officer, award)
    bulk = [
        Link("说明比对差异", reverse("township:comparison_explain")),
        Link("认定差异不属实", reverse("township:comparison_dismiss")),
    ]
    name, programme = award.household.head.name, Programme(award.programme).label
    facts = [
        Fact("项目", f"{programme}　{award.number}"), Fact("每月", f"{yuan(award.monthly_fen)} 元"),
        Fact("地方", f"{award.township.name}{award.village.name}"),
    ]  # fmt: skip
    tools = [*_doing(officer, award, waiting), Action("保障历史", reverse("township:award", args=[ref]))]
    return show(
        request,
        "shared/list.html",
        page=Page(name, "与上次不同的各项：原来是什么，现在是什么，哪个来源哪天查到的。", crumbs=crumbs(), tools=tools),
        table=Table(
            _COLUMNS, [_row(hit) for hit in hits], label="与上次不同的", empty=Empty("这一户没有与上次不同的。"),
            pick="ref" if mine else "", form_id="bulk" if mine else "",
        ),
        bulk=bulk if mine else (),
        hidden={"once": new_ref()},
        note="死亡先登记变动，另登记的暂缓发放在核实以后由另一人解除。" if any(hit.held for hit in waiting) else "",
        blocks=[Block("保障情况", facts=facts)],
    )  # fmt: skip
