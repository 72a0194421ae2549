"""Reading a bank's answer in the limited child process: the layout lies beside the file. No Django, no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from yimen.base.files.readers import cell_text, inspect_archive
from yimen.base.files.refusals import BadFile
from yimen.gateways.bank.reading import ROW, Answers, read_text, reader_of, take
from yimen.law.payments.bank_layout import Layout
from yimen.law.payments.bank_terms import BankField, FileKind, ReturnFault

LAYOUT = "layout.json"
ROWS, COLUMNS = 200_000, 60
_CUT = 10**15


def read(path: str) -> dict[str, Any]:
    """What the file at ``path`` answers, by the layout in ``layout.json`` beside it."""
    place = Path(path)
    layout = Layout.of(json.loads(place.with_name(LAYOUT).read_text("utf-8")))
    if layout.kind is FileKind.EXCEL:
        return _read_workbook(layout, path).plain()
    data = place.read_bytes()
    if data.startswith(b"PK\x03\x04") or b"\x00" in data[:4096]:
        raise BadFile("这不是文本文件。模板写的是文本，请核对选的文件，或改用 Excel 模板。")
    return read_text(layout, data).plain()


def _read_workbook(layout: Layout, path: str) -> Answers:
    inspect_archive(path)
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    height, width = (last + 1 for last in sheet.end or (-1, -1))
    if height > ROWS or width > COLUMNS:
        raise BadFile(f"工作表有 {height} 行、{width} 列，超过 {ROWS} 行或 {COLUMNS} 列，请删去多余的行列。")
    found, amount = Answers(), reader_of(layout)
    at = {column.field: place for place, column in enumerate(layout.columns)}
    places = [at.get(wanted) for wanted in ROW]
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        if (layout.titles and number == 1) or not any(str(cell).strip() for cell in row):
            continue
        if len(row) < len(layout.columns):
            found.fault(
                number, ReturnFault.UNREADABLE, f"第 {number} 行有 {len(row)} 列，模板是 {len(layout.columns)} 列。"
            )
            continue
        if _is_cut(row, at.get(BankField.ACCOUNT)):
            sentence = f"第 {number} 行的账号是数字格式，超过 15 位的部分已被 Excel 改掉。请向银行取得文本格式的文件。"
            found.fault(number, ReturnFault.UNREADABLE, sentence)
        take(found, number, [cell_text(row[place]).strip() if place is not None else "" for place in places], amount)
    if not found.rows and not found.faults:
        found.fault(0, ReturnFault.TRUNCATED, "工作表里没有一行答复。")
    return found


def _is_cut(row: list[Any], place: int | None) -> bool:
    return place is not None and isinstance(row[place], int | float) and row[place] >= _CUT
