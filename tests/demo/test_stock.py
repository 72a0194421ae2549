"""The ledgers of before: as many households as wanted, each read back from its file as it was drawn."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.conftest import TODAY
from tests.rooms.world import World, make_world
from yimen.demo import ledger_files
from yimen.demo.families import Maker
from yimen.demo.others import Others
from yimen.demo.people import Crowd
from yimen.demo.places import TOWNSHIPS
from yimen.demo.plans import begin
from yimen.demo.stock import Stock, read_file
from yimen.law.terms import Programme

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


@pytest.mark.parametrize("kind", [Programme.TEKUN, Programme.EDGE, Programme.RIGID_EXPENDITURE])
def test_every_row_of_the_other_programmes_is_read_as_it_was_drawn(world: World, kind: Programme) -> None:
    on = TODAY if kind is Programme.RIGID_EXPENDITURE else begin(TODAY)
    others = Others(Crowd(1), 1, TODAY)
    names = (
        "village people monthly_fen basic_fen care_fen self_care support_form institution urban recognised_on valid_to "
        "start_month account programme"
    ).split()
    for code, name, _, _ in TOWNSHIPS[2:4]:
        drawn = others.rows(kind, code, 60, on)
        read = read_file(ledger_files.ledger(name, "2025-10", drawn, kind), code, kind)
        assert [row.problems for row in read if row.problems] == []
        for one, other in zip(drawn, read, strict=True):
            assert [getattr(one, word) for word in names if word != "urban"] == [
                getattr(other, word) for word in names if word != "urban"
            ]
        if kind is Programme.TEKUN:
            assert {row.urban for row in read} == {name.endswith("街道")}
            assert len({row.self_care for row in read}) == 3 and len({row.support_form for row in read}) == 2


def test_leaving_rows_out_leaves_the_others_as_they_were() -> None:
    others, rows = Others(Crowd(1), 1, TODAY), list(range(40))
    kept = others.thinned(rows, 8)  # type: ignore[arg-type]
    assert kept[:3] == [0, 1, 2] and len(kept) == 32 and others.thinned(rows[:3], 9) == [0, 1, 2]  # type: ignore[arg-type]
