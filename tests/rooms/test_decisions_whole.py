"""From the counter to assistance, and to a refusal after an objection, through the real acts of every room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.rooms.checking import accepted
from tests.rooms.visiting import interview_entry, visit_entry, visited
from tests.rooms.world import TOWNSHIP, World, intake, member
from yimen.base.access.refusal import Refused
from yimen.base.access.second import code_now
from yimen.casework.applications.acts import apply
from yimen.casework.awards import queries as awards
from yimen.casework.decisions import acts, queries
from yimen.casework.investigation import acts as investigation
from yimen.demo.people import Somebody
from yimen.law.calendar import today
from yimen.law.terms import Sex, Stage

Travel = Callable[[date], None]


def investigated(world: World, case: Any) -> Any:
    visited(world, case)
    investigation.neighbour_interview(world.handler(), case.ref, entry=interview_entry(world))
    return investigation.conclude_investigation(world.handler(), case.ref, disputed=False, reason="各方结果一致。")


def on_notice(world: World, case: Any) -> Any:
    acts.propose(world.handler(), case.ref, approve=True, reasons="月人均收入低于标准，财产符合规定。")
    after = acts.publish_notice(world.handler(), case.ref)
    notice = queries.current_notice(case)
    assert notice is not None
    for place in notice.places:
        acts.record_posting(world.aide(), case.ref, notice_ref=notice.ref, place=place, posted_on=today())
    return after


def member_again(case: Any) -> Any:
    """The applicant of a case, as an entry of another application."""
    person = case.applicant
    return member(Somebody(person.name, person.identity, Sex(person.sex), person.birth_date))


def code(officer: Any) -> str:
    return code_now(officer.account)


def test_from_the_counter_to_assistance(world: World, travel: Travel) -> None:
    case = accepted(world)
    assert investigated(world, case).stage == Stage.EXAMINING
    on_notice(world, case)
    travel(today() + timedelta(days=8))
    assert acts.close_notice(world.handler(), case.ref).stage == Stage.DECIDING
    head = world.head()
    acts.approve(head, case.ref, code=code(head))
    assert acts.announce(world.handler(), case.ref).stage == Stage.ON_ASSISTANCE
    award = awards.award_of(case)
    assert award is not None and award in awards.in_township(TOWNSHIP)
    assert not any(line.missing for line in queries.papers_checklist(case))
    again = intake(world, members=[member_again(case)])
    with pytest.raises(Refused, match="享受最低生活保障"):
        apply(world.handler(), intake=again)


def test_after_an_objection_the_case_is_visited_again_before_a_new_opinion(world: World, travel: Travel) -> None:
    case = accepted(world)
    investigated(world, case)
    on_notice(world, case)
    acts.object_to_notice(world.handler(), case.ref, content="反映其子每月给钱。")
    after = acts.answer_objection(world.head(), case.ref, way="reinvestigation", reason="对收入事实有争议。")
    assert after.stage == Stage.INVESTIGATING
    travel(today() + timedelta(days=1))
    investigation.home_visit(world.handler(), case.ref, entry=visit_entry(world, case))
    again = investigation.conclude_investigation(
        world.handler(), case.ref, disputed=False, reason="重新入户，情况属实。"
    )
    assert again.stage == Stage.EXAMINING
    last = acts.propose(
        world.handler(), case.ref, approve=True, reasons="维持原意见。", objection_result="异议不成立，查无其事。"
    )
    assert last.stage == Stage.NOTICE_READY and queries.opinions(case)[0].version == 2
