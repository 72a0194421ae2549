"""The tables of the monthly returns, as pages and workbooks show them: every figure with the households behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from yimen.casework.reports.monthly import Key, Monthly
from yimen.casework.reports.official import Return
from yimen.desks.shared.shapes import Block, Cell, Column, Empty, Fact, Row, Table
from yimen.law.aftercare.movement import Movement, Standing
from yimen.law.ledger import SHORT
from yimen.law.money import show as yuan
from yimen.law.statistics import TOTALS, Counted, StopCause, TableRow
from yimen.law.terms import Programme

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
    """Figures of several townships open nothing: those of each one do."""
    return ""


def official_table(found: Return, opens: Opens) -> Table:
    """社会救助基本情况统计表 of the month."""
    return Table(OFFICIAL, [_official_row(row, counted, opens) for row, counted in found.month.items()], label="本月")


def _official_row(row: TableRow, counted: Counted, opens: Opens) -> Row:
    asked = _FILTER.get(row)
    url = opens({**asked, "standing": str(Standing.DUE)}) if asked and counted.households else ""
    average = "—" if row in TOTALS or counted.average is None else f"{counted.average:,}"
    households = Cell("—") if row is TableRow.RELIEF else Cell(f"{counted.households:,}", url=url)
    return Row([Cell(row.label, strong=row in TOTALS), households, f"{counted.persons:,}", average, counted.spend])


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


_PAID = (Programme.DIBAO, Programme.TEKUN)


def _name(key: Key) -> str:
    programme, urban = key
    where = "城市" if urban else "农村"
    return f"{where}{SHORT[programme]}" if programme in _PAID else f"{SHORT[programme]}（{where}）"


def _asked(key: Key, **more: str) -> dict[str, str]:
    programme, urban = key
    return {"programme": str(programme), "urban": str(int(urban)), **more}


def _line(text: str, counted: Counted, url: str) -> Row:
    return Row([text, Cell(f"{counted.households:,}", url=url), f"{counted.persons:,}", yuan(counted.fen)])


def form_blocks(made: Monthly, opens: Opens) -> list[Block]:
    """The blocks of the township's monthly form, in their order; a block without anything says so."""
    new = [_line(_name(key), each, opens(_asked(key, movement=str(Movement.NEW)))) for key, each in _sorted(made.new)]
    over = [_line(f"{_name(key)}（由其他项目转入）", each, "") for key, each in _sorted(made.came_over)]
    stopped = [
        _line(f"{_name(key)}　{cause.label}", each, opens(_asked(key, gone="yes")))
        for (key, cause), each in sorted(
            made.stopped.items(), key=lambda item: (_order(item[0][0]), list(StopCause).index(item[0][1]))
        )
    ]
    changed = [
        _line(f"{_name(key)}　{movement.label}", each, opens(_asked(key, movement=str(movement))))
        for (key, movement), each in sorted(
            made.changed.items(), key=lambda item: (_order(item[0][0]), list(Movement).index(item[0][1]))
        )
    ]
    return [
        _block("新增", "一户从一个项目转到另一个项目的，在转入的项目只算转入，在转出的项目只算转为其他项目。", [*new, *over], "没有新增。"),
        _block("停发，按原因", "每月（元）是停发以前每月的金额。", stopped, "没有停发。"),
        _block("变动", "人数、金额是比上月多（少）的。", changed, "没有变动。"),
        Block("发放", table=_money_table(made),
              facts=[Fact("发放不成功", f"{made.failed} 笔"), Fact("补发", f"{made.again} 笔")]),
        Block("人员", facts=[Fact("女性", f"{made.women} 人"), Fact("60周岁以上", f"{made.aged} 人"),
                             Fact("未成年人", f"{made.minors} 人")], note="按当月最后一天的周岁，一人只算一次。"),
    ]  # fmt: skip


def _sorted(found: Mapping[Key, Any]) -> list[tuple[Key, Any]]:
    return sorted(found.items(), key=lambda item: _order(item[0]))


def _order(key: Key) -> tuple[int, bool]:
    return list(Programme).index(key[0]), not key[1]


def _block(title: str, note: str, rows: Sequence[Row], empty: str) -> Block:
    return Block(title, note, table=Table(_FORM, rows, label=title)) if rows else Block(title, text=empty)


def _money_table(made: Monthly) -> Table:
    """What is paid by the month; a recognition alone brings no money."""
    rows = [_money_row(key, each) for key, each in _sorted(made.money) if key[0] in _PAID]
    return Table(_MONEY, rows, label="发放", empty=Empty("本月没有发放。"))


def _money_row(key: Key, money: Any) -> Row:
    due = money.base_fen + money.supplement_fen
    amounts = (money.base_fen, money.supplement_fen, due, money.paid_fen)
    return Row([_name(key), f"{money.households:,}", f"{money.persons:,}", *(yuan(fen) for fen in amounts)])


def opener(address: str) -> Opens:
    """The frozen rows of one close, filtered."""
    return lambda asked: f"{address}?{urlencode(asked)}"
