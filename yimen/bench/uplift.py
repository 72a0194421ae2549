"""``uplift``: a raised standard over a whole district, from the reckoning to the last award; then the register recomputed."""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from django.db import transaction

from yimen.base.access import second
from yimen.base.access.officer import Officer, officer_of
from yimen.base.offices import queries as offices
from yimen.base.powers import acts as powers
from yimen.bench.reckoning import facts_of
from yimen.bench.report import Measure
from yimen.casework.awards import acts
from yimen.casework.awards.uplift.laying import Home, lay_down, open_books
from yimen.casework.awards.uplift.recompute import recompute
from yimen.demo import places
from yimen.law import calendar
from yimen.law.again import Asked, Reckoner
from yimen.law.calendar import add_months, first_day, month_of, today
from yimen.law.rules.facts_form import to_plain
from yimen.law.standards import shipped_book
from yimen.law.terms import Programme, Role

TOWNSHIP, KEY, FEN = "990101001", "dibao.standard.urban", 76_000
_SEED, _PORTION = 5, 2_000


@dataclass
class Stopwatch:
    """Seconds since the beginning at every word of progress: whether the work grows with its size."""

    began: float = field(default_factory=perf_counter)
    marks: list[tuple[int, float]] = field(default_factory=list)

    def __call__(self, done: int, total: int) -> None:
        self.marks.append((done, perf_counter() - self.began))

    def words(self) -> str:
        """Households a second in the first and in the second half."""
        if len(self.marks) < 4:
            return ""
        half = len(self.marks) // 2
        (middle, at), (end, over) = self.marks[half - 1], self.marks[-1]
        return f"前半 {middle / at:,.0f} 户/秒，后半 {(end - middle) / (over - at):,.0f} 户/秒"


def run(size: int) -> list[Measure]:
    """``size`` households with stored facts on an empty database: reckoned, explained and stored, released, recomputed."""
    begun = today()
    with calendar.travel(begun - timedelta(days=30)):
        district = places.build(_SEED, today(), lambda: "bench-password-1")
        started = perf_counter()
        _settle(size)
        laid = perf_counter() - started
    proposer, releaser = (
        officer_of(district.accounts[district.who(places.DISTRICT, role).pk])
        for role in (Role.SUPERVISOR, Role.DISTRICT_DECIDER)
    )
    return [*_raise(size, proposer, releaser, begun), *_check(size), memory(), _laid(size, laid)]


def _raise(size: int, proposer: Officer, releaser: Officer, day: date) -> list[Measure]:
    month = add_months(first_day(day), 1)
    figure = powers.propose_figure(proposer, key=KEY, value=FEN, valid_from=month, document="测速文号")
    powers.release_figure(releaser, ref=figure.ref)
    found = acts.open_uplift(proposer, keys=[KEY], month=month_of(month))
    watch = Stopwatch()
    found = acts.draw_up_uplift(proposer, found.ref, tell=watch)
    drawn = perf_counter() - watch.began
    started = perf_counter()
    acts.propose_uplift(proposer, ref=found.ref)
    acts.release_uplift(releaser, ref=found.ref, code=second.code_now(releaser.account))
    found = acts.carry_on_uplift(releaser, found.ref)
    carried = perf_counter() - started
    raised = found.counts["raised"]
    if found.counts["done"] != raised or found.counts["awards"] != size:
        raise ValueError(f"{found.counts} of {size} households")
    seconds = drawn + carried
    return [
        Measure("核算、逐户说明并存储", f"{size:,} 户", size / drawn, "户/秒", f"{drawn:.1f} 秒；{watch.words()}"),
        Measure("发布并执行", f"{raised:,} 户", raised / carried, "户/秒", f"{carried:.1f} 秒，分批，逐批留痕"),
        Measure("提高标准合计", f"{size:,} 户", seconds, "秒", f"不变 {found.counts['same']:,} 户，减少 {found.counts['falls']:,} 户"),
    ]  # fmt: skip


def _check(size: int) -> list[Measure]:
    started = perf_counter()
    found = recompute()
    seconds = perf_counter() - started
    if found.differing or found.awards != size:
        raise ValueError(f"{len(found.differing)} of {found.awards} amounts differ")
    return [
        Measure("重新核算全部在保金额", f"{size:,} 户", size / seconds, "户/秒", f"{seconds:.1f} 秒，没有与规则不同的")
    ]


def memory() -> Measure:
    """The highest memory of this process so far, and of the largest of its children."""
    unit = 1024 if sys.platform == "linux" else 1024**2
    own, others = (resource.getrusage(who).ru_maxrss / unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Measure("内存峰值", "主进程", own, "MB", f"每个核算进程至多 {others:.0f} MB")


def _laid(size: int, seconds: float) -> Measure:
    return Measure("建立测速用的家庭", f"{size:,} 户", size / seconds, "户/秒", f"{seconds:.1f} 秒，不计入")


# -- households with facts, laid down as rows ----------------------------------------------------


def _settle(size: int) -> None:
    """Households that were eligible by the standard of before, each with its facts; laid down, not decided one by one."""
    draw, book = random.Random(_SEED), shipped_book()
    villages = [area.code for area in offices.villages(TOWNSHIP)]
    run_ = open_books(TOWNSHIP, offices.staff_of([TOWNSHIP])[0])
    with Reckoner({0: book}) as reckoner:
        made = 0
        while made < size:
            portion = list(_portion(draw, reckoner, villages, made, min(_PORTION, size - made)))
            with transaction.atomic():
                lay_down(TOWNSHIP, run_, portion)
            made += len(portion)


def _portion(draw: random.Random, reckoner: Reckoner, villages: list[str], first: int, count: int) -> Iterator[Home]:
    number = first
    while number < first + count:
        some = [to_plain(facts_of(draw)) for _ in range(first + count - number)]
        asked = [Asked(Programme.DIBAO, facts, offices.scopes(villages[0]), True, today()) for facts in some]
        for facts, found in zip(some, reckoner.each(asked, explained=False), strict=True):
            if found.eligible and number < first + count:
                yield Home(
                    number, villages[number % len(villages)], _renamed(facts, number), found.amount_fen, found.category,
                    tuple((_renamed_ref(ref, number), fen) for ref, fen in found.cover),
                )  # fmt: skip
                number += 1


def _renamed_ref(ref: str, number: int) -> str:
    return f"{number:07d}{ref}"


def _renamed(facts: dict[str, Any], number: int) -> dict[str, Any]:
    """The same people under references of their own."""
    people = [{**row, "ref": _renamed_ref(row["ref"], number)} for row in facts["people"]]
    incomes = [{**row, "person": _renamed_ref(row["person"], number)} for row in facts["incomes"]]
    return {**facts, "people": people, "incomes": incomes}
