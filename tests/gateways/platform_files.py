"""Exports of the provincial platform as a township gets them: a merged title, its own headings, numbers as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.gateways.ledger_files import book, number
from yimen.casework.awards.ledgers.entries import LedgerRow
from yimen.casework.monthclose.platform import listing

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


def _lines(township: str, month: str) -> list[list[Any]]:
    found = list(listing.standing(township, month)[:60])
    return [_told(at, row) for at, row in enumerate(listing.month_rows(found, full=True), 1)]


def agreeing(township: str, month: str) -> bytes:
    """Our own month as the platform has it, without any difference."""
    return export(_lines(township, month))


def of_month(township: str, month: str) -> bytes:
    """Our own month as the platform has it, with a difference of every kind in the first rows and one household too many."""
    lines = _lines(township, month)
    # Every programme can be told apart by how it stands, so that the smallest stock has a difference too.
    lines[0][KEYS.index("standing")] = "暂停"
    if len(lines) > 4:
        lines[0][KEYS.index("amount")] = "1.00"
        lines[1][KEYS.index("account")] = "9900000000000001234"
        lines[2][KEYS.index("identity")] = float(lines[2][KEYS.index("identity")][:17]) * 10
        del lines[3]
    stranger = list(lines[-1])
    stranger[KEYS.index("name")], stranger[KEYS.index("identity")] = "罗某某", number(977)
    stranger[KEYS.index("account")] = ""
    return export([*lines, stranger])


def _told(at: int, row: listing.MonthRow) -> list[Any]:
    told = row.told
    return [
        at, f"JT{at:06d}", told["programme"], told["village"], told["head_name"], told["head_identity"], told["urban"],
        told["category"], told["persons"], told["amount"].replace(",", ""), told["supplement"].replace(",", ""),
        told["account"], told["start_month"], told["standing"],
    ]  # fmt: skip
