"""From the tables of a page to the sheets of a workbook: the same heads, the same words, real dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from yimen.base.exports.writer import Head, Sheet, Value
from yimen.desks.shared.shapes import Cell, Column, Row, Table
from yimen.desks.shared.templatetags.yimen import as_cell

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|-?\d{1,12}(?:\.\d{1,2})?")
_NOTHING = {"", "—"}


def words(cell: Cell) -> str:
    """What stands in a cell, read from left to right: the text, its tag, its note."""
    tag = cell.tag.text if cell.tag else ""
    text = " ".join(part for part in (cell.text, tag) if part)
    action = cell.action.text if cell.action else ""
    note = f"（{cell.note}）" if cell.note and text else cell.note
    return f"{text}{note}" or action


def _texts(row: Row) -> list[str]:
    return [words(as_cell(value)) for value in row.cells]


def _column(column: Column | str) -> Column:
    return column if isinstance(column, Column) else Column(column)


def heads_of(table: Table) -> list[Head]:
    """The heads, each with the kind that its column holds; looked at in the first portion."""
    columns = [_column(column) for column in table.columns]
    lines = [_texts(row) for row in table.rows]
    return [Head(column.text, _kind(column, [line[place] for line in lines])) for place, column in enumerate(columns)]


def _kind(column: Column, texts: Sequence[str]) -> str:
    told = [text for text in texts if text not in _NOTHING]
    if column.numeric:
        return "money" if any("." in text for text in told) else "whole"
    return "date" if told and all(_DAY.fullmatch(text) for text in told) else "text"


def value(text: str, kind: str) -> Value:
    """The cell of a workbook: what fits the kind of its column becomes a date or a number, all else stays text."""
    if text in _NOTHING:
        return None
    if kind == "date" and _DAY.fullmatch(text):
        return date.fromisoformat(text)
    if kind in ("money", "whole") and _NUMBER.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return text


def lines(rows: Sequence[Row], heads: Sequence[Head]) -> Iterator[list[Value]]:
    """Rows as a workbook takes them."""
    for row in rows:
        yield [value(text, head.kind) for text, head in zip(_texts(row), heads, strict=True)]


def sheet_of(name: str, table: Table) -> Sheet:
    """A whole table as a sheet."""
    heads = heads_of(table)
    foot = next(lines([table.foot], heads)) if table.foot else None
    return Sheet(name, heads, lines(table.rows, heads), foot=foot)
