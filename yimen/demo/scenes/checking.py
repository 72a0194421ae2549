"""Scenes of 四(二): request, differences, telling, acceptance or refusal to accept."""

from __future__ import annotations

from datetime import date
from typing import Any

from yimen.base.access.officer import Officer
from yimen.casework.verification import acts as checks, queries as checked
from yimen.demo.plans import Plan
from yimen.demo.scenes.cast import handler
from yimen.demo.scenes.filing import file_relatives
from yimen.demo.theatre import WAITS
from yimen.law.terms import Match, Stage, Treatment


def accepted(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The ministry's order checks after acceptance."""
    plan.case = checks.request_check(handler(stage, plan), case.ref)
    return WAITS


def settle(stage: Any, plan: Plan, case: Any) -> None:
    """Write what becomes of each open difference."""
    officer = handler(stage, plan)
    for line in checked.open_lines(case):
        found = line.match == Match.DIFFERENT
        treatment = Treatment.ACCEPT_VERIFIED if found else Treatment.ACCEPT_DECLARED
        note = "核对结果经申请人当面确认，按核对结果认定。" if found else "无可核对来源，邻里访问证实，按申报认定。"
        plan.case = checks.settle_difference(officer, case.ref, comparison_ref=line.ref, treatment=treatment, note=note)


def checked_back(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """Results are back: dispute, refusal to accept, or acceptance."""
    officer = handler(stage, plan)
    file_relatives(stage, plan, case)
    if plan.goal is Stage.DECLINED:
        return _decline(plan, case, officer)
    if plan.check_objection and not plan.objected:
        _dispute(plan, case, officer)
        return 2
    open_one = checked.open_objection(case) if plan.objected else None
    if open_one:
        plan.case = checks.conclude_recheck(
            officer,
            case.ref,
            objection_ref=open_one.ref,
            result="调取缴费记录复查，核对结果属实。",
            outcome="rejected",
            ways=(),
        )
        return 1
    plan.case = checks.accept(officer, case.ref)
    return stage.draw.choice((1, 2))


def _dispute(plan: Plan, case: Any, officer: Officer) -> None:
    plan.objected = True
    _tell(case, officer)
    plan.case = checks.object_to_check(
        officer,
        case.ref,
        item_text="对核对出的收入（存款）有异议",
        statement="申请人说这笔钱不是自己的。",
        evidence="银行流水1份",
    )


def _tell(case: Any, officer: Officer) -> None:
    checks.tell_check_result(
        officer,
        case.ref,
        condition="家庭人均收入（财产）超过低保标准（限额）",
        reasons=["核对查得的收入（存款）高于申报，按核对结果计算不符合条件。"],
        evidence_wanted=["收入变化的证明", "存款来源和去向的证明"],
    )


def _decline(plan: Plan, case: Any, officer: Officer) -> int | None:
    if not plan.looked:
        plan.looked = True
        _tell(case, officer)
        return 6
    checks.decline(
        officer, case.ref, reasons=["核对显示家庭人均收入（存款）明显高于规定，申请人在期限内没有提出异议。"]
    )
    return None
