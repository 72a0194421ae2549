"""The tables of the monthly returns, as pages and workbooks show them: every figure with the households behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from yimen.casework.reports import lines
from yimen.casework.reports.lines import Line, Single
from yimen.casework.reports.monthly import Money, Monthly
from yimen.casework.reports.official import Return
from yimen.desks.shared.shapes import Block, Cell, Column, Empty, Fact, Row, Table
from yimen.law.aftercare.movement import Standing
from yimen.law.money import show as yuan
from yimen.law.statistics import TOTALS, Counted, TableRow

Opens = Callable[[Mapping[str, str]], str]
"""The address of the frozen households with these filters; empty where there is none."""

OFFICIAL = [
    "项目",
    *(Column(text, numeric=True) for text in ("户", "人（人次）", "补助水平（元）", "整体支出（万元）")),
]
_YEAR = ["项目", Column("累计人次", numeric=True), Column("累计支出（万元）", numeric=True)]
_BESIDE = [
    "项目",
    *(Column(text, numeric=True) for text in ("户", "与前月比", "人（人次）", "与前月比", "支出（万元）", "与前月比")),
]
_FORM = ["项目", *(Column(text, numeric=True) for text in ("户", "人", "每月（元）"))]
_MONEY = [
    "项目",
    *(
        Column(text, numeric=True)
        for text in ("户", "人", "基本（元）", "分类施保（元）", "应发（元）", "银行已发（元）")
    ),
]
_SINGLE = ["项目", Column("数", numeric=True)]
_LATER = ["更正（所涉及的月份）", Column("户", numeric=True), Column("金额（元）", numeric=True)]
AVERAGE_NOTE = "补助水平 = 整体支出（万元，两位小数）× 10000 ÷ 人数，四舍五入到元，按人计算。"
YEAR_NOTE = "一年里只有支出和临时救助的人次可以相加；户数、人数不累计。"
_FILTER = {
    TableRow.DIBAO_URBAN: {"programme": "dibao", "urban": "1"},
    TableRow.DIBAO_RURAL: {"programme": "dibao", "urban": "0"},
    TableRow.TEKUN_URBAN: {"programme": "tekun", "urban": "1"},
    TableRow.TEKUN_RURAL: {"programme": "tekun", "urban": "0"},
    TableRow.DIBAO: {"programme": "dibao"},
    TableRow.TEKUN: {"programme": "tekun"},
}


def nowhere(asked: Mapping[str, str]) -> str:
    """Of a month that nobody has filed, nothing opens."""
    return ""


def official_table(found: Return, opens: Opens) -> Table:
    """社会救助基本情况统计表 of the month."""
    return Table(OFFICIAL, [_official_row(row, counted, opens) for row, counted in found.month.items()], label="本月")


def _official_row(row: TableRow, counted: Counted, opens: Opens) -> Row:
    asked = _FILTER.get(row)
    url = opens({**asked, "standing": str(Standing.DUE)}) if asked and counted.households else ""
    average = "—" if row in TOTALS or counted.average is None else f"{counted.average:,}"
    households = Cell("—") if row is TableRow.RELIEF else Cell(f"{counted.households:,}", url=url)
    persons, spend = Cell(f"{counted.persons:,}", url=url), Cell(counted.spend, url=url)
    return Row([Cell(row.label, strong=row in TOTALS), households, persons, average, spend])


def year_table(found: Return) -> Table:
    """What adds up over the year so far."""
    rows = [
        Row([row.label, f"{counted.persons:,}" if row is TableRow.RELIEF else "—", counted.spend])
        for row, counted in found.year.items()
    ]
    return Table(_YEAR, rows, label="累计")


def beside(now: Return, before: Return) -> Table:
    """Two months side by side."""
    rows = []
    for row, counted in now.month.items():
        then = before.month[row]
        rows.append(
            Row(
                [
                    row.label, f"{counted.households:,}", _signed(counted.households - then.households),
                    f"{counted.persons:,}", _signed(counted.persons - then.persons),
                    counted.spend, _signed_spend(counted.hundredths - then.hundredths),
                ]
            )
        )  # fmt: skip
    return Table(_BESIDE, rows, label=f"与 {before.of} 比")


def _signed(number: int) -> str:
    return f"{number:+,}" if number else "0"


def _signed_spend(hundredths: int) -> str:
    sign = "-" if hundredths < 0 else "+"
    whole, rest = divmod(abs(hundredths), 100)
    return f"{sign}{whole:,}.{rest:02d}" if hundredths else "0.00"


def recognised(found: Return) -> list[Fact]:
    """Recognitions, which have no monthly spend (R11)."""
    return [
        Fact(programme.label, f"{counted.households:,} 户 {counted.persons:,} 人", note="只有认定，没有按月的支出")
        for programme, counted in sorted(found.recognised.items())
    ]


# -- the township's form -----------------------------------------------------------------------


def form_blocks(made: Monthly, opens: Opens) -> list[Block]:
    """The blocks of the township's monthly form, in their order; a block without anything says so."""
    return [
        _block("新增", lines.NEW_NOTE, lines.new(made), opens, "没有新增。"),
        _block("停发，按原因", lines.STOPPED_NOTE, lines.stopped(made), opens, "没有停发。"),
        _block("变动", lines.CHANGED_NOTE, lines.changed(made), opens, "没有变动。"),
        Block("发放", table=_money_table(made, opens)),
        _singles("发放结果", "", lines.payments(made), opens),
        _later(made, opens),
        _singles("人员", lines.PEOPLE_NOTE, lines.people(made), opens),
        _singles("渐退、比对、会议", lines.WORKED_NOTE, lines.work(made), opens),
    ]


