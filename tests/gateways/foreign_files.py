"""A template as another office sends it: merged heads, looks, an old row, a formula, a link, a foot."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from tests.gateways.ledger_files import number
from yimen.base.access.officer import Officer
from yimen.gateways.platform import templates as door
from yimen.law.platform import ForeignList

NAME = "示例旧人"
HEADS = ("序号", "乡镇", "户主", "", "家庭人口", "救助金", "银行账号", "领导批示")


def template() -> bytes:
    """Two rows of head with merges, a coloured look, an old row, a formula, a link outside, a foot with a signature."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet, lists = book.add_worksheet("报送表"), book.add_worksheet("代码")
    lists.write(0, 0, "A类")
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#C6E0B4", "align": "center"})
    cell = book.add_format({"border": 1, "font_name": "仿宋"})
    sheet.merge_range(0, 0, 0, 7, "社会救助对象情况报送表（市级）", bold)
    for at, head in enumerate(HEADS):
        if at != 3:
            sheet.write(1, at, head, bold)
    sheet.merge_range(1, 2, 1, 3, "户主", bold)
    for at, head in enumerate(("", "", "姓名", "身份证号")):
        sheet.write(2, at, head, bold)
    sheet.write_row(3, 0, [1, "别的镇", NAME, number(5), 3, 500, "6217000000000000001"], cell)
    sheet.write_formula(3, 7, '=WEBSERVICE("http://evil.example/")', cell, 0)
    sheet.write(4, 0, 2, cell)
    sheet.write_url(4, 7, "http://evil.example/x")
    sheet.merge_range(5, 0, 5, 1, "合计", cell)
    sheet.write_formula(5, 5, "=SUM(F4:F5)", cell, 500)
    sheet.write(6, 0, "填表人：", cell)
    book.close()
    return target.getvalue()


def registered(officer: Officer, what: ForeignList = ForeignList.AWARDS) -> Any:
    """The template with its columns settled: one heading is unknown and stays blank."""
    data = template()
    [shown] = [one for one in door.sheets_in(data) if one.name == "报送表"]
    assert shown.unknown == ["领导批示"]
    fields = [field or "-" for field in door.for_list(shown.fields, what)]
    fields[4] = "persons"
    return door.register(officer, data, "报送.xlsx", title="市级报送表", what=str(what), sheet="报送表", fields=fields)
