"""What ``yimen batch`` does: tables out of a register, a run over them, and whether two results are the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from yimen.batch import books, files, local, schema, spark, stages, tables
from yimen.batch.local import Counts
from yimen.batch.tables import BadTable, Table
from yimen.law.again import Asked
from yimen.law.standards import Book

_SHOWN = 20


class Source(Protocol):
    """Where the rows come from: the register of a place (casework.reports.batching)."""

    books: dict[int, Book]
    left_out: Mapping[str, int]

    def awards(self, on: date | None = None) -> Iterator[tuple[str, str, Asked, int | None]]:
        """County, reference, question and stored amount of every award."""

    def dues(self, month: str) -> Iterator[dict[str, Any]]:
        """What the lines of a month are made of."""

    def filed(self, month: str) -> Iterator[dict[str, Any]]:
        """The rows of a filed month."""


# -- export ----------------------------------------------------------------------------------


def export(source: Source, into: str, on: date | None, month: str) -> int:
    """The tables of a register, those of a month besides where one is named."""
    folder = Path(into)
    asked = (stages.asked_row(county, ref, one, fen) for county, ref, one, fen in source.awards(on))
    written = {tables.AWARDS.name: files.write(folder, tables.AWARDS, asked)}
    written[tables.FIGURES.name] = files.write(folder, tables.FIGURES, books.rows(source.books))
    if month:
        dues = ({**row, "parts": stages.parts_text(row["parts"])} for row in source.dues(month))
        written[tables.DUES.name] = files.write(folder, tables.DUES, dues)
        written[tables.FILED.name] = files.write(folder, tables.FILED, source.filed(month))
    _tell(written)
    for why, count in sorted(source.left_out.items()):
        print(f"没有导出 {count} 项：{why}")
    return 0


def _tell(written: Counts) -> None:
    for name, rows in written.items():
        print(f"{name}　{rows:,} 行")


# -- run -------------------------------------------------------------------------------------


def run(folder: str, results: str, engine: str, master: str, processes: int) -> int:
    """Every stage over a folder's tables, on this machine or on Spark, and how what came out stands to what is stored."""
    source, target, began = Path(folder), Path(results), perf_counter()
    if engine == "spark":
        session = spark.session(master)
        try:
            written = spark.run(session, source, target)
        finally:
            session.stop()
    else:
        written = local.run(source, target, processes)
    _tell(written)
    for stage in local.present(source):
        if stage.target.schema.get_field_index("stored_fen") >= 0:
            _tell_differing(target, stage.target)
    print(f"用时 {perf_counter() - began:.1f} 秒")
    return 0


def _tell_differing(target: Path, table: Table) -> None:
    fen = "amount_fen" if table is tables.RECKONED else "total_fen"
    same = differing = unknown = 0
    for _, rows in local.read(target, table):
        for row in rows:
            unknown += bool(row["problem"])
            if not row["problem"] and row["stored_fen"] is not None:
                same += row[fen] == row["stored_fen"]
                differing += row[fen] != row["stored_fen"]
    print(f"{table.name}　与登记金额相同 {same:,} 行，不同 {differing:,} 行，不能核算 {unknown:,} 行")


# -- compare ---------------------------------------------------------------------------------


def show_schema() -> int:
    """The tables in words."""
    sys.stdout.write(schema.markdown())
    return 0


def compare(results: str, others: str) -> int:
    """Whether two results are the same row by row: 0, or 1 with the first rows that differ."""
    one, other = Path(results), Path(others)
    differing = rows = 0
    held = [
        stage.target
        for stage in stages.STAGES
        if tables.present(one, stage.target) or tables.present(other, stage.target)
    ]
    if not held:
        raise BadTable(f"{one} 里没有结果，请先用 yimen batch run 计算。")
    for table in [*held, *([tables.OFFICIAL] if tables.COUNTED in held else [])]:
        for first, second in _pairs(one, other, table):
            rows += 1
            if first != second:
                differing += 1
                if differing <= _SHOWN:
                    print(f"{table.name}　{_words(first)}　≠　{_words(second)}")
    print(f"核对 {rows:,} 行，{differing:,} 行不同。" if differing else f"核对 {rows:,} 行，每一行都相同。")
    return 1 if differing else 0


def _pairs(one: Path, other: Path, table: Table) -> Iterator[tuple[Any, Any]]:
    """The rows of both, county by county, in the order of what they say."""
    firsts, seconds = local.by_county(one, table), local.by_county(other, table)
    for county in sorted(set(firsts) | set(seconds)):
        both = [local.rows(paths.get(county, []), table, county) for paths in (firsts, seconds)]
        yield from zip_longest(*(sorted(rows, key=_key) for rows in both))


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in row.values())


def _words(row: dict[str, Any] | None) -> str:
    return "没有" if row is None else "，".join(str(value) for value in row.values() if value not in ("", None))
