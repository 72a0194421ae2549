"""The demo district: every stage and outcome, the shares of a real district, the same for the same seed, nobody real."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from tests.conftest import TODAY
from yimen.base.canonical import digest
from yimen.base.record.models import Entry
from yimen.casework.applications.models import Application
from yimen.casework.awards.consistency import out_of_step
from yimen.casework.awards.models import Award, ChangeCase, ChangeHit
from yimen.casework.decisions.queries import board
from yimen.casework.households.models import Membership, Person
from yimen.casework.monthclose import invariants
from yimen.casework.monthclose.models import MonthClose
from yimen.casework.payments.funds import checking
from yimen.casework.payments.models import PayLine
from yimen.casework.payments.roll_queries import with_status
from yimen.demo.build import build
from yimen.demo.places import TOWNSHIPS
from yimen.demo.plans import MONTHS, Plan, begin, plans
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, shipped
from yimen.law.identity import read_identity
from yimen.law.terms import ENDS, Programme, Stage

SMALL = 20


def _working_day(day: date, after: int = 0) -> date:
    days = shipped()
    while not days.is_working_day(day):
        day += timedelta(days=1)
    return days.add_working_days(day, after).date if after else day


def _plans(households: int, seed: int = 1) -> list[Plan]:
    return plans(households, random.Random(seed), TODAY, _working_day)


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> None:
    settings.YIMEN_GATEWAY_DIR, settings.YIMEN_DEMO = tmp_path / "gateway", True


def _shape() -> str:
    """Everything that happened, without what is random at each creation: passwords, keys, seals."""
    rows = Entry.objects.order_by("seq").values_list("act", "subject_ref", "staff_name", "at", "facts_text")
    return digest([[str(value) for value in row] for row in rows])


_SHAPES: list[str] = []


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_a_small_district_has_every_stage_and_nobody_real(place: None) -> None:
    build(7, TODAY, SMALL)
    there = set(Application.objects.values_list("stage", flat=True))
    assert there >= set(Stage) - {Stage.ACCEPTED}
    assert Application.objects.filter(order="ministry").exists() and Application.objects.filter(order="plan").exists()
    assert board("notice", township="990101001", on=TODAY), "the tour shows a notice that hangs today"
    for person in Person.objects.all():
        assert read_identity(person.identity, allow_unknown_area=True).number.startswith("990101")
    assert max(Counter(Membership.objects.values_list("household_id", flat=True)).values()) == 9
    assert any("·" in person.name for person in Person.objects.all())
    running = Award.objects.filter(end_month="")
    assert set(running.values_list("programme", flat=True)) == {str(kind) for kind in Programme}
    applied = {award.programme: award for award in running.filter(application__isnull=False)}
    assert {"dibao", "tekun", "rigid_expenditure"} <= set(applied) and applied["tekun"].self_care == "partly_lost"
    assert set(ChangeCase.objects.values_list("event", flat=True)) >= {"transfer", "income"}
    assert ChangeCase.objects.filter(state="closed").exists() and out_of_step() == []
    assert ChangeHit.objects.values_list("change__event", "change__award__programme").distinct().get() == (
        "income",
        "edge",
    )
    linked = ChangeCase.objects.exclude(first=None).select_related("first__award", "award").get()
    assert (linked.event, linked.first.award.programme, linked.award.single) == ("death", "edge", True)
    assert not ChangeCase.objects.filter(state="handling", reported_on__lt=TODAY - timedelta(days=30)).exists()
    _last_month_is_closed()
    _SHAPES.append(_shape())


def _last_month_is_closed() -> None:
    """Frozen rows, bank and fund ledger tell one sum; some townships are received, one waits, one is late."""
    closes = MonthClose.objects.filter(month=later_month(month_of(TODAY), -1)).order_by("area_id")
    assert {str(close.state) for close in closes} == {"filed", "received"} and len(closes) < len(TOWNSHIPS)
    for close in closes:
        filed = close.rows.aggregate(fen=Sum("paid_fen"))["fen"]
        paid = with_status(PayLine.objects.filter(township=close.area_id, month=close.month)).filter(status="paid")
        assert filed == close.counts["paid_fen"] == sum(line.total_fen for line in paid) > 0
    assert invariants.broken() == [] and checking.problems() == []


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_the_same_seed_makes_the_same_district(place: None) -> None:
    build(7, TODAY, SMALL)
    _SHAPES.append(_shape())
    assert len(set(_SHAPES)) == 1


def test_another_seed_makes_another_district() -> None:
    assert [vars(plan) for plan in _plans(300)] == [vars(plan) for plan in _plans(300)]
    assert [vars(plan) for plan in _plans(300)] != [vars(plan) for plan in _plans(300, 2)]


def test_a_real_districts_volumes() -> None:
    made = _plans(3000)
    months = Counter(month_of(plan.starts) for plan in made)
    goals = Counter(plan.goal for plan in made)
    ended = sum(goals[goal] for goal in ENDS)
    assert len(months) == MONTHS and min(plan.starts for plan in made) >= begin(TODAY)
    assert all(20 <= months[month] <= 85 for month in months)
    assert 0.7 <= goals[Stage.ON_ASSISTANCE] / ended <= 0.8
    assert set(goals) == set(Stage) - {Stage.ACCEPTED}
    assert 40 <= len(made) - ended <= 80
    assert all(_working_day(plan.starts) == plan.starts for plan in made)
