"""Workbooks for the provincial agency, in which every cell is text: no number loses a digit (K23)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from yimen.base.exports import writer

USUAL_WIDTH = 16


@dataclass(frozen=True)
class Sheet:
    """One sheet with its head row frozen. ``lists`` offers choices in the columns of these positions."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    widths: tuple[int, ...] = ()
    lists: Mapping[int, Sequence[str]] = field(default_factory=dict)


def workbook(sheets: Sequence[Sheet], made_on: date) -> bytes:
    """The .xlsx file; the same content gives the same bytes. Raises ValueError for a text longer than a cell can hold."""
    made = [writer.Sheet(sheet.name, _heads(sheet), sheet.rows, lists=sheet.lists) for sheet in sheets]
    return writer.workbook(made, datetime.combine(made_on, time(), UTC))


def _heads(sheet: Sheet) -> list[writer.Head]:
    widths = [*sheet.widths, *(USUAL_WIDTH for _ in sheet.heads)]
    return [writer.Head(text, width=width) for text, width in zip(sheet.heads, widths, strict=False)]
