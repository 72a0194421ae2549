"""``month``: a month of a whole register, from the award months to the frozen roll; stage by stage with its rate and peak memory."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from time import perf_counter
from typing import Any

from django.db import connection, transaction

from yimen.base.access import second
from yimen.base.access.officer import Officer, officer_of
from yimen.base.offices import queries as offices
from yimen.bench.report import Measure
from yimen.bench.uplift import TOWNSHIP, memory
from yimen.casework.awards.uplift.laying import Home, lay_down, open_books
from yimen.casework.payments import acts, queries
from yimen.demo import places
from yimen.law import calendar
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.terms import Role

_SEED, _PORTION = 9, 5_000


class Stages:
    """Each stage of the month with what it took."""

    def __init__(self, size: int) -> None:
        self.measures: list[Measure] = []
        self._size = size

    def take(self, name: str, work: Callable[[], Any]) -> Any:
        """Do a stage and note households a second, seconds, and the highest memory of the process so far."""
        started = perf_counter()
        found = work()
        seconds = perf_counter() - started
        note = f"{seconds:.2f} 秒；内存至此最高 {memory().value:.0f} MB"
        self.measures.append(Measure(name, f"{self._size:,} 户", self._size / seconds, "户/秒", note))
        return found


def run(size: int) -> list[Measure]:
    """``size`` households on an empty database: the roll of a month composed, approved, released, frozen; then the next month's."""
    district = places.build(_SEED, today(), lambda: "bench-password-1")
    maker, head, cashier = (
        officer_of(district.accounts[district.who(TOWNSHIP, role).pk])
        for role in (Role.HANDLER, Role.HEAD, Role.CASHIER)
    )
    started = perf_counter()
    settle(size, maker)
    laid = perf_counter() - started
    month = month_of(today())
    first = _month(size, month, maker, head, cashier)
    with calendar.travel(today() + timedelta(days=1)):  # a code of the second factor works once
        later = _month(size, later_month(month, 1), maker, head, cashier)
    seconds = sum(float(one.note.split(" ")[0]) for one in first)
    return [
        *first,
        Measure("名册合计", f"{size:,} 户", size / seconds, "户/秒", f"从按月的保障到冻结的名册 {seconds:.2f} 秒"),
        *(Measure(f"{one.name}（次月）", one.size, one.value, one.unit, one.note) for one in later),
        memory(),
        Measure("建立测速用的家庭", f"{size:,} 户", size / laid, "户/秒", f"{laid:.1f} 秒，不计入"),
    ]


def _month(size: int, month: str, maker: Officer, head: Officer, cashier: Officer) -> list[Measure]:
    stages = Stages(size)
    roll = acts.open_roll(maker, month=month)
    stages.take("编制名册", lambda: acts.draw_up_roll(maker, roll.ref))
    stages.take("提交、批准、发布", lambda: _three(roll.ref, maker, head, cashier))
    done = stages.take("分批冻结", lambda: acts.carry_on_roll(cashier, roll.ref))
    wrong = stages.take("逐行核验摘要", lambda: queries.tampered(done))
    if done.counts["households"] != size or wrong:
        raise ValueError(f"{done.counts} of {size} households, {len(wrong)} lines tampered with")
    return stages.measures


def _three(ref: str, maker: Officer, head: Officer, cashier: Officer) -> None:
    acts.submit_roll(maker, ref=ref)
    acts.approve_roll(head, ref=ref, code=second.code_now(head.account))
    acts.release_roll(cashier, ref=ref, code=second.code_now(cashier.account))


def settle(size: int, maker: Officer) -> None:
    """Households of one to four, laid down as rows; the planner of the database is told of them afterwards."""
    draw = random.Random(_SEED)
    villages = [area.code for area in offices.villages(TOWNSHIP)]
    run_ = open_books(TOWNSHIP, maker.staff)
    for first in range(0, size, _PORTION):
        with transaction.atomic():
            lay_down(TOWNSHIP, run_, list(_homes(draw, villages, first, min(_PORTION, size - first))))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _homes(draw: random.Random, villages: list[str], first: int, count: int) -> Iterator[Home]:
    for number in range(first, first + count):
        refs = [f"{number:07d}{place}" for place in range(draw.randint(1, 4))]
        facts = {"people": [{"ref": ref, "birth_date": "1960-01-01"} for ref in refs]}
        cover = tuple((ref, draw.choice((0, 0, 0, 6_000))) for ref in refs)
        fen = sum(fen for _, fen in cover) + draw.randint(10_000, 80_000)
        yield Home(number, villages[number % len(villages)], facts, fen, draw.choice("ABC"), cover)
