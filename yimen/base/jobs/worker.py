"""Taking up jobs and doing them. Any number of workers may run; a lease sees to it that each job has one."""

import logging
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections
from django.db.models import Q

from yimen.base.jobs.models import Job
from yimen.base.jobs.running import LEASE, WAITING, JobFailed, LeaseLost, Running, held, work_of
from yimen.law import calendar

ATTEMPTS = 5
IDLE_SECONDS = 1.0
TIRED = "任务多次中断，没有完成。已完成的部分有效；请联系系统管理员后重新发起。"
UNEXPECTED = "任务出错，没有完成。已完成的部分有效；请联系系统管理员，并告知任务编号。"
_log = logging.getLogger("yimen.jobs")

_ticks: list[Callable[[], Any]] = []


def every_minute(tick: Callable[[], Any]) -> None:
    """Have the worker call this about once a minute; it must be harmless in two workers at once."""
    if tick not in _ticks:
        _ticks.append(tick)


def take() -> Job | None:
    """The oldest job that waits, or whose worker died; it is ours when this returns it."""
    now = calendar.now()
    free = Q(state="waiting") | Q(state="running", lease_until__lt=now)
    for found in Job.objects.filter(free).order_by("id")[:20]:
        mine = Job.objects.filter(free, pk=found.pk, attempts=found.attempts)
        if found.attempts >= ATTEMPTS:
            mine.update(state="failed", error=TIRED, finished_at=now)
            continue
        started = found.started_at or now
        changes = {
            "state": "running",
            "attempts": found.attempts + 1,
            "lease_until": now + LEASE,
            "started_at": started,
        }
        if mine.update(**changes):
            found.refresh_from_db()
            return found
    return None


def run_one() -> bool:
    """Take one job and do it; False if there was none."""
    found = take()
    if found is None:
        return False
    try:
        _do(found)
    except LeaseLost:
        _log.warning("job %s was taken up by another worker", found.ref)
    return True


def _do(found: Job) -> None:
    work = work_of(found.kind)
    try:
        if work is None:
            raise JobFailed(f"不认识的任务“{found.kind}”，程序版本可能不一致。")
        result = work(Running(found)) or {}
    except LeaseLost:
        raise
    except JobFailed as failure:
        _finish(found, "failed", error=str(failure)[:400])
    except (OperationalError, InterfaceError) as problem:
        # The database was busy or away: the lease runs out and the job is taken up again.
        _note(f"job {found.ref} interrupted", problem)
        _say(found, WAITING)
    except Exception as problem:  # noqa: BLE001  # whatever it was, the officer is told and the worker lives on
        _note(f"job {found.ref} failed", problem)
        _finish(found, "failed", error=UNEXPECTED)
    else:
        _finish(found, "done", result=result)


def _say(found: Job, words: str) -> None:
    """Tell who waits for it, if so much can still be written; when the lease has run out the job's view says so by itself."""
    with suppress(DatabaseError, InterfaceError):
        held(found).update(note=words)


def _finish(found: Job, state: str, **changes: Any) -> None:
    if not held(found).update(state=state, finished_at=calendar.now(), lease_until=None, **changes):
        raise LeaseLost(found.ref)


def run_forever(stop: threading.Event) -> None:
    """Work until ``stop`` is set; the job in hand is finished first."""
    last_tick = float("-inf")
    while not stop.is_set():
        close_old_connections()
        try:
            if time.monotonic() - last_tick >= 60:
                last_tick = time.monotonic()
                _tick()
            busy = run_one()
        except (OperationalError, InterfaceError) as problem:
            _note("the database did not answer", problem)
            busy = False
        if not busy:
            stop.wait(IDLE_SECONDS)
    close_old_connections()


def _tick() -> None:
    for tick in _ticks:
        try:
            tick()
        except Exception as problem:  # noqa: BLE001  # one regular task must not keep the others from their turn
            _note("a regular task failed", problem)


def _note(what: str, problem: BaseException) -> None:
    """Log where it happened, not the message: a database quotes the row it refused, and rows hold people (K25)."""
    places = "".join(traceback.format_tb(problem.__traceback__))
    _log.error("%s: %s\n%s", what, type(problem).__name__, places)
