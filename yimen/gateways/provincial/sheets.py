"""Writing workbooks in which every cell is text: nothing runs as a formula, no number loses a digit (K23).

The workbook is made in memory, because its people must not lie about in a temporary file, and the same content
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from io import BytesIO

import xlsxwriter

MAX_CELL = 32_000
_SPARE_ROWS = 2_000


@dataclass(frozen=True)
class Sheet:
    """One sheet with its head row frozen. ``lists`` offers choices in the columns of these positions."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    widths: tuple[int, ...] = ()
    lists: Mapping[int, Sequence[str]] = field(default_factory=dict)


def workbook(sheets: Sequence[Sheet], made_on: date) -> bytes:
    """The .xlsx file. Raises ValueError for a text longer than a cell can hold."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.combine(made_on, time(), UTC)})
    text = book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top"})
    head = book.add_format({"num_format": "@", "bold": True, "bottom": 1, "bg_color": "#E8EDF3"})
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, text, head)
    book.close()
    return target.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, text: object, head: object) -> None:
    last = len(sheet.heads) - 1
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.set_column(0, last, 16, text)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width, text)
    for column, label in enumerate(sheet.heads):
        page.write_string(0, column, label, head)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if len(value) > MAX_CELL:
                raise ValueError(f"工作表“{sheet.name}”第 {number + 1} 行的文字过长，Excel 单元格放不下。")
            if value:
                page.write_string(number, column, value, text)
    page.ignore_errors({"number_stored_as_text": f"A1:{chr(ord('A') + min(last, 25))}{len(sheet.rows) + _SPARE_ROWS}"})
    for column, options in sheet.lists.items():
        rule = {"validate": "list", "source": list(options), "error_title": "请从列表中选择"}
        page.data_validation(1, column, len(sheet.rows) + _SPARE_ROWS, column, rule)
