"""What the pages of changes share: addresses, tags, facts about a change in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.casework.awards import change_queries as changes
from yimen.desks.shared import residences
from yimen.desks.shared.shapes import Cell, Fact, Link, Tag
from yimen.law.aftercare.changing import ChangeState
from yimen.law.aftercare.terms import ChangeEffect, ChangeEvent, ChangeSource
from yimen.law.ledger import SHORT
from yimen.law.money import show as yuan
from yimen.law.terms import Programme

TONES = {
    ChangeState.REPORTED: "blue",
    ChangeState.HANDLING: "blue",
    ChangeState.RECKONED: "blue",
    ChangeState.ON_NOTICE: "amber",
    ChangeState.DECIDING: "amber",
    ChangeState.DECIDED: "amber",
    ChangeState.MOVING: "amber",
    ChangeState.CLOSED: "green",
}


def officer_of(request: HttpRequest) -> Officer:
    """Who asks."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def url(change: Any, act: str = "") -> str:
    """The page of a change, or of one of its acts."""
    return reverse(f"township:change_{act}" if act else "township:change", args=[change.ref])


def state_tag(change: Any) -> Tag:
    """Where a change stands."""
    state = ChangeState(change.state)
    return Tag(TONES[state], state.label)


def due_cell(change: Any, on: date) -> Cell:
    """The nearest limit, red where it is over."""
    if change.state == ChangeState.CLOSED or change.due_on is None:
        return Cell("—")
    late, near = change.due_on < on, (change.due_on - on).days <= 3
    tag = Tag("red", "已超期") if late else Tag("amber", "临期") if near else None
    return Cell(f"{change.due_on:%Y-%m-%d}", tag=tag)


def crumbs(change: Any, *more: str) -> list[Link]:
    """The way back."""
    links = [Link("变更", reverse("township:changes")), Link(change.award.household.head.name, url(change))]
    return [*links, *(Link(text, "", current=True) for text in more)]


def reported_facts(change: Any, *, whole: bool = True) -> list[Fact]:
    """What was reported; what the data check found is for the township alone (``whole``), never for the village (L70)."""
    hidden = not whole and change.source == ChangeSource.CHECK_HIT
    who = changes.concerned(change)
    facts = [
        Fact("变化", ChangeEvent(change.event).label + (f"：{who}" if who else "")),
        Fact("发生日期", f"{change.since:%Y-%m-%d}"),
        Fact("情况说明", "信息核对的内容由乡街核实，这里不显示。" if hidden else change.statement),
        Fact("来源", f"{ChangeSource(change.source).label}　{change.reported_by}"),
        Fact("登记", f"{change.reported_on:%Y-%m-%d}　{change.registered_by.name}"),
    ]
    if change.held_from:
        facts.append(Fact("发放", f"自 {change.held_from} 起暂缓发放", tag=Tag("amber", "待核实")))
    return facts


def award_facts(award: Any) -> list[Fact]:
    """What the household receives."""
    names = "、".join(row.person.name for row in changes.covered(award))
    facts = [
        Fact("编号", award.number),
        Fact("项目、类别", f"{Programme(award.programme).label}　{award.category}"),
        Fact("保障人员", names or "—"),
    ]
    if award.monthly_fen:
        facts.append(Fact("月保障金", f"{yuan(award.monthly_fen)} 元，自 {award.start_month}"))
    return [*facts, *residences.facts(award.household)]


def going_facts(change: Any) -> list[Fact]:
    """Every running award of a household that moves, and whether it goes along."""
    return [
        Fact(
            "单人保" if row.award.single else SHORT[Programme(row.award.programme)],
            row.words,
            tag=Tag("green", "可以接收") if row.ready else Tag("amber", "还不能接收"),
        )
        for row in changes.going(change)
    ]


def effect_words(change: Any) -> str:
    """What was found to follow, in words."""
    return ChangeEffect(change.effect).label if change.effect else "—"
