"""The ledgers of before: as many households as wanted, each read back from its file as it was drawn."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.conftest import TODAY
from tests.rooms.world import World, make_world
from yimen.demo import ledger_files
from yimen.demo.families import Maker
from yimen.demo.people import Crowd
from yimen.demo.places import TOWNSHIPS
from yimen.demo.plans import begin
from yimen.demo.stock import Stock, read_file

EACH = 300


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize("seed", [1, 2])
def test_every_row_is_read_as_it_was_drawn(world: World, seed: int) -> None:
    on = begin(TODAY)
    stock = Stock(Maker(Crowd(seed), random.Random(seed), on), TODAY)
    sizes: Counter[int] = Counter()
    for code, name, _, villages in TOWNSHIPS:
        drawn = stock.rows(code, EACH, on)
        read = read_file(ledger_files.ledger(name, "2025-10", drawn), code)
        assert [(row.first, row.problems) for row in read if row.problems] == []
        facts = [
            (row.village, row.people, row.category, row.monthly_fen, row.start_month, row.account) for row in drawn
        ]
        assert facts == [
            (row.village, row.people, row.category, row.monthly_fen, row.start_month, row.account) for row in read
        ]
        assert {row.village_name for row in drawn} == set(villages)
        sizes.update(len(row.people) for row in drawn)
    assert 0.55 <= sizes[1] / sizes.total() <= 0.66
