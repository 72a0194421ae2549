"""边缘, 刚性支出 and 单人保 in a change: the rules say whether they go on, what they lack, and who has to supply it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rooms.changing import Travel, decided, established, family, heard, in_step, ref_of, reported
from tests.rooms.examined import World, build
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused
from yimen.casework.awards import acts, change_queries as changes, recertify_queries as recertify, versions
from yimen.casework.awards.changes.entries import HealthEntry, NewIncome, NewThing, ReportEntry
from yimen.casework.awards.models import Award, AwardPerson, ChangeCase
from yimen.casework.investigation.programme_entries import SpentEntry
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import today
from yimen.law.rules import ApplicationFacts, HouseholdFacts, IncomeFact, PersonFacts, SpentFacts
from yimen.law.rules.facts_form import to_plain
from yimen.law.terms import DisabilityKind, ExpenseKind, IncomeKind, Relation

LINE = 3 * 108_900
"""The edge standard of the demo district for three people, in fen a month."""


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def award(world: World, travel: Travel) -> Iterator[Award]:
    yield family(world, travel)
    in_step()


def people(award: Award) -> HouseholdFacts:
    """The grandmother with her pension, her son of grade 1, her grandchild: one fen below the edge standard."""
    rows = {row.person.name: row.person for row in award.household.memberships.select_related("person")}
    old, son, child = rows["王秀兰"], rows["王建国"], rows["王小雨"]
    return HouseholdFacts(
        (
            PersonFacts(old.ref, old.name, Relation.SELF, old.birth_date),
            PersonFacts(
                son.ref, son.name, Relation.CHILD, son.birth_date, dependent_adult=True,
                disability=DisabilityKind.PHYSICAL, disability_grade=1,
            ),
            PersonFacts(child.ref, child.name, Relation.GRANDCHILD, child.birth_date, child_of=son.ref),
        ),
        incomes=(IncomeFact("income-1", old.ref, IncomeKind.OTHER, LINE - 1, label="退休金"),),
    )  # fmt: skip


def stands_on(award: Award, programme: str, facts: HouseholdFacts | ApplicationFacts, **more: Any) -> Award:
    """The award of a recognition that rests on these facts."""
    AwardPerson.objects.filter(award=award).update(programme=programme)
    Award.objects.filter(pk=award.pk).update(programme=programme, monthly_fen=0, category="", **more)
    award.refresh_from_db()
    basis = versions.Basis("test", "x", today())
    said = {"monthly_fen": 0, "category": "", "facts": to_plain(facts)}
    versions.add(award, award.start_month, AwardCause.CHANGE, basis, **said)
    return award


def edge(award: Award) -> Award:
    return stands_on(award, "edge", people(award))


def rigid(award: Award, **more: Any) -> Award:
    bill = SpentFacts(
        "1", ExpenseKind.MEDICAL, 30_000_00, paid_on=date(2026, 5, 6), designated=True, receipt="票据1",
    )  # fmt: skip
    household = people(award)
    household = replace(household, incomes=(replace(household.incomes[0], amount_fen=3_000_00),))
    facts = ApplicationFacts(household, spent=(bill,), applied_on=date(2026, 10, 10), **more)
    return stands_on(award, "rigid_expenditure", facts, valid_to=date(2027, 11, 30), recertify_on=None)


def alone(award: Award, fen: int = 87_200) -> Award:
    """单人保 of the son beside the recognition."""
    row = award.persons.get(person__name="王建国")
    single = Award.objects.create(
        number=f"{award.number}-S", household=award.household, application=award.application, decision=award.decision,
        origin=award.origin, programme="dibao", township=award.township, village=award.village, monthly_fen=fen,
        single=True, start_month=award.start_month, recertify_on=award.recertify_on,
    )  # fmt: skip
    AwardPerson.objects.create(award=single, person=row.person, programme="dibao", single=True, supplement_fen=14_520)
    basis = versions.Basis("decision", "x", today())
    versions.open_history([(single, [(row.person_id, 14_520)], True)], AwardCause.GRANTED, basis)
    plain = to_plain(people(award))
    versions.add(single, award.start_month, AwardCause.CHANGE, basis, facts=plain, persons=[[row.person_id, 14_520]])
    return single


def rows_of(change: ChangeCase) -> dict[str, dict[str, str]]:
    finding = changes.finding_of(change)
    assert finding is not None
    return {row["item"]: row for row in finding.figures}


def extra(award: Award, who: str, fen: int) -> list[NewIncome]:
    return [NewIncome(ref_of(award, who), "other", "打零工", fen)]


def test_an_edge_family_at_the_line_ends_by_the_rules_and_is_heard_first(world: World, award: Award) -> None:
    award = edge(award)
    change = established(world, reported(world, award, "income"), new_incomes=extra(award, "王建国", 1))
    assert (change.effect, change.ground) == ("end", "income_over")
    row = rows_of(change)["人均收入低于边缘家庭标准"]
    assert (row["before"], row["after"]) == ("符合", "不符合")
    assert "低保边缘家庭标准 1,089.00元" in row["why"] and "第二十一条" in row["why"]
    assert rows_of(change)["月人均收入"]["after"] == "1,089.00元" and "÷" in rows_of(change)["月人均收入"]["why"]
    with pytest.raises(Refused, match="可以办理的是：停发（终止）"):
        established(world, changes.find(world.officer("陈经办"), change.ref), effect="unchanged",
                    new_incomes=extra(award, "王建国", 1))  # fmt: skip
    assert changes.ready(change, today()).hearing
    decided(world, heard(world, change), by="吴区确认")
    award.refresh_from_db()
    assert award.end_month == "2027-02"


def test_an_edge_family_that_grows_poorer_is_kept_and_told_to_apply(world: World, award: Award) -> None:
    award = edge(award)
    change = reported(world, award, "income")
    change = established(world, change, incomes={"income-1": 600_00})
    finding = changes.finding_of(change)
    assert finding is not None and (change.effect, change.ground) == ("unchanged", "checked_unchanged")
    assert "请及时帮助其申请低保" in finding.reasons and len(finding.cover) == 3
    decided(world, change, by="吴区确认")
    again = recertify.reckon_again(award, today())
    assert again.eligible and again.problem == "" and not again.pays
    facts = changes.basis_of(award, today()).facts
    assert [row.amount_fen for row in facts.incomes] == [600_00]


def test_too_much_property_ends_on_its_own_ground_whatever_was_reported(world: World, award: Award) -> None:
    award = edge(award)
    thing = NewThing("deposit", "存单", 78_408_01)
    change = established(world, reported(world, award, "other"), property=[thing])
    assert (change.effect, change.ground) == ("end", "property_over")


def test_single_cover_follows_the_person_the_family_and_the_amount(world: World, award: Award) -> None:
    award = edge(award)
    single = alone(award)
    son, clerk = ref_of(award, "王建国"), world.officer("陈经办")
    change = established(world, reported(world, single, "income"), new_incomes=[], incomes={"income-1": LINE - 600_03})
    assert change.effect == "unchanged"
    change = established(
        world, changes.find(clerk, change.ref), incomes={"income-1": LINE - 600_03},
        new_incomes=[NewIncome(son, "other", "打零工", 200_00)],
    )  # fmt: skip
    finding = changes.finding_of(change)
    assert finding is not None and (change.effect, finding.after_fen) == ("decrease", 67_200)
    assert rows_of(change)["本人月收入"]["after"] == "200.00元"
    change = established(world, changes.find(clerk, change.ref), new_incomes=[NewIncome(son, "other", "打零工", 1)])
    finding = changes.finding_of(change)
    assert finding is not None and (change.effect, change.ground) == ("end", "single_over")
    assert "所在家庭不再符合低保边缘家庭条件" in finding.reasons
    better = HealthEntry(son, "physical", 3)
    change = established(world, changes.find(clerk, change.ref), health=[better])
    assert (change.effect, change.ground) == ("end", "single_over")
    assert rows_of(change)["重度残疾（一、二级，三级智力、精神）"]["after"] == "不符合"
    Award.objects.filter(pk=award.pk).update(end_month="2027-01")
    change = established(world, changes.find(clerk, change.ref))
    finding = changes.finding_of(change)
    assert finding is not None and "所在家庭的认定已经终止" in finding.reasons
    Award.objects.filter(pk=award.pk).update(end_month="")
    decided(world, heard(world, established(world, changes.find(clerk, change.ref), health=[better])))
    single.refresh_from_db()
    assert single.end_month == "2027-02"


def test_single_cover_without_a_known_recognition_says_what_is_missing(world: World, award: Award) -> None:
    single = alone(edge(award))
    Award.objects.filter(pk=award.pk).update(programme="dibao", monthly_fen=1)
    with pytest.raises(Refused, match="没有本户低保边缘家庭认定的记录.*请先由乡街接续"):
        established(world, reported(world, single, "income"))
    Award.objects.filter(pk=award.pk).update(programme="edge", monthly_fen=0)


def test_rigid_expenditure_by_ratio_and_by_the_twelve_months_told_anew(world: World, award: Award) -> None:
    award, clerk = rigid(award), world.officer("陈经办")
    change = established(world, reported(world, award, "income"), incomes={"income-1": 4_000_00})
    assert change.effect == "unchanged" and rows_of(change)["支出占收入的比例"]["after"] == "62.5%"
    # 30,000 of 50,000 yuan a year is exactly 60 %: no longer beyond it.
    change = established(
        world, changes.find(clerk, change.ref), incomes={"income-1": 4_000_00}, total_income_fen=50_000_00
    )
    assert (change.effect, change.ground) == ("end", "spending_over")
    bill = SpentEntry("medical", 30_000_01, "住院", paid_on=date(2026, 12, 6), designated=True, receipt="票据2")
    told = {"incomes": {"income-1": 4_000_00}, "total_income_fen": 50_000_00, "spent_anew": True}
    change = established(world, changes.find(clerk, change.ref), spent=[bill], **told)
    assert change.effect == "unchanged"
    assert rows_of(change)["十二个月刚性支出"]["why"].count("2026-01-20至2027-01-19")
    with pytest.raises(Refused, match="刚性支出第1行") as caught:
        established(world, changes.find(clerk, change.ref), spent=[replace(bill, amount_fen=0)], **told)
    assert caught.value.field == "spent-0-amount"
    kept_facts = {"total_income_fen": 36_000_00, "spent_anew": True}
    decided(world, established(world, changes.find(clerk, change.ref), spent=[bill], **kept_facts), by="吴区确认")
    kept = changes.basis_of(award, today()).beyond
    assert kept is not None and [row.amount_fen for row in kept.spent] == [30_000_01]


def test_what_rigid_expenditure_lacks_is_told_and_nothing_is_guessed(world: World, award: Award) -> None:
    award = rigid(award, total_income_fen=36_000_00)
    clerk = world.officer("陈经办")
    change = established(world, reported(world, award, "property"), property=[NewThing("deposit", "存单", 1_00)])
    assert change.effect == "unchanged", "an established income of the twelve months holds while no income has changed"
    with pytest.raises(Refused, match="合计数.*由乡街核定") as caught:
        established(world, changes.find(clerk, change.ref), incomes={"income-1": 4_000_00})
    assert caught.value.field == "total_income"
    household = people(award)
    facts = ApplicationFacts(household, applied_on=date(2026, 10, 10), spent_known=False)
    versions.add(award, "2026-12", AwardCause.CHANGE, versions.Basis("test", "y", today()), facts=to_plain(facts))
    with pytest.raises(Refused, match="刚性支出还没有登记.*乡街经办") as caught:
        established(world, changes.find(clerk, change.ref))
    assert caught.value.field == "spent_anew"


def linked(world: World, award: Award, event: str, *people: str) -> tuple[ChangeCase, ChangeCase]:
    """One report for the recognition and for 单人保 beside it."""
    single = alone(award)
    report = ReportEntry(
        event, today(), "village", "李协理", "走访时了解到的情况。", [ref_of(award, who) for who in people]
    )
    first = acts.report_together(world.officer("陈经办"), award_ref=award.ref, report=report)
    return first, changes.open_of([single])[single.pk]


def taken(world: World, change: ChangeCase) -> ChangeCase:
    """What was established on the other one, taken over as the page does."""
    clerk = world.officer("陈经办")
    offer = changes.offer_of(clerk, change, today())
    assert offer is not None and offer.missing == ()
    if change.state == "reported":
        acts.take_up_change(clerk, ref=change.ref)
    return acts.record_change_findings(clerk, ref=change.ref, finding=offer.entry)


def test_what_is_established_once_is_taken_over_and_decided_each_on_its_own(world: World, award: Award) -> None:
    award, clerk = edge(award), world.officer("陈经办")
    first, second = linked(world, award, "income")
    assert changes.offer_of(clerk, second, today()) is None, "nothing was established yet"
    first = established(
        world,
        first,
        incomes={"income-1": LINE - 600_00},
        new_incomes=extra(award, "王建国", 200_00),
        reasons="看了流水。",
    )
    offer = changes.offer_of(clerk, second, today())
    assert offer is not None and offer.source.pk == first.pk
    said = dict(offer.lines)
    assert said["已有的收入"] == "王秀兰　退休金改为 2,667.00 元" and said["情况和理由"] == "看了流水。"
    assert "王建国　打零工" in said["新增的收入"] and "200.00 元" in said["新增的收入"]
    second = taken(world, second)
    finding = changes.finding_of(second)
    assert finding is not None and (first.effect, second.effect) == ("unchanged", "decrease")
    assert (finding.after_fen, finding.entry["taken_from"]) == (67_200, first.ref)
    assert changes.offer_of(clerk, second, today()) is None and changes.offer_of(clerk, first, today()) is None
    first = established(world, changes.find(clerk, first.ref), incomes={"income-1": LINE - 600_00})
    assert changes.offer_of(clerk, second, today()) is not None, "established anew there, it is offered again"
    second = taken(world, changes.find(clerk, second.ref))
    assert second.effect == "unchanged"
    for change, boss in ((first, "吴区确认"), (second, "赵负责")):
        assert decided(world, change, by=boss).state == "closed"


def test_who_left_is_told_once_and_an_income_that_is_another_one_here_is_not_taken(world: World, award: Award) -> None:
    award, clerk = edge(award), world.officer("陈经办")
    first, second = linked(world, award, "moved_out", "王小雨")
    first = established(world, first)
    assert first.effect == "end", "two people with the same pension are beyond the line"
    second = taken(world, second)
    assert (second.effect, second.ground) == ("end", "single_over")
    first = established(world, changes.find(clerk, first.ref), incomes={"income-1": 1_000_00})
    basis = versions.Basis("test", "z", today())
    other = people(award)
    other = replace(other, incomes=(replace(other.incomes[0], label="遗属补助"),))
    versions.add(second.award, "2026-12", AwardCause.CHANGE, basis, facts=to_plain(other))
    offer = changes.offer_of(clerk, changes.find(clerk, second.ref), today())
    assert offer is not None and offer.missing == ("“退休金”改为 1,000.00 元：本项保障里没有登记同一项收入。",)


def test_the_death_of_another_member_holds_nothing_of_single_cover_back(world: World, award: Award) -> None:
    first, second = linked(world, edge(award), "death", "王小雨")
    assert (second.held_from, second.award.phase) == ("", "running")
    first = established(world, first)
    assert taken(world, second).effect == first.effect == "end"
