"""The State Council's yearly holiday notices, as data: days off and make-up working days.

``calendar_data/`` holds one file a year. A district may add a year as soon as its notice
appears (rules.md §9); nothing here knows what day it is.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "calendar_data"


@dataclass(frozen=True)
class YearNotice:
    """The State Council's holiday notice of one year, as published."""

    year: int
    holidays: frozenset[dt.date]
    makeup_days: frozenset[dt.date]
    document: str | None = None
    title: str = ""


def days_of(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every date from one to another, both included."""
    for offset in range((last - first).days + 1):
        yield first + dt.timedelta(days=offset)


def read_notice(text: str) -> YearNotice:
    """One year's notice from JSON in the form of ``calendar_data``.

    Raises ValueError when a date lies outside the year or is a holiday and a make-up day at once.
    """
    raw = json.loads(text)
    holidays = frozenset(
        day
        for row in raw["holidays"]
        for day in days_of(dt.date.fromisoformat(row["from"]), dt.date.fromisoformat(row["to"]))
    )
    makeup = frozenset(dt.date.fromisoformat(day) for day in raw["makeup_days"])
    strangers = sorted(day.isoformat() for day in holidays | makeup if day.year != raw["year"])
    if strangers or holidays & makeup:
        raise ValueError(f"{raw['year']}年放假安排有误，请核对：{strangers or sorted(holidays & makeup)}")
    return YearNotice(raw["year"], holidays, makeup, raw.get("document"), raw.get("title", ""))


@cache
def shipped_notices() -> tuple[YearNotice, ...]:
    """The State Council's notices that come with the program, by year."""
    return tuple(read_notice(path.read_text("utf-8")) for path in sorted(_DATA.glob("*.json")))
