"""The demo's reviews: in time, forgotten, changed, under way; the amount of nobody moves, and no next day lies before its check."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.desks.ledger_hands import line, taken_over
from tests.rooms.world import World, make_world
from yimen.base.offices import queries as offices
from yimen.casework.awards.models import Award, Recertification
from yimen.demo.reviews import Reviews
from yimen.demo.theatre import Theatre


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_FILES_DIR = tmp_path / "files"
    return make_world()


def test_every_state_has_somebody_and_no_amount_moves(world: World) -> None:
    days = [date(2026, 10, 10) + timedelta(days=number) for number in range(48)]
    taken_over(world, *(line(world, number, category="B", recertify_on=str(day)) for number, day in enumerate(days)))
    before = dict(Award.objects.order_by("id").values_list("pk", "monthly_fen"))
    stage = Theatre(world.district, world.crowd, random.Random(1), offices.working_calendar(), TODAY)
    reviews, day = Reviews(stage, 1), date(2026, 10, 1)
    while day < TODAY:
        if stage.days.is_working_day(day):
            reviews.day(day)
        day += timedelta(days=1)
    states = Counter(Recertification.objects.order_by("id").values_list("state", flat=True))
    assert set(states) == {"done", "started", "recorded", "changing"}
    assert states["done"] > states["started"] + states["recorded"] > 0 and 1 <= states["changing"] <= 2
    assert dict(Award.objects.order_by("id").values_list("pk", "monthly_fen")) == before
    assert Award.objects.filter(recertify_on__lt=TODAY).exists()
    for review in Recertification.objects.filter(state="done"):
        assert review.checked_on and review.next_due_on and review.checked_on < review.next_due_on
        assert review.award.recertify_on == review.next_due_on
