"""Reading a workbook in the limited child process: cells with their kind, merged heads filled in, no formulas.

Only the value that a program stored with a formula is taken; nothing is reckoned here. No Django, no network.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from yimen.base.files.readers import inspect_archive
from yimen.base.files.refusals import BadFile

ROWS, COLUMNS, SHEETS = 60_000, 200, 60
LONG = 200_000
"""Rows of a workbook that is never held whole."""
PEEKED = 60
_DIGITS = 15


def peek(path: str) -> dict[str, Any]:
    """The first rows of every sheet: enough to find the heads and to show a sample."""
    return _read(path, PEEKED)


def peek_long(path: str) -> dict[str, Any]:
    """As :func:`peek`, of a workbook that is read row by row afterwards and may be longer."""
    return _read(path, PEEKED, LONG)


def read(path: str) -> dict[str, Any]:
    """Every row of every sheet: ``{"sheets": [{"name", "rows", "height"}]}``.

    A text is a string, a number ``[text]`` as a sheet shows it (15 digits), a date ``[text, "d"]``.
    """
    return _read(path, None)


def _read(path: str, first: int | None, most: int = ROWS) -> dict[str, Any]:
    inspect_archive(path)
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    names = [one.name for one in book.sheets_metadata if "WorkSheet" in str(one.typ)]
    if len(names) > SHEETS:
        raise BadFile(f"文件里有 {len(names)} 张工作表，最多 {SHEETS} 张，请删去与台账无关的工作表。")
    sheets, total = [], 0
    for name in names:
        sheet = book.get_sheet_by_name(name)
        height, width = (last + 1 for last in sheet.end or (-1, -1))
        total += height
        if total > most or width > COLUMNS:
            raise BadFile(
                f"工作表“{name}”及以前共 {total} 行、{width} 列，超过 {most} 行或 {COLUMNS} 列。请删去表格以外的空行空列，或分成几份上传。"
            )
        rows = sheet.to_python(skip_empty_area=False, nrows=first)
        _fill(rows, sheet.merged_cell_ranges or [])
        sheets.append({"name": name, "height": height, "rows": [[cell_of(cell) for cell in row] for row in rows]})
    return {"sheets": sheets}


def _fill(rows: list[list[Any]], merges: list[Any]) -> None:
    """A merged head speaks for all columns it spans; only across, since a merge downwards means "the same household"."""
    for (top, left), (bottom, right) in merges:
        if right > left and top < min(len(rows), PEEKED) and left < len(rows[top]) and bottom - top < 3:
            for column in range(left + 1, min(right + 1, len(rows[top]))):
                rows[top][column] = rows[top][left]


def cell_of(cell: Any) -> Any:
    """A text as it is, a number ``[text]``, a date ``[text, "d"]``."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return [_number(cell)]
    if isinstance(cell, dt.datetime):
        return [cell.isoformat(sep=" "), "d"]
    if isinstance(cell, dt.date):
        return [cell.isoformat(), "d"]
    return str(cell)


def _number(value: Any) -> str:
    """The number as it is shown: a sheet keeps 15 digits and no more."""
    shown = format(value, f".{_DIGITS}g")
    return f"{int(value)}" if "e" in shown and value == int(value) else shown
