"""Scenes of 四(三): opinion, public notice, decision, written notice, announcement."""

from __future__ import annotations

from datetime import date
from typing import Any

from yimen.base.access import second
from yimen.base.papers import desk as papers
from yimen.casework.decisions import acts as decisions, queries as decided
from yimen.casework.investigation import queries as visited
from yimen.demo.plans import Plan
from yimen.demo.scenes.cast import case_of, decider, handler, head
from yimen.demo.scenes.checking import settle
from yimen.demo.scenes.visiting import district_visit
from yimen.law.terms import Role, Stage


def examining(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The opinion follows the reckoning."""
    settle(stage, plan, case)
    trial = decided.trial(case)
    approve = bool(trial.reckoning and trial.reckoning.eligible)
    reasons = (
        "经核对、入户调查，家庭人均收入低于低保标准，财产状况符合规定，拟予以确认。"
        if approve
        else "经核对、入户调查，家庭经济状况不符合低保条件，拟不予确认。"
    )
    after = "经重新调查（评议），异议反映的情况不属实。" if decided.objections(case) else ""
    decisions.propose(handler(stage, plan), case.ref, approve=approve, reasons=reasons, objection_result=after)
    return 0


def notice_ready(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The public notice goes up."""
    officer = handler(stage, plan)
    decisions.publish_notice(officer, case.ref)
    _post(stage, plan, case_of(plan), day, decided.current_notice(case))
    comes = plan.goal is Stage.OBJECTED or (plan.objection and not plan.objected)
    return 3 if comes else 6


def _post(stage: Any, plan: Plan, case: Any, day: date, notice: Any) -> None:
    officer = handler(stage, plan) if plan.relative else stage.officer(plan.village, Role.AIDE)
    for place in notice.places:
        decisions.record_posting(officer, case.ref, notice_ref=notice.ref, place=place, posted_on=day)


def on_notice(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """Somebody objects, or the days pass."""
    if (plan.objection or plan.goal is Stage.OBJECTED) and not plan.objected:
        plan.objected = True
        decisions.object_to_notice(
            handler(stage, plan), case.ref, content="有群众反映该户有人在外打工挣钱。", objector="", evidence=""
        )
        return 1
    notice = decided.current_notice(case)
    if day <= notice.to_on:
        return 1
    for place in notice.places:
        officer = handler(stage, plan) if plan.relative else stage.officer(plan.village, Role.AIDE)
        decisions.record_posting(officer, case.ref, notice_ref=notice.ref, place=place, taken_down_on=day)
    decisions.close_notice(handler(stage, plan), case.ref)
    return stage.draw.choice((0, 1))


def objected(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The head has the objection looked into."""
    way = "appraisal" if plan.objection == "appraisal" else "reinvestigation"
    decisions.answer_objection(head(stage, plan), case.ref, way=way, reason="异议具体，需要再核实。")
    return 1


def deciding(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """Who holds the power decides."""
    officer = decider(stage, plan, case)
    if plan.relative and not visited.district_visits(case):
        district_visit(stage, case, day)
        return 1
    code = second.code_now(officer.account)
    if decided.current_opinion(case).approve:
        decisions.approve(officer, case.ref, code=code)
    else:
        decisions.refuse(officer, case.ref, code=code, reasons="家庭经济状况不符合低保条件，详见核算单。")
    return 1


def _served(stage: Any, plan: Plan, case: Any, day: date, kind: str) -> None:
    paper = next(row for row in reversed(list(papers.papers_of("application", case.ref))) if row.code == kind)
    decisions.serve_paper(
        handler(stage, plan),
        case.ref,
        paper_ref=paper.ref,
        how="直接送达",
        served_on=day,
        to_whom=case.applicant.name,
        receipt="本人签收",
    )


def approved(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The notice is handed over, then the announcement goes up."""
    if not plan.served:
        plan.served = True
        _served(stage, plan, case, day, "approval_notice")
        return 0
    decisions.announce(handler(stage, plan), case.ref)
    _post(stage, plan, case_of(plan), day, decided.announcement_of(case))
    return None


def telling(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The refusal is handed over with its reasons."""
    decisions.serve_refusal(
        handler(stage, plan), case.ref, how="直接送达", served_on=day, to_whom=case.applicant.name, receipt="本人签收"
    )
    return None
