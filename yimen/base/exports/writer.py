"""Writing workbooks: text stays text, dates are dates, amounts are numbers, nothing runs as a formula (K23).

The workbook is made in memory, because its people must not lie about in a temporary file, and the same content
gives the same bytes. Identity numbers, accounts and telephones are text twice over: by type and by format.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings

MAX_CELL = 32_000
MAX_ROWS = 1_000_000
ABOUT = "说明"
STRIP = "演示数据，均为虚构"
_SPARE_ROWS = 2_000
_NARROW, _WIDE = 8, 42
_A4 = 9
_LOOKED_AT = 300

Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class Head:
    """A column. ``kind``: ``text``; ``date``; ``money`` (yuan with two decimals); ``whole``. ``width`` in characters, 0: as needed."""

    text: str
    kind: str = "text"
    width: int = 0


@dataclass(frozen=True)
class Sheet:
    """One table: a frozen head row, the filter on, printed on A4 landscape with its head on every page.

    ``lists`` offers choices in the columns of these positions. ``foot`` is a row of sums outside the filter.
    ``pairs`` are a sheet without a head: label and text line by line, as in 说明.
    """

    name: str
    heads: Sequence[Head | str] = ()
    rows: Iterable[Sequence[Value]] = ()
    foot: Sequence[Value] | None = None
    lists: Mapping[int, Sequence[str]] = field(default_factory=dict)
    pairs: Sequence[tuple[str, str]] = ()
    wrap: bool = False


class XlsxWriter:
    """A workbook under way: ``add`` sheets, then ``content`` once. Raises ValueError for a text no cell can hold."""

    def __init__(self, made_at: datetime, footer: str = "") -> None:
        self._target = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._target, options)
        self._book.set_properties({"created": made_at.astimezone(UTC)})
        parts = [STRIP if settings.YIMEN_DEMO else "", footer]
        self._footer = "　".join(part for part in parts if part).replace("&", "&&")
        self._formats: dict[tuple[str, bool, bool], Any] = {}

    def add(self, sheet: Sheet) -> int:
        """Write one sheet; returns the number of its rows, head and foot left out."""
        page = self._book.add_worksheet(sheet_name(sheet.name))
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L{self._footer}&R第 &P 页，共 &N 页")
        if sheet.pairs:
            return self._write_pairs(page, sheet)
        return self._write_table(page, sheet)

    def content(self) -> bytes:
        """The finished .xlsx file."""
        self._book.close()
        return self._target.getvalue()

    # -- parts -------------------------------------------------------------------------------

    def _format(self, kind: str, *, bold: bool = False, wrap: bool = False) -> Any:
        key = (kind, bold, wrap)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(_look(kind, bold, wrap))
        return self._formats[key]

    def _write_pairs(self, page: Any, sheet: Sheet) -> int:
        page.set_column(0, 0, 16)
        page.set_column(1, 1, 90)
        for number, (label, text) in enumerate(sheet.pairs):
            _put(page, number, 0, label, self._format("text", bold=True), sheet.name)
            _put(page, number, 1, text, self._format("text", wrap=True), sheet.name)
        return len(sheet.pairs)

    def _write_table(self, page: Any, sheet: Sheet) -> int:
        heads = [head if isinstance(head, Head) else Head(head) for head in sheet.heads]
        formats = [self._format(head.kind, wrap=sheet.wrap) for head in heads]
        widths = [head.width or display_width(head.text) + 3 for head in heads]
        page.freeze_panes(1, 1)
        page.repeat_rows(0)
        for column, head in enumerate(heads):
            page.write_string(0, column, head.text, self._format("head"))
        number = 0
        for number, row in enumerate(sheet.rows, start=1):
            self._write_row(page, number, row, formats, sheet.name)
            if number <= _LOOKED_AT:
                widths = [_wider(head, width, value) for head, width, value in zip(heads, widths, row, strict=True)]
        if sheet.foot is not None:
            bold = [self._format(head.kind, bold=True) for head in heads]
            self._write_row(page, number + 1, sheet.foot, bold, sheet.name)
        self._finish(page, sheet, heads, widths, number)
        return number

    def _write_row(self, page: Any, number: int, row: Sequence[Value], formats: Sequence[Any], name: str) -> None:
        if number > MAX_ROWS:
            raise ValueError(f"工作表“{name}”超过 {MAX_ROWS} 行，Excel 放不下，请按乡街或村（社区）分开导出。")
        if len(row) != len(formats):
            raise ValueError(f"工作表“{name}”第 {number + 1} 行的列数与表头不同。")
        for column, value in enumerate(row):
            look = formats[column]
            if isinstance(value, str) and look is not self._format("text", wrap=look.text_wrap):
                look = self._format("text", bold=look.bold)
            _put(page, number, column, value, look, name)

    def _finish(self, page: Any, sheet: Sheet, heads: Sequence[Head], widths: Sequence[int], rows: int) -> None:
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            page.set_column(column, column, head.width or width, self._format(head.kind, wrap=sheet.wrap))
        if not sheet.lists:
            page.autofilter(0, 0, max(rows, 1), len(heads) - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:{column_letters(len(heads) - 1)}{rows + _SPARE_ROWS}"})
        for column, options in sheet.lists.items():
            rule = {"validate": "list", "source": list(options), "error_title": "请从列表中选择"}
            page.data_validation(1, column, rows + _SPARE_ROWS, column, rule)


def workbook(sheets: Sequence[Sheet], made_at: datetime, footer: str = "") -> bytes:
    """All sheets in one .xlsx file."""
    writer = XlsxWriter(made_at, footer)
    for sheet in sheets:
        writer.add(sheet)
    return writer.content()


def sheet_name(text: str) -> str:
    """A name that Excel takes: at most 31 characters, none of ``[]:*?/\\``, no apostrophe at an end."""
    plain = "".join("－" if sign in "[]:*?/\\" else sign for sign in text).strip().strip("'")
    return plain[:31] or "表"


def display_width(text: str) -> int:
    """Columns a text takes: a Chinese character is two wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _look(kind: str, bold: bool, wrap: bool) -> dict[str, Any]:
    if kind == "head":
        return {"num_format": "@", "bold": True, "bottom": 1, "bg_color": "#E8EDF3", "valign": "vcenter"}
    look: dict[str, Any] = {"valign": "top", "bold": bold, "text_wrap": wrap}
    if kind == "date":
        return {**look, "num_format": "yyyy-mm-dd", "align": "left"}
    if kind == "money":
        return {**look, "num_format": "#,##0.00"}
    if kind == "whole":
        return {**look, "num_format": "0"}
    # The prefix keeps a text that begins with = or 0 a text when somebody edits the cell.
    return {**look, "num_format": "@", "quote_prefix": True}


def _put(page: Any, row: int, column: int, value: Value, look: Any, name: str) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            raise ValueError(f"工作表“{name}”第 {row + 1} 行的文字过长，Excel 单元格放不下。")
        page.write_string(row, column, value, look)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, look)
    else:
        page.write_number(row, column, value, look)


def _wider(head: Head, width: int, value: Value) -> int:
    if head.width or value is None:
        return width
    needed = 11 if isinstance(value, date) else display_width(str(value)) + (4 if head.kind == "money" else 2)
    return max(_NARROW, min(_WIDE, max(width, needed)))


def column_letters(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
