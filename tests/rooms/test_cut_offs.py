"""One second before and at midnight of the 26th, the 30th, the ends of months and of the year: what lands where, what is refused.

The moments are told in the server's time (UTC), eight hours behind the place: sixteen o'clock there is midnight here (K9).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction

from tests.rooms import changing, comparisons, rolls
from tests.rooms.examined import build
from tests.rooms.test_decisions import PROPOSED
from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.base.access.refusal import Refused
from yimen.base.record.models import Entry
from yimen.casework.monthclose import acts as monthclose
from yimen.casework.monthclose.closing import acts as closing, stages
from yimen.casework.monthclose.models import MonthClose
from yimen.casework.payments import acts
from yimen.casework.payments.models import Roll
from yimen.law import calendar
from yimen.law.closing import CloseStage, StageView
from yimen.law.monthclose import CutOff

pytestmark = pytest.mark.django_db
Travel = Callable[[dt.date | dt.datetime], None]


def _midnight_after(year: int, month: int, day: int) -> tuple[dt.datetime, dt.datetime]:
    """The last second of a day here, and the first of the next."""
    moment = dt.datetime(year, month, day, 16, tzinfo=dt.UTC)
    return moment - dt.timedelta(seconds=1), moment


def _tried(work: Callable[[], Any]) -> tuple[Any, str]:
    """What an act gives, or the sentence of its refusal; taken back again."""
    with transaction.atomic():
        try:
            return work(), ""
        except Refused as refused:
            return None, refused.sentence
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A township whose month has nothing left to be done but the signatures."""
    found = make_world()
    rolls.settled(found, 2)
    monkeypatch.setattr(closing, "stages", lambda *asked: [StageView(stage, 1) for stage in CloseStage])
    return found


# -- which day it is --------------------------------------------------------------------------


@pytest.mark.parametrize("day", [(2026, 11, 26), (2026, 11, 30), (2026, 12, 31), (2027, 2, 28), (2028, 2, 29)])
def test_a_roll_is_opened_for_the_months_around_the_day(
    world: World, travel: Travel, day: tuple[int, int, int]
) -> None:
    for moment in _midnight_after(*day):
        travel(moment)
        here = calendar.today()
        months = [calendar.month_of(calendar.add_months(here.replace(day=1), step)) for step in range(-2, 3)]
        found = [_tried(lambda month=month: acts.open_roll(world.handler(), month=month)) for month in months]
        assert [bool(roll) for roll, _ in found] == [False, True, True, True, False]
        assert all("只能编制上月、本月或者下月" in found[place][1] for place in (0, 4))
        assert {roll.opened_on for roll, _ in found if roll} == {here}


def test_a_month_is_signed_in_it_or_later_and_never_before(world: World, travel: Travel) -> None:
    def signed(month: str) -> tuple[Any, str]:
        return _tried(lambda: monthclose.sign_month(world.handler(), month=month))

    before, after = _midnight_after(2026, 12, 31)
    travel(before)
    close, _ = signed("2026-12")
    assert (close.month, close.signed_on) == ("2026-12", dt.date(2026, 12, 31))
    assert "2027-01 还没有到" in signed("2027-01")[1]
    travel(after)
    late, _ = signed("2026-12")
    assert (late.month, late.signed_on) == ("2026-12", dt.date(2027, 1, 1)), "late, and still its own month"
    assert signed("2027-01")[0].month == "2027-01"


def test_the_days_left_to_a_cut_off_end_with_the_day_itself(world: World, travel: Travel) -> None:
    for what, month, day in (
        (CutOff.CASES, "2026-11", (2026, 11, 26)),
        (CutOff.PLATFORM, "2026-11", (2026, 11, 30)),
        (CutOff.PLATFORM, "2028-02", (2028, 2, 29)),
        (CutOff.PLATFORM, "2027-02", (2027, 2, 26)),  # the 28th is a Sunday; here the working day before
    ):
        left = []
        for moment in _midnight_after(*day):
            travel(moment)
            found = stages.cut_off_of(what, TOWNSHIP, month, calendar.today())
            assert found is not None and found.day == dt.date(*day)
            left.append(found.left(calendar.today()))
        assert left == [0, -1]


