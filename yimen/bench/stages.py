"""Stages of a long piece of work: rows a second, seconds and where they went, the memory of each; what limits the whole."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from django.db import connection

from yimen.bench.report import Measure

T = TypeVar("T")

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_FORGET_PEAK = "5"
_UNIT = 1024 if sys.platform == "linux" else 1024**2
_NAMED = 3


@dataclass(frozen=True)
class Took:
    """One stage: seconds in all, in statements of the database, and of limited child processes."""

    name: str
    seconds: float
    statements: float
    children: float


class Stages:
    """Takes one stage after the other and notes each; ``size`` is how many households the work is about."""

    def __init__(self, size: int, around: Callable[[str], Any] | None = None) -> None:
        self.measures: list[Measure] = []
        self.took: list[Took] = []
        self._size, self._around = size, around

    def take(self, name: str, work: Callable[[], T], *, rows: int = 0, unit: str = "户") -> T:
        """Do a stage; ``rows`` and their ``unit`` where it goes through other rows than households."""
        if self._around:
            self._around(name)
        forget_peak()
        found, took = _timed(name, work)
        self.took.append(took)
        if self._around:
            self._around("")
        many = rows or self._size
        note = f"{took.seconds:.2f} 秒{_where(took)}；内存峰值 {peak_mb():.0f} MB"
        self.measures.append(Measure(name, f"{many:,} {unit}", many / took.seconds, f"{unit}/秒", note))
        return found

    @property
    def seconds(self) -> float:
        """All stages together."""
        return sum(each.seconds for each in self.took)

    def together(self, name: str) -> Measure:
        """The whole, by household."""
        return Measure(name, f"{self._size:,} 户", self._size / self.seconds, "户/秒", f"{self.seconds:.1f} 秒")

    def limits(self) -> Measure:
        """What takes most of the time, and what it is spent on."""
        slow = sorted(self.took, key=lambda each: -each.seconds)[:_NAMED]
        words = "；".join(f"{each.name} {each.seconds / self.seconds:.0%}{_where(each)}" for each in slow)
        statements = sum(each.statements for each in self.took) / self.seconds
        return Measure("限制在哪里", "数据库语句占", 100 * statements, "%", f"最慢的：{words}")


def _timed(name: str, work: Callable[[], T]) -> tuple[T, Took]:
    spent = [0.0]

    def see(execute: Any, sql: str, *rest: Any) -> Any:
        began = perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            spent[0] += perf_counter() - began

    children, began = _children(), perf_counter()
    with connection.execute_wrapper(see):
        found = work()
    return found, Took(name, perf_counter() - began, spent[0], _children() - children)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _where(took: Took) -> str:
    """What a stage is spent on, apart from going through rows here."""
    parts = [("语句", took.statements), ("受限子进程", took.children)]
    words = "，".join(f"{word} {spent / took.seconds:.0%}" for word, spent in parts if spent > took.seconds / 100)
    return f"（{words}）" if words else ""


# -- memory ----------------------------------------------------------------------------------


def forget_peak() -> None:
    """Let the peak of memory begin anew, where the system can (Linux)."""
    with suppress(OSError):
        _CLEAR.write_text(_FORGET_PEAK)


def peak_mb() -> float:
    """The highest memory of this process since its peak was forgotten, in MB; elsewhere since it began."""
    with suppress(OSError):
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _UNIT
