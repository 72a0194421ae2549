"""``comparison``: a month in which everybody on assistance is compared, twice: asked, request files written, answers taken in."""

from __future__ import annotations

from yimen.bench import others
from yimen.bench.ground import Ground
from yimen.bench.month import Month
from yimen.bench.report import Measure
from yimen.bench.stages import Stages
from yimen.bench.uplift import memory
from yimen.law import calendar
from yimen.law.calendar import add_months, today


def run(size: int) -> list[Measure]:
    """``size`` households on an empty database: a first month, then one in which one in a hundred has something new."""
    ground, first, second = Ground(size), Stages(size), Stages(size)
    ground.settle(consents=True)
    Month(ground, first, news=0).compare()
    with calendar.travel(add_months(today(), 1)):
        Month(ground, second, news=others.NEWS).compare()
    later = [Measure(f"{one.name}（次月）", one.size, one.value, one.unit, one.note) for one in second.measures]
    return [*first.measures, *later, memory()]
