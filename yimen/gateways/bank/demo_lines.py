"""Invented lines on which a template is tried: a rare name, a name with a dot, a long account, amounts with and without fen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yimen.law.payments.bank_layout import BankLayouts
from yimen.law.payments.bank_terms import BankField

_PEOPLE = (
    ("王秀兰", "9901010000000018", "990101196203150024", 106_200, "dibao", "urban"),
    ("阿依努尔·买买提", "9901010000000000026", "990101198804120030", 35_050, "dibao", "rural"),
    ("李㐂田", "990101000000000034", "990101195101010017", 98_001, "tekun", "rural"),
)
CONTROLS: dict[BankField, Any] = {
    BankField.BATCH: "990101001P261101", BankField.COUNT: len(_PEOPLE), BankField.TOTAL: sum(row[3] for row in _PEOPLE),
    BankField.MONTH: "2026-11", BankField.TOWNSHIP: "青禾街道", BankField.DATE: "2026-11-26",
}  # fmt: skip
_PROGRAMMES = {"dibao": "最低生活保障", "tekun": "特困人员救助供养"}


def lines(layouts: BankLayouts) -> Iterator[dict[BankField, Any]]:
    """The lines with what the template sets itself."""
    for serial, (name, account, identity, fen, programme, place) in enumerate(_PEOPLE, start=1):
        words = _PROGRAMMES[programme]
        yield {
            **CONTROLS, BankField.SERIAL: serial, BankField.LINE: f"202611000000000{serial:03d}", BankField.NAME: name,
            BankField.ACCOUNT: account, BankField.AMOUNT: fen, BankField.IDENTITY: identity,
            BankField.AWARD: f"Z安澜青禾〔2026〕{serial}号", BankField.PROGRAMME: words, BankField.BANK: "示例农村商业银行",
            BankField.ITEM: layouts.items.get(f"{programme}.{place}", ""),
            BankField.REMARK: layouts.remark.replace("{月份}", "2026-11").replace("{类别}", words),
        }  # fmt: skip
