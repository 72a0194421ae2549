"""四(三): visits, interviews, letters, assessments, conclusion."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest

from tests.rooms.checking import accepted, asked, checked, fresh
from tests.rooms.visiting import interview_entry, of_district, visit_entry, visited
from tests.rooms.world import DISTRICT, TOWNSHIP, VILLAGE, World, applied
from yimen.base.access.guards import CONSEQUENCES, DUTIES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.clocks import desk as clocks
from yimen.base.files import desk as files
from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.casework.applications.entries import IncomeEntry
from yimen.casework.applications.models import Application
from yimen.casework.investigation import acts, queries
from yimen.casework.investigation.entries import AssessmentEntry, LineAnswer
from yimen.casework.verification import acts as checks, queries as verification
from yimen.casework.verification.means import adopted_means
from yimen.demo.places import add_relative
from yimen.law import procedure
from yimen.law.calendar import today
from yimen.law.terms import KinRelation, Order, Role, Stage, Treatment


@pytest.fixture
def case(world: World) -> Any:
    """An accepted case without a difference."""
    return accepted(world)


def _paper(case: Any, code: str) -> Any:
    return papers.papers_of("application", case.ref).filter(code=code).order_by("-id")[0]


def test_a_visit_keeps_who_saw_what_and_prints_its_form(world: World, case: Any) -> None:
    acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case))
    visit = queries.visits(case)[0]
    sheet = _paper(case, "home_visit")
    assert {person.name for person in visit.investigators.all()} == {
        world.handler().staff.name,
        world.aide().staff.name,
    }
    assert sheet.data["investigators"] == [person.name for person in visit.investigators.order_by("id")]
    assert sheet.data["visited_at"] == f"{today()}T14:02"
    assert sheet.data["eating"]
    assert any("养老金" in line for line in sheet.data["known"])
    assert case.applicant.identity not in str(sheet.data)
    assert clocks.running("application", case.pk, "investigation_start") is None
    assert fresh(case).stage == Stage.INVESTIGATING


def test_the_aide_may_enter_the_visit_of_the_own_village(world: World, case: Any) -> None:
    acts.home_visit(world.aide(), case.ref, entry=visit_entry(world, case))
    assert _paper(case, "home_visit").office_name == case.township.offices.get(kind="township").name


def test_one_investigator_is_one_too_few(world: World, case: Any) -> None:
    alone = visit_entry(world, case, investigators=[world.handler().staff.ref])
    with pytest.raises(Refused, match="不得少于 2 人，现在只选了 1 人，还差 1 人") as refused:
        acts.home_visit(world.handler(), case.ref, entry=alone)
    assert refused.value.field == "investigators"


def test_the_same_person_twice_is_one(world: World, case: Any) -> None:
    ref = world.handler().staff.ref
    with pytest.raises(Refused, match="只选了 1 人"):
        acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case, investigators=[ref, ref]))


def test_one_of_them_is_of_the_township(world: World, case: Any) -> None:
    refs = [world.aide().staff.ref, *of_district(world)]
    with pytest.raises(Refused, match=r"至少要有一名.*经办人员或负责人"):
        acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case, investigators=refs, leader=refs[0]))


def test_nobody_of_another_village_visits(world: World, case: Any) -> None:
    refs = [world.handler().staff.ref, world.aide("990101001002").staff.ref]
    with pytest.raises(Refused, match="不是本村"):
        acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case, investigators=refs))


def test_a_relative_does_not_investigate(world: World) -> None:
    case = applied(world)
    add_relative(world.aide().staff, case.applicant.name, case.applicant.identity, KinRelation.PARENT, today())
    case = checks.accept(world.handler(), checked(world, case).ref)
    with pytest.raises(Refused, match=rf"{world.aide().staff.name}与申请家庭有近亲属关系.*应当回避"):
        acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case))
    shown = {one.name: one.recused for one in queries.candidates(case, today())}
    assert shown[world.aide().staff.name]
    assert not shown[world.handler().staff.name]


def test_whose_post_has_no_part_in_cases_is_neither_offered_nor_taken(world: World, case: Any) -> None:
    offered = {one.ref for where in (False, True) for one in queries.candidates(case, today(), district=where)}
    who = world.district.who
    assert {who(TOWNSHIP, Role.HANDLER).ref, who(VILLAGE, Role.AIDE).ref, who(DISTRICT, Role.CHECKER).ref} <= offered
    barred = [who(DISTRICT, role) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)]
    for one in (*barred, who(TOWNSHIP, Role.CASHIER)):
        assert one.ref not in offered
        refs = [world.handler().staff.ref, one.ref]
        with pytest.raises(Refused, match=f"{one.name}的岗位.*不参加调查"):
            acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case, investigators=refs))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"signed_by_investigators": False}, "每一名调查人员签字"),
        ({"signed_by_member": ""}, "在场的一名家庭成员签字"),
        ({"present": [" "]}, "在场的家庭成员"),
        ({"income_found": ""}, "收入情况"),
        ({"conclusion": " "}, "调查结论"),
        ({"way": "phone"}, "重大突发事件"),
        ({"result": "fine"}, "调查结论"),
        ({"residents_match": False}, "实际居住人口"),
        ({"visited_on": today() + timedelta(days=3650)}, "不能晚于今天"),
        ({"visited_on": today() - timedelta(days=3650)}, "早于受理日期"),
        ({"leader": "nobody"}, "带队人"),
        ({"answers": [LineAnswer("nobody", True)]}, "不在本件待核实的项目"),
    ],
)
def test_a_visit_that_lacks_something_says_what(world: World, case: Any, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case, **change))
    assert refused.value.status == 422
    assert queries.visits(case) == []


def test_in_a_named_emergency_a_video_call_counts_without_the_members_hand(world: World, case: Any) -> None:
    entry = visit_entry(world, case, way="video", remote_reason="2026年11月特大暴雪", signed_by_member="")
    acts.home_visit(world.handler(), case.ref, entry=entry)
    assert _paper(case, "home_visit").data["emergency"] == "2026年11月特大暴雪"
    assert queries.signed_visit(case) is not None


def test_nobody_visits_before_acceptance(world: World) -> None:
    case, _ = asked(world)
    with pytest.raises(Refused, match="还没有受理"):
        acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case))


def test_the_answer_of_a_visit_settles_a_line_without_source(world: World) -> None:
    case = checked(world, incomes=[IncomeEntry("business", "other", "卖菜", 30000, "month")], properties=[])
    case = checks.accept(world.handler(), case.ref)
    handler = world.handler()
    visited(world, case)
    with pytest.raises(Refused, match=r"其他收入.*比对差异还没有处理意见.*入户调查中核实"):
        acts.conclude_investigation(handler, case.ref, disputed=False, reason="一致")
    ask = [LineAnswer(row.ref, True) for row in verification.open_items(case) if row.item == "other"]
    rest = [row for row in verification.open_items(case) if row.item != "other"]
    visited(world, case, answers=ask)
    for row in rest:
        checks.settle_difference(
            handler, case.ref, comparison_ref=row.ref, treatment=Treatment.ACCEPT_DECLARED, note="查看原件"
        )
    line = next(one for one in adopted_means(case) if one["label"] == "卖菜")
    assert (line["adopted_fen"], line["settled"], line["source"]) == (30000, True, "申报，经调查核实")
    assert acts.conclude_investigation(handler, case.ref, disputed=False, reason="一致").stage == Stage.EXAMINING


def test_what_does_not_hold_needs_a_note_and_a_treatment(world: World) -> None:
    case = checked(world, incomes=[IncomeEntry("business", "other", "卖菜", 30000, "month")], properties=[])
    case = checks.accept(world.handler(), case.ref)
    row = next(row for row in verification.open_items(case) if row.item == "other")
    with pytest.raises(Refused, match="写明实际情况"):
        visited(world, case, answers=[LineAnswer(row.ref, False)])
    visited(world, case, answers=[LineAnswer(row.ref, False, "每月约500元", 50000)])
    assert row.pk in {one.pk for one in verification.open_lines(case)}
    checks.settle_difference(
        world.handler(),
        case.ref,
        comparison_ref=row.ref,
        treatment=Treatment.ADJUSTED,
        note="入户所见",
        adopted_fen=50000,
    )
    sheet = _paper(case, "home_visit")
    assert sheet.data["differences"][0]["seen"] == "不属实，实际 500.00元/月"
    assert next(one for one in adopted_means(case) if one["label"] == "卖菜")["adopted_fen"] == 50000


def test_neighbours_are_asked_by_two_and_stay_unnamed(world: World, case: Any) -> None:
    acts.neighbour_interview(world.aide(), case.ref, entry=interview_entry(world, interviewee="周邻居"))
    sheet = _paper(case, "neighbour_interview")
    assert sheet.data["protected"] == "保密"
    assert "周邻居" not in str(sheet.data)
    with pytest.raises(Refused, match="还差 1 人"):
        acts.neighbour_interview(
            world.aide(), case.ref, entry=interview_entry(world, investigators=[world.aide().staff.ref])
        )


def test_everybody_who_visited_or_asked_is_an_investigator(world: World, case: Any) -> None:
    acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case))
    second = world.handler(number=1).staff
    acts.neighbour_interview(
        world.handler(), case.ref, entry=interview_entry(world, investigators=[second.ref, world.aide().staff.ref])
    )
    label, holders = DUTIES["investigators"]
    assert label == "调查人员"
    assert holders(case) == {world.handler().staff.pk, world.aide().staff.pk, second.pk}


def test_a_letter_goes_out_and_its_reply_is_entered_once(world: World, case: Any) -> None:
    handler = world.handler()
    acts.send_letter(
        handler,
        case.ref,
        addressee="示例物流有限公司",
        items=["2026年工资发放情况"],
        reply_by=today() + timedelta(days=7),
    )
    letter = queries.letters(case)[0]
    assert _paper(case, "evidence_letter").data["person"] == case.applicant.name
    acts.receive_letter(handler, case.ref, letter_ref=letter.ref, reply="已于8月离职。", replied_on=today())
    with pytest.raises(Refused, match="没有找到这封待复的函件"):
        acts.receive_letter(handler, case.ref, letter_ref=letter.ref, reply="再复", replied_on=today())


def test_a_third_party_reports_with_its_declaration_of_interests(world: World, case: Any) -> None:
    facts: dict[str, Any] = {
        "body": "示例社会工作服务中心",
        "contract": "青禾购服〔2026〕3号",
        "assessors": ["何评估"],
        "assessed_on": today(),
        "assessed_at": time(9, 30),
        "method": "入户观察",
        "findings": [("日常支出", "每月约1,900元", "小票")],
        "conclusion": "与申报相当。",
        "conflict_declaration": "没有利害关系。",
        "taken_over": "whole",
    }
    acts.third_party_assessment(world.handler(), case.ref, entry=AssessmentEntry(**facts))
    assert _paper(case, "third_party_assessment").data["taken_over"]["result"] == "采用"
    with pytest.raises(Refused, match="利益冲突声明"):
        acts.third_party_assessment(
            world.handler(), case.ref, entry=AssessmentEntry(**{**facts, "conflict_declaration": ""})
        )


def test_the_district_visits_with_its_own_people(world: World, case: Any) -> None:
    officer, refs = world.at_district(Role.DISTRICT_HANDLER), of_district(world)
    entry = visit_entry(world, case, investigators=refs, leader=refs[0])
    acts.district_visit(officer, case.ref, entry=entry, reason="relatives")
    assert _paper(case, "district_home_visit").data["reason"] == "近亲属备案"
    assert [visit.by_district for visit in queries.district_visits(case)] == [True]
    assert queries.signed_visit(case) is None
    with pytest.raises(Refused, match="不是区级工作人员"):
        acts.district_visit(officer, case.ref, entry=visit_entry(world, case), reason="relatives")


def test_no_dispute_needs_its_reason_and_a_visit(world: World, case: Any) -> None:
    with pytest.raises(Refused, match="还没有入户调查"):
        acts.conclude_investigation(world.handler(), case.ref, disputed=False, reason="一致")
    visited(world, case)
    with pytest.raises(Refused, match="为什么没有争议"):
        acts.conclude_investigation(world.handler(), case.ref, disputed=False, reason=" ")
    done = acts.conclude_investigation(world.handler(), case.ref, disputed=False, reason="核对、入户一致。")
    assert done.stage == Stage.EXAMINING


def test_a_reopened_investigation_needs_a_new_visit(world: World, case: Any) -> None:
    visited(world, case)
    assert acts.open_new_round(case, "公示期间有人反映隐瞒收入", today()) == 2
    with pytest.raises(Refused, match="决定重新调查，还没有新的入户调查"):
        acts.conclude_investigation(world.handler(), case.ref, disputed=False, reason="一致")
    visited(world, case)
    assert queries.visits(case)[-1].round == 2
    assert (
        acts.conclude_investigation(world.handler(), case.ref, disputed=False, reason="一致").stage == Stage.EXAMINING
    )


def test_my_visits_lists_what_still_needs_one(world: World, case: Any) -> None:
    other = accepted(world)
    visited(world, other)
    rows = Application.objects.order_by("id")
    assert list(queries.without_visit(rows)) == [case]
    acts.open_new_round(other, "公示异议", today())
    assert list(queries.without_visit(rows)) == [case, other]


def test_the_story_tells_everything_in_words(world: World, case: Any) -> None:
    visited(world, case)
    acts.neighbour_interview(world.handler(), case.ref, entry=interview_entry(world))
    acts.conclude_investigation(world.handler(), case.ref, disputed=False, reason="一致。")
    assert [entry.title for entry in queries.story(case)] == ["入户调查", "邻里访问", "调查结论"]
    assert queries.counts([case.pk]) == {case.pk: (1, 1)}


PICTURE = b"%PDF-1.4\n%%EOF\n"


def _stored(case: Any) -> Any:
    return files.store(
        PICTURE,
        name="门前.pdf",
        document_class="visit",
        subject_kind="application",
        subject_ref=case.ref,
        staff_id=None,
        staff_name="",
        account_id=None,
        office_code="990101001",
    )


def test_a_photo_belongs_to_the_case_and_one_known_from_elsewhere_is_flagged(world: World, case: Any) -> None:
    other = accepted(world)
    theirs, ours = _stored(other), _stored(case)
    with pytest.raises(Refused, match="不在本件的材料之中"):
        visited(world, case, photo_refs=[theirs.ref])
    visited(world, case, photo_refs=[ours.ref])
    entry = record.entries_of("application", case.ref).last()
    assert entry.facts["files"] == {ours.ref: ours.sha256}
    assert entry.facts["seen_elsewhere"] == [ours.ref]
    assert queries.reused_photos(case) == [ours.ref]
    assert _paper(case, "home_visit").data["photos"] == "1张"


@pytest.mark.parametrize(
    ("act", "stage", "number"),
    [
        ("answer_objection", Stage.INVESTIGATING, 2),
        ("answer_objection", Stage.APPRAISING, 1),
        ("send_back", Stage.INVESTIGATING, 2),
        ("send_back", Stage.EXAMINING, 1),
    ],
)
def test_an_act_that_leads_back_here_opens_a_round(
    world: World, case: Any, act: str, stage: Stage, number: int
) -> None:
    row = procedure.step(Order.PLAN, act)
    assert row is not None
    walk = Walk(world.head(), row, today(), case, {"reason": "对收入事实有争议。"})
    walk.go(stage)
    for name in row.then:
        CONSEQUENCES[name](walk, case)
    assert queries.round_of(case) == number
