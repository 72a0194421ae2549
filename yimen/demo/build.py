"""Driving the real acts day by day, from the first application to the demo's today.

A day has its order: what came back from the province is taken in, townships work on, new families come in, and what
waits is sent. Everything is drawn from the seed; the same seed and date give the same district.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from yimen.base.offices import queries as offices
from yimen.base.record import sealing
from yimen.base.refs import seeded_refs
from yimen.base.runs.steady import undisturbed
from yimen.demo import places, scenes, stock
from yimen.demo.banks import Banks
from yimen.demo.changes import Changes
from yimen.demo.closing import Closing
from yimen.demo.families import Maker
from yimen.demo.funds import Funds
from yimen.demo.money import Money
from yimen.demo.monthly import Monthly
from yimen.demo.others import Others
from yimen.demo.people import Crowd
from yimen.demo.plans import Plan, begin, plans
from yimen.demo.platform import Platform
from yimen.demo.province import Province
from yimen.demo.reviews import Reviews
from yimen.demo.theatre import WAITS, Theatre, at
from yimen.demo.uplift import Uplift
from yimen.law import calendar

Tell = Callable[[int], None]

_OPENS, _CLOSES, _TODAY_ENDS = 9 * 60, 17 * 60, 10 * 60 + 30
# Second factors are good for one use and change every thirty seconds: no two acts of a day come closer.
_APART = timedelta(seconds=31)


@dataclass(order=True)
class _Due:
    day: date
    number: int
    plan: Plan = field(compare=False)


@dataclass
class Built:
    """The district and what became of it."""

    district: places.District
    households: int
    applications: int
    samples: dict[str, bytes | None] = field(default_factory=dict)


class Builder:
    """Plays all plans in the order of their days."""

    def __init__(self, seed: int, today: date, households: int, district: places.District, tell: Tell) -> None:
        self.today, self.households, self.tell = today, households, tell
        self.taken_over = 0
        draw = random.Random(f"demo {seed}")  # reproducible on purpose
        self.stage = Theatre(district, Crowd(seed), draw, offices.working_calendar(), today)
        self.maker = Maker(self.stage.crowd, draw, today)
        self.others = Others(self.stage.crowd, seed, today)
        self.rigid_on = self.stage.working_day(stock.rigid_day(today))
        self.province = Province(self.stage, seed)
        self.reviews = Reviews(self.stage, seed)
        self.uplift = Uplift(self.stage)
        self.funds = Funds(self.stage, seed)
        self.money = Money(self.stage)
        self.monthly = Monthly(self.stage)
        self.banks = Banks(self.stage, self.money.days)
        self.changes = Changes(self.stage, seed, households, self.money.days)
        self.platform = Platform(self.stage)
        self.closing = Closing(self.stage, self.banks.answered, self.platform.on)
        self.plans = plans(households, draw, today, self.stage.working_day)
        self.queue = [_Due(plan.starts, number, plan) for number, plan in enumerate(self.plans)]
        self.numbers = {id(plan): number for number, plan in enumerate(self.plans)}
        heapq.heapify(self.queue)

    def play(self) -> None:
        """From the first day to today; today itself is lived until half past ten."""
        first = day = self._take_over()
        while day <= self.today:
            if self.stage.days.is_working_day(day):
                with transaction.atomic():
                    self._day(day)
                if day.weekday() == 4:
                    with calendar.travel(at(day, 18)):
                        sealing.seal_now()
            self.tell(100 * (day - first).days // max((self.today - first).days, 1))
            day += timedelta(days=1)

    def _take_over(self) -> date:
        """The ledgers of before come first, on the first day of work."""
        on = self.stage.working_day(begin(self.today))
        many = self.households - len(self.plans)
        drawn = stock.Stock(self.maker, self.today)
        self.taken_over = stock.take_over(self.stage, drawn, self.others, many, self.households, on)
        return on

    def _day(self, day: date) -> None:
        if day == self.rigid_on:
            self.taken_over += stock.take_over_rigid(self.stage, self.others, self.households, day)
        with calendar.travel(at(day, 9)):
            for plan in self.province.take_in(day):
                self._later(plan, day)
        due = list(self._due(day))
        for moment, one in zip(self._moments(day, len(due)), due, strict=True):
            with calendar.travel(moment):
                after = scenes.play(self.stage, self.maker, one.plan, day)
            if one.plan.number:
                self.province.expect(one.plan)
            if after is not None and after != WAITS:
                self._later(one.plan, day, after)
        if day < self.today:
            self.reviews.day(day)
            self.uplift.day(day)
            self.funds.day(day)
            self.changes.day(day)
            self.platform.day(day)
            self.monthly.day(day)
            self.money.day(day)
            self.banks.day(day)
            self.closing.day(day)
            with calendar.travel(at(day, 17, 20)):
                self.province.send(day)

    def _moments(self, day: date, many: int) -> Iterator[object]:
        """When each act of a day takes place, evenly over the hours of work."""
        closes = _TODAY_ENDS if day == self.today else _CLOSES
        step = max(_APART, timedelta(minutes=closes - _OPENS) / (many + 1))
        return (at(day, 9) + step * (number + 1) for number in range(many))

    def _due(self, day: date) -> Iterator[_Due]:
        while self.queue and self.queue[0].day <= day:
            yield heapq.heappop(self.queue)

    def _later(self, plan: Plan, day: date, after: int = 0) -> None:
        """Look at a case again: on the next working day, or later."""
        comes = self.stage.working_day(day + timedelta(days=1), max(after - 1, 0))
        heapq.heappush(self.queue, _Due(comes, self.numbers[id(plan)], plan))


def build(seed: int, today: date, households: int, tell: Tell = lambda percent: None) -> Built:
    """Places, people, and every case, by driving the acts. ``tell`` hears how much is done, in percent."""
    with seeded_refs(seed), undisturbed():
        with transaction.atomic():
            district = places.build(seed, today)
        builder = Builder(seed, today, households, district, tell)
        builder.play()
    samples = {"check-result.xlsx": builder.province.sample(today), "platform-month.xlsx": builder.platform.sample()}
    return Built(district, len(builder.plans) + builder.taken_over, len(builder.plans), samples)
