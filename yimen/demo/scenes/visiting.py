"""Scenes of 四(三): visits, interviews, appraisal."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from yimen.casework.investigation import acts as visits
from yimen.casework.investigation.entries import (
    AppraisalEntry,
    Attendee,
    InterviewEntry,
    LineAnswer,
    Living,
    VisitEntry,
)
from yimen.casework.verification import queries as checked
from yimen.demo.places import DISTRICT
from yimen.demo.plans import Plan
from yimen.demo.scenes.cast import handler
from yimen.demo.scenes.checking import settle
from yimen.law.terms import Role, Stage

_INCOME = ("收入来源与申报相符，没有发现其他经常性收入。", "家庭成员有稳定工作，收入与核对结果相符。")
_VERDICT = ("生活确有困难，与申报基本一致。", "收入与申报不一致，以核对结果为准。")
_HOME = Living("以自种蔬菜和米面为主", "旧衣为主", "砖混平房或老旧楼房，面积不大", "电视、冰箱各一台，使用多年")
_HEARD = [
    ("这家平时靠什么生活？", "主要靠养老金和零工，日子紧。"),
    ("家里有没有车或者做买卖？", "没有听说。"),
]


def _answers(case: Any) -> list[LineAnswer]:
    """What was asked about entries that no source knows."""
    rows = [row for row in checked.open_items(case) if row.match == "no_source"]
    return [LineAnswer(row.ref, True, "当面询问并看了凭据，属实。") for row in rows]


def _visit_entry(plan: Plan, case: Any, day: date, investigators: list[str], helper: str) -> VisitEntry:
    found_more = bool(plan.hidden)
    return VisitEntry(
        visited_on=day,
        visited_at=time(9, 30),
        place=f"{plan.place}申请人家中",
        investigators=investigators,
        leader=investigators[0],
        present=[plan.name],
        residents_match=True,
        income_found=_INCOME[found_more],
        property_found="自住住房简陋，家电老旧，没有机动车。",
        living=_HOME,
        result="partly" if found_more else "same",
        conclusion=_VERDICT[found_more],
        signed_by_investigators=True,
        signed_by_member=plan.name,
        helper=helper,
        answers=_answers(case),
    )


def _interview_entry(plan: Plan, day: date, investigators: list[str]) -> InterviewEntry:
    return InterviewEntry(
        held_on=day,
        held_at=time(10, 40),
        place=f"{plan.place}村（居）民活动室",
        investigators=investigators,
        answers=_HEARD,
        conclusion="邻里反映与申报一致。",
    )


def _visit(stage: Any, plan: Plan, case: Any, day: date) -> None:
    """The handler goes with the village's aide; with the other handler where the aide is a relative."""
    officer = handler(stage, plan)
    aide = stage.district.who(plan.village, Role.AIDE)
    other = stage.district.who(plan.township, Role.HANDLER, (plan.handler + 1) % 2)
    two = [officer.staff.ref, other.ref if plan.relative else aide.ref]
    entry = _visit_entry(plan, case, day, two, aide.name if plan.relative else "")
    plan.case = visits.home_visit(officer, case.ref, entry=entry)
    if stage.draw.random() < 0.6:
        plan.case = visits.neighbour_interview(officer, case.ref, entry=_interview_entry(plan, day, two))


def investigating(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """Visit, settle, conclude."""
    if plan.goal is Stage.INVESTIGATING and (plan.visited or _unvisited(stage, plan)):
        return None
    if not plan.visited:
        _visit(stage, plan, case, day)
        plan.visited = True
        return stage.draw.choice((0, 1))
    settle(stage, plan, case)
    if plan.relative and not plan.looked:
        district_visit(stage, plan, case, day)
    _conclude(stage, plan, case)
    return stage.draw.choice((0, 1, 1))


def _unvisited(stage: Any, plan: Plan) -> bool:
    """Whether nobody has called yet: nor at the family of the tour, and every third of the others."""
    return plan.kind == "unvisited" or (plan.kind != "three" and stage.draw.random() < 0.4)


def _conclude(stage: Any, plan: Plan, case: Any) -> None:
    disputed = plan.disputed and not plan.appraised
    reason = (
        "邻里对其实际收入说法不一，提请民主评议。"
        if disputed
        else "入户调查、邻里访问与核对结果一致，没有争议，不再评议。"
    )
    plan.case = visits.conclude_investigation(handler(stage, plan), case.ref, disputed=disputed, reason=reason)


def district_visit(stage: Any, plan: Plan, case: Any, day: date) -> None:
    """Two of the district call on a family that is related to staff."""
    plan.looked = True
    officers = [stage.officer(DISTRICT, Role.DISTRICT_HANDLER, number) for number in (0, 1)]
    name = plan.name
    entry = VisitEntry(
        visited_on=day,
        visited_at=time(14, 0),
        place=f"{plan.place}申请人家中",
        investigators=[one.staff.ref for one in officers],
        leader=officers[0].staff.ref,
        present=[name],
        residents_match=True,
        income_found="与乡街调查一致。",
        property_found="与乡街调查一致。",
        living=Living("一般", "一般", "自住老房", "无贵重物品"),
        result="same",
        conclusion="情况属实，近亲属未参与办理。",
        signed_by_investigators=True,
        signed_by_member=name,
    )
    plan.case = visits.district_visit(officers[0], case.ref, entry=entry, reason="relatives")


def appraising(stage: Any, plan: Plan, case: Any, day: date) -> int | None:
    """Nine neighbours vote; a related aide abstains."""
    aide = stage.district.who(plan.village, Role.AIDE)
    roles = ["representative"] * 6 + ["committee", "grid_leader", "aide"]
    people = [Attendee(stage.crowd.person(day, 30, 70).name, role) for role in roles[:-1]]
    people.append(Attendee(aide.name, "aide", recused=bool(plan.relative), staff_ref=aide.ref))
    voters = len(people) - bool(plan.relative)
    against = voters - 2 if plan.hidden else 1
    entry = AppraisalEntry(
        matter="申请家庭实际收入和生活状况是否与申报一致",
        held_on=day,
        held_at=time(14, 30),
        place=f"{plan.place}会议室",
        chair=people[6].name,
        expected=len(people),
        attendees=people,
        agree=voters - against,
        against=against,
        abstain=0,
        minutes="主持人介绍情况，参会人员逐一发言，投票表决。",
        result="多数认为家庭有稳定收入，不同意。" if plan.hidden else "多数认为家庭确有困难，同意。",
        recorder=people[7].name,
        recusals=f"{aide.name}系申请人近亲属，回避表决" if plan.relative else "",
    )
    plan.case = visits.appraise(handler(stage, plan), case.ref, entry=entry)
    plan.appraised = True
    return 1
