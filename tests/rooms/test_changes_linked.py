"""A household with several awards: one report, a linked change for each award that it touches, each decided on its own."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rooms.changing import Travel, decided, established, family, heard, ref_of
from tests.rooms.examined import World, build, identity
from tests.rooms.test_decisions import PROPOSED
from yimen.base.access.refusal import Refused
from yimen.casework.awards import acts, change_queries as changes, versions
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.models import Award, AwardPerson, ChangeCase
from yimen.casework.households.entries import PersonEntry
from yimen.casework.households.models import Membership, Person
from yimen.law.aftercare.terms import AwardCause, ChangeEvent
from yimen.law.aftercare.touching import touches
from yimen.law.calendar import today
from yimen.law.terms import Programme


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def award(world: World, travel: Travel) -> Award:
    return family(world, travel)


def another(award: Award, programme: str, who: str, fen: int, *, single: bool = False) -> Award:
    """A further award of the household for one of its members, who leaves none that excludes it."""
    row = award.persons.get(person__name=who)
    if not single:
        AwardPerson.objects.filter(pk=row.pk).update(active=False)
    other = Award.objects.create(
        number=f"{award.number}-{programme}", household=award.household, application=award.application,
        decision=award.decision, origin=award.origin, run=award.run, programme=programme, township=award.township, village=award.village,
        monthly_fen=fen, single=single, start_month=award.start_month, recertify_on=award.recertify_on,
    )  # fmt: skip
    person = AwardPerson.objects.create(award=other, person=row.person, programme=programme, single=single)
    basis = versions.Basis("decision", "x", today())
    versions.open_history([(other, [(person.person_id, 0)], True)], AwardCause.TAKEN_OVER, basis)
    return other


def told(world: World, award: Award, event: str, *people: str) -> ChangeCase:
    report = ReportEntry(
        event, today(), "village", "李协理", "村里走访时了解到的情况。", [ref_of(award, w) for w in people]
    )
    return acts.report_together(world.officer("陈经办"), award_ref=award.ref, report=report)


def test_one_report_opens_a_case_each_and_each_is_decided_alone(world: World, award: Award) -> None:
    tekun = another(award, "tekun", "王建国", 90_000)
    clerk = world.officer("陈经办")
    first = told(world, award, "moved_out", "王建国")
    second = changes.open_of([tekun])[tekun.pk]
    assert second.first_id == first.pk and second.statement == first.statement
    assert [row.pk for row in changes.linked_with(clerk, first)] == [second.pk]
    assert [row.pk for row in changes.linked_with(clerk, second)] == [first.pk]
    assert [len(changes.papers_of(row)) for row in (first, second)] == [1, 1]
    first = established(world, first)
    if changes.ready(first, today()).hearing:
        first = heard(world, first)
    assert decided(world, first).state == "decided"
    assert not Membership.objects.filter(person__name="王建国", household=award.household, to_on__isnull=True).exists()
    second = changes.find(clerk, second.ref)
    assert second.state == "reported" and tekun.persons.get().active
    second = established(world, second, effect="unchanged", reasons="仍在本乡街居住，条件没有变。")
    second = decided(world, second, by="吴区确认")
    assert (second.state, second.effect) == ("closed", "unchanged") and tekun.persons.get().active


def test_who_joins_is_registered_once_whatever_is_decided_first(world: World, award: Award) -> None:
    head = award.household.head.name
    AwardPerson.objects.filter(award=award).update(programme="edge")
    Award.objects.filter(pk=award.pk).update(programme="edge", monthly_fen=0)
    Person.objects.filter(name=head).update(health={"disability_kind": "physical", "disability_grade": 1})
    single = another(award, "dibao", head, 57_200, single=True)
    award.refresh_from_db()
    first = told(world, award, "marriage", head)
    second = changes.open_of([single])[single.pk]
    spouse = PersonEntry("周国强", identity(date(1951, 4, 2), 9), relation="spouse")
    for change, boss in ((first, "吴区确认"), (second, "赵负责")):
        done = decided(world, established(world, change, effect="unchanged", joining=[spouse]), by=boss)
        assert done.state == "closed"
    assert Membership.objects.filter(person__name="周国强", household=award.household, to_on__isnull=True).count() == 1


def test_an_open_case_is_left_and_a_refusal_registers_nothing(world: World, award: Award) -> None:
    tekun = another(award, "tekun", "王建国", 90_000)
    mine = told(world, tekun, "self_care", "王建国")
    assert ChangeCase.objects.count() == 1, "what concerns the one award opens no case for the others"
    first = told(world, award, "income", "王建国")
    assert changes.linked_with(world.officer("陈经办"), first) == [] and mine.first_id is None
    with pytest.raises(Refused, match="已有一件变更正在办理"):
        told(world, award, "income", "王建国")
    assert ChangeCase.objects.count() == 2


@pytest.mark.parametrize(
    ("event", "programme", "covered", "touched"),
    [
        ("income", "dibao", False, True),
        ("death", "dibao", False, True),
        ("death", "edge", False, True),
        ("income", "tekun", False, False),
        ("death", "tekun", False, False),
        ("death", "tekun", True, True),
        ("transfer", "tekun", False, True),
        ("self_care", "tekun", True, True),
        ("self_care", "dibao", True, False),
        ("voluntary_exit", "edge", True, False),
        ("account", "dibao", True, False),
    ],
)
def test_which_awards_an_event_touches(event: str, programme: str, covered: bool, touched: bool) -> None:
    assert touches(ChangeEvent(event), Programme(programme), covered=covered) is touched
