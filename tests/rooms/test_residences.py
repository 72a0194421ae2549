"""人户分离: a household lives elsewhere, its award stays; marked by a change of its own, followed where it lives (D15)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.rooms.changing import LATER, Travel, decided, established, family, in_step, reported
from tests.rooms.examined import World, build
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused
from yimen.base.offices.models import Area, Office
from yimen.base.papers.models import Paper
from yimen.casework.awards import acts, change_queries as changes, queries, residence_queries as residences
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.models import Award, Residence
from yimen.casework.awards.recertify.entries import CheckEntry
from yimen.casework.households.entries import AccountEntry
from yimen.law.money import show

NEXT = "990101002"
THERE = f"{NEXT}001"


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    made = build()
    Area.objects.create(code=NEXT, name="柳河镇", level="township", parent_id="990101", initials="lh")
    Area.objects.create(code=THERE, name="东岗村", level="village", parent_id=NEXT, initials="dg", urban=True)
    office = Office.objects.create(area_id=NEXT, kind="township", name="柳河镇人民政府（示例）", mark="柳河")
    made.hire("马转入", office, "handler")
    return made


@pytest.fixture
def award(world: World, travel: Travel) -> Award:
    return family(world, travel)


def lives_apart(world: World, award: Award, **more: str) -> None:
    given = {"live_village": THERE, "live_address": "3组12号", "live_contact": "女儿张某", "live_helper": "东岗村委会"}
    given |= more
    change = established(world, reported(world, award, "living_apart"), **given)
    assert (change.effect, change.ground) == ("details_only", "residence_changed")
    told = {row["item"]: row["after"] for row in changes.finding_of(change).figures}
    assert told["居住地"].endswith(given["live_address"]) and told["居住地协助单位"] == (given["live_helper"] or "—")
    assert decided(world, change).state == "closed"
    award.refresh_from_db()


def test_the_mark_has_its_days_and_changes_no_amount(world: World, award: Award, travel: Travel) -> None:
    before, versions = award.monthly_fen, award.versions.count()
    lives_apart(world, award)
    [row] = residences.of_household(award.household_id)
    assert (row.from_on, row.to_on, row.village_id, row.address) == (LATER, None, THERE, "3组12号")
    assert residences.whole_words(row) == "柳河镇东岗村　3组12号"
    assert (award.monthly_fen, award.versions.count()) == (before, versions)
    running = queries.running(world.officer("陈经办"))
    assert list(residences.chosen(running, "apart")) == [award] and not residences.chosen(running, "home")
    travel(date(2027, 3, 1))
    lives_apart(world, award, live_village="", live_address="邻水区桥头镇3委2组", live_helper="")
    travel(date(2027, 5, 10))
    back = established(world, reported(world, award, "living_back"))
    decided(world, back)
    told = [(row.from_on, row.to_on, residences.area_words(row)) for row in residences.of_household(award.household_id)]
    assert told == [(date(2027, 3, 1), date(2027, 5, 10), "外区"), (LATER, date(2027, 3, 1), "柳河镇东岗村")]
    assert not residences.chosen(queries.running(world.officer("陈经办")), "apart")
    in_step()


def test_what_contradicts_is_refused_at_its_field(world: World, award: Award) -> None:
    with pytest.raises(Refused, match="没有登记人户分离") as caught:
        reported(world, award, "living_back")
    assert (caught.value.status, caught.value.field) == (422, "event")
    change = reported(world, award, "living_apart")
    clerk = world.officer("陈经办")
    acts.take_up_change(clerk, ref=change.ref)
    for more, field in (
        ({}, "live_address"),
        ({"live_address": "1组", "live_village": award.village_id}, "live_village"),
        ({"live_address": "1组", "live_helper_phone": "0434-1"}, "live_helper"),
    ):
        with pytest.raises(Refused) as caught:
            acts.record_change_findings(clerk, ref=change.ref, finding=FindingEntry(reasons="核实。", **more))
        assert (caught.value.status, caught.value.field) == (422, field)
    # Nothing of it is true: it closes without a mark.
    decided(world, established(world, changes.find(clerk, change.ref), effect="unchanged"))
    assert not Residence.objects.exists()
    lives_apart(world, award)
    with pytest.raises(Refused, match="不能早于它") as caught:
        reported(world, award, "living_back", since=date(2027, 1, 2))
    assert caught.value.field == "since"
    again = {"household": award.household, "change": change, "address": "x", "from_on": LATER}
    with pytest.raises(IntegrityError), transaction.atomic():
        Residence.objects.create(**again)


def test_the_review_goes_where_the_household_lives(world: World, award: Award) -> None:
    clerk, helper = world.officer("陈经办"), world.staff["马转入"]
    team = [clerk.staff.ref, helper.ref]
    [review] = acts.start_recertification(clerk, refs=[award.ref])
    with pytest.raises(Refused, match="不能核查"):
        acts.renew(clerk, refs=[review.ref], check=CheckEntry(LATER, team))
    lives_apart(world, award)
    acts.renew(clerk, refs=[review.ref], check=CheckEntry(LATER, team))
    sheet = Paper.objects.get(code="recertification_form").data
    assert sheet["lives_at"] == "柳河镇东岗村　3组12号" and "马转入" in sheet["investigators"]


def test_it_ends_when_the_award_moves_to_where_the_household_lives(world: World, award: Award) -> None:
    lives_apart(world, award)
    change = decided(world, established(world, reported(world, award, "transfer"), to_village=THERE))
    acts.receive_transfer(world.officer("马转入"), ref=change.ref)
    [row] = residences.of_household(award.household_id)
    assert row.to_on == LATER and row.ended_by_id == change.pk


def test_the_leader_sees_what_a_change_of_details_alters(world: World, award: Award) -> None:
    account = AccountEntry("王建国", "示例农商银行", "6217000010001234567", "child")
    change = reported(world, award, "account")
    change = established(world, change, account=account, phone="13900001111", address="6号楼")
    told = {row["item"]: row["after"] for row in changes.finding_of(change).figures}
    assert told == {
        "领取账户": "王建国 示例农商银行 尾号 4567", "户主电话": "13900001111", "住址": "6号楼",
        "月保障金": f"{show(award.monthly_fen)}元",
    }  # fmt: skip
