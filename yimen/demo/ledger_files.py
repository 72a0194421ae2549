"""Ledgers as a township keeps them in Excel: a merged title, a row for each household, numbers as text; and a bad one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.demo.places import TOWNSHIPS
from yimen.law.calendar import add_months, today
from yimen.law.identity import check_character
from yimen.law.ledger import RECOGNISED, RURAL, SEPARATOR, URBAN, named_members
from yimen.law.terms import Programme, Relation, SelfCare, SupportForm

STRIP = "演示数据，均为虚构"
_DIBAO = (
    "序号", "村（社区）", "组别", "户主姓名", "户主身份证号", "家庭成员姓名", "家庭成员身份证号", "保障人数", "不保障成员",
    "保障类别", "月保障金额（元）", "起始月份", "下次复核日期", "开户银行", "银行账号",
)  # fmt: skip
_TEKUN = (
    "序号", "村（社区）", "组别", "特困人员姓名", "身份证号", "城乡类别", "供养方式", "自理能力", "供养机构", "基本生活费（元）",
    "照料护理费（元）", "月供养金合计（元）", "起始月份", "下次复核日期", "开户人", "开户银行", "银行账号",
)  # fmt: skip
_EDGE = (
    "序号", "村（社区）", "组别", "户主姓名", "户主身份证号", "家庭成员姓名", "家庭成员身份证号", "认定人数", "认定日期", "有效期至",
    "下次复核日期",
)  # fmt: skip
HEADS: dict[Programme, tuple[str, ...]] = {
    Programme.DIBAO: _DIBAO, Programme.TEKUN: _TEKUN, Programme.EDGE: _EDGE, Programme.RIGID_EXPENDITURE: _EDGE[:-1],
}  # fmt: skip
TITLES = {
    Programme.DIBAO: "最低生活保障在保家庭台账",
    Programme.TEKUN: "特困人员救助供养台账",
    Programme.EDGE: "最低生活保障边缘家庭台账",
    Programme.RIGID_EXPENDITURE: "刚性支出困难家庭台账",
}
_WIDE = {"家庭成员姓名": 30, "家庭成员身份证号": 44, "自理能力": 24, "银行账号": 24, "开户银行": 20, "供养机构": 18}
# A fixed day, so that the same rows are the same bytes.
_WRITTEN = datetime(2025, 10, 1, tzinfo=UTC)
Line = list[Any]


@dataclass
class _Book:
    """One sheet being written; at ``path`` row by row, however long it is."""

    title: str
    heads: Sequence[str] = _DIBAO
    path: str = ""

    def __post_init__(self) -> None:
        self.target = BytesIO()
        kept = {"constant_memory": True} if self.path else {"in_memory": True}
        self.book = xlsxwriter.Workbook(self.path or self.target, kept)
        self.book.set_properties({"created": _WRITTEN, "title": self.title})
        self.sheet = self.book.add_worksheet("在保台账")
        bold = self.book.add_format({"bold": True, "align": "center", "font_size": 14})
        self.sheet.merge_range(0, 0, 0, len(self.heads) - 1, self.title, bold)
        self.sheet.write_string(1, 0, f"{STRIP}。单位：元、人、户")
        for column, head in enumerate(self.heads):
            width = _WIDE.get(head, 22 if "身份证号" in head else max(6, 2 * len(head) + 2))
            self.sheet.write_string(2, column, head)
            self.sheet.set_column(column, column, width)
        self.sheet.set_footer(f"&L{STRIP}")
        self.sheet.freeze_panes(3, 0)

    def fill(self, lines: Iterable[Line]) -> bytes:
        for at, line in enumerate(lines, 3):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    self.sheet.write_string(at, column, value)
                elif value is not None:
                    self.sheet.write_number(at, column, value)
        self.book.close()
        return self.target.getvalue()


def _people(row: LedgerRow) -> Line:
    others = row.people[1:]
    return [
        row.head_name,
        row.people[0].identity,
        named_members([(one.name, one.relation) for one in others]),
        SEPARATOR.join(one.identity for one in others),
        sum(one.covered for one in row.people),
    ]


def _line(number: int, row: LedgerRow) -> Line:
    start = [number, row.village_name, row.group]
    kind = Programme(row.programme)
    if kind is Programme.TEKUN:
        return [*start, *_person(row)]
    if kind in RECOGNISED:
        return [
            *start,
            *_people(row),
            row.recognised_on,
            row.valid_to,
            *([row.recertify_on] if kind is Programme.EDGE else []),
        ]
    return [
        *start,
        *_people(row),
        SEPARATOR.join(one.name for one in row.people if not one.covered),
        row.category,
        row.monthly_fen // 100,
        row.start_month,
        row.recertify_on,
        row.bank,
        row.account,
    ]


def _person(row: LedgerRow) -> Line:
    return [
        row.head_name,
        row.people[0].identity,
        URBAN if row.urban else RURAL,
        SupportForm(row.support_form).label,
        SelfCare(row.self_care).label,
        row.institution,
        (row.basic_fen or 0) / 100,
        (row.care_fen or 0) / 100,
        row.monthly_fen / 100,
        row.start_month,
        row.recertify_on,
        row.holder,
        row.bank,
        row.account,
    ]


def ledger(township: str, month: str, rows: Sequence[LedgerRow], kind: Programme = Programme.DIBAO) -> bytes:
    """The ledger of a township."""
    return _Book(f"{township}{TITLES[kind]}（{month}）", HEADS[kind]).fill(
        [_line(number, row) for number, row in enumerate(rows, 1)]
    )


def sheet(title: str, heads: Sequence[str], lines: Sequence[Line]) -> bytes:
    """A sheet with a merged title over its heads; texts stay texts, numbers numbers."""
    return _Book(title, heads).fill(lines)


def long_sheet(path: str, title: str, heads: Sequence[str], lines: Iterable[Line]) -> None:
    """The same as :func:`sheet` in a file, in little memory."""
    _Book(title, heads, path).fill(lines)


# -- the samples -----------------------------------------------------------------------


def number(serial: int, born: str) -> str:
    """An identity number of the impossible area with a right check digit."""
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
        people=(LedgerPerson(name, number(100 + serial, born)), *others),
        bank="示例农村商业银行",
        account=f"99009900{serial:011d}",
        **{**plain, **facts},
    )


def _clean_rows() -> list[LedgerRow]:
    son = LedgerPerson("宋家宝", number(611, "20150608"), Relation.CHILD)
    wife = LedgerPerson("姜玉兰", number(622, "19580220"), Relation.SPOUSE)
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


def tekun() -> bytes:
    """Four people on 特困, three levels, at home and in an institution; the parts of the last do not make its sum."""
    rows = [
        _supported(11, "齐守田", "19490518", SelfCare.ABLE, ""),
        _supported(12, "蔺桂枝", "19430201", SelfCare.PARTLY_LOST, ""),
        _supported(13, "麻有福", "19380917", SelfCare.LOST, "安澜区中心敬老院"),
        _supported(14, "单玉珍", "19520823", SelfCare.ABLE, ""),
    ]
    lines = [_line(number, row) for number, row in enumerate(rows, 1)]
    lines[3][11] += 20
    return _Book(f"{TOWNSHIPS[0][1]}{TITLES[Programme.TEKUN]}（示例）", _TEKUN).fill(lines)


def _supported(serial: int, name: str, born: str, level: SelfCare, institution: str) -> LedgerRow:
    basic = 1040_00 if institution else 944_00
    care = {SelfCare.ABLE: 180_00, SelfCare.PARTLY_LOST: 360_00, SelfCare.LOST: 720_00}[level]
    form = SupportForm.INSTITUTIONAL if institution else SupportForm.AT_HOME
    return _family(
        serial, name, born, category="", monthly_fen=basic + care, basic_fen=basic, care_fen=care, urban=True,
        programme=Programme.TEKUN, self_care=level, support_form=form, institution=institution, holder=institution or name,
    )  # fmt: skip


def edge() -> bytes:
    """Three families on the edge of 低保; the last is a household of the other sample that is on 低保 already."""
    return _recognised(Programme.EDGE, today())


def rigid() -> bytes:
    """Three families with essential expenses; the validity of the last is longer than twelve months."""
    return _recognised(Programme.RIGID_EXPENDITURE, today())


def _recognised(kind: Programme, on: date) -> bytes:
    first = 20 if kind is Programme.EDGE else 30
    day = add_months(on, -3)
    until = "" if kind is Programme.EDGE else str(add_months(day, 12))
    names = ("尹志强", "费春梅", "施桂兰") if kind is Programme.EDGE else ("柏永年", "窦小芳", "左国庆")
    rows = []
    for number, name in enumerate(names, 1):
        facts = {"category": "", "monthly_fen": 0, "programme": kind, "recognised_on": str(day), "valid_to": until}
        rows.append(_family(first + number, name, f"19{70 + number}0{number}15", **facts))
    if kind is Programme.EDGE:
        rows[2] = replace(rows[2], people=_clean_rows()[0].people, village=_clean_rows()[0].village)
        rows[2] = replace(rows[2], village_name=_clean_rows()[0].village_name)
    else:
        rows[2] = replace(rows[2], valid_to=str(add_months(day, 13)))
    return ledger(TOWNSHIPS[0][1], "示例", rows, kind)
