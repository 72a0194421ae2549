"""Driving the real acts day by day, from the first application to the demo's today.

A day has its order: the district sends what waits and takes in what came back, townships work on, new families
come in. Everything is drawn from the seed; the same seed and date give the same district.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer, officer_of
from yimen.base.offices import queries as offices
from yimen.base.record import sealing
from yimen.base.refs import seeded_refs
from yimen.casework.verification import acts as verification, queries as checks
from yimen.demo import places, scenes
from yimen.demo.families import Family, Maker
from yimen.demo.people import Crowd
from yimen.demo.plans import Plan, plans
from yimen.gateways.provincial import door, practice
from yimen.gateways.provincial.plain import result_to_plain
from yimen.law import calendar
from yimen.law.calendar import Calendar
from yimen.law.terms import Role

Tell = Callable[[str], None]


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


@dataclass
class Theatre:
    """Everything the scenes need to find their people and their day."""

    district: places.District
    crowd: Crowd
    draw: random.Random
    days: Calendar
    today: date

    def officer(self, code: str, role: Role, number: int = 0) -> Officer:
        """Who holds a role somewhere, with the posts of the day."""
        staff = self.district.who(code, role, number)
        return officer_of(self.district.accounts[staff.pk])

    def working_day(self, day: date, after: int = 0) -> date:
        """The first working day on or after a day, some working days later."""
        while not self.days.is_working_day(day):
            day += timedelta(days=1)
        return self.days.add_working_days(day, after).date if after else day


class Builder:
    """Plays all plans in the order of their days."""

    def __init__(self, seed: int, today: date, households: int, district: places.District, tell: Tell) -> None:
        self.seed, self.today, self.tell = seed, today, tell
        draw = random.Random(f"demo {seed}")
        self.stage = Theatre(district, Crowd(seed), draw, offices.working_calendar(), today)
        self.maker = Maker(self.stage.crowd, draw, today)
        self.plans = plans(households, draw, today, self.stage.working_day)
        self.queue = [_Due(plan.starts, number, plan) for number, plan in enumerate(self.plans)]
        heapq.heapify(self.queue)
        self.batches: list[tuple[date, Any]] = []
        self.done = 0

    def play(self) -> None:
        """From the first day to today; today itself is lived until half past ten."""
        day = self.queue[0].day
        while day <= self.today:
            if self.stage.days.is_working_day(day):
                with transaction.atomic():
                    self._day(day)
                if day.weekday() == 4:
                    with calendar.travel(_at(day, 18, 0)):
                        sealing.seal_now()
            day += timedelta(days=1)

    def _day(self, day: date) -> None:
        with calendar.travel(_at(day, 9, 0)):
            self._take_in(day)
        minute = 0
        for due in self._due(day):
            minute = min(minute + 7, 85 if day == self.today else 470)
            with calendar.travel(_at(day, 9, 0) + timedelta(minutes=minute)):
                after = scenes.play(self.stage, self.maker, due.plan, day)
            self._again(due, day, after)
        if day < self.today:
            with calendar.travel(_at(day, 17, 20)):
                self._send(day)

    def _due(self, day: date) -> Iterator[_Due]:
        while self.queue and self.queue[0].day <= day:
            yield heapq.heappop(self.queue)

    def _again(self, due: _Due, day: date, after: int | None) -> None:
        if after is None:
            self.done += 1
            if self.done % 50 == 0:
                self.tell(f"已生成 {self.done} / {len(self.plans)} 户")
            return
        heapq.heappush(
            self.queue, _Due(self.stage.working_day(day + timedelta(days=1), max(after - 1, 0)), due.number, due.plan)
        )

    def _send(self, day: date) -> None:
        if checks.waiting(places.DISTRICT).exists():
            officer = self.stage.officer(places.DISTRICT, Role.CHECKER)
            batch = door.send(officer)
            self.batches.append((self.stage.working_day(day, self.stage.draw.choice((1, 2, 2))), batch))

    def _take_in(self, day: date) -> None:
        officer = self.stage.officer(places.DISTRICT, Role.CHECKER)
        for due, batch in [item for item in self.batches if item[0] <= day]:
            request = door.request_of(batch)
            truth, silent = self._truth(request)
            self.batches.remove((due, batch))
            if len(silent) == request.person_count:
                continue  # the province has not answered anybody of this batch yet
            result = practice.answer(request, self.seed, day, truth, silent=silent)
            verification.import_results(officer, content=result_to_plain(result))

    def _truth(self, request: Any) -> tuple[dict[str, dict[str, Any]], set[str]]:
        """What the province finds: as the plan of each case says; a few persons stay unanswered."""
        by_number = {plan.number: plan for plan in self.plans if plan.number}
        truth: dict[str, dict[str, Any]] = {}
        silent: set[str] = set()
        for case in request.cases:
            plan = by_number[case.application_number]
            family: Family = plan.family
            rows = {entry.identity: row for row, entry in enumerate(family.members)}
            for person in case.persons:
                row = rows.get(person.identity)
                truth[person.person_ref] = family.whole_truth(row) if row is not None else {}
                if plan.partial and row == len(family.members) - 1:
                    silent.add(person.person_ref)
        return truth, silent


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), calendar.ZONE)


def build(seed: int, today: date, households: int, tell: Tell = lambda text: None) -> Built:
    """Places, people, and every case, by driving the acts."""
    with seeded_refs(seed):
        with transaction.atomic():
            district = places.build(seed, today)
        tell("机构、人员和账号已建好，正在按天办理业务……")
        builder = Builder(seed, today, households, district, tell)
        builder.play()
    return Built(district, len(builder.plans))
