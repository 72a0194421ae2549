"""What is to become of each family, and when it must have begun for that to be so today."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yimen.demo.places import TOWNSHIPS
from yimen.law.terms import Stage

# The law of 2026 and with it the papers are in force from this day; nothing of the demo is older.
FIRST_DAY = date(2026, 7, 1)

# How many of 320 households end or stand where; and how many days before today they begin.
_SHARES: tuple[tuple[Stage, int, int, int], ...] = (
    (Stage.ON_ASSISTANCE, 168, 40, 118),
    (Stage.REFUSED, 22, 34, 110),
    (Stage.DECLINED, 8, 14, 34),
    (Stage.ENDED, 6, 12, 80),
    (Stage.REGISTERED, 14, 0, 3),
    (Stage.SUPPLEMENTING, 5, 1, 5),
    (Stage.CHECKING, 14, 1, 3),
    (Stage.CHECKED, 14, 4, 8),
    (Stage.INVESTIGATING, 22, 8, 14),
    (Stage.APPRAISING, 3, 12, 16),
    (Stage.EXAMINING, 9, 13, 18),
    (Stage.NOTICE_READY, 4, 14, 18),
    (Stage.ON_NOTICE, 14, 17, 22),
    (Stage.OBJECTED, 2, 18, 22),
    (Stage.DECIDING, 9, 26, 31),
    (Stage.APPROVED, 4, 28, 34),
    (Stage.REFUSED_TELLING, 2, 18, 24),
)
# Stages that go past an objection on their way, so that a re-investigation and an appraisal are seen ended.
_WITH_OBJECTION = 4


@dataclass
class Plan:
    """One family's way. ``goal`` is where the case stands today; the rest are the turns it takes."""

    goal: Stage
    village: str
    township: str
    starts: date
    kind: str = "any"
    family: Any = None
    ref: str = ""
    number: str = ""
    handler: int = 0
    by_village: bool = False
    difference: bool = False
    hidden: str = ""
    disputed: bool = False
    objection: str = ""
    supplement: bool = False
    relative: str = ""
    partial: bool = False
    late: bool = False
    settled: bool = False
    visited: bool = False
    objected: bool = False
    served: bool = False
    check_objection: bool = False


def _villages() -> list[tuple[str, str]]:
    return [(code, f"{code}{number:03d}") for code, _, _, names in TOWNSHIPS for number in range(1, len(names) + 1)]


def _counts(households: int) -> list[tuple[Stage, int, int, int]]:
    whole = sum(share for _, share, _, _ in _SHARES)
    return [(goal, max(1, round(share * households / whole)), near, far) for goal, share, near, far in _SHARES]


def plans(households: int, draw: random.Random, today: date, working_day: Callable[..., date]) -> list[Plan]:
    """Plans for about this many households: every stage and outcome, and the hard cases first."""
    places = _villages()
    made: list[Plan] = []
    for goal, many, near, far in _counts(households):
        for _ in range(many):
            township, village = places[len(made) % len(places)] if len(made) < len(places) else draw.choice(places)
            starts = working_day(today - timedelta(days=draw.randint(near, far)))
            made.append(Plan(goal, village, township, min(starts, today), handler=draw.randrange(2)))
    _turns(made, draw)
    _hard_cases(made, draw)
    for plan in made:
        plan.starts = working_day(max(plan.starts, FIRST_DAY))
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


def _hard_cases(made: list[Plan], draw: random.Random) -> None:
    """The cases that everybody should meet first."""
    for number, plan in enumerate([plan for plan in made if plan.goal is Stage.ON_ASSISTANCE][:7]):
        plan.kind = f"rare {number}"
    for skip, kind in enumerate(("nine", "nothing")):
        _first(made, Stage.ON_ASSISTANCE, 8 + skip).kind = kind
    _first(made, Stage.EXAMINING).kind = "nine"
    for skip in range(min(_WITH_OBJECTION, 4)):
        plan = _first(made, Stage.ON_ASSISTANCE, 12 + skip)
        plan.objection = "appraisal" if skip % 2 else "reinvestigation"
        plan.starts = min(plan.starts, plan.starts - timedelta(days=10))
    _first(made, Stage.DECIDING).relative = "declared"
    _first(made, Stage.INVESTIGATING).relative = "matched"
    _first(made, Stage.ON_ASSISTANCE, 20).relative = "declared"
    for plan in [plan for plan in made if plan.goal is Stage.CHECKING][:3]:
        plan.partial, plan.starts = True, plan.starts - timedelta(days=6)
    for plan in [plan for plan in made if plan.goal is Stage.INVESTIGATING][1:4]:
        plan.late, plan.starts = True, plan.starts - timedelta(days=28)
    for plan in [plan for plan in made if plan.goal is Stage.CHECKED]:
        plan.difference = True
