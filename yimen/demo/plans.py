"""What is to become of each family, and when it must have begun for that to be so today."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yimen.demo.places import CHECK_FIRST, TOWNSHIPS
from yimen.law.calendar import add_months, first_day
from yimen.law.terms import Stage

MONTHS = 14
# Of 3,000 households so many apply in fourteen months, 35 to 40 a month; the others are on assistance already.
APPLYING, HOUSEHOLDS = 520, 3000

# Where the cases of the last weeks stand: how many of 520, how many at the least, how many days before today they began.
_OPEN: tuple[tuple[Stage, int, int, int, int], ...] = (
    (Stage.DECIDING, 6, 3, 26, 31),
    (Stage.INVESTIGATING, 10, 3, 9, 14),
    (Stage.CHECKED, 6, 1, 4, 8),
    (Stage.NOTICE_READY, 3, 1, 14, 18),
    (Stage.ON_NOTICE, 9, 1, 17, 22),
    (Stage.EXAMINING, 4, 1, 13, 18),
    (Stage.REGISTERED, 6, 1, 0, 3),
    (Stage.SUPPLEMENTING, 3, 1, 1, 5),
    (Stage.CHECKING, 7, 1, 1, 3),
    (Stage.APPRAISING, 2, 1, 12, 16),
    (Stage.OBJECTED, 2, 1, 18, 22),
    (Stage.APPROVED, 2, 1, 28, 34),
    (Stage.REFUSED_TELLING, 1, 1, 18, 24),
)
# How the others ended: their share of 100, how many there are at the least, and how many days that takes at the least.
_ENDED: tuple[tuple[Stage, int, int, int], ...] = (
    (Stage.ON_ASSISTANCE, 76, 6, 40),
    (Stage.REFUSED, 16, 2, 36),
    (Stage.DECLINED, 1, 1, 19),
    (Stage.ENDED, 7, 1, 12),
)
# Fewer people apply around the Spring Festival and in the harvest, more before winter.
_SEASON = {1: 10, 2: 6, 3: 12, 4: 11, 5: 9, 6: 9, 7: 10, 8: 10, 9: 9, 10: 8, 11: 12, 12: 12}
# Share of the townships in the applications, in their order.
_WEIGHTS = (22, 17, 11, 21, 18, 11)
_WITH_OBJECTION = 4
_HUNG_SINCE = 17  # days before today: who came then has a notice that is not over yet
_RARE = 7
# Kinds of families beside the drawn ones, where each stands today, and how many days before today they apply.
_BESIDE: tuple[tuple[str, Stage, int], ...] = (
    ("tekun", Stage.ON_ASSISTANCE, 75),
    ("rigid", Stage.ON_ASSISTANCE, 75),
    ("edge", Stage.ON_ASSISTANCE, 135),
    ("again", Stage.REFUSED, 70),
)


@dataclass
class Plan:
    """One family's way. ``goal`` is where the case stands today; the rest are the turns it takes."""

    goal: Stage
    village: str
    township: str
    starts: date
    kind: str = "any"
    family: Any = None
    known: Any = None
    case: Any = None
    notice: Any = None
    ref: str = ""
    number: str = ""
    place: str = ""
    handler: int = 0
    by_village: bool = False
    difference: bool = False
    hidden: str = ""
    disputed: bool = False
    appraised: bool = False
    objection: str = ""
    supplement: bool = False
    relative: str = ""
    partial: bool = False
    late: bool = False
    visited: bool = False
    looked: bool = False
    approve: bool = True
    posted: bool = False
    objected: bool = False
    completed: bool = False
    served: bool = False
    check_objection: bool = False

    @property
    def name(self) -> str:
        """The applicant."""
        return str(self.family.members[0].name)


def begin(today: date) -> date:
    """The first day of the demo: fourteen months, this one included."""
    return add_months(first_day(today), 1 - MONTHS)


def _villages() -> list[tuple[str, str]]:
    return [(code, f"{code}{number:03d}") for code, _, _, names in TOWNSHIPS for number in range(1, len(names) + 1)]


def _many(share: int, households: int) -> int:
    return max(1, round(share * households / HOUSEHOLDS))


class _Villages:
    """The first forty families, one from each village; then by the weight of the township."""

    def __init__(self, draw: random.Random) -> None:
        self.draw, self.all = draw, _villages()
        self.fresh = list(self.all)
        self.by_township = {code: [pair for pair in self.all if pair[0] == code] for code, *_ in TOWNSHIPS}

    def next(self) -> tuple[str, str]:
        if self.fresh:
            return self.fresh.pop(0)
        township = self.draw.choices(list(self.by_township), _WEIGHTS)[0]
        return self.draw.choice(self.by_township[township])


