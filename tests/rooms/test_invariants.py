"""What must hold of the month's money: each planted breach is found, named, and nothing else is (security.md 5.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rooms import banks, rolls
from tests.rooms.test_month_close import file_month
from tests.rooms.world import World, applied, make_world
from yimen.base.record.triggers import triggers_suspended
from yimen.casework.awards.models import Award, Balance, ChangeCase, ChangeFinding, ViewsRecord
from yimen.casework.decisions.models import Decision, Opinion
from yimen.casework.investigation.models import NeighbourInterview
from yimen.casework.monthclose.closing import stages
from yimen.casework.monthclose.invariants import broken
from yimen.casework.monthclose.models import FiledRow
from yimen.casework.payments.models import BankAnswer, BankAttempt, LineEvent, PayKey, PayLine, Roll
from yimen.config.checks import standing
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.calendar import now, today
from yimen.law.closing import CloseStage, StageView

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Four households, paid, the month filed: everything holds."""
    found = make_world()
    rolls.settled(found, 4)
    for name, stage in (("_comparison", CloseStage.COMPARISON), ("_platform", CloseStage.PLATFORM)):
        monkeypatch.setattr(stages, name, lambda *asked, stage=stage: StageView(stage, 1))
    banks.paid(found)
    file_month(found)
    assert broken() == []
    return found


def _found() -> dict[str, str]:
    return {each.code: each.words for each in broken()}


def test_a_line_that_pays_somebody_without_keeping_him_from_others(world: World) -> None:
    key = PayKey.objects.select_related("line").first()
    with triggers_suspended():
        PayKey.objects.filter(pk=key.pk).delete()
    assert list(_found()) == ["I2"] and key.line.ref in _found()["I2"]
    assert broken("2027-01") == [], "asked of later months only"


def test_somebody_dead_is_paid_until_it_stands_as_an_overpayment(world: World) -> None:
    key = PayKey.objects.select_related("person", "line").first()
    type(key.person).objects.filter(pk=key.person_id).update(died_on=date(2026, 11, 3))
    assert broken() == [], "the month of the death itself is due"
    type(key.person).objects.filter(pk=key.person_id).update(died_on=date(2026, 10, 31))
    assert list(_found()) == ["I5"]
    Balance.objects.create(
        award=key.line.award, basis_kind="change", basis_ref="d", kind=BalanceKind.OVERPAID, month=key.month, fen=100,
        cause="成员死亡", on=today(),
    )  # fmt: skip
    assert broken() == []


@pytest.mark.parametrize("columns", [{"base_fen": 1, "total_fen": 1}, {"arrears_fen": 1, "total_fen": 1}])
def test_an_amount_that_nothing_explains(world: World, columns: dict[str, int]) -> None:
    line = PayLine.objects.first()
    more = {name: getattr(line, name) + fen for name, fen in columns.items()}
    with triggers_suspended():
        PayLine.objects.filter(pk=line.pk).update(**more)
    assert list(_found()) == ["I6", "I9", "I10"] and line.ref in _found()["I6"]


def test_a_frozen_line_or_a_filed_row_that_was_changed(world: World) -> None:
    line, row = PayLine.objects.first(), FiledRow.objects.last()
    with triggers_suspended():
        PayLine.objects.filter(pk=line.pk).update(account=None)
        FiledRow.objects.filter(pk=row.pk).update(paid_fen=row.paid_fen + 1)
    assert list(_found()) == ["I10", "I12"]
    assert line.ref in _found()["I10"] and "2026-11" in _found()["I12"]


