"""Filling a template that was made ready (foreign.py): rows are put at a known place, nothing is parsed.

Text is text by its kind of cell and by its format, so that nothing runs and no number is cut (K23).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from yimen.base.exports.writer import MAX_CELL, MAX_ROWS, column_letters

Value = str | int | Decimal | None
_END = b"</sheetData>"
_UNSEEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
"""Signs that no XML may hold."""


def filled(
    ready: bytes, meta: Mapping[str, Any], rows: Iterable[Sequence[Value]], about: Sequence[tuple[str, str]]
) -> bytes:
    """The template with rows below its head, its foot behind them, and the sheet that says who took it along when.

    ``rows`` have one value for each column of the template. Raises ValueError for a text no cell can hold or too many rows.
    """
    body, count = _rows(meta, rows)
    foot, merges = _foot(meta, count)
    told = "".join(_row(number, [(0, 0, label), (1, 0, text)]) for number, (label, text) in enumerate(about, 1))
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(ready)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name == meta["part"]:
                content = _merged(_put(content, f"{body}{foot}"), merges)
            elif name == meta["about"]:
                content = _put(content, told)
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _rows(meta: Mapping[str, Any], rows: Iterable[Sequence[Value]]) -> tuple[str, int]:
    made, first, styles = [], int(meta["first"]), meta["styles"]
    number = first - 1
    for number, row in enumerate(rows, first):
        if number > MAX_ROWS:
            raise ValueError(f"超过 {MAX_ROWS} 行，Excel 放不下，请按乡街或村（社区）分开导出。")
        made.append(
            _row(number, [(at, style, value) for at, (style, value) in enumerate(zip(styles, row, strict=True))])
        )
    return "".join(made), number - first + 1


def _foot(meta: Mapping[str, Any], count: int) -> tuple[str, str]:
    start = int(meta["first"]) + count
    made = [_row(start + offset, [(at, style, text) for at, style, text in cells]) for offset, cells in meta["foot"]]
    merges = [
        f'<mergeCell ref="{column_letters(left)}{start + top}:{column_letters(right)}{start + bottom}"/>'
        for top, left, bottom, right in meta["merges"]
    ]
    return "".join(made), "".join(merges)


def _row(number: int, cells: Sequence[tuple[int, int, Value]]) -> str:
    return f'<row r="{number}">{"".join(_cell(number, *cell) for cell in cells)}</row>'


def _cell(number: int, at: int, style: int, value: Value) -> str:
    where = f'<c r="{column_letters(at)}{number}" s="{style}"'
    if value is None or value == "":
        return f"{where}/>"
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            raise ValueError(f"第 {number} 行的文字过长，Excel 单元格放不下。")
        return f'{where} t="inlineStr"><is><t xml:space="preserve">{escape(value.translate(_UNSEEN))}</t></is></c>'
    return f"{where}><v>{value}</v></c>"


def _put(content: bytes, rows: str) -> bytes:
    before, end, after = content.rpartition(_END)
    if not end:
        raise ValueError("模板里没有放数据的位置，请重新登记模板。")
    return before + rows.encode() + end + after


def _merged(content: bytes, merges: str) -> bytes:
    if not merges:
        return content
    for empty in (b"<mergeCells />", b"<mergeCells/>"):
        content = content.replace(empty, b"<mergeCells></mergeCells>")
    return content.replace(b"</mergeCells>", merges.encode() + b"</mergeCells>")
