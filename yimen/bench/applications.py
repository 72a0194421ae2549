"""Whole applications, from the counter to the award, through the real acts: how many, what they cost.

Families, plans and scenes are those of the demo, without its turns: everybody signs, nobody objects, the township
visits, the notice hangs its time, the decision announces. Each act is its own transaction, as at a desk.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from django.db import connection
from django.db.models import Count

from yimen.base.access.acts import performing
from yimen.base.offices import queries as offices
from yimen.base.record.models import Entry
from yimen.casework.awards import queries as awards
from yimen.demo import places, scenes
from yimen.demo.families import Maker
from yimen.demo.people import Crowd
from yimen.demo.plans import Plan
from yimen.demo.province import Province
from yimen.demo.theatre import WAITS, Theatre, at
from yimen.law import calendar
from yimen.law.terms import Stage

_LONGEST = 120
_VILLAGES = tuple((code, f"{code}001") for code, *_ in places.TOWNSHIPS)


@dataclass
class Driven:
    """What was done: acts and statements by act (``""`` outside any act), and how long it took as a whole.

    ``registering``: seconds of the first day alone, on which every family is registered with its application and its
    authorisations; ``persons`` are the members of these families.
    """

    applications: int
    acts: Counter[str] = field(default_factory=Counter)
    statements: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    registering: float = 0.0
    persons: int = 0

    def per_act(self, act: str) -> float:
        """Statements of one act of this kind, on average."""
        return self.statements[act] / self.acts[act]


def drive(many: int, *, seed: int = 1, district: places.District | None = None, first: date | None = None) -> Driven:
    """Drive so many applications to their awards on the current database, all begun on one day.

    ``district``: the demo's places and people; without it they are created, on a database that has none.
    Raises RuntimeError where an application did not arrive.
    """
    start = first or calendar.today()
    where = district or places.build(seed, start)
    driver = _Driver(many, seed, where, start)
    driven = Driven(many)
    last = Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    with _counted(driven):
        began = perf_counter()
        driver.play_day()
        driven.registering = perf_counter() - began
        driver.play()
        driven.seconds = perf_counter() - began
    driven.persons = sum(len(plan.family.members) for plan in driver.plans)
    done = Entry.objects.filter(seq__gt=last).order_by().values_list("act").annotate(times=Count("seq"))
    driven.acts.update(dict(done))
    return driven


@contextmanager
def _counted(driven: Driven) -> Iterator[None]:
    def see(execute: Any, sql: str, *rest: Any) -> Any:
        driven.statements[performing.get()] += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(see):
        yield


class _Driver:
    """Day by day: what came back, every case whose turn it is, what waits to be sent."""

    def __init__(self, many: int, seed: int, district: places.District, start: date) -> None:
        draw = random.Random(f"bench {seed}")  # reproducible on purpose
        horizon = start + timedelta(days=_LONGEST)
        self.stage = Theatre(district, Crowd(seed), draw, offices.working_calendar(), horizon)
        self.maker = Maker(self.stage.crowd, draw, start)
        self.province = Province(self.stage, seed)
        self.day = self.stage.working_day(start)
        self.turn: dict[date, list[Plan]] = {self.day: [_plan(number, self.day) for number in range(many)]}
        self.plans = list(self.turn[self.day])

    def play(self) -> None:
        """Until every application has its award."""
        while self.day < self.stage.today:
            self.play_day()
        if waiting := [plan.number for plan in self.plans if awards.award_of(plan.case) is None]:
            raise RuntimeError(f"{len(waiting)} applications did not arrive: {waiting[:3]}")

    def play_day(self) -> None:
        """One day; the first one registers every family."""
        if self.stage.days.is_working_day(self.day):
            self._live()
        self.day += timedelta(days=1)

    def _live(self) -> None:
        with calendar.travel(at(self.day, 9)):
            for plan in self.province.take_in(self.day):
                self._later(plan, 0)
        turn = self.turn.pop(self.day, [])
        for number, plan in enumerate(turn):
            # A code of the second factor is good once and for half a minute.
            with calendar.travel(at(self.day, 9) + timedelta(seconds=31 * (number + 1))):
                after = scenes.play(self.stage, self.maker, plan, self.day)
            self.province.expect(plan)
            if after is not None and after != WAITS:
                self._later(plan, after)
        with calendar.travel(at(self.day, 17, 20)):
            self.province.send(self.day)

    def _later(self, plan: Plan, after: int) -> None:
        comes = self.stage.working_day(self.day + timedelta(days=1), max(after - 1, 0))
        self.turn.setdefault(comes, []).append(plan)


def _plan(number: int, starts: date) -> Plan:
    township, village = _VILLAGES[number % len(_VILLAGES)]
    return Plan(Stage.ON_ASSISTANCE, village, township, starts, handler=number % 2)
