"""Steps of the investigation for the tests of later rooms."""

from __future__ import annotations

from datetime import time
from typing import Any

from tests.rooms.checking import accepted
from tests.rooms.world import DISTRICT, World
from yimen.casework.investigation import acts
from yimen.casework.investigation.entries import AppraisalEntry, Attendee, InterviewEntry, Living, VisitEntry
from yimen.law.calendar import today
from yimen.law.terms import Role

LIVING = Living("以米面蔬菜为主。", "衣物整洁，多为旧衣。", "一室一厅，集中供热。", "电视、冰箱各一台。")


def visit_entry(world: World, case: Any, **more: Any) -> VisitEntry:
    """A visit by the township's handler with the village's aide."""
    handler, aide = world.handler().staff, world.aide().staff
    facts: dict[str, Any] = {
        "visited_on": today(),
        "visited_at": time(14, 2),
        "place": "站前社区5号楼2单元301室",
        "investigators": [handler.ref, aide.ref],
        "leader": handler.ref,
        "present": [case.applicant.name],
        "residents_match": True,
        "income_found": "养老金每月143元。",
        "property_found": "住房一套，无车。",
        "living": LIVING,
        "result": "same",
        "conclusion": "情况属实。",
        "signed_by_investigators": True,
        "signed_by_member": case.applicant.name,
    }
    return VisitEntry(**{**facts, **more})


def interview_entry(world: World, **more: Any) -> InterviewEntry:
    handler, aide = world.handler().staff, world.aide().staff
    facts: dict[str, Any] = {
        "held_on": today(),
        "held_at": time(15, 30),
        "place": "社区活动室",
        "investigators": [handler.ref, aide.ref],
        "answers": [("家里几口人？", "就她一个。")],
        "conclusion": "与申报一致。",
    }
    return InterviewEntry(**{**facts, **more})


def appraisal_entry(**more: Any) -> AppraisalEntry:
    """Nine people, six of them residents' representatives."""
    people = [Attendee(f"代表{number}", "representative") for number in range(1, 7)]
    people += [Attendee("李协理", "aide"), Attendee("孙委员", "committee"), Attendee("钱网格", "grid_leader")]
    facts: dict[str, Any] = {
        "matter": "有人反映其子有工资收入。",
        "held_on": today(),
        "held_at": time(9, 0),
        "place": "社区会议室",
        "chair": "赵负责",
        "expected": 10,
        "attendees": people,
        "agree": 7,
        "against": 1,
        "abstain": 1,
        "minutes": "逐项通报情况并发言。",
        "result": "认为困难属实。",
    }
    return AppraisalEntry(**{**facts, **more})


def visited(world: World, case: Any = None, **more: Any) -> Any:
    """An accepted case with its visit."""
    case = case or accepted(world)
    return acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case, **more))


def concluded(world: World, *, disputed: bool = False) -> Any:
    """A case before its opinion, or before its appraisal where disputed."""
    case = visited(world)
    reason = "有人反映其子有工资收入。" if disputed else "核对、入户结果一致，没有争议。"
    return acts.conclude_investigation(world.handler(), case.ref, disputed=disputed, reason=reason)


def of_district(world: World) -> list[str]:
    """References of two people of the district who visit."""
    return [world.officer(DISTRICT, Role.DISTRICT_HANDLER, number).staff.ref for number in (0, 1)]