def test_who_looked_into_a_household_and_released_its_roll(world: World) -> None:
    line, roll = PayLine.objects.select_related("award").first(), Roll.objects.get()
    village, who = world.aide(), roll.released_by
    facts = {
        "award": line.award,
        "event": "income",
        "source": "village",
        "reported_by": "李协理",
        "statement": "收入减少。",
    }
    change = ChangeCase.objects.create(since=today(), reported_on=today(), registered_by=who, **facts)
    assert broken() == [], "what he took part in after the release"
    ChangeCase.objects.filter(pk=change.pk).update(reported_on=date(2026, 11, 23))
    assert list(_found()) == ["I4"] and line.ref in _found()["I4"]
    ChangeCase.objects.filter(pk=change.pk).update(registered_by=village.staff)
    finding = {"effect": "reduce", "ground": "income", "before_fen": 2, "after_fen": 1, "reasons": "核实", "at": now()}
    found = ChangeFinding.objects.create(change=change, by=world.handler().staff, **finding)
    assert broken() == []
    heard = [[world.head().staff.pk, world.head().staff.name]]
    ViewsRecord.objects.create(
        change=change, finding=found, how="in_person", heard_on=today(), who="户主", officers=heard,
        by=world.handler().staff, at=now(),
    )  # fmt: skip
    for number, decider in enumerate((village, world.handler(), world.head())):
        ChangeCase.objects.filter(pk=change.pk).update(decided_by=decider.staff, decided_on=today())
        assert list(_found()) == ["I4"] and line.award.number in _found()["I4"], number
    ChangeCase.objects.filter(pk=change.pk).update(decided_by=world.head("990101002").staff)
    assert broken() == []


def test_who_asked_a_neighbour_and_decided_the_case_or_released_its_roll(world: World) -> None:
    line, who, decider = PayLine.objects.first(), Roll.objects.get().released_by, world.head().staff
    case = applied(world)
    common: dict[str, Any] = {
        "application": case, "approve": True, "members": 1, "covered": 1, "amount_fen": 1, "reasons": "x", "digest": "x",
        "on": today(),
    }  # fmt: skip
    opinion = Opinion.objects.create(
        version=1, notice_required=False, reckoning={}, inputs={}, by=world.handler().staff, **common
    )
    made = {"opinion": opinion, "body": "x", "delegated": True, "basis": "x", "articles": [], "bound": [], "at": now()}
    decision = Decision.objects.create(by=decider, **made, **common)
    Award.objects.filter(pk=line.award_id).update(origin="decision", application=case, decision=decision, run=None)
    asked = NeighbourInterview.objects.create(
        application=case, held_on=date(2026, 11, 23), held_at="10:00", place="村部", answers=[], conclusion="属实"
    )
    asked.investigators.set([world.handler().staff])
    assert broken() == []
    asked.investigators.set([who])
    assert list(_found()) == ["I4"] and line.ref in _found()["I4"]
    asked.investigators.set([decider])
    assert list(_found()) == ["I4"] and case.number in _found()["I4"]


def test_a_payment_that_no_bank_has_confirmed_and_one_that_nobody_noted(world: World) -> None:
    first, second = LineEvent.objects.filter(kind="paid").select_related("line").order_by("pk")[:2]
    with triggers_suspended():
        LineEvent.objects.filter(pk=first.pk).update(attempt=2)
    assert list(_found()) == ["I9"], "paid by an attempt that never was, the answer of the true one not noted"
    with triggers_suspended():
        LineEvent.objects.filter(pk=first.pk).update(attempt=1)
    assert broken() == []
    with triggers_suspended():
        LineEvent.objects.filter(pk=second.pk).delete()
    assert list(_found()) == ["I9"] and second.line.ref in _found()["I9"]
    with triggers_suspended():
        BankAnswer.objects.filter(attempt__line=second.line).delete()
        BankAttempt.objects.filter(line=first.line).update(fen=1)
    assert list(_found()) == ["I9"] and first.line.ref in _found()["I9"] and second.line.ref not in _found()["I9"]


def test_the_check_of_the_program_tells_of_it(world: World) -> None:
    with triggers_suspended():
        PayLine.objects.filter(pk=PayLine.objects.first().pk).update(category="Z")
    said: list[Any] = [each for each in standing() if "I10" in each.sentence]
    assert len(said) == 1 and said[0].level == "error"
