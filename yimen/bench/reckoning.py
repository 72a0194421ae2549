"""``reckon``: one household with its whole explanation, and a hundred thousand of them, in one process and in all."""

from __future__ import annotations

import os
import random
import resource
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from time import perf_counter

from yimen.bench.report import Measure
from yimen.law.reckon_file import load
from yimen.law.rules import ApplicationFacts, HouseholdFacts, IncomeFact, PersonFacts, assess_all, reckon_dibao
from yimen.law.standards import Book, chain, shipped_book
from yimen.law.terms import IncomeKind, Period, Relation

AREA = "990101001001"
ON = date(2026, 11, 24)
HOUSEHOLDS = 100_000
PORTION = 2_000
SHARE = 20
"""One household in twenty is weighed against every programme: that takes several reckonings each."""
_ONE = """
area: "990101001001"
date: 2026-11-24
urban: urban
people:
  - {ref: a, name: 示例甲, relation: self, birth_date: 1979-10-01}
  - {ref: b, name: 示例乙, relation: spouse, birth_date: 1981-03-15}
  - {ref: c, name: 示例丙, relation: child, birth_date: 2012-02-29, work_capacity: none}
incomes:
  - {ref: "1", person: a, kind: wage, amount: 1150.00, period: month}
  - {ref: "2", person: b, kind: transfer, amount: 260.00, period: month}
"""


def facts_of(draw: random.Random) -> HouseholdFacts:
    """An invented household of one to six persons with up to two incomes a head."""
    people = [PersonFacts("a", "示例", Relation.SELF, date(draw.randint(1946, 1990), 3, 1))]
    if draw.random() < 0.45:
        people.append(PersonFacts("b", "示例", Relation.SPOUSE, date(draw.randint(1948, 1992), 5, 1)))
        children = draw.choices((0, 1, 2, 3, 4), (30, 40, 20, 7, 3))[0]
        people += [
            PersonFacts(f"c{number}", "示例", Relation.CHILD, date(draw.randint(2009, 2025), 7, 1))
            for number in range(children)
        ]
    incomes = [
        IncomeFact(f"{person.ref}{kind}", person.ref, kind, draw.randrange(0, 90_000, 100), Period.MONTH)
        for person in people[:2]
        for kind in (IncomeKind.WAGE, IncomeKind.TRANSFER)
        if draw.random() < 0.6
    ]
    return HouseholdFacts(tuple(people), tuple(incomes))


def _portion(seed: int, count: int) -> tuple[int, int]:
    """How many were eligible, and the sum of their amounts in fen; everything is made and reckoned here."""
    draw, book, areas = random.Random(seed), _book(), chain(AREA)
    eligible = fen = 0
    for _ in range(count):
        found = reckon_dibao(facts_of(draw), book, areas, ON, urban=True)
        eligible += found.eligible
        fen += found.amount_fen
    return eligible, fen


_books: list[Book] = []


def _book() -> Book:
    if not _books:
        _books.append(shipped_book())
    return _books[0]


def _portions(households: int) -> list[tuple[int, int]]:
    return [(number, min(PORTION, households - start)) for number, start in enumerate(range(0, households, PORTION))]


def _in_processes(work: Sequence[tuple[int, int]], processes: int) -> Iterator[tuple[int, int]]:
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_portion, *zip(*work, strict=True))


def run(households: int = HOUSEHOLDS) -> list[Measure]:
    """One household (median of many), then ``households`` in one process and, with several cores, in all of them.

    Times include making the invented facts. Both ways must find the same people and the same money.
    """
    found = [_one()]
    work = _portions(households)
    started = perf_counter()
    alone = [_portion(*portion) for portion in work]
    seconds = perf_counter() - started
    found.append(
        Measure("批量计算，1 个进程", f"{households:,} 户", households / seconds, "户/秒", f"{seconds:.1f} 秒")
    )
    found.append(_side_by_side(max(1, households // SHARE)))
    cores = os.cpu_count() or 1
    if cores > 1:
        started = perf_counter()
        together = list(_in_processes(work, cores))
        seconds = perf_counter() - started
        if together != alone:
            raise AssertionError("the same households came out differently in another process")
        name = f"批量计算，{cores} 个进程"
        found.append(
            Measure(name, f"{households:,} 户", households / seconds, "户/秒", f"{seconds:.1f} 秒，含启动进程")
        )
    eligible = sum(one for one, _ in alone)
    found.append(Measure("符合条件", f"{households:,} 户", eligible, "户", "核对两种跑法结果一致"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    found.append(Measure("内存峰值", "主进程", peak, "MB"))
    return found


def _side_by_side(households: int) -> Measure:
    """Every programme for each household, explained; one process."""
    draw, areas = random.Random(0), chain(AREA)
    applications = [ApplicationFacts(facts_of(draw)) for _ in range(households)]
    started = perf_counter()
    for application in applications:
        assess_all(application, _book(), areas, ON, urban=True)
    seconds = perf_counter() - started
    return Measure("各项目并列，1 个进程", f"{households:,} 户", households / seconds, "户/秒", f"{seconds:.1f} 秒")


def _one() -> Measure:
    request = load(_ONE)
    request = replace(request, book=_book())
    times = []
    for _ in range(500):
        started = perf_counter()
        reckoning = reckon_dibao(request.facts, request.book, request.areas, request.on, request.urban)
        times.append(perf_counter() - started)
    lines = sum(1 for line in reckoning.lines for _ in line.walk())
    middle = sorted(times)[len(times) // 2]
    return Measure("一户，三口人", "500 次取中位", middle * 1e6, "微秒", f"含 {lines} 行计算说明")
