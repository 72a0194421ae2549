"""The close of a month: nothing is skipped, two persons sign, what was filed stays as it was filed (四(六))."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.rooms import rolls
from tests.rooms.ledgers import code, family, take
from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.base.access.refusal import Refused
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.closing import freezing, queries, stages
from yimen.casework.monthclose.models import FiledPerson, FiledRow, MonthClose
from yimen.casework.payments import acts as payments
from yimen.casework.payments.models import LineEvent, PayLine
from yimen.law.aftercare.movement import Movement
from yimen.law.calendar import now, today
from yimen.law.closing import CloseStage, CloseState, StageView, Standing, Waits, blocking
from yimen.law.payments.terms import FailCause, LineEventKind
from yimen.law.terms import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A township with the month's roll; the comparison and the platform are done, which their own tests are about."""
    found = make_world()
    rolls.settled(found)
    for name, stage in (("_comparison", CloseStage.COMPARISON), ("_platform", CloseStage.PLATFORM)):
        monkeypatch.setattr(stages, name, lambda *asked, stage=stage: StageView(stage, 1))
    return found


def _told(world: World, kind: LineEventKind, lines: Any, attempt: int = 1) -> None:
    by = rolls.cashier(world).staff
    LineEvent.objects.bulk_create(
        LineEvent(
            line=line, kind=kind, attempt=attempt, basis_kind="bank", basis_ref="x", on=today(), at=now(), by=by,
            cause=FailCause.CLOSED if kind is LineEventKind.FAILED else "",
        )
        for line in lines
    )  # fmt: skip


def pay(world: World) -> None:
    """The month's roll, sent and paid."""
    rolls.frozen(world)
    _told(world, LineEventKind.SENT, PayLine.objects.all())
    _told(world, LineEventKind.PAID, PayLine.objects.all())


def _left() -> list[str]:
    return [each.where for each in blocking(queries.stages(TOWNSHIP, rolls.MONTH, today()))]


def file_month(world: World) -> MonthClose:
    """Signed by the handler, filed by the head, frozen."""
    close = acts.sign_month(world.handler(), month=rolls.MONTH)
    head = world.head()
    acts.file_month(head, ref=close.ref, code=code(head))
    return acts.carry_on_close(head, close.ref)


def test_a_stage_after_the_other_stands_in_the_way_until_it_is_done(world: World) -> None:
    assert _left() == ["rolls"]
    with pytest.raises(Refused, match="月度名册还没有编制"):
        acts.sign_month(world.handler(), month=rolls.MONTH)
    rolls.frozen(world)
    assert _left() == ["bank"]
    _told(world, LineEventKind.SENT, PayLine.objects.all())
    with pytest.raises(Refused, match="6 户银行还没有答复"):
        acts.sign_month(world.handler(), month=rolls.MONTH)
    _told(world, LineEventKind.PAID, PayLine.objects.all())
    assert _left() == []


def test_one_household_goes_over_and_the_others_are_closed(world: World) -> None:
    roll = rolls.drawn(world)
    held, failed = (line.award for line in roll.lines.all()[:2])
    payments.place_hold(world.handler(), award=held.ref, kind="identity", words="待核实")
    payments.withdraw_roll(world.handler(), ref=roll.ref)
    rolls.frozen(world)
    _told(world, LineEventKind.SENT, PayLine.objects.all())
    _told(world, LineEventKind.FAILED, PayLine.objects.filter(award=failed))
    _told(world, LineEventKind.PAID, PayLine.objects.exclude(award=failed))
    over = {why: count for view in queries.stages(TOWNSHIP, rolls.MONTH, today()) for why, count in view.over.items()}
    assert over == {Waits.HELD: 1, Waits.FAILED: 1}
    close = file_month(world)
    waits = dict(FiledRow.objects.exclude(waits="").values_list("award", "waits"))
    assert waits == {held.pk: "held,", failed.pk: "failed,"}
    assert close.counts["over"] == 2


