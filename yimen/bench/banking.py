"""``bank``: a month's file to a bank and its answer: written, hashed, read in the limited child, judged, booked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps

from yimen.base.access import second
from yimen.base.access.officer import Officer, officer_of
from yimen.base.sealed import blind_index
from yimen.bench.month import Stages, settle
from yimen.bench.report import Measure
from yimen.bench.uplift import TOWNSHIP, memory
from yimen.casework.payments import acts, bank_queries as queries
from yimen.demo import places
from yimen.demo.banks import fixed_width
from yimen.gateways.bank import door, practice
from yimen.law import calendar
from yimen.law.calendar import month_of, today
from yimen.law.terms import Role

_SEED, _PORTION, _BANK, _FAILING = 9, 2_000, "示例农村商业银行", 100


def run(size: int) -> list[Measure]:
    """``size`` frozen lines on an empty database: sent to a bank, answered with one failure in a hundred, booked."""
    district = places.build(_SEED, today(), lambda: "bench-password-1")

    def officer(code: str, role: Role) -> Officer:
        return officer_of(district.accounts[district.who(code, role).pk])

    maker, head, cashier = (officer(TOWNSHIP, role) for role in (Role.HANDLER, Role.HEAD, Role.CASHIER))
    settle(size, maker)
    _accounts()
    _template(*(officer(places.DISTRICT, role) for role in (Role.SUPERVISOR, Role.DISTRICT_DECIDER)))
    roll = acts.open_roll(maker, month=month_of(today()))
    acts.draw_up_roll(maker, roll.ref)
    acts.submit_roll(maker, ref=roll.ref)
    acts.approve_roll(head, ref=roll.ref, code=second.code_now(head.account))
    acts.release_roll(cashier, ref=roll.ref, code=second.code_now(cashier.account))
    acts.carry_on_roll(cashier, roll.ref)
    with calendar.travel(today() + timedelta(days=1)):  # a code of the second factor works once
        return _banking(size, cashier)


def _banking(size: int, cashier: Officer) -> list[Measure]:
    stages = Stages(size)
    batch = stages.take("待报送名单", lambda: queries.plan(cashier, TOWNSHIP)).batches[0]
    given: dict[str, Any] = {"template": batch.template.ref, "count": len(batch.lines), "total_fen": batch.total_fen}
    code = second.code_now(cashier.account)
    file = stages.take("生成并报送", lambda: door.send(cashier, area=TOWNSHIP, code=code, **given))
    stages.take("再次取出并核对摘要", lambda: queries.content_of(file))
    content = practice.answer(file, range(_FAILING, size + 1, _FAILING))
    row = stages.take(
        "读取返回文件并逐笔核对", lambda: door.take(cashier, file=file.ref, content=content, name="a.txt")
    )
    booked = stages.take("入账", lambda: door.book(cashier, ref=row.ref))
    if booked.counts["rows"] != size or booked.counts.get("failed", 0) != size // _FAILING:
        raise ValueError(f"{booked.counts} of {size} lines")
    return [*stages.measures, memory()]


def _template(writer: Officer, other: Officer) -> None:
    row = acts.propose_bank_template(writer, name=_BANK, banks=[_BANK], valid_from=today(), layouts=fixed_width())
    acts.release_bank_template(other, ref=row.ref, code=second.code_now(other.account))


def _accounts() -> None:
    """The accounts of the households as they are in earnest: with the index by which an answer is compared."""
    accounts = apps.get_model("households", "BankAccount")._default_manager
    accounts.update(bank=_BANK)
    for row in _portions(accounts.order_by("pk").only("pk", "number")):
        for each in row:
            each.number_index = blind_index("account", each.number)
        accounts.bulk_update(row, ["number_index"])


def _portions(rows: Any) -> Iterator[list[Any]]:
    found = list(rows)
    for first in range(0, len(found), _PORTION):
        yield found[first : first + _PORTION]
