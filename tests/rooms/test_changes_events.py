"""The other events: grace, suspension and resumption, voluntary exit, own share, split, birth, transfer, a review's change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.rooms.changing import (
    LATER,
    Travel,
    decided,
    due,
    established,
    family,
    heard,
    in_step,
    income_ref,
    ref_of,
    reported,
    served,
)  # fmt: skip
from tests.rooms.examined import TOWNSHIP, World, build, identity
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.offices.models import Area, Office
from yimen.base.papers.models import Paper
from yimen.casework.awards import acts, change_queries as changes, split_queries as splits, versions
from yimen.casework.awards.changes.entries import HealthEntry, NewIncome
from yimen.casework.awards.models import Award, AwardPerson, Recertification
from yimen.casework.awards.recertify.entries import ChangeEntry, CheckEntry
from yimen.casework.households.entries import PersonEntry
from yimen.casework.households.models import Household, Membership
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import today

NEXT = "990101002"


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def award(world: World, travel: Travel) -> Iterator[Award]:
    yield family(world, travel)
    in_step()


def employed(world: World, award: Award, **more: object) -> object:
    wage = NewIncome(ref_of(award, "王建国"), "wage", "物流公司工资", 480_000)
    change = reported(world, award, "work", concerns=[ref_of(award, "王建国")])
    return established(world, change, new_incomes=[wage], **more)


def test_grace_keeps_the_amount_until_a_month_within_the_limit(world: World, award: Award, travel: Travel) -> None:
    before = award.monthly_fen
    with pytest.raises(Refused, match="渐退期到哪个月"):
        employed(world, award, effect="grace")
    change = changes.all_changes(world.officer("陈经办")).get()
    wage = NewIncome(ref_of(award, "王建国"), "wage", "物流公司工资", 480_000)
    change = established(world, change, effect="grace", until_month="2027-12", new_incomes=[wage])
    with pytest.raises(Refused, match="自 2027-02 起最迟到 2027-07"):
        decided(world, change)
    change = changes.find(world.officer("陈经办"), change.ref)
    acts.return_change(world.officer("赵负责"), ref=change.ref, reason="期限过长")
    change = changes.find(world.officer("陈经办"), change.ref)
    change = established(world, change, effect="grace", until_month="2027-07", new_incomes=[wage])
    change = decided(world, change)
    award.refresh_from_db()
    assert (award.phase, award.monthly_fen, award.end_month) == ("grace", before, "")
    assert due(award, "2027-01", "2027-02", "2027-07") == [before] * 3
    assert changes.grace_ends(world.officer("陈经办")) == [(award, "2027-07")]
    assert {"grace_form", "award_change_notice"} <= {paper.code for paper in changes.papers_of(change)}
    served(world, change)
    # Its end is a change of its own, with a hearing.
    travel(date(2027, 7, 5))
    over = reported(world, award, "work", concerns=[ref_of(award, "王建国")])
    over = established(world, over, ground="grace_over")
    assert over.effect == "end" and changes.ready(over, today()).hearing


def test_work_that_had_its_grace_gives_no_second_one(world: World, award: Award, travel: Travel) -> None:
    served(world, decided(world, employed(world, award, effect="grace", until_month="2027-04")))
    travel(date(2027, 4, 5))
    son = ref_of(award, "王建国")
    extra = NewIncome(son, "wage", "夜班兼职", 60_000)
    change = reported(world, award, "work", concerns=[son])
    with pytest.raises(Refused, match="不计新的就业收入，本户也已不符合低保条件"):
        established(world, change, effect="grace", until_month="2027-08", new_incomes=[extra])


def test_income_over_the_standard_that_is_not_earned_gives_no_grace(world: World, award: Award) -> None:
    son = ref_of(award, "王建国")
    rent = NewIncome(son, "property", "出租房屋", 480_000)
    change = reported(world, award, "work", concerns=[son])
    with pytest.raises(Refused, match="不是因为就业，不适用渐退期") as caught:
        established(world, change, effect="grace", until_month="2027-07", new_incomes=[rent])
    assert caught.value.field == "effect"


def test_payment_rests_after_a_hearing_and_comes_back_with_its_months(
    world: World, award: Award, travel: Travel
) -> None:
    before = award.monthly_fen
    change = established(world, reported(world, award, "other"), effect="suspend", ground="local.unreachable")
    with pytest.raises(Refused, match="必须听取本人意见"):
        acts.submit_change(world.officer("陈经办"), ref=change.ref)
    change = served(world, decided(world, heard(world, change, how="not_possible", not_possible="三次上门无人。")))
    award.refresh_from_db()
    assert award.phase == "held" and due(award, "2027-01", "2027-02") == [before, 0]
    travel(date(2027, 4, 6))
    change = established(
        world, reported(world, award, "other"), effect="resume", ground="situation_settled", paid_through="2027-01"
    )
    change = decided(world, change)
    award.refresh_from_db()
    assert (award.phase, change.from_month) == ("running", "2027-02")
    assert due(award, "2027-02", "2027-04") == [before] * 2
    rows = [(row.kind, row.month, row.fen) for row in changes.balances_of(change)]
    assert rows == [("arrears", "2027-02", before), ("arrears", "2027-03", before)]


def test_who_leaves_of_the_own_will_is_still_heard(world: World, award: Award) -> None:
    change = established(world, reported(world, award, "voluntary_exit", source="household"))
    assert (change.effect, change.ground) == ("end", "voluntary")
    decided(world, heard(world, change), others="")
    award.refresh_from_db()
    assert award.end_month == "2027-02"


def test_refusing_work_touches_the_own_share_only(world: World, award: Award) -> None:
    son, before = ref_of(award, "王建国"), award.monthly_fen
    change = reported(world, award, "job_refusal", concerns=[son])
    share = changes.own_share(change, son)
    with pytest.raises(Refused, match="只能减发本人的份额") as caught:
        established(world, change, own_person=son, own_cut_fen=share + 1)
    assert caught.value.field == "own_cut"
    change = changes.find(world.officer("陈经办"), change.ref)
    change = established(world, change, own_person=son, own_cut_fen=share)
    assert (change.effect, change.ground) == ("decrease", "job_refusal")
    decided(world, heard(world, change))
    award.refresh_from_db()
    assert award.monthly_fen == before - share and AwardPerson.objects.filter(award=award, active=True).count() == 3


def test_a_split_makes_a_household_of_its_own(world: World, award: Award) -> None:
    son = ref_of(award, "王建国")
    change = established(world, reported(world, award, "split", concerns=[son]))
    change = heard(world, change) if changes.ready(change, today()).hearing else change
    decided(world, change)
    assert Household.objects.count() == 2
    own = Membership.objects.get(person__ref=son, to_on=None)
    assert own.household_id != award.household_id and own.relation == "self"
    assert not AwardPerson.objects.filter(award=award, person__ref=son, active=True).exists()


def test_who_splits_off_together_keeps_the_true_relations_and_is_offered_an_application(
    world: World, award: Award
) -> None:
    son, child = ref_of(award, "王建国"), ref_of(award, "王小雨")
    change = reported(world, award, "split", concerns=[son, child])
    with pytest.raises(Refused) as caught:
        established(world, change)
    assert caught.value.field == "apart_head"
    change = changes.find(world.officer("陈经办"), change.ref)
    change = established(world, change, apart_head=son)
    assert splits.new_homes([change]) == {}
    decided(world, heard(world, change) if changes.ready(change, today()).hearing else change)
    clerk = world.officer("陈经办")
    [(_, home)] = splits.to_apply(clerk, today(), 10)
    told = {row.person.name: row.relation for row in home.memberships.select_related("person")}
    assert told == {"王建国": "self", "王小雨": "child"} and home.head.name == "王建国"
    old = award.household
    assert (home.village_id, home.address, home.urban) == (old.village_id, old.address, old.urban)
    assert old.memberships.filter(to_on=None).count() == 1


def test_a_birth_brings_a_covered_person_in_once(world: World, award: Award) -> None:
    baby = PersonEntry(
        "王小禾", identity(date(2027, 1, 5), 77), "grandchild", work_capacity="none", long_co_resident=True,
        can_live_independently=False,
    )  # fmt: skip
    before = award.monthly_fen
    change = established(world, reported(world, award, "birth"), joining=[baby])
    assert change.effect == "increase"
    decided(world, change)
    award.refresh_from_db()
    assert award.monthly_fen > before
    assert AwardPerson.objects.filter(award=award, active=True, person__name="王小禾").count() == 1
    facts = changes.basis_of(award, today()).facts
    assert ref_of(award, "王小禾") in {person.ref for person in facts.people}
    row = Paper.objects.get(code="member_change").data["rows"][-1]
    assert row["name"] == "王小禾" and row["what"] == "增加"


def test_a_disability_raises_by_the_supplement(world: World, award: Award) -> None:
    son = ref_of(award, "王建国")
    health = HealthEntry(son, "physical", 1)
    change = established(world, reported(world, award, "disability", concerns=[son]), health=[health])
    assert (change.effect, change.ground) == ("increase", "need_up")
    decided(world, change)
    row = AwardPerson.objects.get(award=award, person__ref=son, active=True)
    assert row.supplement_fen > 0 and row.person.health["disability_kind"] == "physical"


@pytest.fixture
def next_door(world: World) -> str:
    """A village of the next township with its office and handler."""
    Area.objects.create(code=NEXT, name="柳河镇", level="township", parent_id="990101", initials="lh")
    village = Area.objects.create(
        code=f"{NEXT}001", name="东岗村", level="village", parent_id=NEXT, initials="dg", urban=True
    )
    office = Office.objects.create(area_id=NEXT, kind="township", name="柳河镇人民政府（示例）", mark="柳河")
    world.hire("马转入", office, "handler")
    return str(village.code)


def test_a_transfer_takes_file_and_history_along(world: World, award: Award, next_door: str) -> None:
    before = award.monthly_fen
    change = established(world, reported(world, award, "transfer"), to_village=next_door)
    assert change.effect == "transfer"
    with pytest.raises(Unknown):
        changes.find(world.officer("马转入"), change.ref)
    change = decided(world, change)
    assert (change.state, [paper.code for paper in changes.papers_of(change)][-1]) == ("moving", "transfer_letter")
    with pytest.raises(Refused, match="由迁入地乡街"):
        acts.receive_transfer(world.officer("陈经办"), ref=change.ref)
    acts.receive_transfer(world.officer("马转入"), ref=change.ref)
    award.refresh_from_db()
    assert (award.township_id, award.village_id, award.household.township_id) == (NEXT, next_door, NEXT)
    assert due(award, "2027-01", "2027-02", "2027-09") == [before] * 3
    assert changes.find(world.officer("马转入"), change.ref).state == "closed"


def test_moving_to_another_district_ends_here_with_the_letter(world: World, award: Award, next_door: str) -> None:
    with pytest.raises(Refused, match="只填一项"):
        established(world, reported(world, award, "transfer"), to_village=next_door, to_place="邻水区")
    change = changes.all_changes(world.officer("陈经办")).get()
    change = decided(world, established(world, change, to_place="邻水区桥头镇"))
    award.refresh_from_db()
    assert (award.end_month, award.phase, change.state) == ("2027-02", "ended", "closed")
    assert Paper.objects.get(code="transfer_letter").data["to_place"] == "邻水区桥头镇"


def test_the_review_that_found_it_is_over_with_it(world: World, award: Award) -> None:
    clerk, head = world.officer("陈经办"), world.officer("赵负责")
    [review] = acts.start_recertification(clerk, refs=[award.ref])
    check = CheckEntry(LATER, [clerk.staff.ref, world.officer("李协理").staff.ref], note="收入增加")
    acts.record_change(clerk, ref=review.ref, check=check, change=ChangeEntry(["income"], None, {}))
    acts.confirm_recertification(head, refs=[review.ref])
    change = reported(world, award, "income", source="recertification")
    assert change.recertification_id == review.pk
    change = established(world, change, incomes={income_ref(award): 60_000})
    decided(world, heard(world, change), by="钱确认")
    review.refresh_from_db()
    award.refresh_from_db()
    assert review.state == "changed" and review.next_due_on == award.recertify_on > LATER
    assert not Recertification.objects.filter(state="changing").exists()
    assert award.township_id == TOWNSHIP


def test_who_is_on_another_programme_counts_and_is_not_covered_here(world: World, award: Award) -> None:
    child = AwardPerson.objects.get(award=award, person__name="王小雨")
    AwardPerson.objects.filter(pk=child.pk).update(active=False)
    other = Award.objects.create(
        number="Z安澜青禾特困〔2026〕1号", household=award.household, application=award.application,
        decision=award.decision, programme="tekun", township=award.township, village=award.village, monthly_fen=90_000,
        start_month="2026-12", recertify_on=LATER,
    )  # fmt: skip
    AwardPerson.objects.create(award=other, person=child.person, programme="tekun")
    basis = versions.Basis("test", "x", LATER)
    versions.open_history([(other, [(child.person_id, 0)], True)], AwardCause.GRANTED, basis)
    versions.restate([award.pk], AwardCause.CHANGE, basis)
    change = established(world, reported(world, award, "income"), incomes={income_ref(award): 0})
    finding = changes.finding_of(change)
    assert finding is not None and child.person.ref not in {ref for ref, _ in finding.cover}
    decided(world, heard(world, change) if changes.ready(change, today()).hearing else change)
    assert AwardPerson.objects.get(person=child.person, active=True).award_id == other.pk
