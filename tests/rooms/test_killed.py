"""Killed at every statement: a roll and a close that go on afterwards come to what they would have been (K1-K5; I2, I10, I12).

A killed process leaves what was committed and nothing of the transaction under way. The statement at which it dies is
counted from one until the work comes to its end undisturbed, so none is left out; after each, the work goes on twice.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.rooms import banks, ends, rolls
from tests.rooms.faults import every, in_portions
from tests.rooms.ledgers import code
from tests.rooms.test_funds import funded
from tests.rooms.world import World, make_world
from yimen.base.access.refusal import Refused
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Award, Balance
from yimen.casework.monthclose import acts as monthclose
from yimen.casework.payments import acts
from yimen.casework.payments.models import (
    BankAnswer,
    BankReturn,
    FundPosting,
    LineEvent,
    Reissue,
)
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.calendar import today
from yimen.law.closing import CloseState
from yimen.law.payments.terms import RollState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Six households, arrears for one, one held."""
    found = make_world()
    rolls.settled(found)
    first, second = Award.objects.order_by("pk")[:2]
    Balance.objects.create(
        award=first, basis_kind="change", basis_ref="b", kind=BalanceKind.ARREARS, month="2026-09", fen=1_200,
        cause="补差", on=today(),
    )  # fmt: skip
    acts.place_hold(found.handler(), award=second.ref, kind="identity", words="待核实")
    in_portions(monkeypatch, 2, 3)
    return found


def test_a_roll_killed_at_any_statement_of_its_freezing(world: World) -> None:
    roll = rolls.released(world, rolls.drawn(world))
    cashier = rolls.cashier(world)
    tried = every(lambda: acts.carry_on_roll(cashier, roll.ref), ends.frozen)
    assert tried > 40
    assert acts.carry_on_roll(cashier, roll.ref).state == RollState.DONE


def test_a_roll_killed_at_any_statement_of_its_composing(world: World) -> None:
    roll = acts.open_roll(world.handler(), month=rolls.MONTH)

    assert every(lambda: acts.draw_up_roll(world.handler(), roll.ref), ends.drawn_up) > 15


def test_a_close_killed_at_any_statement_of_its_freezing(world: World) -> None:
    banks.paid(world)
    close = monthclose.sign_month(world.handler(), month=rolls.MONTH)
    head = world.head()
    monthclose.file_month(head, ref=close.ref, code=code(head))

    assert every(lambda: monthclose.carry_on_close(head, close.ref), ends.filed) > 25
    assert monthclose.carry_on_close(head, close.ref).state == CloseState.FILED


def _once(work: Any, said: str) -> None:
    """As an officer does who does not know whether it went through: he asks again, and is told that it did."""
    try:
        work()
    except Refused as refused:
        if said not in refused.sentence:
            raise


def _bank_state() -> list[Any]:
    found = BankReturn.objects.get()
    papers = sorted(Paper.objects.values_list("code", "number"))
    return [
        found.state, found.counts, ends.rows(BankAnswer), ends.rows(LineEvent, "at"), ends.rows(FundPosting), papers,
        ends.rows(Reissue, "ref", "at"), [each[:2] for each in ends.entries()],
    ]  # fmt: skip


def test_a_bank_answer_killed_at_any_statement_of_its_booking(world: World) -> None:
    funded(world, 100_000_00)
    row = banks.taken(world, banks.sent(world), banks.failing(2))
    assert every(lambda: _once(lambda: banks.booked(world, row), "没有再次办理"), _bank_state) > 25


def test_a_failure_killed_at_any_statement_of_its_putting_right(world: World) -> None:
    banks.booked(world, banks.taken(world, banks.sent(world), banks.failing(2, code="12", words="户名不符")))
    line = LineEvent.objects.get(kind="failed").line
    given = {"refs": [line.ref], "correction": "户名已更正"}
    tried = every(
        lambda: _once(lambda: acts.reissue_payment(world.handler(), **given), "已由别人列入补发"), _bank_state
    )
    assert tried > 15 and Reissue.objects.count() == 0
