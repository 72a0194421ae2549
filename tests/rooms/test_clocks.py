"""Clocks: which limits run, by which figure, and when they stand still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.rooms.checking import checked
from tests.rooms.world import NOT_YET, World, applied
from yimen.base.clocks import desk as clocks
from yimen.base.clocks.models import Clock
from yimen.base.figures.models import FigureVersion
from yimen.casework.verification import acts
from yimen.law.calendar import now, today
from yimen.law.terms import Role, Stage


def _accept(world: World) -> Clock:
    application = checked(world)
    accepted = acts.accept(world.handler(application.township_id), application.ref)
    return Clock.objects.get(subject_id=accepted.pk, code="total")


def test_a_delegated_case_has_twenty_working_days(world: World) -> None:
    assert _accept(world).length == 20


def test_a_case_of_the_district_has_thirty_working_days(world: World) -> None:
    case = applied(world, world.handler(NOT_YET), village=f"{NOT_YET}001")
    clock = clocks.start("application", case.pk, "total", today(), case.village_id, delegated=case.delegated(today()))
    assert clock.length == 30


def _let_notice_not_count(world: World) -> None:
    first, second = world.district.who("990101", Role.SUPERVISOR), world.district.who("990101", Role.DISTRICT_DECIDER)
    FigureVersion.objects.create(
        key="clock.pauses", area_id="990101", value=["public_notice"], unit="list", valid_from=date(2026, 11, 1),
        document="示例文号", proposed_by=first, proposed_at=now(), released_by=second, released_at=now(),
    )  # fmt: skip


@pytest.mark.parametrize("counts", [True, False])
def test_a_clock_stands_still_only_where_the_place_says_so(
    world: World, travel: Callable[[date], None], counts: bool
) -> None:
    if not counts:
        _let_notice_not_count(world)
    clock = _accept(world)
    due = clock.due_on
    assert due is not None
    clocks.keep_pace("application", clock.subject_id, Stage.ON_NOTICE, "990101001001", today())
    travel(date(2026, 12, 2))
    shown = clocks.clocks_of("application", [clock.subject_id], today())[clock.subject_id]
    total = next(row for row in shown if row.code == "total")
    assert total.paused_for == ("" if counts else "公示期满")
    clocks.keep_pace("application", clock.subject_id, Stage.DECIDING, "990101001001", today())
    clock.refresh_from_db()
    assert clock.due_on is not None
    assert (clock.due_on == due) is counts
