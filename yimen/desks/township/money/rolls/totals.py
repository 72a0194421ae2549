"""Sums of a roll by programme, urban and rural: in full for its page, brief beside a form."""

from __future__ import annotations

from typing import Any

from yimen.base.access.officer import Officer
from yimen.casework.payments import roll_reading as reading
from yimen.desks.shared.shapes import Column, Empty, Row, Table
from yimen.law.ledger import SHORT
from yimen.law.money import show as yuan
from yimen.law.terms import Programme


def numbers(*words: str) -> list[Column]:
    """Heads of columns of numbers."""
    return [Column(text, numeric=True) for text in words]


_TOTALS: list[Column | str] = [
    "项目", "城乡", *numbers("户数", "人数", "保障金（元）", "分类施保（元）", "加发（元）", "补发（元）", "扣回（元）", "合计（元）"),
]  # fmt: skip


def money(fen: int) -> str:
    """An amount in yuan; a dash for nothing."""
    return yuan(fen) if fen else "—"


def totals_table(officer: Officer, roll: Any) -> Table:
    """Sums by programme, urban and rural, with the whole at the foot."""
    found = reading.totals(officer, roll)
    rows = [
        Row([Programme(row["programme"]).label, "城市" if row["urban"] else "农村", row["households"], row["people"],
             *(money(row[f"sum_{name}"]) for name in reading.SUMS)])
        for row in found
    ]  # fmt: skip
    whole = [sum(row[name] for row in found) for name in ("households", "people")]
    sums = [money(sum(row[f"sum_{name}"] for row in found)) for name in reading.SUMS]
    foot = Row(["合计", "", *whole, *sums]) if rows else None
    return Table(_TOTALS, rows, label="合计", empty=Empty("名册里没有要发放的家庭。"), foot=foot)


def brief_totals(officer: Officer, roll: Any) -> Table:
    """The same in four columns, for the side of a form."""
    rows = [
        Row([f"{SHORT[Programme(row['programme'])]}（{'城市' if row['urban'] else '农村'}）", row["households"], row["people"],
             yuan(row["sum_total_fen"])])
        for row in reading.totals(officer, roll)
    ]  # fmt: skip
    return Table(["项目", *numbers("户", "人", "元")], rows, label="合计", empty=Empty("没有要发放的家庭。"))
