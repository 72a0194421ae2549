"""A disk that is full while a roll and a month are frozen: nothing half written, the job says so, and it goes on with room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from django.db import connection

from tests.rooms import banks, rolls
from tests.rooms.faults import in_portions
from tests.rooms.ledgers import code
from tests.rooms.world import World, make_world
from yimen.base.jobs import desk as jobs, worker
from yimen.base.jobs.models import Job
from yimen.base.record.models import Entry
from yimen.casework.monthclose import acts as monthclose
from yimen.casework.monthclose.invariants import broken
from yimen.casework.monthclose.models import FiledRow, MonthClose
from yimen.casework.payments import roll_queries
from yimen.casework.payments.models import PayLine, Roll
from yimen.desks.township.closing import working as close_work
from yimen.desks.township.money.rolls import working as roll_work
from yimen.law.closing import CloseState
from yimen.law.payments.terms import RollState

HOUSEHOLDS, PART = 120, 20
MOST = 60
"""More attempts than room for all of it takes."""


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    found = make_world()
    rolls.settled(found, HOUSEHOLDS)
    in_portions(monkeypatch, PART, PART)
    return found


@contextmanager
def _room(left: int) -> Iterator[None]:
    """A disk with room for so many pages more; on PostgreSQL, for so many statements that write."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages + left}")
            yield
            cursor.execute("PRAGMA max_page_count = 1000000000")
        return
    still = [left]

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "\nINSERT")):
            still[0] -= 1
            if still[0] < 0:
                sql, params, many = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$", None, False
        return execute(sql, params, many, context)

    with connection.execute_wrapper(statement):
        yield


def _until_done(job: Any, sound: Any) -> set[int]:
    """Have the worker try with a little more room each time; how many rows stood after each."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("VACUUM")  # no free pages inside the file
    stood = set()
    for left in count():
        assert left < MOST
        with _room(left):
            assert worker.run_one()
        now = Job.objects.get(pk=job.pk)
        stood.add(sound())
        if now.state == "done":
            return stood
        assert (now.state, now.error) == ("running", "")
        Job.objects.filter(pk=job.pk).update(lease_until=now.created_at, attempts=0)
        told = jobs.job_view(now.ref)
        assert told is not None and "磁盘" in told.note and "自动接着办" in told.note
    raise AssertionError


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_is_full_while_a_roll_and_its_month_are_frozen(world: World) -> None:
    roll = rolls.released(world, rolls.drawn(world))
    roll_work.start(rolls.cashier(world), roll_work.FREEZE, roll)
    assert len(_until_done(Job.objects.get(), lambda: _lines(roll))) > 2
    found = Roll.objects.get()
    assert (found.state, found.counts["households"]) == (RollState.DONE, HOUSEHOLDS)
    banks.template(world)
    banks.booked(world, banks.taken(world, banks.send(world)))
    close = monthclose.sign_month(world.handler(), month=rolls.MONTH)
    head = world.head()
    monthclose.file_month(head, ref=close.ref, code=code(head))
    close_work.start(head, close)
    assert len(_until_done(Job.objects.latest("pk"), lambda: _rows(close))) > 2
    assert MonthClose.objects.get().state == CloseState.FILED


def _lines(roll: Roll) -> int:
    """Whole parts only, each with its entry."""
    many, position = PayLine.objects.count(), Roll.objects.get().position
    assert many == position and many % PART == 0
    assert Entry.objects.filter(act="release_roll", act_label__contains="分批").count() == many // PART
    assert broken() == [] and not roll_queries.tampered(roll)
    return many


def _rows(close: MonthClose) -> int:
    many = FiledRow.objects.count()
    assert many % PART == 0
    assert Entry.objects.filter(act="file_month", act_label__contains="分批").count() == many // PART
    assert broken() == []
    return many
