"""The standing check: a planted wrong amount is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.rooms import test_programmes_decided as decided
from tests.rooms.examined import World, build, examined
from tests.rooms.ledgers import families, take
from tests.rooms.test_awards import approved
from tests.rooms.test_decisions import PROPOSED
from tests.rooms.world import World as District
from yimen.base.offices.models import Delegation
from yimen.casework.awards import versions
from yimen.casework.awards.models import Award
from yimen.casework.awards.uplift.recompute import recompute
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import today
from yimen.law.terms import Programme

Travel = Callable[[date], None]


@pytest.fixture
def award(db: None, travel: Travel) -> Award:
    travel(PROPOSED)
    district: World = build()
    return approved(district, examined(district), travel)


@pytest.fixture
def several(db: None, travel: Travel) -> World:
    """The place of the stories in which one decision opens several awards."""
    travel(PROPOSED)
    found = build()
    row = Delegation.objects.get()
    for programme in (Programme.TEKUN, Programme.EDGE, Programme.RIGID_EXPENDITURE):
        row.pk, row.ref, row.programme = None, f"d{programme.value[:8]}", programme
        row.save()
    return found


def test_what_was_decided_follows_from_its_facts(award: Award) -> None:
    found = recompute()
    assert (found.awards, found.differing, found.without_basis) == (1, [], 0)


def test_a_planted_amount_is_found(award: Award) -> None:
    Award.objects.filter(pk=award.pk).update(monthly_fen=award.monthly_fen + 1)
    (row,) = recompute().differing
    assert (row.award, row.stored_fen, row.rule_fen) == (award.ref, award.monthly_fen + 1, award.monthly_fen)


def test_an_amount_written_past_the_rules_is_found(award: Award) -> None:
    wrong = award.monthly_fen + 10_000
    versions.add(award, award.start_month, AwardCause.CORRECTED, versions.Basis("x", "x", today()), monthly_fen=wrong)
    Award.objects.filter(pk=award.pk).update(monthly_fen=wrong)
    (row,) = recompute().differing
    assert (row.stored_fen, row.rule_fen) == (wrong, award.monthly_fen)
    assert "每月保障金" in row.line


def test_what_a_ledger_brought_is_held_against_the_income_it_implies(world: District) -> None:
    take(world, families(world, 4))
    found = recompute()
    assert (found.awards, found.differing) == (4, [])
    Award.objects.filter(pk=Award.objects.order_by("id")[0].pk).update(monthly_fen=12_345)
    (row,) = recompute().differing
    assert row.stored_fen == 12_345 and row.rule_fen == 35_100


@pytest.mark.parametrize(
    "story",
    [
        decided.test_one_household_may_have_tekun_and_dibao_side_by_side,
        decided.test_who_fails_dibao_is_recognised_as_edge_and_a_severe_member_alone,
        decided.test_who_fails_dibao_is_recognised_as_rigid_for_at_most_a_year,
    ],
)
def test_each_award_of_a_decision_follows_from_the_same_facts(
    several: World, travel: Travel, story: Callable[[World, Travel], None]
) -> None:
    story(several, travel)
    found = recompute()
    assert found.awards >= 1 and found.differing == [] and found.without_basis == 0
