"""The standing check: a planted wrong amount is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.rooms.examined import World, build, examined
from tests.rooms.ledgers import families, take
from tests.rooms.test_awards import approved
from tests.rooms.test_decisions import PROPOSED
from tests.rooms.world import World as District
from yimen.casework.awards import versions
from yimen.casework.awards.models import Award
from yimen.casework.awards.uplift.recompute import recompute
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import today

Travel = Callable[[date], None]


@pytest.fixture
def award(db: None, travel: Travel) -> Award:
    travel(PROPOSED)
    district: World = build()
    return approved(district, examined(district), travel)


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
