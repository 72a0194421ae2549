"""``bank``: a month's file to a bank and its answer: written, hashed, read in the limited child, judged, booked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from yimen.base.access import second
from yimen.base.access.officer import Officer
from yimen.bench.ground import Ground
from yimen.bench.month import judged
from yimen.bench.report import Measure
from yimen.bench.stages import Stages
from yimen.bench.uplift import TOWNSHIP, memory
from yimen.casework.payments import acts, bank_queries as queries
from yimen.gateways.bank import door, practice
from yimen.law import calendar
from yimen.law.calendar import month_of, today
from yimen.law.terms import Role

_FAILING = 100


def run(size: int) -> list[Measure]:
    """``size`` frozen lines on an empty database: sent to a bank, answered with one failure in a hundred, booked."""
    ground = Ground(size, [TOWNSHIP])
    maker, head, cashier = (ground.officer(TOWNSHIP, role) for role in (Role.HANDLER, Role.HEAD, Role.CASHIER))
    ground.settle()
    ground.agree_with_bank()
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
    row = stages.take("读取返回文件并逐笔核对", lambda: judged(cashier, file, content))
    booked = stages.take("入账", lambda: door.book(cashier, ref=row.ref))
    if booked.counts["rows"] != size or booked.counts.get("failed", 0) != size // _FAILING:
        raise ValueError(f"{booked.counts} of {size} lines")
    return [*stages.measures, memory()]
