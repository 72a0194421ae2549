"""分户 and its heads: nobody is left without one, a relation is asked for where it is not known, means go along with their owner."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rooms.changing import Travel, decided, established, family, heard, in_step, ref_of, reported, served
from tests.rooms.examined import World, add_member, build, examined
from tests.rooms.test_awards import approved
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused
from yimen.casework.awards import change_queries as changes, split_queries as splits
from yimen.casework.awards.changes.entries import FindingEntry, NewIncome, NewThing
from yimen.casework.awards.models import Award, AwardPerson, ChangeCase
from yimen.casework.households import queries as households
from yimen.casework.households.acts import keep_account
from yimen.casework.households.entries import AccountEntry
from yimen.casework.households.models import Membership
from yimen.law.calendar import today


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


def recognised(award: Award) -> Award:
    """The same household recognised as 边缘: nothing is stored that it is reckoned from."""
    AwardPerson.objects.filter(award=award).update(programme="edge")
    Award.objects.filter(pk=award.pk).update(programme="edge", monthly_fen=0)
    award.refresh_from_db()
    return award


def carried_out(world: World, change: ChangeCase) -> ChangeCase:
    by = "吴区确认" if change.award.programme == "edge" else "赵负责"
    return decided(world, heard(world, change) if changes.ready(change, today()).hearing else change, by=by)


@pytest.mark.parametrize("programme", ["dibao", "edge"])
def test_the_head_leaves_only_when_another_is_named(world: World, travel: Travel, programme: str) -> None:
    award = family(world, travel)
    if programme == "edge":
        recognised(award)
    head, son, child = (ref_of(award, name) for name in (award.household.head.name, "王建国", "王小雨"))
    change = reported(world, award, "split", concerns=[head])
    for more, field, words in (
        ({}, "new_head", "请在留下的成员中确定新的户主"),
        ({"new_head": head}, "new_head", "已不是本户人员"),
        ({"new_head": child}, "new_head", "未满18周岁"),
        ({"leaving": (head, son, child)}, "leaving", "应当有留下的成员"),
        ({"leaving": (head, child), "apart_head": child, "new_head": son}, "apart_head", "未满18周岁"),
    ):
        with pytest.raises(Refused, match=words) as caught:
            established(world, changes.find(world.officer("陈经办"), change.ref), **more)
        assert (caught.value.status, caught.value.field) == (422, field)
    change = changes.find(world.officer("陈经办"), change.ref)
    carried_out(world, established(world, change, new_head=son, relations={child: "child"}))
    award.household.refresh_from_db()
    assert award.household.head.ref == son
    told = {row.person.ref: row.relation for row in award.household.memberships.filter(to_on=None)}
    assert told == {son: "self", child: "child"}
    assert Membership.objects.get(person__ref=head, to_on=None).relation == "self"
    in_step()


def test_a_relation_that_nothing_tells_is_asked_for_at_the_person(world: World, travel: Travel) -> None:
    case = examined(world)
    add_member(world, case, "王建国", date(1985, 2, 3), "child", can_live_independently=False, work_capacity="lost")
    add_member(world, case, "王远亲", date(1950, 2, 3), "other", long_co_resident=True, work_capacity="lost")
    award = recognised(approved(world, case, travel))
    travel(date(2027, 1, 20))
    son, other = ref_of(award, "王建国"), ref_of(award, "王远亲")
    change = reported(world, award, "split", concerns=[son, other])
    with pytest.raises(Refused, match="推不出王远亲与新户主的关系") as caught:
        established(world, change, apart_head=son)
    assert (caught.value.status, caught.value.field) == (422, f"relation_{other}")
    # Nobody is registered as the head, so that nothing can be derived at all.
    AwardPerson.objects.filter(award=award).update(programme="tekun")
    Award.objects.filter(pk=award.pk).update(programme="tekun", monthly_fen=90_000)
    Membership.objects.filter(household=award.household, relation="self").update(relation="other")
    with pytest.raises(Refused, match="没有户主") as caught:
        established(world, changes.find(world.officer("陈经办"), change.ref), apart_head=son)
    assert (caught.value.status, caught.value.field) == (422, f"relation_{other}")
    change = changes.find(world.officer("陈经办"), change.ref)
    given = {"apart_head": son, "relations": {other: "other"}, "effect": "unchanged", "ground": "checked_unchanged"}
    decided(world, established(world, change, **given), by="吴区确认")
    assert Membership.objects.get(person__ref=other, to_on=None).relation == "other"


def test_means_go_with_their_owner_and_no_account_does(world: World, travel: Travel) -> None:
    award = family(world, travel)
    son, child = ref_of(award, "王建国"), ref_of(award, "王小雨")
    assert splits.means_of(award.household) == splits.Means()
    wage = [NewIncome(son, "wage", "打零工", 30_000), NewIncome(child, "transfer", "补助", 10_000)]
    first = established(world, reported(world, award, "income"), new_incomes=wage)
    served(world, carried_out(world, first))
    award.refresh_from_db()
    line = next(row.ref for row in changes.basis_of(award, today()).facts.incomes if row.person == son)
    account = AccountEntry("王秀兰", "示例农商银行", "6217000010001234567", "self")
    keep_account(award.household, account, today())
    change = established(
        world, reported(world, award, "split", concerns=[son]), incomes={line: 40_000},
        new_incomes=[NewIncome(son, "property", "出租房屋", 5_000)],
        property=[NewThing("vehicle", "三轮车", 300_000, son), NewThing("deposit", "存款", 100_000)],
    )  # fmt: skip
    finding = changes.finding_of(change)
    assert finding is not None and son not in str([row["person"] for row in finding.facts["incomes"]])
    carried_out(world, change)
    home = Membership.objects.get(person__ref=son, to_on=None).household
    means = splits.means_of(home)
    assert [(row.person, row.label, row.amount_fen) for row in means.incomes] == [
        (son, "打零工", 40_000),
        (son, "出租房屋", 5_000),
    ]
    assert [(row.person, row.label, row.value_fen) for row in means.things] == [(son, "三轮车", 300_000)]
    # It is asked in the application, once; the old household's stays where it is.
    kept = households.account(award.household)
    assert households.account(home) is None and kept is not None and kept.number == account.number
    in_step()


def test_a_finding_from_before_still_reads(world: World) -> None:
    plain = FindingEntry(reasons="x").plain()
    for name in ("live_village", "live_address", "apart_head"):
        del plain[name]
    assert FindingEntry.of(plain).live_address == ""
