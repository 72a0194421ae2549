"""Facts of every programme in a case: recorded, refused at the field, read back for the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from tests.rooms.checking import accepted, fresh
from tests.rooms.visiting import interview_entry, visited
from tests.rooms.world import World, applied
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.papers import desk as papers
from yimen.casework.applications import acts as filing, queries as applications
from yimen.casework.applications.entries import ConsentEntry
from yimen.casework.decisions import standing
from yimen.casework.decisions.queries import application_facts, assessment
from yimen.casework.households.entries import ObligorEntry
from yimen.casework.investigation import acts, programme_queries as queries, queries as found
from yimen.casework.investigation.models import AbilityRecord, SpendingRecord, SpentRow, TekunRecord
from yimen.casework.investigation.programme_entries import (
    AbilityEntry,
    SelfCareEntry,
    SpendingEntry,
    SpentEntry,
    TekunEntry,
)
from yimen.law.calendar import today, travel
from yimen.law.reckoning.assessment import Verdict
from yimen.law.rules.applied import SelfCareItem
from yimen.law.terms import Programme, Role, SupportForm


@pytest.fixture
def case(world: World) -> Any:
    """An old woman alone, accepted."""
    return accepted(world)


def _tekun(case: Any, **more: Any) -> TekunEntry:
    return replace(TekunEntry(case.applicant.ref, obligors_known=True, form="at_home"), **more)


def _care(world: World, case: Any, cannot: tuple[str, ...] = (), **more: Any) -> SelfCareEntry:
    items = {str(item.value): item.value not in cannot for item in SelfCareItem}
    entry = SelfCareEntry(
        case.applicant.ref, items, today(), "本人家中", case.applicant.name, [world.handler().staff.ref]
    )
    return replace(entry, **more)


def _paper(case: Any, code: str) -> Any:
    return papers.papers_of("application", case.ref).filter(code=code).order_by("-id")[0]


def test_nothing_recorded_leaves_tekun_and_spending_open(case: Any) -> None:
    facts = application_facts(case, today())
    assert (facts.tekun, facts.abilities, facts.spent, facts.spent_known) == ((), (), (), False)
    assert facts.applied_on == case.applied_on
    [tekun] = assessment(case, today()).of(Programme.TEKUN)
    assert tekun.verdict is Verdict.OPEN
    assert "义务人还没有查明" in tekun.shown


def test_tekun_facts_and_self_care_make_a_result(world: World, case: Any) -> None:
    acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case))
    acts.assess_self_care(world.handler(), case.ref, entry=_care(world, case, ("walk", "bathe")))
    [row] = application_facts(fresh(case), today()).tekun
    assert (row.obligors_known, row.form, row.walk, row.eat) == (True, SupportForm.AT_HOME, False, True)
    assert row.assessed_by == world.handler().staff.name
    [tekun] = assessment(fresh(case), today()).of(Programme.TEKUN)
    assert tekun.verdict is Verdict.MET, tekun.shown
    assert tekun.proposed
    assert _paper(case, "tekun_statement").data["obligors_known"] == "已查明"
    sheet = _paper(case, "self_care_assessment").data
    assert sheet["level"] == "部分丧失生活自理能力"
    assert sheet["failed"] == "2项：室内自主行走、自主洗澡"
    assert case.applicant.identity not in str(sheet)
    assert fresh(case).stage == case.stage


def test_the_newest_row_of_a_person_counts_and_nothing_is_lost(world: World, case: Any) -> None:
    acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case))
    acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case, form="institutional", contracted_land=True))
    [row] = application_facts(fresh(case), today()).tekun
    assert (row.form, row.contracted_land) == (SupportForm.INSTITUTIONAL, True)
    assert papers.papers_of("application", case.ref).filter(code="tekun_statement").count() == 2


def test_the_rows_cannot_be_changed(world: World, case: Any) -> None:
    acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case))
    acts.record_spending(world.handler(), case.ref, entry=SpendingEntry([_spent()]))
    for model in (TekunRecord, SpendingRecord, SpentRow):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.update(id=F("id") + 1000)


CONTRADICTIONS: Any = [
    ({"person_ref": "nobody"}, "tekun-person", "不在本件的家庭成员之中"),
    ({"form": "palace"}, "tekun-form", "请从列表中选择供养形式"),
    ({"no_labour_ground": "lazy"}, "tekun-no_labour_ground", "不在当地规定的清单之内"),
    ({"child_benefit_fits": True}, "tekun-child_benefit_fits", "已满18周岁"),
    ({"disabilities": (("physical", 5),)}, "tekun-disabilities", "类别和等级"),
    ({"abilities": [AbilityEntry(obligor_ref="gone")]}, "abilities", "义务人名单已经变动"),
]


def test_what_contradicts_is_refused_at_its_field(world: World, case: Any) -> None:
    for change, field, sentence in CONTRADICTIONS:
        with pytest.raises(Refused, match=sentence) as refused:
            acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case, **change))
        assert (refused.value.field or "abilities", refused.value.status) == (field, 422)
        assert application_facts(fresh(case), today()).tekun == ()


def _with_son(world: World, consent: bool) -> tuple[Any, Any]:
    """An old woman with a son outside, who has let his means be looked into or not."""
    son = world.crowd.person(today(), 71, 74)
    case = applied(world, obligors=[ObligorEntry(son.name, son.identity, "child", 0)])
    [obligor] = applications.obligors(case)
    said = ConsentEntry(consent, today(), son.name, obligor_ref=obligor.ref, refused_reason="" if consent else "不同意")
    filing.record_consent(world.handler(), case.ref, entries=[said])
    return accepted(world, application=fresh(case)), obligor


def test_an_obligor_with_each_way_makes_the_duty_fall_away(world: World) -> None:
    case, obligor = _with_son(world, consent=True)
    entry = AbilityEntry(
        obligor_ref=obligor.ref, own_income_fen=62_000, property_fits=True, ground="工资流水、房产查询"
    )
    acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case, abilities=[entry]))
    acts.assess_self_care(world.handler(), case.ref, entry=_care(world, case))
    [ability] = application_facts(fresh(case), today()).abilities
    assert (ability.obligor, ability.own_income_fen, ability.property_fits) == (obligor.ref, 62_000, True)
    [tekun] = assessment(fresh(case), today()).of(Programme.TEKUN)
    assert tekun.verdict is Verdict.MET, tekun.shown
    assert "62000" not in str(_paper(case, "tekun_statement").data), "the obligor's means are his own"
    acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case, abilities=[entry]))
    assert AbilityRecord.objects.count() == 1, "what has not changed is not written again"


def test_nobody_looks_into_an_obligor_who_did_not_consent(world: World) -> None:
    case, obligor = _with_son(world, consent=False)
    entry = AbilityEntry(obligor_ref=obligor.ref, own_income_fen=62_000, ground="工资流水")
    with pytest.raises(Refused, match="没有授权查询，不能登记其收入和财产") as refused:
        acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case, abilities=[entry]))
    assert refused.value.field == "abilities-0-own_income"
    public = AbilityEntry(obligor_ref=obligor.ref, disability="mental", disability_grade=2, ground="残疾人证")
    acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case, abilities=[public]))
    [tekun] = assessment(fresh(case), today()).of(Programme.TEKUN)
    assert tekun.verdict is Verdict.OPEN, "what nobody may look into is not established"


def test_means_without_consent_rest_on_a_way_of_investigating_on_record(world: World) -> None:
    case, obligor = _with_son(world, consent=False)
    acts.assess_self_care(world.handler(), case.ref, entry=_care(world, case))
    asked = AbilityEntry(
        obligor_ref=obligor.ref, own_income_fen=62_000, property_fits=True, inquiry="neighbour", ground="两户邻居所述"
    )

    def record(entry: AbilityEntry) -> None:
        acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case, abilities=[entry]))

    with pytest.raises(Refused, match="本件还没有邻里访问的记录") as refused:
        record(asked)
    assert refused.value.field == "abilities-0-inquiry"
    tomorrow = today() + timedelta(days=1)
    acts.send_letter(world.handler(), case.ref, addressee="示例公司", items=["工资收入"], reply_by=tomorrow)
    with (
        travel(tomorrow + timedelta(days=1)),
        pytest.raises(Refused, match="本件还没有信函索证的记录，发出的信函要有回复"),
    ):
        record(replace(asked, inquiry="letter"))
    visited(world, fresh(case))
    acts.neighbour_interview(world.handler(), case.ref, entry=interview_entry(world))
    record(asked)
    [tekun] = assessment(fresh(case), today()).of(Programme.TEKUN)
    assert tekun.verdict is Verdict.MET, tekun.shown
    assert "收入、财产经邻里访问查明" in str(_paper(case, "tekun_statement").data)


def test_who_cannot_be_found_out_is_recorded_and_the_place_says_what_then_counts(world: World) -> None:
    case, obligor = _with_son(world, consent=False)
    acts.assess_self_care(world.handler(), case.ref, entry=_care(world, case))
    nothing = AbilityEntry(obligor_ref=obligor.ref, inquiry="none", ground="入户、邻里都问过，去向不明")

    def record(entry: AbilityEntry) -> None:
        acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case, abilities=[entry]))

    with pytest.raises(Refused, match="调查方式不足两种"):
        record(nothing)
    visited(world, fresh(case))
    acts.neighbour_interview(world.handler(), case.ref, entry=interview_entry(world))
    with pytest.raises(Refused, match="收入和财产都已经填写"):
        record(replace(nothing, own_income_fen=62_000, property_fits=True))
    record(nothing)
    [tekun] = assessment(fresh(case), today()).of(Programme.TEKUN)
    rule = tekun.reckoning.line(f"duty.obligor.{obligor.ref}.unestablished") if tekun.reckoning else None
    assert tekun.verdict is Verdict.MET and rule is not None and rule.figure is not None, tekun.shown


def test_a_ground_needs_words(world: World) -> None:
    case, obligor = _with_son(world, consent=True)
    entry = AbilityEntry(obligor_ref=obligor.ref, situation="prison")
    with pytest.raises(Refused, match="怎么查明的") as refused:
        acts.record_tekun_facts(world.handler(), case.ref, entry=_tekun(case, abilities=[entry]))
    assert refused.value.field == "abilities-0-ground"


LACKING: Any = [
    ({"items": {}}, "care-eat", "请选择能不能自主吃饭"),
    ({"place": " "}, "care-place", "评估地点"),
    ({"assessors": []}, "care-assessors", "请选择评估人员"),
    ({"body": "示例评估公司"}, "care-outside", "评估人员姓名"),
    ({"assessed_on": today() + timedelta(days=900)}, "care-assessed_on", "不能晚于今天"),
    ({"assessed_on": today() - timedelta(days=900)}, "care-assessed_on", "早于申请日期"),
]


def test_an_assessment_that_lacks_something_says_what(world: World, case: Any) -> None:
    for change, field, sentence in LACKING:
        with pytest.raises(Refused, match=sentence) as refused:
            acts.assess_self_care(world.handler(), case.ref, entry=_care(world, case, **change))
        assert refused.value.field == field


LEVELS: Any = [
    ((), "able"),
    (("eat",), "partly_lost"),
    (("eat", "dress", "bed"), "partly_lost"),
    (("eat", "dress", "bed", "toilet"), "lost"),
]


def test_the_level_follows_from_the_number_of_indicators(world: World, case: Any) -> None:
    for cannot, level in LEVELS:
        third = _care(world, case, cannot, assessors=[], body="示例评估公司", outside=["甲评估"])
        acts.assess_self_care(world.handler(), case.ref, entry=third)
        [record] = queries.self_care(fresh(case)).values()
        assert (record.level, record.names) == (level, ["甲评估"])


def test_who_assessed_has_investigated(world: World, case: Any) -> None:
    head = world.head().staff
    acts.assess_self_care(world.handler(), case.ref, entry=_care(world, case, assessors=[head.ref]))
    assert head.pk in found.investigators(fresh(case))


def _spent(**more: Any) -> SpentEntry:
    return replace(
        SpentEntry(
            "medical", 4_860_000, "住院", paid_on=today() - timedelta(days=60), designated=True, receipt="00012345"
        ),
        **more,
    )


def test_spending_is_read_back_and_the_last_table_counts(world: World, case: Any) -> None:
    acts.record_spending(world.handler(), case.ref, entry=SpendingEntry([_spent(), _spent(label="门诊")]))
    entry = SpendingEntry(
        [_spent(reimbursed_fen=2_910_000, person_ref=case.applicant.ref)], 3_000_000, "养老金发放记录"
    )
    acts.record_spending(world.handler(), case.ref, entry=entry)
    facts = application_facts(fresh(case), today())
    [row] = facts.spent
    assert (row.amount_fen, row.reimbursed_fen, row.person) == (4_860_000, 2_910_000, case.applicant.ref)
    assert (facts.total_income_fen, facts.spent_known) == (3_000_000, True)
    sheet = _paper(case, "rigid_expenditure_sheet").data
    assert (sheet["total"], sheet["income"]) == (1_950_000, 3_000_000)


def test_spending_in_every_period_counts_for_twelve_months(world: World, case: Any) -> None:
    monthly = SpentEntry("living", 50_000, "房租", period="month")
    late = _spent(paid_on=case.applied_on)
    acts.record_spending(world.handler(), case.ref, entry=SpendingEntry([monthly, late]))
    sheet = _paper(case, "rigid_expenditure_sheet").data
    assert sheet["total"] == 600_000
    assert sheet["spent"][1]["note"].startswith("不在核算期内")


def test_none_found_is_an_answer_and_nothing_said_is_none(world: World, case: Any) -> None:
    with pytest.raises(Refused, match="请至少登记一项支出") as refused:
        acts.record_spending(world.handler(), case.ref, entry=SpendingEntry([]))
    assert refused.value.field == "spending-none_found"
    acts.record_spending(world.handler(), case.ref, entry=SpendingEntry([], none_found=True))
    facts = application_facts(fresh(case), today())
    assert (facts.spent, facts.spent_known) == ((), True)


WRONG: Any = [
    ({"amount_fen": 0}, "amount", "金额应大于 0"),
    ({"reimbursed_fen": 4_860_001}, "reimbursed", "不能超过支出金额"),
    ({"paid_on": None}, "paid_on", "请填写支出日期"),
    ({"period": "month"}, "period", "只填一项"),
    ({"paid_on": None, "period": "once"}, "period", "一次性的支出"),
    ({"paid_on": today() + timedelta(days=900)}, "paid_on", "晚于申请日期"),
    ({"kind": "education"}, "schooling", "就读阶段"),
    ({"kind": "rehabilitation"}, "member", "哪位残疾成员"),
    ({"kind": "other", "item": "party"}, "item", "当地另外认定"),
    ({"person_ref": "nobody"}, "member", "哪位家庭成员"),
    ({"kind": "gambling"}, "kind", "选择类别"),
]


def test_a_wrong_expense_is_told_at_its_row(world: World, case: Any) -> None:
    for change, field, sentence in WRONG:
        with pytest.raises(Refused, match=sentence) as refused:
            acts.record_spending(world.handler(), case.ref, entry=SpendingEntry([_spent(), _spent(**change)]))
        assert refused.value.field == f"rows-1-{field}"
        assert SpendingRecord.objects.count() == 0


def test_a_total_needs_its_source(world: World, case: Any) -> None:
    with pytest.raises(Refused, match="怎么查明的") as refused:
        acts.record_spending(world.handler(), case.ref, entry=SpendingEntry([_spent()], 3_000_000))
    assert refused.value.field == "spending-total_income_source"


def test_only_the_township_records_and_only_while_it_is_looked_into(world: World, case: Any) -> None:
    for officer in (world.aide(), world.at_district(Role.CHECKER), world.handler("990101002")):
        with pytest.raises((Refused, Unknown)):
            acts.record_spending(officer, case.ref, entry=SpendingEntry([_spent()]))
    early = applied(world)
    with pytest.raises(Refused, match="还不能"):
        acts.record_tekun_facts(world.handler(), early.ref, entry=TekunEntry(early.applicant.ref, True))


def test_who_is_supported_already_is_known_from_the_register(world: World, case: Any) -> None:
    index = case.applicant.identity_index
    held = standing._LOOKUPS[0]
    standing._LOOKUPS[0] = lambda indexes: {index: (Programme.TEKUN,)} if index in set(indexes) else {}
    try:
        facts = application_facts(case, today())
    finally:
        standing._LOOKUPS[0] = held
    assert facts.standing == (Programme.TEKUN,)
    assert [row.in_tekun for row in facts.tekun] == [True]
    assert held([index]) == {}


def test_the_sheet_tells_months_receipts_and_the_ratio_asked(
    world: World, case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        _spent(amount_fen=300_000, receipt="票据1"),
        _spent(amount_fen=100_000, receipt="", recognised="救护车收据遗失，医院证明"),
        _spent(amount_fen=10_000, paid_on=None, period="month", receipt=""),
    ]
    entry = SpendingEntry(rows, total_income_fen=1_000_000, total_income_source="工资流水")
    acts.record_spending(world.handler(), case.ref, entry=entry)
    sheet = _paper(case, "rigid_expenditure_sheet").data
    (medical,) = sheet["sums"]
    assert {key: medical[key] for key in ("count", "receipted", "recognised", "without", "amount")} == {
        "count": 3, "receipted": 300_000, "recognised": 100_000, "without": 120_000, "amount": 520_000,
    }  # fmt: skip
    assert sum(row.get("total", 0) for row in sheet["months"]) == sheet["total"] == 520_000
    assert len(sheet["months"]) in {13, 14} and sheet["months"][-1]["month"] == "固定支出（12个月）"
    assert sheet["ratio"] == "52.0%" and "%" in sheet["limit"] and "示例" in sheet["limit"]
    monkeypatch.setattr("yimen.casework.investigation.spending_papers.RATIO", "benefit.tiers")
    acts.record_spending(world.handler(), case.ref, entry=replace(entry, total_income_fen=None))
    sheet = max(
        papers.papers_of("application", case.ref).filter(code="rigid_expenditure_sheet"), key=lambda p: p.pk
    ).data
    assert sheet["limit"].startswith("未设置：") and sheet["ratio"].startswith("总收入合计数没有查明")
