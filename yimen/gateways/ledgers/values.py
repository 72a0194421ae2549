"""What a household's own cells say, each told once; and which of them a ledger of each kind is asked for."""

from __future__ import annotations

import re
from typing import Any

from yimen.gateways.ledgers import cells
from yimen.gateways.ledgers.cells import BadCell, shown
from yimen.gateways.ledgers.heads import FIELDS
from yimen.gateways.ledgers.rows import Household
from yimen.law.ledger import RECOGNISED
from yimen.law.money import show
from yimen.law.terms import Programme

_PHONE = re.compile(r"\+?[\d-]{7,16}")
_MONEY = frozenset({"amount", "basic", "care"})
_ADDED_UP = "月供养金合计"


def facts_of(read: Values, programme: Programme, *, cut: bool) -> dict[str, Any]:
    """The facts of a row by programme, under the names of LedgerRow."""
    facts = {
        "group": read.value("group", cells.text, "", optional=True),
        "address": read.value("address", cells.text, "", optional=True),
        "phone": read.phone(),
        "recertify_on": read.value("recertify_on", cells.day, "", optional=True),
    }
    if programme in RECOGNISED:
        return facts | _recognition(read, programme)
    facts |= {
        "start_month": read.value("start_month", cells.month, ""),
        "bank": read.value("bank", cells.text, "", optional=True),
        "holder": read.value("holder", cells.name, "", optional=True),
        "account": read.account(cut=cut),
    }
    if programme is Programme.TEKUN:
        return facts | _tekun(read)
    return facts | {
        "category": read.value("category", cells.category, ""),
        "monthly_fen": read.value("amount", cells.amount, 0),
    }


def _recognition(read: Values, programme: Programme) -> dict[str, Any]:
    day = read.value("recognised_on", cells.day, "")
    optional = programme is not Programme.RIGID_EXPENDITURE
    return {
        "category": "",
        "monthly_fen": 0,
        "recognised_on": day,
        "start_month": day[:7],
        "valid_to": read.value("valid_to", cells.until, "", optional=optional),
    }


def _tekun(read: Values) -> dict[str, Any]:
    basic = read.value("basic", cells.part, None, optional=True)
    care = read.value("care", cells.part, None, optional=True)
    both = basic is not None and care is not None
    total = read.value("amount", cells.amount, 0, optional=both)
    if both and total and basic + care != total:
        told = f"基本生活费 {show(basic)} 元加照料护理费 {show(care)} 元是 {show(basic + care)} 元"
        read.household.wrong(_ADDED_UP, f"{told}，合计写的是 {show(total)} 元，请核对。")
    return {
        "category": "",
        "monthly_fen": total or ((basic or 0) + (care or 0) if both else 0),
        "basic_fen": basic if both else None,
        "care_fen": care if both else None,
        "support_form": read.value("support_form", cells.support_form, ""),
        "self_care": read.value("self_care", cells.level, ""),
        "institution": read.value("institution", cells.text, "", optional=True)[:60],
        "urban": read.value("urban", cells.urban, None, optional=True),
    }


class Values:
    """The household's own cells, each told once."""

    def __init__(self, household: Household) -> None:
        self.household = household
        self.remarks: list[str] = []
        self.village_name = ""

    def text(self, name: str) -> str:
        written = self.household.written.get(name)
        return shown(written[0]) if written else ""

    def value(self, name: str, read: Any, empty: Any, *, optional: bool = False) -> Any:
        """The value of a field; a fault is noted with its column, and a cell told twice differently is one."""
        written = self.household.written.get(name, [])
        if not written:
            if not optional:
                self.household.wrong(FIELDS[name], f"没有填写{FIELDS[name]}，请补上。")
            return empty
        try:
            values = list(dict.fromkeys(read(cell) for cell in written))
        except BadCell as bad:
            self.household.wrong(FIELDS[name], str(bad))
            return empty
        if len(values) > 1:
            told = "、".join(show(value) if name in _MONEY else _told(name, value) for value in values[:3])
            self.household.wrong(FIELDS[name], f"同一户的{FIELDS[name]}写得不一样（{told}），请只写本户的一个。")
            return empty
        if name == "amount" and len(written) > 1:
            self.remarks.append(f"金额在 {len(written)} 行各写一遍，按户金额 {show(values[0])} 元计。")
        return values[0]

    def account(self, *, cut: bool) -> str:
        """The account; one that ends as Excel cuts is refused where others of the file were cut, else pointed out."""
        number = str(self.value("account", cells.account, "", optional=True))
        if cells.looks_cut(number):
            if cut:
                self.household.wrong(FIELDS["account"], cells.CUT_ACCOUNT)
                return ""
            self.remarks.append("银行账号第 15 位以后全是 0，请与存折或银行卡核对。")
        return number

    def phone(self) -> str:
        """The telephone; what is none is left out with a remark."""
        plain = re.sub(r"\s", "", self.text("phone"))
        if plain and not _PHONE.fullmatch(plain):
            self.remarks.append("联系电话不像电话号码，没有导入。")
            return ""
        return plain


def _told(name: str, value: Any) -> str:
    return f"尾号 {value[-4:]}" if name == "account" else str(value)[:20]