def test_what_is_filed_counts_every_household_once_and_what_the_bank_paid(world: World) -> None:
    pay(world)
    close = file_month(world)
    rows = list(FiledRow.objects.filter(close=close))
    lines = {line.award_id: line for line in PayLine.objects.all()}
    assert close.state == CloseState.FILED
    assert (
        [row.paid_fen for row in rows]
        == [lines[row.award_id].total_fen for row in rows]
        == [row.due_fen for row in rows]
    )
    assert {row.movement for row in rows} == {Movement.UNCHANGED}
    assert FiledPerson.objects.count() == close.counts["persons"] == sum(row.persons for row in rows)
    with pytest.raises(IntegrityError), transaction.atomic():
        FiledRow.objects.filter(pk=rows[0].pk).update(paid_fen=1)


def test_two_persons_sign_and_the_district_alone_reopens(world: World) -> None:
    pay(world)
    close = acts.sign_month(world.handler(), month=rolls.MONTH)
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthClose.objects.filter(pk=close.pk).update(released_by=close.proposed_by_id)
    acts.return_month(world.head(), ref=close.ref, reason="名册要再核对")
    close = file_month(world)
    close = acts.receive_month(world.at_district(Role.SUPERVISOR), ref=close.ref)
    assert close.state == CloseState.RECEIVED
    decider = world.at_district(Role.DISTRICT_DECIDER)
    with pytest.raises(Refused, match="写明原因"):
        acts.reopen_month(decider, ref=close.ref, reason=" ", code=code(decider))
    acts.reopen_month(decider, ref=close.ref, reason="平台数据有误", code=code(decider))
    assert queries.close_of(TOWNSHIP, rolls.MONTH) is None
    again = file_month(world)
    assert FiledRow.objects.filter(close=again).count() == FiledRow.objects.filter(close=close).count() == 6


def test_nothing_of_a_closed_month_is_begun_any_more(world: World) -> None:
    pay(world)
    file_month(world)
    award = PayLine.objects.first().award
    with pytest.raises(Refused, match="已经办结报备"):
        payments.open_roll(world.handler(), month=rolls.MONTH, awards=[award.ref])
    payments.open_roll(world.handler(), month="2026-12")


def test_what_comes_due_later_does_not_open_a_filed_month(world: World) -> None:
    """A month shows what was filed; whoever comes due for it afterwards stands in the next roll."""
    pay(world)
    before = queries.stages(TOWNSHIP, rolls.MONTH, today())
    close = file_month(world)
    take(world, [family(world, 30)])
    after = queries.stages(TOWNSHIP, rolls.MONTH, today())
    assert [view.standing for view in after] == [Standing.DONE] * len(after) and after[:-1] == before[:-1]
    assert stages.stages(TOWNSHIP, rolls.MONTH, today())[2].left == 1
    decider = world.at_district(Role.DISTRICT_DECIDER)
    acts.reopen_month(decider, ref=close.ref, reason="补发", code=code(decider))
    assert _left() == ["rolls"]


def test_an_interrupted_close_comes_to_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pay(world)
    monkeypatch.setattr(freezing, "PART", 2)
    written = freezing._write

    def fails(officer: Any, close: Any, first: int, last: int) -> None:
        written(officer, close, first, last)
        if FiledRow.objects.count() > 2:
            raise OSError("disk full")

    monkeypatch.setattr(freezing, "_write", fails)
    with pytest.raises(OSError, match="disk full"):
        file_month(world)
    assert FiledRow.objects.count() == 2
    monkeypatch.setattr(freezing, "_write", written)
    head = world.head()
    ref = MonthClose.objects.get().ref
    close = [acts.carry_on_close(head, ref) for _ in range(2)][-1]
    monkeypatch.setattr(freezing, "PART", 5_000)
    decider = world.at_district(Role.DISTRICT_DECIDER)
    acts.reopen_month(decider, ref=ref, reason="比较", code=code(decider))
    whole = file_month(world)
    assert (whole.lines_digest, whole.counts) == (close.lines_digest, close.counts)
