"""Changes as several desks show them: where to report one, those of a household, the open ones with their limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.refs import new_ref
from yimen.casework.awards import change_queries as changes
from yimen.desks.shared.listing import listing
from yimen.desks.shared.shapes import Action, Block, Cell, Link, Row, Tag
from yimen.law.aftercare.changing import ChangeState
from yimen.law.aftercare.terms import ChangeEffect, ChangeEvent
from yimen.law.terms import Programme

_MOST = 10


def report_url(award: Any) -> str:
    """Where a change of an award is reported."""
    return reverse("township:change_report", args=[award.ref])


def report_actions(officer: Officer, awards: Iterable[Any]) -> list[Action]:
    """For each running award: its open change, or the way to report one."""
    if not officer.roles & (TOWNSHIP_ROLES | VILLAGE_ROLES):
        return []
    running = [award for award in awards if not award.end_month]
    open_now, hits, made = changes.open_of(running), changes.waiting_hits(officer, running), []
    for award in running:
        word = f"（{Programme(award.programme).label}）" if len(running) > 1 else ""
        found = open_now.get(award.pk)
        if found is not None:
            made.append(Action(f"办理中的变更{word}", reverse("township:change", args=[found.ref])))
        else:
            made.append(Action(f"登记变动{word}", report_url(award)))
            if award.pk in hits:
                made.append(hit_action(award, hits[award.pk]))
    return made


def hit_action(award: Any, hits: Sequence[Any]) -> Action:
    """The one press that makes a change of what the check found; a death is asked for its day first."""
    report, chosen = changes.drawn(award, hits)
    text = f"核对发现 {len(chosen)} 处，登记变动（{Programme(award.programme).label}）"
    address = reverse("township:change_hits", args=[award.ref])
    if report.event == ChangeEvent.DEATH:
        return Action(text, address)
    return Action(text, address, "post", hidden={"once": new_ref()})


def told_elsewhere(officer: Officer) -> list[Block]:
    """Households here about whom the check of another township's case found something: to be looked into here."""
    rows = [
        (
            Link(award.household.head.name, reverse("township:change_hits", args=[award.ref])),
            award.village.name,
            Programme(award.programme).label,
            "、".join(dict.fromkeys(row.person_name for row in hits)),
            "、".join(dict.fromkeys(row.application.township.name for row in hits)),
        )
        for award, hits in changes.told_elsewhere(officer, _MOST)
    ]
    note = "别的乡街办理案件时核对到这些家庭的成员与申报不一致。查得的内容和那件案件不转来，点户主登记变动，由本乡街自行核实。"
    return [listing("其他乡街的核对发现", "户主 村（社区） 项目 对象 来自", rows, note=note)] if rows else []


def hits_of_case(officer: Officer, application: Any) -> list[Block]:
    """What the check of a case found about households that are on assistance already, and what became of it."""
    made = [
        (hit.comparison.person_name, Programme(hit.change.award.programme).label, hit.change.award.household.head.name,
         Link(f"已登记：{ChangeState(hit.change.state).label}", reverse("township:change", args=[hit.change.ref])))
        for hit in changes.became(officer, application)
    ]  # fmt: skip
    met = changes.met_by(officer, application)
    open_now, actions = changes.open_of(award for award, _ in met), []
    for award, hits in met:
        found = open_now.get(award.pk)
        state = (
            Link("另有变更正在办理，请在那件里核实", reverse("township:change", args=[found.ref]))
            if found
            else "待登记"
        )
        names = "、".join(dict.fromkeys(row.person_name for row in hits))
        made.append((names, Programme(award.programme).label, award.household.head.name, state))
        if found is None:
            actions.append(hit_action(award, hits))
    if not made:
        return []
    note = "这些人所在的家庭正在享受保障，核对与申报不一致的，登记为变动核实；每一处都连到由它登记的变更。"
    return [listing("在保家庭的核对发现", "对象 项目 户主 变更", made, note=note, actions=actions)]


def changed(household: Any) -> list[Block]:
    """Every change of a household, the newest first; nothing where there was none."""
    rows = [
        (
            Link(ChangeEvent(row.event).label, reverse("township:change", args=[row.ref])),
            f"{row.reported_on:%Y-%m-%d}",
            ChangeEffect(row.effect).label if row.effect else "—",
            row.from_month or "—",
            ChangeState(row.state).label,
        )
        for row in changes.of_household(household.pk)
    ]
    return [listing("历次变更", "变化 登记 处理 自 状态", rows)] if rows else []


def waiting(officer: Officer, on: date) -> list[Block]:
    """The open changes of a township, the nearest limit first; overdue ones red."""
    rows = changes.all_changes(officer).exclude(state=str(ChangeState.CLOSED)).order_by("due_on", "id")
    found = list(rows[:_MOST])
    if not found:
        return []
    clocks, made = changes.pressing(found, on), []
    for row in found:
        clock = clocks.get(row.pk)
        late = row.due_on is not None and row.due_on < on
        cells = [
            Link(row.award.household.head.name, reverse("township:change", args=[row.ref])),
            row.award.village.name,
            ChangeEvent(row.event).label,
            ChangeState(row.state).label,
            Cell(tag=Tag(clock.tone, clock.text)) if clock else Cell("—"),
        ]
        made.append(Row(cells, tone="refused" if late else ""))
    more = Action("全部变更", reverse("township:changes"))
    return [listing("办理中的变更", "户主 村（社区） 变化 环节 时限", made, actions=[more])]
