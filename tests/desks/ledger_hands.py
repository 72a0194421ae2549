"""Households taken over from a ledger, for the tests of desks: a line of it, the taking over, how many a page lists."""

from __future__ import annotations

from typing import Any

from tests.rooms.world import TOWNSHIP, VILLAGE, World
from yimen.base.access import second
from yimen.casework.awards import acts
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.law.calendar import today
from yimen.law.terms import Role

ACCOUNT = "6217000010001234567"


def line(world: World, number: int, village: str = VILLAGE, **more: Any) -> LedgerRow:
    """A household of two, of the category whose supplement is known."""
    who, other = world.crowd.person(today(), 60, 70), world.crowd.person(today(), 30, 50)
    people = (
        LedgerPerson(who.name, who.identity, "self", covered=True),
        LedgerPerson(other.name, other.identity, "child", covered=True),
    )
    facts = {
        "category": "A", "monthly_fen": 35_000 + number * 100, "start_month": "2024-03", "recertify_on": "2026-12-01",
        "group": "3组", "address": "", "phone": "", "holder": who.name, "bank": "城北农商银行", "account": f"{int(ACCOUNT) + number}",
    }  # fmt: skip
    return LedgerRow(place=f"第{number + 2}行", village=village, people=people, **{**facts, **more})


def taken_over(world: World, *rows: LedgerRow) -> Any:
    """A ledger of households from before, brought by the handler and confirmed by the head."""
    account = world.district.accounts[world.district.who(TOWNSHIP, Role.HEAD).pk]
    return acts.take_over(world.handler(), world.head(), rows=list(rows), code=second.code_now(account))


def names(page: str) -> int:
    """How many households a page lists."""
    return page.count("<tr data-row")
