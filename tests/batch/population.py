"""Invented awards of every programme, dues of rolls and rows of filed months, in three counties."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from yimen.batch import books, files, stages, tables
from yimen.bench.reckoning import AREA, facts_of
from yimen.law.aftercare.movement import Standing
from yimen.law.again import Amount, Asked
from yimen.law.payments.terms import PartKind
from yimen.law.rules import ApplicationFacts
from yimen.law.rules.facts_form import to_plain
from yimen.law.standards import KEYS, Book, chain, shipped_book
from yimen.law.terms import Programme, SelfCare, SupportForm

ON = date(2026, 11, 24)
COUNTIES = ("990101", "990102", "990103")
BOOKS: dict[int, Book] = {0: shipped_book(), 1: Book(shipped_book().versions(next(iter(KEYS))))}


def questions(count: int) -> Iterator[Asked]:
    """Awards of every programme in turn: dibao by facts, by a whole application and by a ledger's amount, 单人保, 特困, 边缘, 刚性."""
    draw, areas = random.Random(7), chain(AREA)
    for number in range(count):
        facts, urban = facts_of(draw), number % 3 != 0
        plain: Any = to_plain(facts)
        kind = number % 8
        if kind < 3:
            yield Asked(Programme.DIBAO, plain, areas, urban, ON)
        elif kind == 3:
            yield Asked(Programme.DIBAO, to_plain(ApplicationFacts(facts)), areas, urban, ON)
        elif kind == 4:
            people = {**plain, "incomes": []}
            cover = tuple(person.ref for person in facts.people)
            yield Asked(Programme.DIBAO, people, areas, urban, ON, amount=Amount(20_000, ON, urban, cover))
        elif kind == 5:
            yield Asked(Programme.DIBAO, plain, areas, urban, ON, single=True, person="a", reason="severe_disability")
        elif kind == 6:
            level, form = draw.choice(list(SelfCare)), draw.choice(list(SupportForm))
            yield Asked(Programme.TEKUN, None, areas, urban, ON, person="a", level=level, form=form)
        else:
            programme = (Programme.EDGE, Programme.RIGID_EXPENDITURE)[number // 8 % 2]
            yield Asked(programme, to_plain(ApplicationFacts(facts)), areas, urban, ON)


def nowhere(number: int) -> bool:
    """Whether an award lies where no figure is set."""
    return number % 40 == 33


def awards(count: int) -> Iterator[dict[str, Any]]:
    """Rows of the table of awards, some of them with a stored amount; one of forty in a place without figures."""
    for number, one in enumerate(questions(count)):
        row = stages.asked_row(COUNTIES[number % 3], f"a{number:06d}", one, 35_000 if number % 2 else None)
        yield {**row, "areas": "110101"} if nowhere(number) else row


def dues(count: int) -> Iterator[dict[str, Any]]:
    """What is due, with parts of every kind; one of a hundred that does not add up."""
    draw = random.Random(8)
    for number in range(count):
        monthly = draw.randrange(1_000, 200_000)
        parts = [(str(kind), "2026-10", draw.randrange(0, 30_000)) for kind in PartKind if draw.random() < 0.2]
        yield {
            "county": COUNTIES[number % 3],
            "award": f"a{number:06d}",
            "programme": str(Programme.DIBAO if number % 5 else Programme.TEKUN),
            "urban": number % 2 == 0,
            "month": "2026-11",
            "monthly_fen": monthly,
            "supplement_fen": monthly + 1 if number % 100 == 99 else draw.randrange(0, monthly),
            "parts": stages.parts_text(parts),
            "stored_fen": None,
        }


def filed(count: int) -> Iterator[dict[str, Any]]:
    """Rows of two filed months, of every programme and standing."""
    draw = random.Random(9)
    for number in range(count):
        yield {
            "county": COUNTIES[number % 3],
            "award": f"a{number:06d}",
            "month": ("2026-10", "2026-11")[number % 2],
            "programme": str(draw.choice([Programme.DIBAO, Programme.TEKUN, Programme.EDGE])),
            "urban": draw.random() < 0.4,
            "standing": str(draw.choice([Standing.DUE, Standing.DUE, Standing.HELD, Standing.OVER])),
            "persons": draw.randint(1, 6),
            "paid_fen": draw.randrange(0, 300_000),
        }


def write(folder: Path, count: int) -> Path:
    """A folder with every table; several files a county, as a large one has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "GROUP", count // 2)
        files.write(folder, tables.FIGURES, books.rows(BOOKS))
        files.write(folder, tables.AWARDS, awards(count))
        files.write(folder, tables.DUES, dues(count))
        files.write(folder, tables.FILED, filed(count))
    return folder


def who(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The process that works, and whether it has Django; a worker imports this file with all that the stages need."""
    for _ in batches:
        yield pa.RecordBatch.from_pydict({"pid": [os.getpid()], "django": ["django" in sys.modules]})


def dying(work: Any, once: str) -> Any:
    """The work of a stage, but the first who has answered for a batch dies in the middle of it, and its Java with it.

    ``once`` is a file that only one can make.
    """

    def work_or_die(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in work(batches):
            yield batch
            with suppress(FileExistsError), Path(once).open("x", encoding="ascii"):
                os.kill(_java(), signal.SIGKILL)
                os.kill(os.getpid(), signal.SIGKILL)

    return work_or_die


def _java() -> int:
    """The process that keeps this worker: the nearest above it that is a Java."""
    number = os.getpid()
    while (name := Path(f"/proc/{number}/comm").read_text("ascii").strip()) != "java":
        assert number > 1, name
        number = int(Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()[1])
    return number
