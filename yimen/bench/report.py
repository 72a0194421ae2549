"""What a benchmark found, and how it is shown: a table for people, JSON for programs."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from unicodedata import east_asian_width

COLUMNS = ("项目", "规模", "结果", "单位", "说明")


@dataclass(frozen=True)
class Measure:
    """One figure. ``size`` says how much work it was; ``value`` is in ``unit``."""

    name: str
    size: str
    value: float
    unit: str
    note: str = ""


@dataclass(frozen=True)
class Report:
    """All figures of one benchmark, and the machine they were taken on."""

    benchmark: str
    title: str
    measures: Sequence[Measure]
    machine: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain data, every member always there."""
        return asdict(self)

    def to_text(self) -> str:
        """A table with columns that line up although Chinese signs are two columns wide."""
        rows = [COLUMNS, *((one.name, one.size, shown(one.value), one.unit, one.note) for one in self.measures)]
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows]
        lines.insert(1, "  ".join("-" * width for width in widths))
        machine = "；".join(f"{name} {value}" for name, value in self.machine.items())
        return "\n".join([f"{self.title}（{self.benchmark}）", machine, "", *(line.rstrip() for line in lines), ""])


def shown(value: float) -> str:
    """Three significant digits below a thousand, whole numbers with separators above."""
    if value >= 1000:
        return f"{value:,.0f}"
    if value >= 100 or value == int(value):
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3g}"


def machine(database: str = "") -> dict[str, str]:
    """What the figures depend on; ``database`` names engine and version where one was used."""
    found = {
        "处理器": f"{os.cpu_count() or 1} 核 {platform.machine()}",
        "系统": f"{platform.system()} {platform.release().split('-')[0]}",
        "Python": platform.python_version(),
    }
    return {**found, "数据库": database} if database else found


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie, by nearest rank. ValueError for none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    rank = max(1, -(-len(ordered) * share // 1))
    return ordered[min(len(ordered), int(rank)) - 1]


def grown(small: Sequence[Measure], large: Sequence[Measure]) -> list[Measure]:
    """The measures of a run with how much longer one row takes than in a run of a tenth of the size: 1 is linear growth."""
    rates = {one.name: one.value for one in small if one.unit.endswith("/秒")}
    return [
        replace(one, note=f"{one.note}；每行用时是十分之一规模的 {rates[one.name] / one.value:.2f} 倍")
        if one.unit.endswith("/秒") and one.name in rates
        else one
        for one in large
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
