"""What pages about one member of the household share: who it is, the others, what is known of the person."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from yimen.desks.shared.caseacts.page import Desk
from yimen.desks.shared.shapes import Fact, Link, Row, Section, Table
from yimen.desks.shared.work import act_url
from yimen.law.calendar import age, today
from yimen.law.money import show
from yimen.law.rules.applied import ApplicationFacts
from yimen.law.terms import DisabilityKind, Period, Relation, WorkCapacity

GRADES = [("1", "一级"), ("2", "二级"), ("3", "三级"), ("4", "四级")]


def who_of(desk: Desk, prefix: str, data: QueryDict | None = None) -> Any:
    """The member that the page is about: as the form says, as the address asks, else the applicant."""
    sent = data if data is not None else desk.request.POST
    asked = sent.get(f"{prefix}-person", "") or desk.request.GET.get("person", "")
    return next((row for row in desk.participants if row.person.ref == asked), desk.participants[0])


def others(desk: Desk, act: str, here: Any) -> list[Section]:
    """The other members, each with a link to the same page."""
    url = act_url(desk.application.ref, act)
    rows = [
        Row([Link(row.person.name, f"{url}?person={row.person.ref}"), Relation(row.relation).label])
        for row in desk.participants
        if row is not here
    ]
    title = "本户其他人员"
    return (
        [Section("others", title, "一次登记一人。", table=Table(["姓名", "关系"], rows, label=title))] if rows else []
    )


def known_facts(who: Any, facts: ApplicationFacts) -> list[Fact]:
    """What is stored of the person, with its source."""
    person, health = who.person, who.person.health or {}
    made = [Fact("年龄", f"{age(person.birth_date, today())} 周岁", f"{person.birth_date:%Y-%m-%d} 出生，身份证号")]
    kind = DisabilityKind(health.get("disability_kind") or DisabilityKind.NONE)
    if kind is not DisabilityKind.NONE:
        grade = dict(GRADES).get(str(health.get("disability_grade") or ""), "等级未登记")
        made.append(Fact("残疾", f"{kind.label}{grade}", "申请登记"))
    if capacity := who.work_capacity or health.get("work_capacity"):
        made.append(Fact("劳动能力", WorkCapacity(capacity).label, "申请登记"))
    made += [
        Fact(
            row.label or row.kind.label,
            f"{show(row.amount_fen)} 元（{Period(row.period).label}）",
            row.source or "推算",
        )
        for row in facts.household.incomes
        if row.person == person.ref
    ]
    made += [
        Fact(row.label or row.kind.label, f"{show(row.value_fen)} 元" if row.value_fen else "有", row.source)
        for row in facts.household.properties
        if row.owner == person.ref
    ]
    on_now = next((row.in_tekun for row in facts.tekun if row.person == person.ref), False)
    return [*made, Fact("特困供养", "正在享受", "保障名册")] if on_now else made