class _Days:
    """Working days of the fourteen months, drawn as people come."""

    def __init__(self, draw: random.Random, today: date, working_day: Callable[..., date]) -> None:
        first = working_day(begin(today) + timedelta(days=1))
        self.draw, self.today = draw, today
        self.days = [day for day in _days(first, today) if working_day(day) == day]
        self.weights = [_SEASON[day.month] for day in self.days]

    def some(self, before: int, since: date) -> date:
        """A day since another one, at least so long before today; the first of them where there is none."""
        last = self.today - timedelta(days=before)
        known = [(day, weight) for day, weight in zip(self.days, self.weights, strict=True) if since <= day <= last]
        if not known:
            return max(self.days[0], since)
        return self.draw.choices([day for day, _ in known], [weight for _, weight in known])[0]


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def plans(households: int, draw: random.Random, today: date, working_day: Callable[..., date]) -> list[Plan]:
    """Plans for the applications among so many households: every stage and outcome, and the hard cases first."""
    villages, days = _Villages(draw), _Days(draw, today, working_day)
    made: list[Plan] = []

    def add(goal: Stage, starts: date) -> None:
        township, village = villages.next()
        made.append(Plan(goal, village, township, min(starts, today), handler=len(made) % 2))

    for goal, share, least, near, far in _OPEN:
        for _ in range(max(least, _many(share, households))):
            add(goal, working_day(today - timedelta(days=draw.randint(near, far))))
    left = max(0, _many(APPLYING, households) - len(made))
    for goal, share, least, near in _ENDED:
        for _ in range(max(least, round(left * share / 100))):
            # Only where the check comes first can anybody be turned away before acceptance.
            add(goal, days.some(near, CHECK_FIRST if goal is Stage.DECLINED else days.days[0]))
    _turns(made, draw)
    _hard_cases(made)
    _stops(made, today)
    made += _beside(today)
    for plan in made:
        plan.starts = working_day(max(plan.starts, days.days[0]))
    made.sort(key=lambda plan: plan.starts)
    return made


def _turns(made: list[Plan], draw: random.Random) -> None:
    for plan in made:
        plan.by_village = draw.random() < 0.3
        plan.difference = draw.random() < 0.35
        plan.supplement = plan.goal is Stage.SUPPLEMENTING or draw.random() < 0.06
        if plan.goal in {Stage.REFUSED, Stage.DECLINED, Stage.REFUSED_TELLING}:
            plan.hidden, plan.difference = draw.choice(("wage", "wage", "deposit")), False
            plan.check_objection = plan.goal is Stage.REFUSED and draw.random() < 0.2
        plan.disputed = plan.goal is Stage.APPRAISING or (plan.goal is Stage.REFUSED and draw.random() < 0.4)


def _first(made: list[Plan], goal: Stage, skip: int = 0) -> Plan:
    """The nth family with a goal, counting round where there are fewer."""
    there = [plan for plan in made if plan.goal is goal]
    return there[skip % len(there)]


def _of(made: list[Plan], goal: Stage) -> list[Plan]:
    return [plan for plan in made if plan.goal is goal]


def _hard_cases(made: list[Plan]) -> None:
    """The cases that everybody should meet first."""
    for number, plan in enumerate(_of(made, Stage.ON_ASSISTANCE)[:_RARE]):
        plan.kind = f"rare {number}"
    for skip, kind in enumerate(("nine", "nothing")):
        _first(made, Stage.ON_ASSISTANCE, 8 + skip).kind = kind
    _first(made, Stage.EXAMINING).kind = "nine"
    for skip in range(_WITH_OBJECTION):
        plan = _first(made, Stage.ON_ASSISTANCE, 12 + skip)
        plan.objection = "appraisal" if skip % 2 else "reinvestigation"
        plan.starts -= timedelta(days=10)
    _first(made, Stage.DECIDING, 2).relative = "declared"
    _first(made, Stage.INVESTIGATING, 2).relative = "matched"
    _first(made, Stage.ON_ASSISTANCE, 20).relative = "declared"
    for plan in _of(made, Stage.CHECKING)[:3]:
        plan.partial, plan.starts = True, plan.starts - timedelta(days=6)
    for plan in _of(made, Stage.INVESTIGATING)[3:6]:
        plan.late, plan.starts = True, plan.starts - timedelta(days=28)
    for plan in _of(made, Stage.CHECKED):
        plan.difference = True
    for plan in _of(made, Stage.ENDED)[1::3]:
        plan.kind = "unwilling"


def _beside(today: date) -> list[Plan]:
    """Families for the programmes beside 低保, and one recognised before that applies again with a wage it keeps quiet about.

    刚性支出 comes late enough for a recognition of a year to stand today, 边缘 early enough to change before today.
    """
    street, community = _villages()[0]
    made = [Plan(goal, community, street, today - timedelta(days=days), kind) for kind, goal, days in _BESIDE]
    for plan in made:
        plan.hidden = "wage" if plan.kind == "again" else ""
    return made


def _stops(made: list[Plan], today: date) -> None:
    """The cases that the tour leads to, all at the first street (tour.py); the notice among them hangs today."""
    street, community = _villages()[0]
    approve, refuse = _first(made, Stage.DECIDING), _first(made, Stage.DECIDING, 1)
    differing, unvisited = _first(made, Stage.INVESTIGATING), _first(made, Stage.INVESTIGATING, 1)
    hanging = _first(made, Stage.ON_NOTICE)
    hanging.starts = max(hanging.starts, today - timedelta(days=_HUNG_SINCE))
    for plan in (
        approve,
        refuse,
        differing,
        unvisited,
        _first(made, Stage.NOTICE_READY),
        hanging,
    ):
        plan.township, plan.village, plan.handler, plan.supplement = street, community, 0, False
    refuse.hidden, refuse.difference = "wage", False
    differing.kind, differing.difference = "three", False
    unvisited.kind = "unvisited"
