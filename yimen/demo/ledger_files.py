"""Ledgers as a township keeps them in Excel: a merged title, a row for each household, numbers as text; and a bad one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.demo.places import TOWNSHIPS
from yimen.law.identity import check_character
from yimen.law.ledger import SEPARATOR, named_members
from yimen.law.terms import Relation

STRIP = "演示数据，均为虚构"
HEADS = (
    "序号", "村（社区）", "组别", "户主姓名", "户主身份证号", "家庭成员姓名", "家庭成员身份证号", "保障人数", "不保障成员",
    "保障类别", "月保障金额（元）", "起始月份", "下次复核日期", "开户银行", "银行账号",
)  # fmt: skip
_WIDTHS = (6, 14, 8, 12, 22, 30, 44, 10, 12, 10, 16, 12, 14, 20, 24)
# A fixed day, so that the same rows are the same bytes.
_WRITTEN = datetime(2025, 10, 1, tzinfo=UTC)
Line = list[Any]


@dataclass
class _Book:
    """One sheet being written."""

    title: str

    def __post_init__(self) -> None:
        self.target = BytesIO()
        self.book = xlsxwriter.Workbook(self.target, {"in_memory": True})
        self.book.set_properties({"created": _WRITTEN, "title": self.title})
        self.sheet = self.book.add_worksheet("在保台账")
        bold = self.book.add_format({"bold": True, "align": "center", "font_size": 14})
        self.sheet.merge_range(0, 0, 0, len(HEADS) - 1, self.title, bold)
        self.sheet.write_string(1, 0, f"{STRIP}。单位：元、人、户")
        for column, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
            self.sheet.write_string(2, column, head)
            self.sheet.set_column(column, column, width)
        self.sheet.set_footer(f"&L{STRIP}")
        self.sheet.freeze_panes(3, 0)

    def fill(self, lines: Sequence[Line]) -> bytes:
        for at, line in enumerate(lines, 3):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    self.sheet.write_string(at, column, value)
                elif value is not None:
                    self.sheet.write_number(at, column, value)
        self.book.close()
        return self.target.getvalue()


def _line(number: int, row: LedgerRow) -> Line:
    others = row.people[1:]
    return [
        number,
        row.village_name,
        row.group,
        row.head_name,
        row.people[0].identity,
        named_members([(one.name, one.relation) for one in others]),
        SEPARATOR.join(one.identity for one in others),
        sum(one.covered for one in row.people),
        SEPARATOR.join(one.name for one in row.people if not one.covered),
        row.category,
        row.monthly_fen // 100,
        row.start_month,
        row.recertify_on,
        row.bank,
        row.account,
    ]


def ledger(township: str, month: str, rows: Sequence[LedgerRow]) -> bytes:
    """The ledger of a township."""
    return _Book(f"{township}最低生活保障在保家庭台账（{month}）").fill(
        [_line(number, row) for number, row in enumerate(rows, 1)]
    )


# -- the two samples -----------------------------------------------------------------------


def _number(serial: int, born: str) -> str:
    head = f"990101{born}{serial:03d}"
    return head + check_character(head)


def _family(serial: int, name: str, born: str, **facts: Any) -> LedgerRow:
    code, _, _, villages = TOWNSHIPS[0]
    at = serial % len(villages)
    others = facts.pop("others", ())
    plain: dict[str, Any] = {"category": "B", "monthly_fen": 52000, "start_month": "2026-05", "group": "3组"}
    return LedgerRow(
        place=f"第{serial}行",
        village=f"{code}{at + 1:03d}",
        village_name=villages[at],
        people=(LedgerPerson(name, _number(100 + serial, born)), *others),
        bank="示例农村商业银行",
        account=f"99009900{serial:011d}",
        **{**plain, **facts},
    )


def _clean_rows() -> list[LedgerRow]:
    son = LedgerPerson("宋家宝", _number(611, "20150608"), Relation.CHILD)
    wife = LedgerPerson("姜玉兰", _number(622, "19580220"), Relation.SPOUSE)
    return [
        _family(1, "施桂兰", "19510311", category="A", monthly_fen=69000),
        _family(2, "宋长顺", "19830527", monthly_fen=88000, others=(son,)),
        _family(3, "鲍文海", "19551102", category="C", monthly_fen=64000, others=(wife,)),
        _family(4, "热西提·吾守尔", "19620719", category="A", monthly_fen=65000),
        _family(5, "郎素芝", "19480105", monthly_fen=43000, start_month="2024年3月"),
    ]


def clean() -> bytes:
    """A small ledger of 青禾街道 without a fault: everything in it is new and can be taken over."""
    return ledger(TOWNSHIPS[0][1], "示例", _clean_rows())


def faulty() -> bytes:
    """A ledger with the faults that ledgers have; each is named by the preview, none is guessed."""
    good = _clean_rows()
    lines = [_line(number, row) for number, row in enumerate(good, 1)]
    lines[0][4] = int(good[0].people[0].identity[:17]) * 10.0  # a number that Excel has cut
    last = lines[1][4][-1]
    lines[1][4] = lines[1][4][:-1] + ("1" if last != "1" else "2")  # wrong check digit
    lines[2][1] = "幸福里社区"  # no such community here
    lines[3][4] = "990101620719104"  # fifteen digits
    subtotal = [None, "小计", None, None, None, None, None, 7, None, None, 3180]
    right = _line(6, _family(6, "邢福全", "19590930"))
    twice = [7, *lines[4][1:]]
    total = [None, "合计", None, None, None, None, None, 9, None, None, 4130]
    title = f"{TOWNSHIPS[0][1]}最低生活保障在保家庭台账（旧表）"
    return _Book(title).fill([*lines, subtotal, [], right, twice, total])
