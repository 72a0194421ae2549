"""Scenes of 四(三): opinion, public notice, decision, written notice, announcement."""

from __future__ import annotations

from datetime import date
from typing import Any

from yimen.base.access import second
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.papers import desk as papers
from yimen.casework.decisions import acts as decisions, queries as decided
from yimen.demo.plans import Plan
from yimen.demo.scenes.cast import decider, handler, head, near
from yimen.demo.scenes.programmes import complete
from yimen.demo.scenes.visiting import district_visit
from yimen.law.terms import Stage

_GROUNDS = {
    True: "经核对、入户调查，家庭人均收入低于低保标准，财产状况符合规定，拟予以确认。",
    False: "经核对、入户调查，家庭经济状况不符合低保条件，拟不予确认。",
}


_OTHERS = {
    "tekun": "经核对、入户调查和生活自理能力评估，本人无劳动能力、无生活来源、没有法定义务人，拟确认为特困人员，分散供养。",
    "rigid": "经核对、入户调查，收入高于低保和低保边缘标准；十二个月透析、用药自付支出占收入的大部分，拟认定为刚性支出困难家庭。",
    "edge": "经核对、入户调查，家庭人均收入高于低保标准、低于低保边缘标准，财产符合规定，拟认定为低保边缘家庭；重残的儿子单独纳入低保。",
}
_ALONE = {"edge": "本人及父母申请：一级肢体残疾，长期卧床，需要专人照料。"}
"""By the kind of a family: why a member of it is put on 单人保 beside its recognition."""


def _grounds(plan: Plan, approve: bool) -> str:
    return _OTHERS.get(plan.kind, _GROUNDS[True]) if approve else _GROUNDS[False]


def examining(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The opinion follows the reckoning: where it is not what the plan expected, the other one is put down."""
    expected = not plan.hidden
    if plan.kind in _OTHERS and not plan.completed:
        plan.completed = True
        complete(handler(stage, plan), case, plan.kind)
    try:
        _propose(stage, plan, case, expected)
    except Refused as refused:
        if refused.code == "open_programme" and not plan.completed:
            plan.completed = True
            complete(handler(stage, plan), case)
            return examining(stage, plan, case, day)
        if refused.code not in {"eligible", "not_eligible"}:
            raise
        _propose(stage, plan, case, not expected)
    return 0


def _propose(stage: Any, plan: Plan, case: Any, approve: bool) -> None:
    after = "经重新调查（评议），异议反映的情况不属实。" if plan.objected and plan.objection else ""
    plan.case = decisions.propose(
        handler(stage, plan), case.ref, approve=approve, reasons=_grounds(plan, approve), objection_result=after,
        single_reason=_ALONE.get(plan.kind, "") if approve else "",
    )  # fmt: skip
    plan.approve = approve


def notice_ready(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The public notice goes up."""
    plan.case = decisions.publish_notice(handler(stage, plan), case.ref)
    plan.notice = decided.current_notice(plan.case)
    _post(stage, plan, day)
    plan.posted = True
    comes = plan.goal is Stage.OBJECTED or (plan.objection and not plan.objected)
    return 3 if comes else 6


def _post(stage: Any, plan: Plan, day: date) -> None:
    officer, notice = near(stage, plan), plan.notice
    for place in notice.places:
        plan.case = decisions.record_posting(officer, plan.ref, notice_ref=notice.ref, place=place, posted_on=day)


def on_notice(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """Somebody objects, or the days pass."""
    if (plan.objection or plan.goal is Stage.OBJECTED) and not plan.objected:
        plan.objected = True
        content = "有群众反映该户有人在外打工挣钱。"
        plan.case = decisions.object_to_notice(
            handler(stage, plan), case.ref, content=content, objector="", evidence=""
        )
        return 1
    notice = plan.notice
    if day <= notice.to_on:
        return 1
    for place in notice.places:
        decisions.record_posting(near(stage, plan), case.ref, notice_ref=notice.ref, place=place, taken_down_on=day)
    plan.case = decisions.close_notice(handler(stage, plan), case.ref)
    return stage.draw.choice((0, 1))


def objected(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The head has the objection looked into."""
    way = "appraisal" if plan.objection == "appraisal" else "reinvestigation"
    plan.case = decisions.answer_objection(head(stage, plan), case.ref, way=way, reason="异议具体，需要再核实。")
    plan.visited = False
    return 1


def deciding(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """Who holds the power decides."""
    officer = decider(stage, plan, case)
    if plan.relative and not plan.looked:
        district_visit(stage, plan, case, day)
        return 1
    try:
        _decide(plan, case, officer)
    except Refused as refused:
        if refused.code != "not_yet":
            raise
        # A new standard came into force since the opinion: it is reckoned anew.
        reason = "拟定审核意见后低保标准已调整，请按现行标准重新核算、重新拟定。"
        plan.case = decisions.send_back(officer, case.ref, to=Stage.EXAMINING, reason=reason)
    return 1


LETTERS = {"approval_notice", "edge_decision", "rigid_expenditure_decision"}


def _decide(plan: Plan, case: Any, officer: Officer) -> None:
    code = second.code_now(officer.account)
    if plan.approve:
        plan.case = decisions.approve(officer, case.ref, code=code)
    else:
        reasons = "家庭经济状况不符合低保条件，详见核算单。"
        plan.case = decisions.refuse(officer, case.ref, code=code, reasons=reasons)


def _letters(case: Any) -> list[Any]:
    """The letters of the decision in force, one for every programme that it grants."""
    rows = [row for row in papers.without_data("application", case.ref) if row.code in LETTERS]
    return [row for row in rows if row.issued_on == max(each.issued_on for each in rows)]


def approved(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The notice is handed over, then the announcement goes up."""
    if not plan.served:
        plan.served = True
        for paper in _letters(case):
            plan.case = decisions.serve_paper(
                handler(stage, plan),
                case.ref,
                paper_ref=paper.ref,
                how="直接送达",
                served_on=day,
                to_whom=plan.name,
                receipt="本人签收",
            )
        return 0
    plan.case = decisions.announce(handler(stage, plan), case.ref)
    plan.notice = decided.announcement_of(plan.case)
    _post(stage, plan, day)
    return None


def telling(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """The refusal is handed over with its reasons."""
    decisions.serve_refusal(
        handler(stage, plan), case.ref, how="直接送达", served_on=day, to_whom=plan.name, receipt="本人签收"
    )
    return None
