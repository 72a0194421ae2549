"""Exports of the provincial platform as a township gets them: a merged title, its own headings, numbers as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.gateways.ledger_files import book
from yimen.casework.awards.ledgers.entries import LedgerRow

HEADS = (
    "序号", "家庭编码", "救助项目", "所属村（居）委会", "户主姓名", "户主身份证号码", "城乡类别", "保障类别", "保障人数", "月保障金额",
    "分类施保金", "银行账号", "起始月份", "在保状态",
)  # fmt: skip
KEYS = (
    "serial", "their_number", "programme", "village", "name", "identity", "urban", "category", "persons", "amount",
    "supplement", "account", "month", "standing",
)  # fmt: skip
PROGRAMMES = {
    "dibao": "最低生活保障",
    "tekun": "特困人员救助供养",
    "edge": "低保边缘家庭",
    "rigid_expenditure": "刚性支出困难家庭",
}


def line(serial: int, row: LedgerRow, **planted: Any) -> list[Any]:
    """A household of a ledger as the platform has it, with what is planted in it."""
    facts: dict[str, Any] = {
        "serial": serial, "their_number": f"JT{serial:06d}", "programme": PROGRAMMES[str(row.programme)],
        "village": row.village_name, "name": row.people[0].name, "identity": row.people[0].identity,
        "urban": "农村" if row.urban is False else "城镇", "category": f"{row.category}类" if row.category else "",
        "persons": sum(person.covered for person in row.people), "amount": row.monthly_fen / 100, "supplement": 0,
        "account": row.account, "month": row.start_month, "standing": "正常",
    }  # fmt: skip
    return [{**facts, **planted}[key] for key in KEYS]


def export(
    lines: Sequence[Sequence[Any]], heads: Sequence[Any] = HEADS, title: str = "青禾街道社会救助对象明细"
) -> bytes:
    """One sheet with a title over its head and a sum under its rows."""
    foot = ["", "合计", *[""] * (len(heads) - 2)]
    merges = [(0, 0, 0, len(heads) - 1, title)]
    return book(("救助对象", [[title], list(heads), *lines, foot]), merges=merges)


def planted(rows: Sequence[LedgerRow], plants: Mapping[int, Mapping[str, Any]], without: Sequence[int] = ()) -> bytes:
    """The platform's file of these households: ``plants`` by place, those of ``without`` left out."""
    made = [line(at + 1, row, **plants.get(at, {})) for at, row in enumerate(rows) if at not in without]
    return export(made)
