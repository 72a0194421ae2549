"""A month in which every step is taken by two persons at the same moment: one goes through, the other is told why not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import Count

from tests.rooms import banks, comparisons, rolls
from tests.rooms.faults import at_once, in_portions, one_won
from tests.rooms.ledgers import code
from tests.rooms.test_funds import funded
from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.base.access.officer import officer_of
from yimen.base.offices.models import Post
from yimen.base.papers.models import Paper
from yimen.base.record.models import Entry
from yimen.casework.awards.models import Award
from yimen.casework.monthclose import acts as monthclose
from yimen.casework.monthclose.comparison import answers
from yimen.casework.monthclose.invariants import broken
from yimen.casework.monthclose.models import ComparisonFinding, ComparisonHit, FiledRow, MonthClose, MonthPaper
from yimen.casework.payments import acts, roll_queries
from yimen.casework.payments.funds.checking import problems
from yimen.casework.payments.models import BankAnswer, BankReturn, FundPosting, PayKey, PayLine, Reissue, Roll
from yimen.casework.reports import acts as reports
from yimen.gateways.provincial.plain import result_to_plain
from yimen.law.closing import CloseState
from yimen.law.payments.terms import RollState
from yimen.law.terms import Role

HOUSEHOLDS = 5


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    found = make_world()
    rolls.settled(found, HOUSEHOLDS)
    in_portions(monkeypatch, 2, 2)
    monkeypatch.setattr(answers, "PART", 2)
    return found


def _beside(world: World, role: Role) -> Any:
    """A second officer of the township: somebody of another one who holds a post here too."""
    there = world.officer("990101002", role)
    own = world.officer(TOWNSHIP, role).office
    Post.objects.create(staff=there.staff, office=own, role=role, valid_from=dt.date(2026, 6, 1))
    return officer_of(there.account)


def _sound() -> None:
    assert broken() == [] == problems()


@pytest.mark.django_db(transaction=True)
def test_every_step_of_a_month_by_two_at_once(world: World) -> None:
    cashiers = rolls.cashier(world), _beside(world, Role.CASHIER)
    heads = world.head(), _beside(world, Role.HEAD)
    funded(world, 100_000_00)
    banks.template(world)
    _compared(world)
    roll = _drawn_up(world)
    acts.submit_roll(world.handler(), ref=roll.ref)
    one_won(at_once(**_each(heads, lambda by, secret: acts.approve_roll(by, ref=roll.ref, code=secret))))
    one_won(at_once(**_each(cashiers, lambda by, secret: acts.release_roll(by, ref=roll.ref, code=secret))))
    assert FundPosting.objects.filter(basis_kind="roll").values("township").annotate(fen=Count("pk")).count() == 1
    _frozen(roll, cashiers)
    _answered(world)
    _closed(world, heads)


def _each(officers: Any, work: Any) -> dict[str, Any]:
    """The same work by each, with a second factor of his own."""
    secrets = {by.staff.name: (by, code(by)) for by in officers}
    return {name: lambda given=given: work(*given) for name, given in secrets.items()}


def _compared(world: World) -> None:
    """A source's answer taken in twice at the same moment, in portions: there once, and whole."""
    awards = list(Award.objects.order_by("pk"))
    comparisons.consented(world, awards)
    run = comparisons.asked(world, "vehicle_register")
    said = {comparisons.name(award): [comparisons.cars(1)] for award in awards}
    content = result_to_plain(comparisons.result(run, "vehicle_register", said))
    checker = world.at_district(Role.CHECKER)  # whose file lies in the folder and is uploaded too
    work = lambda: monthclose.take_comparison(checker, content=content)  # noqa: E731  # twice the same
    told = at_once(folder=work, page=work)
    one_won(told)
    assert ComparisonFinding.objects.count() == ComparisonHit.objects.count() == HOUSEHOLDS
    assert comparisons.part(run, "vehicle_register").whole_at is not None
    begun = Entry.objects.filter(act="import_comparison").exclude(act_label__contains="（")
    assert begun.count() == 1


