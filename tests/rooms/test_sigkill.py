"""The worker's process really killed (SIGKILL) while it draws up a roll, freezes it, and files a month; another one goes on.

``test_killed`` tries every statement within one process. Here the process is gone with its memory, its connection and
the half-written pages of its database: what is left is what another process finds on the disk or at the server.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.conftest import TODAY
from tests.database import copy, drop, is_file
from tests.rooms import banks, ends, rolls
from tests.rooms.faults import in_portions
from tests.rooms.ledgers import code
from tests.rooms.world import World, make_world
from yimen.base.jobs.commands import main_worker
from yimen.base.jobs.models import Job
from yimen.base.jobs.running import LEASE
from yimen.base.record.verify import verify
from yimen.base.runs.steady import undisturbed
from yimen.casework.awards.models import Award
from yimen.casework.monthclose import acts as monthclose
from yimen.casework.monthclose.invariants import broken
from yimen.casework.payments import acts
from yimen.casework.payments.funds.checking import problems
from yimen.desks.township.closing import working as close_work
from yimen.desks.township.money.rolls import working as roll_work
from yimen.law import calendar

MOMENT = dt.datetime.combine(TODAY, dt.time(10))


@pytest.fixture
def world(transactional_db: None, travel: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    """Six households, one held."""
    travel(MOMENT)
    found = make_world()
    rolls.settled(found)
    held = Award.objects.order_by("pk")[1]
    acts.place_hold(found.handler(), award=held.ref, kind="identity", words="待核实")
    in_portions(monkeypatch, 2, 3)
    return found


def test_a_worker_killed_while_it_draws_up_and_freezes_a_roll_and_files_its_month(world: World) -> None:
    roll = acts.open_roll(world.handler(), month=rolls.MONTH)
    roll_work.start(world.handler(), roll_work.DRAW, roll)
    spilled = _killed_at(4, ends.drawn_up)
    rolls.released(world, roll)
    roll_work.start(rolls.cashier(world), roll_work.FREEZE, roll)
    spilled |= _killed_at(8, ends.frozen)
    banks.template(world)
    banks.booked(world, banks.taken(world, banks.send(world)))
    close, head = monthclose.sign_month(world.handler(), month=rolls.MONTH), world.head()
    monthclose.file_month(head, ref=close.ref, code=code(head))
    close_work.start(head, close)
    spilled |= _killed_at(6, ends.filed)
    assert spilled or not is_file(), "no kill left a half-written database, so nothing was tried"


def _killed_at(points: int, state: Callable[[], Any]) -> bool:
    """Kill the worker at so many statements, first and last among them, each time from the same start.

    At half as many over PostgreSQL, where a fresh start takes half a second and what the worker does is the same.
    Whether one left a journal with which the next process had to undo what was half written.
    """
    name = str(connection.settings_dict["NAME"])
    start, points = f"{name}_start", points if is_file() else points // 2
    copy(name, start)
    with undisturbed(), ExitStack() as after:  # a process copies what the collector touches
        after.callback(drop, start)
        _undisturbed()
        wanted, spilled = state(), False
        broken(), problems()
        copy(start, name)
        statements = _undisturbed()  # again, now that what a process reads once is read
        assert state() == wanted
        for number in sorted({1 + each * (statements - 1) // (points - 1) for each in range(points)}):
            copy(start, name)
            assert _process(lambda number=number: _worker(dies_at=number)) == -signal.SIGKILL
            spilled |= is_file() and Path(f"{name}-journal").exists()
            assert broken() == [] == problems(), f"killed at statement {number} of {statements}"
            assert _process(lambda: _worker(later=LEASE * 2)) == 0
            assert state() == wanted, f"killed at statement {number} of {statements}"
            assert verify().ok and Job.objects.latest("pk").state == "done"
        assert broken() == [] == problems()
        return spilled


def _undisturbed() -> int:
    """The work done by a worker whom nobody kills; how many statements it has."""
    told: list[str] = []

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        told.append(sql)
        return execute(sql, params, many, context)

    connection.ensure_connection()  # what that sends does not count
    with connection.execute_wrapper(statement):
        main_worker(["--once"])
    return len(told)


# -- in a process of its own -------------------------------------------------------------


def _process(work: Callable[[], None]) -> int:
    """Do it in another process; with what it ended, the signal below zero."""
    connection.close()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        work()
        status = 0
    except BaseException:  # noqa: BLE001  # nothing of the tests may go on in this process
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _worker(dies_at: int = 0, later: dt.timedelta = dt.timedelta()) -> None:
    """``yimen worker --once``, some time later, killed when it is about to send its ``dies_at``-th statement."""
    connection.ensure_connection()
    if is_file() and dies_at:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = 1")  # no room: rows are written before the transaction ends
    numbers = count(1)

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if next(numbers) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with calendar.travel(MOMENT + later), connection.execute_wrapper(statement):
        main_worker(["--once"])
