"""Who is on assistance: everybody covered, once, from the month after (I2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.rooms.examined import TOWNSHIP, World, add_member, build, examined, household
from tests.rooms.test_decisions import PROPOSED, deciding
from yimen.base.access.models import UsedCode
from yimen.base.access.refusal import Refused
from yimen.casework.applications.models import Application
from yimen.casework.awards import queries
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.decisions import acts, queries as decisions
from yimen.law.terms import Stage

Travel = Callable[[date], None]


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


def approved(world: World, case: Application, travel: Travel) -> Award:
    travel(PROPOSED)
    deciding(world, case, travel)
    # The authenticator has moved on since the case before.
    UsedCode.objects.all().delete()
    acts.approve(world.officer("钱确认"), case.ref, code=world.code("钱确认"))
    award = queries.award_of(case)
    assert award is not None
    return award


def test_an_award_covers_every_covered_person_with_the_own_supplement(world: World, travel: Travel) -> None:
    case = examined(world)
    add_member(
        world,
        case,
        "王小雨",
        date(2015, 9, 6),
        "grandchild",
        long_co_resident=True,
        can_live_independently=False,
        work_capacity="none",
    )
    award = approved(world, case, travel)
    rows = queries.persons(award)
    opinion = decisions.current_opinion(case)
    assert opinion is not None and len(rows) == award.decision.covered == opinion.covered
    assert [row.supplement_fen for row in rows] == [row.supplement_fen for row in decisions.covered_persons(opinion)]
    assert sum(row.supplement_fen for row in rows) > 0
    assert award.monthly_fen == opinion.amount_fen and award.category == opinion.category


def test_the_first_month_is_that_after_the_decision(world: World, travel: Travel) -> None:
    award = approved(world, examined(world), travel)
    assert award.start_month == "2026-12" and award.end_month == ""
    assert award.number.endswith("QH-2026-0001")


def test_nobody_is_on_assistance_twice(world: World, travel: Travel) -> None:
    home = household(world)
    first = approved(world, examined(world, home=home), travel)
    travel(PROPOSED)
    again = examined(world, home=home, number="QH-2026-0002")
    with pytest.raises(Refused, match="王秀兰已在王秀兰家庭享受最低生活保障") as refusal:
        approved(world, again, travel)
    assert first.number in refusal.value.sentence
    again.refresh_from_db()
    assert again.stage == Stage.DECIDING and decisions.decision_of(again) is None


def test_the_database_holds_one_active_award_per_person_and_programme(world: World, travel: Travel) -> None:
    award = approved(world, examined(world), travel)
    row = queries.persons(award)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardPerson.objects.create(award=award, person=row.person, programme=row.programme)


def test_a_race_past_the_look_is_told_in_the_same_words(
    world: World, travel: Travel, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = household(world)
    approved(world, examined(world, home=home), travel)
    travel(PROPOSED)
    again = examined(world, home=home, number="QH-2026-0002")
    looked = queries.active_persons
    answers = iter([[], None])
    monkeypatch.setattr(
        queries, "active_persons", lambda indexes: looked(indexes) if (said := next(answers)) is None else said
    )
    with pytest.raises(Refused, match="一人不能重复享受"):
        approved(world, again, travel)


def test_lists_of_a_township_count_households_persons_and_money(world: World, travel: Travel) -> None:
    award = approved(world, examined(world), travel)
    assert [row.pk for row in queries.in_township(TOWNSHIP)] == [award.pk]
    assert queries.counts(TOWNSHIP) == (1, 1, award.monthly_fen)
    assert queries.counts("990101002") == (0, 0, 0)
    assert [row.pk for row in queries.of_household(award.household)] == [award.pk]


def test_the_list_asks_the_same_number_of_questions_for_many(
    world: World, travel: Travel, django_assert_num_queries: Callable[..., object]
) -> None:
    for number in range(3):
        home = household(world, name=f"王秀{'兰英芳'[number]}")
        approved(world, examined(world, home=home, number=f"QH-2026-000{number + 1}"), travel)
    with django_assert_num_queries(1):
        rows = list(queries.in_township(TOWNSHIP))
        assert [row.household.head.name for row in rows] and all(row.covered == 1 for row in rows)