def _drawn_up(world: World) -> Roll:
    handlers = world.handler(), world.handler(number=1)
    _, lost = one_won(at_once(**_each(handlers, lambda by, _: acts.open_roll(by, month=rolls.MONTH))))
    assert "2026-11" in lost.sentence
    roll = Roll.objects.get()
    told = at_once(**_each(handlers, lambda by, _: acts.draw_up_roll(by, roll.ref)))
    assert [each for each in told.values() if isinstance(each, Roll)]
    roll.refresh_from_db()
    assert (roll.state, roll.lines.count(), roll.counts["households"]) == (RollState.PREVIEWED, HOUSEHOLDS, HOUSEHOLDS)
    Roll.objects.update(proposed_by=world.handler().staff)
    return roll


def _frozen(roll: Roll, cashiers: Any) -> None:
    told = at_once(**_each(cashiers, lambda by, _: acts.carry_on_roll(by, roll.ref)))
    assert {each.state for each in told.values()} == {RollState.DONE}
    lines = list(PayLine.objects.order_by("position"))
    assert [line.position for line in lines] == list(range(1, HOUSEHOLDS + 1))
    assert PayKey.objects.count() == sum(line.persons for line in lines)
    parts = Entry.objects.filter(act="release_roll", act_label__contains="分批冻结")
    assert parts.count() == 3 and not roll_queries.tampered(Roll.objects.get())
    _sound()


def _answered(world: World) -> None:
    """Sent, answered, put right: each by two at once, the same row twice."""
    by, (file,) = rolls.cashier(world), [banks.send(world)]
    row = banks.taken(world, file, banks.failing(2, code="12", words="户名不符"))
    one_won(at_once(one=lambda: banks.booked(world, row), other=lambda: banks.booked(world, row)))
    assert BankAnswer.objects.count() == HOUSEHOLDS and BankReturn.objects.get().booked_by == by.staff
    failed = BankAnswer.objects.get(kind="failed").attempt.line
    handlers = world.handler(), world.handler(number=1)
    again = _each(handlers, lambda who, _: acts.reissue_payment(who, refs=[failed.ref], correction="户名已更正"))
    one_won(at_once(**again))
    assert Reissue.objects.count() == 1
    _sound()


def _closed(world: World, heads: Any) -> None:
    handlers = world.handler(), world.handler(number=1)
    close, _ = one_won(at_once(**_each(handlers, lambda by, _: monthclose.sign_month(by, month=rolls.MONTH))))
    assert MonthClose.objects.count() == 1
    decider, supervisor = world.at_district(Role.DISTRICT_DECIDER), world.at_district(Role.SUPERVISOR)
    secret, ref = code(decider), close.ref
    filing = _each(heads, lambda by, secret: monthclose.file_month(by, ref=ref, code=secret))
    reopening = lambda: monthclose.reopen_month(decider, ref=ref, reason="再核", code=secret)  # noqa: E731
    filed, _ = one_won(at_once(file=filing[heads[0].staff.name], reopen=reopening))
    assert filed.state == CloseState.RUNNING, "what is not filed is not reopened"
    told = at_once(**_each(heads, lambda by, _: monthclose.carry_on_close(by, ref)))
    assert {each.state for each in told.values()} == {CloseState.FILED}
    assert FiledRow.objects.count() == HOUSEHOLDS
    _one_paper(handlers)
    version = MonthClose.objects.get().version
    secret = code(decider)
    given = {"ref": ref, "version": version}
    one_won(
        at_once(
            receive=lambda: monthclose.receive_month(supervisor, **given),
            reopen=lambda: monthclose.reopen_month(decider, **given, reason="再核", code=secret),
        )
    )
    _sound()


def _one_paper(handlers: Any) -> None:
    """Issued once: who comes second is handed what the first has issued."""
    asked = {"month": rolls.MONTH, "code": reports.FILING}
    told = at_once(**_each(handlers, lambda by, _: reports.issue_month_paper(by, **asked)))
    first, second = told.values()
    assert first.pk == second.pk
    assert Paper.objects.filter(code=first.code).count() == MonthPaper.objects.count() == 1
    assert sorted(each.facts["again"] for each in Entry.objects.filter(act="issue_month_paper")) == [False, True]