def test_an_answer_is_asked_for_within_the_month_that_it_serves(travel: Travel) -> None:
    world = make_world()
    comparisons.households(world)
    before, after = _midnight_after(2026, 11, 30)
    last = dt.date(2026, 11, 30)
    travel(before)
    run, _ = _tried(lambda: comparisons.asked(world, due_on=last))
    assert (run.month, run.due_on) == ("2026-11", last)
    assert "本月之内" in _tried(lambda: comparisons.asked(world, due_on=dt.date(2026, 12, 1)))[1]
    travel(after)
    assert "本月之内" in _tried(lambda: comparisons.asked(world, due_on=last))[1]
    found, _ = _tried(lambda: comparisons.asked(world, due_on=dt.date(2026, 12, 31)))
    assert found.month == "2026-12"


# -- a change ---------------------------------------------------------------------------------


def test_a_change_counts_from_the_month_after_the_very_day_of_its_decision(travel: Travel) -> None:
    travel(PROPOSED)
    place = build()
    award = changing.family(place, travel)
    change = changing.reported(place, award, "income")
    change = changing.established(place, change, ground="income_up", incomes={changing.income_ref(award): 60_000})
    change = changing.heard(place, change)
    for day, months in (
        ((2027, 1, 26), ("2027-02", "2027-02")),
        ((2027, 1, 31), ("2027-02", "2027-03")),
        ((2027, 2, 28), ("2027-03", "2027-04")),
    ):
        for moment, month in zip(_midnight_after(*day), months, strict=True):
            travel(moment)
            made, said = _tried(lambda: changing.decided(place, type(change).objects.get(pk=change.pk)))
            assert made, said
            assert (made.from_month, made.decided_on) == (month, calendar.today())


# -- midnight within an act -------------------------------------------------------------------


@pytest.fixture
def midnight() -> Callable[..., list[str]]:
    """Has midnight come before each statement of an act in turn; the outcome of each, "" where it went through."""

    def at_every_statement(before: dt.datetime, after: dt.datetime, work: Callable[[], Any], check: Any) -> list[str]:
        told = []
        for number in count(1):
            left = [number]

            def statement(execute: Any, sql: str, params: Any, many: bool, context: Any, left: list[int] = left) -> Any:
                left[0] -= 1
                if left[0] == 0:
                    calendar._travelled.set(calendar.as_moment(after))
                return execute(sql, params, many, context)

            with transaction.atomic(), calendar.travel(before):
                try:
                    with connection.execute_wrapper(statement):
                        work()
                    told.append("")
                    check()
                except Refused as refused:
                    told.append(refused.sentence)
                transaction.set_rollback(True)
            if left[0] > 0:
                return told
        raise AssertionError

    return at_every_statement


def test_an_act_lives_on_one_day_when_midnight_passes(world: World, midnight: Callable[..., list[str]]) -> None:
    before, after = _midnight_after(2026, 11, 30)
    last = dt.date(2026, 11, 30)
    handler = world.handler()

    def opened() -> None:
        roll = Roll.objects.get()
        assert {roll.opened_on, roll.frozen_on, Entry.objects.latest("seq").business_date} == {last}

    told = midnight(before, after, lambda: acts.open_roll(handler, month="2026-10"), opened)
    assert len(told) > 8 and told[-1] == ""
    assert all("只能编制上月" in words for words in told if words), "begun in December, October is over"

    def signed() -> None:
        days = {MonthClose.objects.get().signed_on, Entry.objects.latest("seq").business_date}
        assert len(days) == 1 and days <= {last, last + dt.timedelta(days=1)}

    assert set(midnight(before, after, lambda: monthclose.sign_month(handler, month="2026-11"), signed)) == {""}
