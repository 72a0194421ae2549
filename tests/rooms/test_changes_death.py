"""The chain after a death: payment held at once, three months, a new head, survivors once each, stop month, overpaid months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.rooms.changing import Travel, decided, due, established, family, heard, in_step, ref_of, reported, served
from tests.rooms.examined import World, build
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused
from yimen.base.clocks.models import Clock
from yimen.base.papers.models import Paper
from yimen.casework.applications.models import Participant
from yimen.casework.awards import change_queries as changes
from yimen.casework.awards.models import Award, AwardPerson, ChangeCase
from yimen.casework.households.models import Membership, Person

DIED = date(2026, 12, 30)


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def award(world: World, travel: Travel) -> Iterator[Award]:
    yield family(world, travel)
    in_step()


def dead(world: World, award: Award, name: str = "王秀兰", **more: object) -> ChangeCase:
    return reported(world, award, "death", concerns=[ref_of(award, name)], since=DIED, by="李协理", **more)


def test_a_report_of_a_death_holds_payment_at_once_and_starts_three_months(world: World, award: Award) -> None:
    before = award.monthly_fen
    change = dead(world, award)
    award.refresh_from_db()
    assert (change.held_from, award.phase, award.monthly_fen) == ("2027-01", "held", before)
    assert due(award, "2026-12", "2027-01", "2027-02") == [before, 0, 0]
    clock = Clock.objects.get(subject_kind="change", code="death_change")
    assert (clock.started_on, clock.due_on) == (DIED, date(2027, 3, 30))
    assert "自 2027-01 起暂缓发放" in Paper.objects.get(code="change_report").data["action"]


def test_the_chain_after_the_heads_death(world: World, award: Award) -> None:
    before = award.monthly_fen
    son, child, old = (ref_of(award, name) for name in ("王建国", "王小雨", "王秀兰"))
    change = dead(world, award)
    with pytest.raises(Refused, match="新的户主"):
        established(world, change)
    change = changes.find(world.officer("陈经办"), change.ref)
    change = established(world, change, new_head=son, paid_through="2027-01")
    finding = changes.finding_of(change)
    assert finding is not None and change.effect == "decrease" and change.ground == "death_member"
    change = decided(world, heard(world, change))
    award.refresh_from_db()
    after = award.monthly_fen
    assert (award.phase, award.household.head.name, change.from_month) == ("running", "王建国", "2027-01")
    assert due(award, "2026-12", "2027-01", "2027-02") == [before, after, after] and 0 < after < before
    covered = list(AwardPerson.objects.filter(award=award, active=True).values_list("person__ref", flat=True))
    assert sorted(covered) == sorted([son, child])
    relations = dict(Membership.objects.filter(to_on=None).values_list("person__name", "relation"))
    assert relations == {"王建国": "self", "王小雨": "child"}
    gone = Person.objects.get(ref=old)
    assert gone.died_on == DIED and not gone.memberships.filter(to_on=None).exists()
    # Paid through January before it was known: the month after the death was too much.
    [balance] = changes.balances_of(change)
    assert (balance.kind, balance.month, balance.fen) == ("overpaid", "2027-01", before - after)
    codes = [paper.code for paper in changes.papers_of(change)]
    assert codes == ["change_report", "views_record", "member_change", "award_change_notice"]
    table = Paper.objects.get(code="member_change").data["rows"]
    assert [row["what"] for row in table] == ["减少", "调整", "调整"]
    notice = Paper.objects.get(code="award_change_notice").data
    assert notice["applicant"] == "王建国" and "2027-01" in notice["settled"][0]
    assert not Clock.objects.filter(subject_kind="change", stopped_on=None).exists()
    assert served(world, change).state == "closed"


def test_survivors_keep_their_supplements_by_the_rules(world: World, award: Award) -> None:
    child = AwardPerson.objects.get(award=award, person__name="王小雨")
    change = dead(world, award, name="王建国")
    change = decided(world, heard(world, established(world, change)))
    child.refresh_from_db()
    assert child.active and child.supplement_fen == dict(changes.finding_of(change).cover)[child.person.ref]
    award.refresh_from_db()
    assert award.household.head.name == "王秀兰"


def test_what_was_held_and_not_paid_is_given_to_the_survivors(world: World, award: Award, travel: Travel) -> None:
    change = dead(world, award, name="王建国")
    travel(date(2027, 3, 10))
    change = established(world, change, paid_through="2026-12")
    change = decided(world, heard(world, change))
    award.refresh_from_db()
    rows = {(row.kind, row.month): row.fen for row in changes.balances_of(change)}
    assert rows == {("arrears", month): award.monthly_fen for month in ("2027-01", "2027-02")}


def test_nobody_is_heard_when_nobody_is_left(world: World, award: Award, travel: Travel) -> None:
    for name in ("王建国", "王小雨"):
        change = dead(world, award, name=name)
        change = decided(world, heard(world, established(world, change)))
        served(world, change)
    award.refresh_from_db()
    last = dead(world, award)
    last = established(world, last)
    assert (last.effect, last.ground) == ("end", "death_last")
    with pytest.raises(Refused, match="不需要听取意见"):
        heard(world, last)
    last = decided(world, last, others="")
    award.refresh_from_db()
    assert (award.end_month, award.phase, last.from_month) == ("2027-01", "ended", "2027-01")
    assert due(award, "2026-12", "2027-01")[1] == 0


def test_a_death_that_was_no_death_gives_every_month_back(world: World, award: Award, travel: Travel) -> None:
    before = award.monthly_fen
    change = dead(world, award, name="王建国")
    travel(date(2027, 3, 10))
    change = established(world, change, effect="unchanged", paid_through="2026-12")
    assert (change.effect, change.ground) == ("unchanged", "checked_unchanged")
    change = decided(world, change)
    award.refresh_from_db()
    assert (award.phase, award.monthly_fen) == ("running", before)
    assert due(award, "2027-01", "2027-02", "2027-03") == [before] * 3
    assert {(row.kind, row.month) for row in changes.balances_of(change)} == {
        ("arrears", "2027-01"),
        ("arrears", "2027-02"),
    }
    assert AwardPerson.objects.filter(award=award, active=True).count() == 3


def test_a_relation_that_the_data_do_not_tell_is_confirmed(world: World, award: Award) -> None:
    Membership.objects.filter(person__name="王小雨").update(relation="other")
    Participant.objects.filter(person__name="王小雨").update(relation="other")
    change, child = dead(world, award), ref_of(award, "王小雨")
    with pytest.raises(Refused, match="王小雨") as caught:
        established(world, change, new_head=ref_of(award, "王建国"))
    assert caught.value.field == f"relation_{child}"


def test_the_head_is_somebody_who_may_be(world: World, award: Award) -> None:
    with pytest.raises(Refused, match="一人登记一件"):
        reported(world, award, "death", concerns=[ref_of(award, name) for name in ("王秀兰", "王建国")], since=DIED)
    change = dead(world, award)
    with pytest.raises(Refused, match="未满18周岁"):
        established(world, change, new_head=ref_of(award, "王小雨"), relations={ref_of(award, "王建国"): "parent"})