def _line(line: Line, opens: Opens) -> Row:
    counted = line.counted
    url = opens(line.asked) if line.asked else ""
    figures = (f"{counted.households:,}", f"{counted.persons:,}", yuan(counted.fen))
    return Row([line.text, *(Cell(figure, url=url) for figure in figures)])


def _block(title: str, note: str, found: Sequence[Line], opens: Opens, empty: str) -> Block:
    if not found:
        return Block(title, text=empty)
    return Block(title, note, table=Table(_FORM, [_line(each, opens) for each in found], label=title))


def _singles(title: str, note: str, found: Sequence[Single], opens: Opens) -> Block:
    rows = [Row([each.text, Cell(each.value, url=opens(each.asked) if each.asked else "")]) for each in found]
    return Block(title, note, table=Table(_SINGLE, rows, label=title))


def _later(made: Monthly, opens: Opens) -> Block:
    rows = [
        Row([each.text, Cell(f"{each.counted.households:,}", url=opens(each.asked)), yuan(each.counted.fen)])
        for each in lines.later(made)
    ]
    if not rows:
        return Block("以前月份的更正", text="本月没有更正以前月份。")
    return Block("以前月份的更正", lines.LATER_NOTE, table=Table(_LATER, rows, label="以前月份的更正"))


def _money_table(made: Monthly, opens: Opens) -> Table:
    """What is paid by the month."""
    rows = [_money_row(text, each, opens(asked)) for text, each, asked in lines.money(made)]
    return Table(_MONEY, rows, label="发放", empty=Empty("本月没有发放。"))


def _money_row(text: str, money: Money, url: str) -> Row:
    due = money.base_fen + money.supplement_fen
    amounts = (money.base_fen, money.supplement_fen, due, money.paid_fen)
    figures = (f"{money.households:,}", f"{money.persons:,}", *(yuan(fen) for fen in amounts))
    return Row([text, *(Cell(figure, url=url) for figure in figures)])


def opener(address: str) -> Opens:
    """The frozen rows of one close, filtered."""
    return lambda asked: f"{address}?{urlencode(asked)}"
