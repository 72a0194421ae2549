"""Ledgers as townships keep them, written with XlsxWriter: texts as texts, numbers as numbers, merged heads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from yimen.gateways.ledgers import parsing, table
from yimen.gateways.ledgers.reading import Ledger, Places, read_ledger
from yimen.gateways.ledgers.table import Grid
from yimen.law.identity import check_character

PLACES = Places("青禾街道", {"站前社区": "990101001001", "梧桐社区": "990101001002", "河畔社区": "990101001003"})
HEADS = ["村（社区）", "户主姓名", "身份证号", "保障人数", "类别", "月保障金额（元）", "起始月份", "银行账号"]


def number(serial: int, born: str = "19600315", area: str = "990101") -> str:
    """An identity number with a right check digit and an impossible area."""
    first = f"{area}{born}{serial:03d}"
    return first + check_character(first)


def row(serial: int, **more: Any) -> list[Any]:
    """A row under HEADS."""
    facts: dict[str, Any] = {
        "village": "站前社区", "name": f"王秀兰{'甲乙丙丁戊己庚辛'[serial % 8]}", "identity": number(serial), "covered": 1,
        "category": "A类", "amount": 450, "month": "2024-03", "account": f"99{serial:017d}",
    }  # fmt: skip
    return list({**facts, **more}.values())


def book(*sheets: tuple[str, Sequence[Sequence[Any]]], merges: Sequence[tuple[int, int, int, int, str]] = ()) -> bytes:
    """A workbook; ``merges`` of the first sheet as (first row, first column, last row, last column, text) from 0."""
    target = BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    for place, (name, rows) in enumerate(sheets):
        page = made.add_worksheet(name)
        for at, line in enumerate(rows):
            for column, value in enumerate(line):
                _put(page, at, column, value, day)
        for merge in merges if place == 0 else ():
            page.merge_range(*merge)
    made.close()
    return target.getvalue()


def _put(page: Any, at: int, column: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        page.write_datetime(at, column, value, day)
    elif isinstance(value, str):
        page.write_string(at, column, value)
    else:
        page.write_number(at, column, value)


def ledger(*rows: Sequence[Any], heads: Sequence[Any] = HEADS) -> bytes:
    """One sheet with its head in the first row."""
    return book(("台账", [heads, *rows]))


def grids(data: bytes, folder: Path) -> list[Grid]:
    """The sheets as the child process reads them, read here."""
    path = folder / "ledger.xlsx"
    path.write_bytes(data)
    return table.grids(parsing.read(str(path)))


def read(data: bytes, folder: Path, *, known_area: bool = False) -> Ledger:
    """The households of all sheets with a head, by the customary wordings."""
    parts = []
    for grid in grids(data, folder):
        head = table.find_head(grid.rows)
        if head:
            parts.append((grid, head, head.fields))
    return read_ledger(parts, PLACES, known_area=known_area)
