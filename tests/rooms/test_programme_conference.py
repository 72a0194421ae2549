"""Limits by programme, and what a case conference may and may not do (T13-T16; R8, R9)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rooms.examined import World, examined, household
from tests.rooms.test_decisions import ENDED, PROPOSED, PUBLISHED
from tests.rooms.test_programmes_decided import (
    EDGE_INCOME,
    RIGID_INCOME,
    Travel,
    ask_tekun,
    decide,
    issued,
    propose,
    spend,
    world,
)
from yimen.base.access.refusal import Refused
from yimen.base.clocks import desk as clocks
from yimen.base.figures import queries as figures
from yimen.base.offices.models import Delegation
from yimen.casework.applications.models import Application
from yimen.casework.decisions import acts, queries
from yimen.law.standards import Book, shipped_figures
from yimen.law.terms import Programme, Stage

__all__ = ["world"]


# -- a case conference ---------------------------------------------------------------


def confer(world: World, case: Application, **more: Any) -> None:
    entry: dict[str, Any] = {
        "held_on": PROPOSED,
        "participants": ["区民政局 吴区确认（主持）", "区教育局 李某", "青禾街道 赵负责"],
        "question": "住院费用尚未结算，比例略低于规定。",
        "views": "一致认为应当视同必需支出。",
        "resolution": "同意认定。",
        "outcome": "rigid_expenditure",
        "basis": "民发〔2024〕57号第九条",
    }
    acts.hold_conference(world.officer("周区办"), case.ref, **{**entry, **more})


def test_a_conference_may_recognise_what_the_ratio_does_not_reach_and_says_so_everywhere(
    world: World, travel: Travel
) -> None:
    case = examined(world, wage_fen=RIGID_INCOME)
    spend(world, case, 900_000)
    confer(world, case)
    opinion = propose(world, case)
    (grant,) = queries.grants_of(opinion)
    assert grant.by_conference and grant.kind == "刚性支出困难家庭（一事一议）"
    (award,) = decide(world, case, travel)
    assert award.programme == "rigid_expenditure" and award.valid_to == date(2027, ENDED.month, ENDED.day)
    letters = issued(case)
    assert "一事一议会议研究认定：同意认定" in letters["rigid_expenditure_decision"][0].data["conditions"][0]
    assert "一事一议" in letters["public_notice"][0].data["opinion"]
    assert any("一事一议" in row["programme"] for row in letters["approval_form"][-1].data["programmes"])
    assert letters["case_conference"][0].data["outcome"] == "认定为刚性支出困难家庭"


def test_a_conference_recognises_nobody_whom_the_law_excludes(world: World, travel: Travel) -> None:
    case = examined(world, wage_fen=EDGE_INCOME)
    propose(world, case)
    decide(world, case, travel)
    travel(PROPOSED)
    again = examined(world, home=case.household, number="QH-2026-0009", wage_fen=RIGID_INCOME)
    with pytest.raises(Refused, match="一事一议也不能例外") as refusal:
        confer(world, again)
    assert refusal.value.field == "outcome"


def test_a_conference_is_held_by_several_where_the_place_allows_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = examined(world, wage_fen=RIGID_INCOME)
    with pytest.raises(Refused, match="至少 3 人"):
        confer(world, case, participants=["吴区确认"])
    with pytest.raises(Refused, match="请选择会议结论"):
        confer(world, case, outcome="dibao")
    left = Book(row for row in shipped_figures() if row.key != "case_conference.allowed")
    monkeypatch.setattr(figures, "book", lambda: left)
    with pytest.raises(Refused, match="允许以一事一议认定"):
        confer(world, case)


def test_a_household_that_meets_a_programme_has_no_use_for_a_conference(world: World) -> None:
    case = examined(world, wage_fen=EDGE_INCOME)
    confer(world, case)
    assert [grant.programme for grant in queries.grants_of(propose(world, case))] == [Programme.EDGE]


# -- limits ------------------------------------------------------------------------------


def limit(case: Application, code: str) -> Any:
    return clocks.running("application", case.pk, code)


def test_who_is_asked_about_tekun_has_an_opinion_within_fifteen_working_days(world: World, travel: Travel) -> None:
    case = examined(world)
    assert limit(case, "tekun_opinion") is None
    ask_tekun(world, case)
    clock = limit(case, "tekun_opinion")
    assert (clock.started_on, clock.length) == (case.accepted_on, 15) and "43号" in clock.figure
    ask_tekun(world, case, cannot=("eat",))
    propose(world, case)
    assert limit(case, "tekun_opinion") is None and limit(case, "total").length == 20
    travel(PUBLISHED)
    acts.publish_notice(world.officer("孙审核"), case.ref)
    assert "43号" in limit(case, "public_notice").figure
    acts.object_to_notice(world.officer("孙审核"), case.ref, content="反映有子女。")
    acts.answer_objection(world.officer("赵负责"), case.ref, way="appraisal", reason="有争议。")
    assert limit(case, "tekun_new_opinion").length == 15
    Application.objects.filter(pk=case.pk).update(stage=Stage.EXAMINING)
    again = propose(world, case, objection_result="异议不成立。")
    assert again.notice_required and limit(case, "tekun_new_opinion") is None


def test_the_district_has_fifteen_working_days_for_tekun_and_ten_for_dibao(world: World, travel: Travel) -> None:
    Delegation.objects.all().delete()
    case = examined(world)
    ask_tekun(world, case)
    propose(world, case)
    with pytest.raises(Refused, match="尚未移交"):
        decide(world, case, travel)
    assert limit(case, "district_decision").length == 15
    travel(PROPOSED)
    other = examined(world, number="QH-2026-0007", home=household(world, name="李秀英"))
    propose(world, other)
    with pytest.raises(Refused, match="尚未移交"):
        decide(world, other, travel)
    assert limit(other, "district_decision").length == 10
