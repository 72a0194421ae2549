"""What runs: one function per stage, from rows to rows. Every engine calls these and nothing else.

Each row is by itself, so that rows may lie anywhere. What cannot be reckoned says why in its row; only rows that are no rows of
the table raise.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from yimen.batch import tables
from yimen.batch.tables import Table
from yimen.law.aftercare.movement import Standing
from yimen.law.again import Amount, Asked, explanation_digest, reckon_again
from yimen.law.payments.line import Part, amounts
from yimen.law.payments.terms import PartKind
from yimen.law.reckoning.json_form import text_of
from yimen.law.standards import Book
from yimen.law.statistics import Counted, TableRow, row_of, table
from yimen.law.terms import Programme

Rows = pa.RecordBatch
Row = dict[str, Any]
Books = Mapping[int, Book]
NO_BOOK = "没有编号为 {} 的参数，请把 figures 表一起导出。"
BATCH = 2_000
"""Rows that are taken up at a time: a few MB."""


@dataclass(frozen=True)
class Stage:
    """From one table to another. ``words`` say what was done with a row."""

    name: str
    source: Table
    target: Table
    work: Callable[[Iterable[Row], Books], Iterator[Row]]
    words: str

    def rows(self, batch: Rows, books: Books) -> Rows:
        """What comes of the rows of a batch. Raises BadTable."""
        asked = tables.checked(batch, self.source)
        return pa.RecordBatch.from_pylist(list(self.work(asked.to_pylist(), books)), schema=self.target.schema)

    def each(self, batches: Iterator[Rows], books: Books) -> Iterator[Rows]:
        """The same for batch after batch."""
        with _no_collector():
            for batch in batches:
                yield self.rows(batch, books)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Facts and lines hold no cycles: the collector would only walk through them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


# -- awards again ----------------------------------------------------------------------------


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def asked(row: Row) -> Asked:
    """An award of the table as the law asks for it."""
    amount = None
    if row["amount_fen"] is not None:
        cover = _words(row["amount_cover"])
        amount = Amount(row["amount_fen"], row["amount_on"], row["amount_urban"], cover, row["amount_book"])
    return Asked(
        programme=row["programme"],
        facts=None if row["facts"] is None else json.loads(row["facts"]),
        areas=_words(row["areas"]),
        urban=row["urban"],
        on=row["on"],
        single=row["single"],
        person=row["person"],
        level=row["level"],
        form=row["form"],
        taken=_words(row["taken"]),
        reason=row["reason"],
        recognised=row["recognised"],
        amount=amount,
        book=row["book"],
    )


def asked_row(county: str, award: str, one: Asked, stored_fen: int | None) -> Row:
    """The same the other way round: a row of the table."""
    amount = one.amount
    return {
        "county": county,
        "award": award,
        "programme": str(one.programme),
        "facts": None if one.facts is None else text_of(one.facts),
        "areas": ",".join(one.areas),
        "urban": one.urban,
        "on": one.on,
        "single": one.single,
        "person": one.person,
        "level": str(one.level or ""),
        "form": str(one.form or ""),
        "taken": ",".join(one.taken),
        "reason": one.reason,
        "recognised": one.recognised,
        "amount_fen": amount.fen if amount else None,
        "amount_on": amount.on if amount else None,
        "amount_urban": amount.urban if amount else None,
        "amount_cover": ",".join(amount.cover) if amount else None,
        "amount_book": amount.book if amount else None,
        "book": one.book,
        "stored_fen": stored_fen,
    }


def _reckon(rows: Iterable[Row], books: Books) -> Iterator[Row]:
    for row in rows:
        lacking = next((n for n in (row["book"], row["amount_book"]) if n is not None and n not in books), None)
        if lacking is not None:
            raise tables.BadTable(NO_BOOK.format(lacking))
        found = reckon_again(asked(row), books)
        yield {
            "county": row["county"],
            "award": row["award"],
            "eligible": found.eligible,
            "amount_fen": found.amount_fen,
            "category": found.category,
            "cover": text_of(found.cover),
            "conditions": "；".join(found.conditions),
            "explained": explanation_digest(found),
            "problem": found.problem,
            "stored_fen": row["stored_fen"],
        }


# -- lines of the roll -----------------------------------------------------------------------


def parts_of(text: str) -> list[Part]:
    """Parts of a line as the table holds them. Raises ValueError for a kind that is none."""
    return [Part(PartKind(kind), month, fen) for kind, month, fen in json.loads(text)] if text else []


def parts_text(parts: Sequence[tuple[str, str, int]]) -> str:
    """Kind, month and fen of each part, as the table holds them."""
    return text_of(parts) if parts else ""


def _pay(rows: Iterable[Row], _books: Books) -> Iterator[Row]:
    for row in rows:
        said = {name: row[name] for name in ("county", "award", "programme", "urban", "month", "stored_fen")}
        yield {**said, **_line(row)}


def _line(row: Row) -> Row:
    problem = ""
    try:
        found = amounts(row["monthly_fen"], row["supplement_fen"], parts_of(row["parts"]))
    except ValueError as why:
        found, problem = amounts(0, 0), f"发放明细不合规定（{why}），请核对后重新导出。"
    return {
        "base_fen": found.base_fen,
        "supplement_fen": found.supplement_fen,
        "addition_fen": found.addition_fen,
        "arrears_fen": found.arrears_fen,
        "recovery_fen": found.recovery_fen,
        "total_fen": found.total_fen,
        "problem": problem,
    }


# -- the official table ----------------------------------------------------------------------

Key = tuple[str, str, str, bool]
"""County, month, programme, urban."""


def count(rows: Iterable[Row], _books: Books = {}) -> Iterator[Row]:  # noqa: B006  # never written to
    """Counts by county, month, programme, urban or rural of what is due; of partial counts see :func:`total`."""
    found: dict[Key, Counted] = {}
    for row in rows:
        if row["standing"] == Standing.DUE:
            key = (row["county"], row["month"], row["programme"], row["urban"])
            found[key] = found.get(key, Counted()) + Counted(1, row["persons"], row["paid_fen"])
    return _count_rows(found)


def total(rows: Iterable[Row]) -> Iterator[Row]:
    """Partial counts put together, in their order."""
    found: dict[Key, Counted] = {}
    for row in rows:
        key = (row["county"], row["month"], row["programme"], row["urban"])
        found[key] = found.get(key, Counted()) + Counted(row["households"], row["persons"], row["fen"])
    return _count_rows(found)


def _count_rows(found: Mapping[Key, Counted]) -> Iterator[Row]:
    for (county, month, programme, urban), said in sorted(found.items()):
        yield {
            "county": county,
            "month": month,
            "programme": programme,
            "urban": urban,
            "households": said.households,
            "persons": said.persons,
            "fen": said.fen,
        }


def official(rows: Iterable[Row]) -> Iterator[Row]:
    """The official table of every month from whole counts: by county, and with an empty county for all together."""
    parts: dict[tuple[str, str], dict[TableRow, Counted]] = {}
    for row in rows:
        at = row_of(Programme(row["programme"]), row["urban"])
        if at is None:
            continue
        for county in ("", row["county"]):
            held = parts.setdefault((county, row["month"]), {})
            held[at] = held.get(at, Counted()) + Counted(row["households"], row["persons"], row["fen"])
    for (county, month), held in sorted(parts.items()):
        for at, said in table(held).items():
            if at is not TableRow.RELIEF:
                yield _official_row(county, month, at, said)


def _official_row(county: str, month: str, at: TableRow, said: Counted) -> Row:
    return {
        "county": county,
        "month": month,
        "row": str(at),
        "households": said.households,
        "persons": said.persons,
        "fen": said.fen,
        "hundredths": said.hundredths,
        "average": said.average,
    }


RECKON = Stage("reckon", tables.AWARDS, tables.RECKONED, _reckon, "重新核算")
PAY = Stage("pay", tables.DUES, tables.LINES, _pay, "名册行")
COUNT = Stage("count", tables.FILED, tables.COUNTED, count, "统计")
STAGES = (RECKON, PAY, COUNT)
