"""Faults for the tests: a process killed at a statement, work that goes on to where it would have come, two persons at once."""

from __future__ import annotations

import gc
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction

from yimen.base.access.refusal import Refused
from yimen.base.runs.steady import undisturbed
from yimen.casework.monthclose.closing import freezing as closing, stages
from yimen.casework.monthclose.invariants import broken
from yimen.casework.payments.funds.checking import problems
from yimen.casework.payments.rolls import freezing
from yimen.law.closing import CloseStage, StageView

MOST = 400
"""More statements than any of these works has: a loop that does not end is a fault of its own."""


def in_portions(patch: pytest.MonkeyPatch, roll: int, close: int) -> None:
    """Parts so small that there are several; and a month that waits neither for the comparison nor for the platform."""
    patch.setattr(freezing, "PART", roll)
    patch.setattr(closing, "PART", close)
    for name, stage in (("_comparison", CloseStage.COMPARISON), ("_platform", CloseStage.PLATFORM)):
        patch.setattr(stages, name, lambda *asked, stage=stage: StageView(stage, 1))


class Killed(BaseException):
    """The process is gone; nothing of the program may catch it."""


def every(work: Callable[[], Any], state: Callable[[], Any]) -> int:
    """Kill the work at every statement, let it go on twice, compare with the undisturbed; how many were tried.

    What must hold of the money at any instant is asked after the kill and at the end.
    """
    with transaction.atomic():
        work()
        wanted = state()
        transaction.set_rollback(True)
    with undisturbed():  # the collector is asked for after each kill, and has only what came since to look at
        for number in count(1):
            assert number < MOST
            with transaction.atomic():
                died = dies(number, work)
                assert broken() == [] == problems(), f"killed at statement {number}"
                work()
                work()
                assert state() == wanted, f"killed at statement {number}"
                transaction.set_rollback(True)
            if not died:
                assert broken() == [] == problems()
                return number - 1
    raise AssertionError


def dies(number: int, work: Callable[[], Any]) -> bool:
    """Do the work in a process that dies at its ``number``-th statement; whether it got that far."""
    left = [number]

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return execute(sql, params, many, context)

    # A process that is gone closes no cursor; here the collector does, and PostgreSQL's driver would tell on it.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* was deleted while still open", ResourceWarning)
        try:
            with connection.execute_wrapper(statement):
                work()
        except Killed:
            return True
        finally:
            gc.collect()
    return False


Told = dict[str, Any]
"""What became of each of several who did something at once: what it gave, or the refusal."""


def at_once(**works: Callable[[], Any]) -> Told:
    """Do things at the same moment, each over a connection of its own, statement by statement in step.

    In step until one waits for the other's lock; from then on each as it can. Whatever is no refusal is raised.
    """
    told: Told = {}
    step = threading.Barrier(len(works))

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            step.wait(0.3)
        return execute(sql, params, many, context)

    def do(name: str, work: Callable[[], Any]) -> None:
        try:
            with connection.execute_wrapper(statement):
                told[name] = work()
        except Exception as wrong:  # noqa: BLE001  # handed to who asked, whose thread this is not
            told[name] = wrong
        finally:
            step.abort()
            connection.close()

    threads = [threading.Thread(target=do, args=each) for each in works.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in told.values():
        if isinstance(each, Exception) and not isinstance(each, Refused):
            raise each
    return told


def one_won(told: Told) -> tuple[Any, Refused]:
    """Of two exactly one went through; what it gave, and how the other was refused: 4xx, in a sentence."""
    [won] = [each for each in told.values() if not isinstance(each, Refused)]
    [lost] = [each for each in told.values() if isinstance(each, Refused)]
    assert 400 <= lost.status < 500 and lost.sentence.endswith("。")
    return won, lost
