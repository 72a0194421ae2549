"""The conditions of an act as a list that a person can read before pressing the button (S8)."""

from __future__ import annotations

from typing import Any

from yimen.base.access import guards, rights
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.desks.shared.caseacts.page import Desk
from yimen.desks.shared.shapes import Block, Check, Fact, Link, Tag
from yimen.desks.shared.work import act_url
from yimen.law import procedure
from yimen.law.calendar import today
from yimen.law.procedure import Body, Step
from yimen.law.standards import BadFigure, Unset
from yimen.law.terms import Order, Stage

LABELS = {
    "materials_complete": "材料齐备",
    "consents_complete": "承诺授权齐备",
    "something_missing": "有需要补正的材料",
    "relatives_filed": "近亲属已备案",
    "check_returned": "核对结果已全部返回",
    "differences_settled": "比对差异全部写明处理意见",
    "check_result_told": "核对结果已告知申请人",
    "check_objection_open": "有未办结的核对异议",
    "check_objection_closed": "核对异议已办结",
    "objection_time_over": "核对异议期限已过",
    "home_visit_signed": "入户调查已签字",
    "no_reinvestigation_due": "要求的重新调查已完成",
    "opinion_current": "审核意见是最新的",
    "proposal_matches_approve": "审核意见为拟予以确认",
    "notice_completed": "公示已满、没有未处理的异议",
    "notice_ended": "公示期已满",
    "notice_posted": "各公示地点都已张贴",
    "district_visit_done": "区级入户核查（有近亲属备案的）",
    "figures_unchanged": "核算依据与拟定意见时一致",
}
# Which act mends what is missing.
MENDS = {
    "materials_complete": "record_material",
    "consents_complete": "record_consent",
    "relatives_filed": "file_relative",
    "differences_settled": "settle_difference",
    "check_objection_closed": "conclude_recheck",
    "home_visit_signed": "home_visit",
    "no_reinvestigation_due": "home_visit",
    "notice_posted": "record_posting",
    "district_visit_done": "district_visit",
}


def _walk(desk: Desk, row: Step) -> Walk:
    return Walk(desk.officer, row, today(), desk.application, {})


def _row(desk: Desk, act: str) -> Step | None:
    return procedure.step(Order(desk.application.order), act)


def _mend(desk: Desk, name: str) -> Link | None:
    """A link to the act that mends it, if this officer may take it now."""
    row = _row(desk, MENDS[name]) if name in MENDS else None
    if (
        row is None
        or Stage(desk.application.stage) not in row.stages
        or not rights.fits(desk.officer, row, desk.application)
    ):
        return None
    return Link(row.label, act_url(desk.application.ref, row.act))


def sentence_of(desk: Desk, act: str, name: str) -> str:
    """Why a named condition does not hold; empty where it does."""
    row = _row(desk, act)
    if row is None:
        return ""
    try:
        found = guards.unmet((name,), desk.application, _walk(desk, row))
    except (Unset, BadFigure) as unset:
        return str(unset)
    except Refused as refused:
        return refused.sentence
    return found[0].rstrip("。；") + "。" if found else ""


def _needs(desk: Desk, row: Step) -> list[Check]:
    made = []
    for name in row.needs:
        sentence = sentence_of(desk, row.act, name)
        link = _mend(desk, name) if sentence else None
        made.append(Check(LABELS.get(name, name), not sentence, sentence, link))
    return made


def _power(desk: Desk, row: Step) -> Check:
    try:
        rights.check_officer(desk.officer, row, desk.application)
    except Refused as refused:
        return Check("岗位和权限", False, refused.sentence)
    if row.body is not Body.DECIDING:
        return Check("岗位和权限", True)
    power = offices.power_over(desk.application.programmes, desk.application.township_id, desk.application.power_day())
    return Check("岗位和权限", True, f"由{power.office.name}确认（{power.document}）")


def _related(desk: Desk) -> Check:
    rule = guards.RECUSALS.get(desk.application.KIND)
    reason = rule(desk.application, desk.officer.staff.pk) if rule else "系统缺少回避检查"
    return Check("与申请家庭没有近亲属关系", not reason, f"应当回避：{reason}。" if reason else "")


def _apart(desk: Desk, row: Step) -> list[Check]:
    made = []
    for name in row.apart_from:
        label, holders = guards.DUTIES[name]
        people = holders(desk.application)
        names = "、".join(offices.staff(key).name for key in sorted(people))
        mine = desk.officer.staff.pk in people
        note = f"{label}：{names or '无'}。" + ("您在其中，须由另一位负责人办理。" if mine else "")
        made.append(Check(f"没有担任本件的{label}", not mine, note))
    return made


def conditions(desk: Desk, act: str) -> list[Check]:
    """Every condition of a decision: power of the day, recusal, separation of duties, and the guards of the row."""
    row = _row(desk, act)
    if row is None:
        return []
    return [_power(desk, row), _related(desk), *_apart(desk, row), *_needs(desk, row)]


def needs_block(desk: Desk, act: str) -> list[Block]:
    """The guards of an act as a card beside its form."""
    row = _row(desk, act)
    checks: list[Any] = _needs(desk, row) if row else []
    if not checks:
        return []
    facts = [
        Fact(check.text, check.note or "已满足", tag=Tag("green", "符合") if check.met else Tag("amber", "未满足"))
        for check in checks
    ]
    return [Block("办理条件", facts=facts)]
