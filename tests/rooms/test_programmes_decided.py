"""One application, decided for whichever programme it meets: opinion, notice, decision, papers, awards (一次申请、分类审核认定)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rooms.examined import TOWNSHIP, World, add_member, build, examined
from tests.rooms.test_additions import row, set_rows
from tests.rooms.test_decisions import ENDED, PROPOSED, PUBLISHED, posted
from yimen.base.access.models import UsedCode
from yimen.base.access.refusal import Refused
from yimen.base.clocks import desk as clocks
from yimen.base.offices.models import Delegation
from yimen.base.papers import desk as papers
from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application, Income
from yimen.casework.awards import queries as awards
from yimen.casework.awards.consistency import out_of_step
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.decisions import acts, queries
from yimen.casework.decisions.models import Opinion
from yimen.casework.decisions.working import blocking
from yimen.casework.investigation import acts as investigation
from yimen.casework.investigation.programme_entries import SelfCareEntry, SpendingEntry, SpentEntry, TekunEntry
from yimen.casework.verification.models import Comparison
from yimen.law.reckoning.assessment import Assessment, Outcome, Verdict
from yimen.law.rules.applied import SelfCareItem
from yimen.law.terms import Programme, Stage

Travel = Callable[[date], None]
EDGE_INCOME, RIGID_INCOME, RICH = 90_000, 150_000, 300_000


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    found = build()
    row = Delegation.objects.get()
    for programme in (Programme.TEKUN, Programme.EDGE, Programme.RIGID_EXPENDITURE):
        row.pk, row.ref, row.programme = None, f"d{programme.value[:8]}", programme
        row.save()
    return found


def ask_tekun(
    world: World, case: Application, *, cannot: Sequence[str] = (), form: str = "at_home", ref: str = ""
) -> None:
    """The facts of 特困 with an assessment of self-care, through their acts."""
    handler, person = world.officer("孙审核"), ref or case.applicant.ref
    investigation.record_tekun_facts(handler, case.ref, entry=TekunEntry(person, obligors_known=True, form=form))
    items = {str(item.value): item.value not in cannot for item in SelfCareItem}
    entry = SelfCareEntry(person, items, PROPOSED, "本人家中", "王秀兰", [handler.staff.ref])
    investigation.assess_self_care(handler, case.ref, entry=entry)


def spend(world: World, case: Application, fen: int = 0) -> None:
    """What the household spent in the twelve months: one medical bill, or nothing."""
    rows = (
        [SpentEntry("medical", fen, "住院", paid_on=date(2026, 5, 6), designated=True, receipt="票据1")] if fen else []
    )
    investigation.record_spending(world.officer("孙审核"), case.ref, entry=SpendingEntry(rows, none_found=not rows))


def propose(world: World, case: Application, **more: Any) -> Opinion:
    acts.propose(world.officer("孙审核"), case.ref, **{"approve": True, "reasons": "按核算结果。", **more})
    found = queries.current_opinion(Application.objects.get(pk=case.pk))
    assert found is not None
    return found


def decide(world: World, case: Application, travel: Travel, name: str = "钱确认") -> list[Award]:
    """From an opinion to its awards."""
    travel(PUBLISHED)
    acts.publish_notice(world.officer("孙审核"), case.ref)
    notice = queries.current_notice(Application.objects.get(pk=case.pk))
    assert notice is not None
    posted(world, case, notice, PUBLISHED)
    travel(ENDED)
    acts.close_notice(world.officer("孙审核"), case.ref)
    UsedCode.objects.all().delete()
    acts.approve(world.officer(name), case.ref, code=world.code(name))
    return awards.awards_of(case)


def issued(case: Application) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for paper in papers.papers_of("application", case.ref):
        found.setdefault(paper.code, []).append(paper)
    return found


# -- 特困 --------------------------------------------------------------------------------


def test_tekun_with_its_assessment_becomes_an_award(world: World, travel: Travel) -> None:
    case = examined(world)
    ask_tekun(world, case, cannot=("walk", "bathe"))
    set_rows(world, row(programmes=["dibao", "tekun"], to="2027-02", **{"from": "2026-12"}), row(code="dibao only"))
    opinion = propose(world, case)
    case.refresh_from_db()
    assert (applications.programme_words(case), applications.business_words(case)) == ("特困人员救助供养", "特困")
    (grant,) = queries.grants_of(opinion)
    assert grant.programme is Programme.TEKUN and (grant.self_care, grant.support_form) == ("partly_lost", "at_home")
    assert opinion.amount_fen == grant.amount_fen > 0 and opinion.category == ""
    (award,) = decide(world, case, travel)
    assert (award.programme, award.monthly_fen, award.self_care) == ("tekun", grant.amount_fen, "partly_lost")
    assert award.start_month == "2026-12" and award.recertify_on is not None and award.valid_to is None
    assert (award.basic_fen or 0) + (award.care_fen or 0) == award.monthly_fen
    assert [row.monthly_fen for row in award.versions.all()] == [award.monthly_fen]
    letters = issued(case)
    notice = letters["approval_notice"][0]
    assert "特困" in notice.number and "分散供养" in notice.data["support"]
    assert [row["part"] for row in notice.data["parts"]] == ["基本生活费", "照料护理费"]
    assert "照料护理标准" in letters["amount_explanation"][0].data["formula"]
    [added] = letters["amount_explanation"][0].data["additions"]
    assert added.startswith("价格临时补贴：每人每月 28.00 元，2026-12 至 2027-02，1 人当月 28.00 元")
    assert letters["public_notice"][0].data["opinion"] == "拟确认为特困人员"
    assert "43号" in letters["public_notice"][0].data["basis_text"]


def test_one_household_may_have_tekun_and_dibao_side_by_side(world: World, travel: Travel) -> None:
    """A grandmother on 特困, her grandchild on dibao without her: two awards, nobody twice."""
    case = examined(world)
    child = add_member(
        world, case, "王小雨", date(2015, 9, 6), "grandchild", long_co_resident=True, can_live_independently=False
    )
    ask_tekun(world, case)
    opinion = propose(world, case)
    grants = queries.grants_of(opinion)
    assert [grant.programme for grant in grants] == [Programme.TEKUN, Programme.DIBAO]
    assert opinion.amount_fen == sum(grant.amount_fen for grant in grants)
    found = decide(world, case, travel)
    assert [(award.programme, award.number[-2:]) for award in found] == [("tekun", "01"), ("dibao", "-2")]
    covered = AwardPerson.objects.order_by("id").values_list("person", "programme")
    assert list(covered) == [(case.applicant_id, "tekun"), (child.pk, "dibao")]
    assert out_of_step() == []
    assert len(issued(case)["approval_notice"]) == 2 and len(issued(case)["reckoning"]) == 2


def test_facts_begun_for_tekun_must_be_finished_before_dibao_is_proposed(world: World) -> None:
    case = examined(world)
    entry = TekunEntry(case.applicant.ref, obligors_known=True)
    investigation.record_tekun_facts(world.officer("孙审核"), case.ref, entry=entry)
    with pytest.raises(Refused, match="特困人员救助供养（王秀兰）还不能核算.*生活自理能力评估") as refusal:
        propose(world, case)
    assert refusal.value.code == "open_programme" and queries.current_opinion(case) is None


def test_help_that_is_due_does_not_wait_for_a_figure_about_obligors_nobody_finds(world: World) -> None:
    case = examined(world)
    ask_tekun(world, case)
    day, person = date(2026, 11, 20), case.applicant.ref
    facts, found = queries.application_facts(case, day), queries.assessment(case, day)
    assert found.of(Programme.TEKUN)[0].proposed
    dibao = Outcome(Programme.DIBAO, proposed=True)
    for missing, stops in ((("tekun.obligor_unestablished",), False), (("tekun.obligor_unestablished", "x"), True)):
        tekun = Outcome(Programme.TEKUN, person, open_points=("未设置。",), missing=missing)
        waiting = replace(found, outcomes=(tekun, dibao))
        assert bool(blocking(waiting, facts)) is stops
        assert blocking(replace(found, outcomes=(tekun,)), facts), "a refusal needs every programme closed"


def test_who_has_asked_for_nothing_else_is_decided_on_dibao_as_before(world: World) -> None:
    opinion = propose(world, examined(world))
    assert [grant.programme for grant in queries.grants_of(opinion)] == [Programme.DIBAO]
    assert set(opinion.inputs) == {"facts", "figures", "covered"}
    found = Assessment.from_json(opinion.assessment)
    assert found.of(Programme.TEKUN)[0].verdict is Verdict.OPEN and found.pending


# -- recognitions ------------------------------------------------------------------------


def edge_family(world: World, **more: Any) -> Application:
    """A mother with a pension and her severely disabled son, together just above the standard."""
    case = examined(world, wage_fen=2 * EDGE_INCOME, **more)
    son = add_member(
        world, case, "王建军", date(1985, 3, 1), "child", can_live_independently=False, work_capacity="none"
    )
    son.health = {"disability_kind": "physical", "disability_grade": 1}
    son.save()
    return case


def test_who_fails_dibao_is_recognised_as_edge_and_a_severe_member_alone(world: World, travel: Travel) -> None:
    case = edge_family(world)
    opinion = propose(world, case, single_reason="本人申请，重度残疾，长期卧床。")
    grants = queries.grants_of(opinion)
    assert [(grant.programme, grant.single) for grant in grants] == [(Programme.EDGE, False), (Programme.DIBAO, True)]
    edge, single = decide(world, case, travel)
    assert (edge.monthly_fen, edge.programme, edge.single) == (0, "edge", False)
    assert edge.recertify_on == date(2027, ENDED.month, ENDED.day) and edge.start_month == "2026-11"
    assert (single.programme, single.single) == ("dibao", True) and single.monthly_fen > 0
    assert AwardPerson.objects.filter(active=True).count() == 3
    letters = issued(case)
    assert (
        letters["edge_decision"][0].data["members"] == ["王秀兰", "王建军"]
        and "救助边" in letters["edge_decision"][0].number
    )
    told = letters["approval_notice"][0].data
    assert told["covered"] == ["王建军"] and "57号）第八条、第二十条" in told["articles"][1]
    assert "单独申请" in letters["public_notice"][0].data["programme"]
    amount = letters["amount_explanation"][0].data
    assert "最低生活保障金" in amount["sentence"] and "本人每月收入" in [row["item"] for row in amount["figures"]]
    said = letters["approval_form"][-1].data["grants"]
    assert said[0].endswith("：不发放保障金") and said[1].startswith("最低生活保障（王建军，单独申请）：每月")


def test_nobody_applies_alone_without_a_reason_and_the_family_is_edge_all_the_same(world: World) -> None:
    case = edge_family(world)
    opinion = propose(world, case)
    assert [grant.programme for grant in queries.grants_of(opinion)] == [Programme.EDGE]


def test_who_fails_dibao_is_recognised_as_rigid_for_at_most_a_year(world: World, travel: Travel) -> None:
    case = examined(world, wage_fen=RIGID_INCOME)
    with pytest.raises(Refused, match="刚性支出困难家庭还不能核算.*登记刚性支出"):
        propose(world, case, approve=False)
    spend(world, case, 1_500_000)
    opinion = propose(world, case)
    assert opinion.amount_fen == 0 and opinion.approve
    (award,) = decide(world, case, travel)
    assert (award.programme, award.monthly_fen, award.recertify_on) == ("rigid_expenditure", 0, None)
    assert award.valid_to == date(2027, ENDED.month, ENDED.day)
    letter = issued(case)["rigid_expenditure_decision"][0]
    assert letter.data["valid_to"] == award.valid_to.isoformat() and "%" in letter.data["ratio"]
    assert "approval_notice" not in issued(case)
    board = issued(case)["public_notice"][0].data
    assert board["opinion"] == "拟认定为刚性支出困难家庭" and not board["rows"][0].get("amount")
    assert acts.announce(world.officer("孙审核"), case.ref).stage == Stage.ON_ASSISTANCE
    district = world.officer("吴区确认")
    assert awards.totals(district) == (0, 0, 0) and awards.recognised(district) == 1
    assert awards.places(district) == [(TOWNSHIP, "低收入家庭", 1)]


def test_a_refusal_names_every_programme_with_its_reason(world: World) -> None:
    case = examined(world, wage_fen=RICH)
    propose(world, case, approve=False, reasons="月人均收入高于标准。")
    UsedCode.objects.all().delete()
    acts.refuse(world.officer("钱确认"), case.ref, code=world.code("钱确认"), reasons="月人均收入高于标准。")
    said = issued(case)["refusal_notice"][0].data["other_programmes"]
    for words in ("特困人员救助供养（王秀兰）：不符合", "最低生活保障边缘家庭：不符合", "刚性支出困难家庭：不符合"):
        assert any(line.startswith(words) and "（" in line for line in said), (words, said)
    assert not AwardPerson.objects.exists()
    clock = clocks.running(case.KIND, case.pk, "refusal_notice")
    assert clock is not None and clock.figure.startswith("民发〔2021〕57号")


def test_a_refusal_of_what_was_asked_of_tekun_is_told_within_its_own_limit(world: World) -> None:
    case = examined(world, wage_fen=RICH)
    ask_tekun(world, case)
    propose(world, case, approve=False, reasons="本人收入高于标准。")
    UsedCode.objects.all().delete()
    acts.refuse(world.officer("钱确认"), case.ref, code=world.code("钱确认"), reasons="本人收入高于标准。")
    clock = clocks.running(case.KIND, case.pk, "refusal_notice")
    assert clock is not None and (clock.length, clock.figure) == (3, "民发〔2021〕43号 第18条")
    letter = issued(case)["refusal_notice"][0].data
    assert any("43号" in line and "第十八条" in line for line in letter["articles"])
    assert letter["programme_name"] == "社会救助"


# -- the choice --------------------------------------------------------------------------


def test_less_than_the_best_lawful_result_needs_a_reason(world: World) -> None:
    case = examined(world)
    ask_tekun(world, case)
    key = "dibao"
    with pytest.raises(Refused, match="不能重复保障|特困") as refusal:
        propose(world, case, grants=["tekun:" + case.applicant.ref, key])
    assert refusal.value.field == "grants"
    with pytest.raises(Refused, match="没有按建议提出意见的理由") as refusal:
        propose(world, case, grants=[key])
    assert refusal.value.field == "departure"
    opinion = propose(world, case, grants=[key], departure="本人书面表示不申请特困供养。")
    assert [grant.programme for grant in queries.grants_of(opinion)] == [Programme.DIBAO]
    assert "书面表示" in issued(case)["approval_form"][-1].data["township_opinion"]["text"]


def test_what_is_not_met_cannot_be_granted(world: World) -> None:
    case = examined(world, wage_fen=EDGE_INCOME)
    with pytest.raises(Refused, match="最低生活保障不符合.*不能予以确认"):
        propose(world, case, grants=["dibao"])
    with pytest.raises(Refused, match="请选择"):
        propose(world, case, grants=[])
    with pytest.raises(Refused, match="没有按建议"):
        propose(world, case, approve=False)


def test_a_fact_of_tekun_changed_since_the_opinion_is_named(world: World, travel: Travel) -> None:
    case = examined(world)
    ask_tekun(world, case)
    propose(world, case)
    Application.objects.filter(pk=case.pk).update(stage=Stage.EXAMINING)
    ask_tekun(world, case, cannot=("eat", "dress", "bed", "toilet"))
    Application.objects.filter(pk=case.pk).update(stage=Stage.NOTICE_READY)
    with pytest.raises(Refused, match="月保障金由|登记的特困"):
        decide(world, case, travel)


def test_what_the_township_may_not_decide_goes_to_the_district(world: World, travel: Travel) -> None:
    Delegation.objects.filter(programme="tekun").delete()
    case = examined(world)
    ask_tekun(world, case)
    propose(world, case)
    with pytest.raises(Refused, match="特困人员救助供养确认权限尚未移交"):
        decide(world, case, travel)
    UsedCode.objects.all().delete()
    acts.approve(world.officer("吴区确认"), case.ref, code=world.code("吴区确认"))
    assert queries.decision_of(case).body == "安澜区民政局（示例）"  # type: ignore[union-attr]


def test_a_new_decision_takes_the_place_of_a_recognition(world: World, travel: Travel) -> None:
    case = examined(world, wage_fen=EDGE_INCOME)
    propose(world, case)
    (edge,) = decide(world, case, travel)
    travel(PROPOSED)
    Income.objects.all().delete()
    Comparison.objects.all().delete()
    again = examined(world, home=case.household, number="QH-2026-0009")
    propose(world, again)
    (award,) = decide(world, again, travel)
    edge.refresh_from_db()
    assert award.programme == "dibao" and edge.end_month == award.start_month == "2026-12"
    assert [row.phase for row in edge.versions.all()] == ["running", "ended"]
    assert [row.pk for row in awards.in_township(TOWNSHIP)] == [award.pk]
    assert out_of_step() == []


def test_an_opinion_from_before_programmes_were_weighed_is_decided_as_it_stands(world: World, travel: Travel) -> None:
    case = examined(world)
    found = propose(world, case)
    found.pk, found.ref, found.version = None, "before000001", 2
    found.assessment, found.grants = None, None
    found.save(force_insert=True)
    (award,) = decide(world, case, travel)
    assert (award.programme, award.monthly_fen, award.category) == ("dibao", found.amount_fen, found.category)
    assert award.single is False and award.number == f"Z{case.number}"
