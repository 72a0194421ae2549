"""Current work: what was sent back, what is missing, differences, opinion, decision, reason, clocks."""

from __future__ import annotations

from typing import Any

from yimen.base.access.officer import Officer
from yimen.base.clocks.desk import ClockView, clocks_of
from yimen.casework.applications import queries as applications
from yimen.casework.decisions import queries as decisions
from yimen.desks.shared.casetabs.findings import differences
from yimen.desks.shared.granted import granted_facts
from yimen.desks.shared.listing import listing
from yimen.desks.shared.programmes import programme_blocks
from yimen.desks.shared.shapes import Block, Cell, Fact, Tag
from yimen.law.calendar import today
from yimen.law.terms import AppliedBy, PovertyCause, Stage


def work(officer: Officer, application: Any) -> list[Block]:
    """What the case needs now."""
    return [
        *_returned(application),
        *_missing(application),
        *differences(application, whole=False),
        *programme_blocks(officer, application),
        *_decision(application),
        *_opinion(application),
        _reason(application),
        _clocks(application),
    ]


def _returned(application: Any) -> list[Block]:
    facts = [Fact(f"{row.on:%Y-%m-%d} {row.by.name}", row.reason) for row in decisions.sent_back(application)]
    return [Block("退回意见", facts=facts)] if facts else []


def _missing(application: Any) -> list[Block]:
    if Stage(application.stage) not in {Stage.REGISTERED, Stage.SUPPLEMENTING}:
        return []
    lack = Tag("amber", "缺")
    facts = [Fact(row.label, "缺", tag=lack) for row in applications.missing_materials(application)]
    names = applications.missing_consents(application)
    facts += [Fact(f"{name}的承诺授权", "未签", tag=lack) for name in names]
    return [Block("受理前要齐备的材料", text="" if facts else "材料和授权已经齐备。", facts=facts)]


def _decision(application: Any) -> list[Block]:
    decision = decisions.decision_of(application)
    if not decision:
        return []
    facts = [
        Fact("决定", "予以确认" if decision.approve else "不予确认"),
        Fact("决定机关", decision.body),
        Fact("决定日期", f"{decision.on:%Y-%m-%d}"),
        Fact("决定人", decision.by.name),
    ]
    if decision.approve:
        facts += granted_facts(decision.opinion, decision)
    return [Block("确认决定", facts=[*facts, Fact("理由", decision.reasons)])]


def _opinion(application: Any) -> list[Block]:
    opinion = decisions.current_opinion(application)
    if not opinion:
        return []
    facts = [Fact("审核意见", "拟予以确认" if opinion.approve else "拟不予确认")]
    if opinion.approve:
        facts += granted_facts(opinion)
    facts += [Fact("提出人", f"{opinion.by.name} {opinion.on:%Y-%m-%d}"), Fact("理由", opinion.reasons)]
    return [Block("审核意见", facts=facts)]


def _reason(application: Any) -> Block:
    facts = [
        Fact("申请方式", AppliedBy(application.applied_by).label),
        Fact("主要致贫原因", PovertyCause(application.poverty_cause).label),
        Fact("申请理由", application.reason),
    ]
    if application.single_person:
        facts.append(Fact("单独申请", application.single_person_reason))
    if agent := applications.agent(application):
        facts.append(Fact("代办人", f"{agent.name}（{agent.relation}）"))
    if application.ended_reason:
        facts.append(Fact("终止理由", application.ended_reason))
    return Block("申请", facts=facts)


def _clock(clock: ClockView) -> list[str | Tag | Cell]:
    return [
        clock.label,
        Tag(clock.tone, clock.text),
        f"{clock.started_on:%m-%d}",
        f"{clock.due_on:%m-%d}" if clock.due_on else "未设置",
        clock.who,
        Cell("；".join(clock.articles), note=clock.figure),
    ]


def _clocks(application: Any) -> Block:
    clocks = clocks_of("application", [application.pk], today(), running_only=False).get(application.pk, [])
    rows = [_clock(clock) for clock in clocks]
    return listing("时限", "时限 状态 起算 到期 谁办 依据", rows, empty="受理后开始计算法定时限。")
