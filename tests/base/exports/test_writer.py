"""The one writer of workbooks (K23): what is text stays text, nothing runs, the same content gives the same bytes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from yimen.base.exports.writer import Head, Sheet, display_width, sheet_name, workbook

AT = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
HEADS = [Head("姓名"), Head("身份证号"), Head("月保障金（元）", "money"), Head("起始日", "date"), Head("人数", "whole")]
TRICKS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "  =1+1", "＝1+1", "=cmd|' /C calc'!A0", "{=1}", "http://a.example",
    "0071", "990101195803120028", "6217 0001", "1E+17", "TRUE", "2026-11-24", " 前后 ", "行一\n行二", "a\x01b_x0041_", "𠮷·阿里",
]  # fmt: skip


def book(*rows: list[Any], **more: Any) -> bytes:
    return workbook([Sheet("名册", HEADS, rows, **more)], AT, "王秀兰")


def read(content: bytes, number: int = 0) -> list[list[Any]]:
    found = CalamineWorkbook.from_filelike(BytesIO(content))
    return found.get_sheet_by_name(found.sheet_names[number]).to_python()


def part(content: bytes, name: str) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("text", TRICKS)
def test_text_stays_text_in_every_kind_of_column(text: str) -> None:
    content = book([text, text, text, text, text])
    assert read(content)[1] == [text] * 5
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet and sheet.count('t="s"') == 10


def test_dates_and_amounts_are_what_they_are() -> None:
    day = dt.date(2026, 11, 22)
    content = book(["王秀兰", "990101195803120028", Decimal("1062.50"), day, 3])
    assert read(content)[1] == ["王秀兰", "990101195803120028", 1062.5, day, 3]
    assert "#,##0.00" in part(content, "xl/styles.xml") and "yyyy-mm-dd" in part(content, "xl/styles.xml")


def test_the_sheet_is_ready_to_work_with_and_to_print() -> None:
    sheet = part(
        book(["甲", "", None, None, 1], foot=["合计", "", Decimal("0.00"), None, 1]), "xl/worksheets/sheet1.xml"
    )
    assert 'state="frozen"' in sheet and '<autoFilter ref="A1:E2"/>' in sheet
    assert 'orientation="landscape"' in sheet and 'paperSize="9"' in sheet and 'fitToHeight="0"' in sheet
    assert "Print_Titles" in part(book(), "xl/workbook.xml")


def test_the_same_content_gives_the_same_bytes() -> None:
    assert book(["甲", "乙", 1, None, 2]) == book(["甲", "乙", 1, None, 2])


def test_what_no_sheet_can_hold_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="第 2 行的文字过长"):
        book(["长" * 33_000, "", None, None, 1])
    with pytest.raises(ValueError, match="列数与表头不同"):
        book(["甲"])


def test_names_and_widths() -> None:
    assert (
        sheet_name("在保/名册[1]:*?") == "在保－名册－1－－－－"
        and sheet_name("'") == "表"
        and len(sheet_name("长" * 40)) == 31
    )
    assert display_width("王a") == 3
    assert read(workbook([Sheet("说明", pairs=[("名单", "=1"), ("行数", "2")])], AT)) == [["名单", "=1"], ["行数", "2"]]
