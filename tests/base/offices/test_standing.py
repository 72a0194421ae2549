"""What stands still is asked once, and never one change longer: from this process, another one, or past the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections, transaction

from tests.rooms.checking import checked
from tests.rooms.world import DISTRICT, TOWNSHIP, World, make_world
from yimen.base.access.memory import under_way
from yimen.base.access.officer import officer_of
from yimen.base.clocks.models import Clock
from yimen.base.figures import queries as figures
from yimen.base.figures.models import FigureVersion
from yimen.base.offices import queries as offices, standing
from yimen.base.offices.models import CalendarDay, CalendarYear, StaffRelative
from yimen.base.powers import acts as powers
from yimen.casework.verification import acts as verification
from yimen.law.calendar import now, today
from yimen.law.terms import OfficeKind, Programme, Role

WHEN = date(2026, 12, 1)


@pytest.fixture
def world(transactional_db: None) -> World:
    """The demo district, really committed."""
    with transaction.atomic():
        return make_world()


@pytest.fixture
def elsewhere() -> Iterator[Callable[..., None]]:
    """``elsewhere(sql, *values)``: another connection changes something past the program and commits it."""
    other = connections.create_connection("default")

    def run(sql: str, *values: Any) -> None:
        with other.cursor() as cursor:
            cursor.execute(sql, values)

    yield run
    other.close()


def _statements(ask: Callable[[], Any]) -> int:
    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        ask()
    return len(seen)


def _figure(world: World, key: str, value: Any) -> FigureVersion:
    first, second = world.district.who(DISTRICT, Role.SUPERVISOR), world.district.who(DISTRICT, Role.DISTRICT_DECIDER)
    return FigureVersion.objects.create(
        key=key, area_id=DISTRICT, value=value, unit="", valid_from=date(2026, 11, 1), document="示例文号",
        proposed_by=first, proposed_at=now(), released_by=second, released_at=now(),
    )  # fmt: skip


def _hotline() -> str:
    return offices.office_of(TOWNSHIP, OfficeKind.TOWNSHIP).hotline


def _delegated() -> bool:
    return offices.delegated(Programme.DIBAO, TOWNSHIP, WHEN)


def _free() -> bool:
    return not offices.working_calendar().is_working_day(WHEN)


def test_asked_again_it_costs_one_look_at_the_mark(world: World) -> None:
    _hotline()
    assert _statements(_hotline) == 1
    with standing.settled():
        assert _statements(lambda: (_hotline(), _delegated() and _free())) > 0
        assert _statements(lambda: (_hotline(), _delegated() and _free())) == 0


@pytest.mark.parametrize(
    ("ask", "sql"),
    [
        (_hotline, "UPDATE offices_office SET hotline = 'moved' WHERE kind = 'township'"),
        (_delegated, "UPDATE offices_delegation SET valid_to = '2026-11-30'"),
        (_delegated, "UPDATE offices_delegation SET released_at = NULL, released_by_id = NULL"),
        (_delegated, "DELETE FROM offices_delegation"),
        (lambda: offices.power(Programme.DIBAO, TOWNSHIP, WHEN).document, "UPDATE offices_delegation SET document = 'x'"),
        (_free, "INSERT INTO offices_calendarday (day, working, name, document) VALUES ('2026-12-01', false, 'x', 'x')"),
        (lambda: offices.order_for(Programme.DIBAO, DISTRICT, WHEN), "DELETE FROM offices_orderchoice"),
        (lambda: offices.area(TOWNSHIP).name, "UPDATE offices_area SET name = 'moved'"),
    ],
)  # fmt: skip
def test_another_connection_changes_it_and_the_next_question_sees_it(
    world: World, elsewhere: Callable[..., None], ask: Callable[[], Any], sql: str
) -> None:
    before = ask()
    assert ask() == before
    elsewhere(sql)
    assert ask() != before


def test_a_post_that_ends_elsewhere_ends_here(world: World, elsewhere: Callable[..., None]) -> None:
    staff = world.district.who(TOWNSHIP, Role.HEAD)
    account = world.district.accounts[staff.pk]
    assert Role.HEAD in officer_of(account).roles
    elsewhere("DELETE FROM offices_post WHERE staff_id = %s", staff.pk)
    assert not officer_of(account).roles


def test_the_very_next_act_goes_by_a_figure_changed_elsewhere(world: World, elsewhere: Callable[..., None]) -> None:
    row = _figure(world, "dibao.total_delegated", 18)
    first = verification.accept(world.handler(), checked(world).ref)
    elsewhere("UPDATE figures_figureversion SET value = '15' WHERE id = %s", row.pk)
    second = verification.accept(world.handler(), checked(world).ref)
    lengths = [Clock.objects.get(subject_id=case.pk, code="total").length for case in (first, second)]
    assert lengths == [18, 15]


def test_what_was_rolled_back_is_never_answered(world: World) -> None:
    for document in ("one", "two"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            CalendarDay.objects.create(day=WHEN, working=False, name="", document=document)
            assert _free()
            raise ZeroDivisionError
        assert not _free()


def test_an_act_on_the_rules_sees_its_own_change(world: World) -> None:
    officer = world.at_district(Role.SUPERVISOR)
    assert not _free()
    with under_way():  # even called from within something that has looked already
        powers.set_calendar_day(officer, day=WHEN, working=False, name="示例", document="示例文号")
        assert _free()
    with under_way(), transaction.atomic():
        assert _free()
        CalendarDay.objects.filter(day=WHEN).delete()
        assert not _free()


def test_without_its_triggers_or_its_mark_nothing_is_kept(world: World, elsewhere: Callable[..., None]) -> None:
    assert standing.unwatched() == []
    name = "offices_office_standing_update"
    on = ' ON "offices_office"' if connection.vendor == "postgresql" else ""
    name = "offices_office_standing_change" if on else name
    try:
        elsewhere(f'DROP TRIGGER "{name}"{on}')
        elsewhere("UPDATE offices_standing SET mark = 'another'")
        assert standing.unwatched() == ["offices_office"]
        before = _hotline()
        elsewhere("UPDATE offices_office SET hotline = 'moved'")
        assert before != _hotline() == "moved"
    finally:
        standing.lay_missing()
    assert standing.unwatched() == []
    elsewhere("DELETE FROM offices_standing")
    assert standing.mark() is None
    assert _statements(_hotline) == _statements(_hotline) == 2


@pytest.mark.parametrize("table", standing.WATCHED)
def test_every_watched_table_moves_the_mark(world: World, elsewhere: Callable[..., None], table: str) -> None:
    CalendarDay.objects.create(day=WHEN, working=False, name="", document="x")
    CalendarYear.objects.create(year=2029, document="x")
    StaffRelative.objects.create(
        staff=world.district.who(TOWNSHIP, Role.HEAD), name="甲", identity="x", identity_index="x", relation="spouse",
        registered_on=WHEN,
    )  # fmt: skip
    _figure(world, "dibao.total", 29)
    before = standing.mark()
    key = {"offices_area": "code", "offices_calendarday": "day", "offices_calendaryear": "year"}.get(table, "id")
    elsewhere(f"UPDATE {table} SET {key} = {key}")
    assert standing.mark() != before


def test_today_is_no_secret(world: World) -> None:
    """A question that depends on the day names the day; the mark does not move at midnight."""
    staff = world.district.who(TOWNSHIP, Role.HEAD)
    assert offices.posts_of(staff.pk, today())
    assert not offices.posts_of(staff.pk, date(2020, 1, 1))
    assert figures.book() is figures.book()
