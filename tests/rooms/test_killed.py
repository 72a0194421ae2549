"""Killed at every statement: a roll and a close that go on afterwards come to what they would have been (K1-K5; I2, I10, I12).

A killed process leaves what was committed and nothing of the transaction under way. The statement at which it dies is
counted from one until the work comes to its end undisturbed, so none is left out; after each, the work goes on twice.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.rooms import banks, comparisons, ends, rolls
from tests.rooms.faults import every, in_portions
from tests.rooms.ledgers import code
from tests.rooms.test_funds import funded
from tests.rooms.world import World, make_world
from yimen.base.access.refusal import Refused
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Award, Balance
from yimen.casework.monthclose import acts as monthclose
from yimen.casework.monthclose.comparison import answers, queries
from yimen.casework.monthclose.models import ComparisonFinding, ComparisonGap, ComparisonHit, ComparisonPart
from yimen.casework.payments import acts
from yimen.casework.payments.models import (
    BankAnswer,
    BankReturn,
    FundPosting,
    Hold,
    LineEvent,
    Reissue,
)
from yimen.gateways.provincial.plain import result_to_plain
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.calendar import today
from yimen.law.closing import CloseState
from yimen.law.payments.terms import RollState
from yimen.law.terms import Role

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


def _comparison_state() -> list[Any]:
    found = ComparisonPart.objects.get()
    holds = sorted(Hold.objects.values_list("award_id", "kind"))
    return [
        found.position, found.whole_at is not None, ends.rows(ComparisonFinding, "text", "answer"),
        ends.rows(ComparisonGap, "answer"), ends.rows(ComparisonHit, "ref", "answer"), holds, [each[:2] for each in ends.entries()],
    ]  # fmt: skip


def test_an_answer_of_a_source_killed_at_any_statement_shows_nothing_before_its_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five households in portions of three; whoever goes on finds what is there already."""
    monkeypatch.setattr(answers, "PART", 3)
    awards = list(Award.objects.order_by("pk")[:5])
    comparisons.consented(world, awards)
    run = comparisons.asked(world, "funeral")
    dead, silent = {comparisons.name(awards[at]): [comparisons.dead()] for at in (0, 3)}, [comparisons.name(awards[4])]
    content = result_to_plain(comparisons.result(run, "funeral", dead, silent=silent))
    checker = world.at_district(Role.CHECKER)

    def work() -> None:
        part = ComparisonPart.objects.get()
        if part.whole_at is None:  # what a worker who was killed has left
            assert ComparisonHit.objects.count() == Hold.objects.filter(kind="death").count() == 0
            assert not queries.month_state(run.district_id, run.month, today()).answered
            assert queries.answer_of(part) is None and (queries.begun(part) is None) == (part.position == 0)
            assert part.position in (0, 3, 5)
        _once(lambda: monthclose.take_comparison(checker, content=content), "已由")

    assert every(work, _comparison_state) > 30
    work()
    assert [label for act, label, *_ in ends.entries() if act == "import_comparison"] == [
        "导入比对结果", "导入比对结果（分批，第 4 至 5 户）", "导入比对结果（办结）",
    ]  # fmt: skip
    assert sorted(comparisons.shown(run))[0][0] == "death" and Hold.objects.filter(kind="death").count() == 2


def test_nothing_else_is_taken_in_where_an_answer_was_begun(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    awards = list(Award.objects.order_by("pk")[:3])
    comparisons.consented(world, awards)
    run = comparisons.asked(world, "funeral")
    begun, other = (
        result_to_plain(comparisons.result(run, "funeral", said))
        for said in ({}, {comparisons.name(awards[0]): [comparisons.dead()]})
    )
    checker = world.at_district(Role.CHECKER)
    monkeypatch.setattr(answers, "PART", 2)
    monthclose.import_comparison(checker, content=begun)
    for act, content, message in (
        (monthclose.import_comparison, begun, "正在导入"), (monthclose.take_comparison, other, "还没有导入完"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=message):
            act(checker, content=content)
    twice = [*begun["answers"], {**begun["answers"][0], "request_ref": "X"}]
    with pytest.raises(Refused, match="出现了两次"):
        monthclose.take_comparison(checker, content={**begun, "answers": twice})
    with pytest.raises(Refused):
        monthclose.take_comparison(world.handler(), content=begun)
    told: list[tuple[int, int]] = []
    monthclose.take_comparison(checker, content=begun, tell=lambda *each: told.append(each))
    assert told == [(2, 3), (3, 3), (3, 3)]
    assert queries.month_state(run.district_id, run.month, today()).answered
