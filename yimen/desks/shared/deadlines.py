"""The cut-offs of the month under way: which day, how long still, what holds on a day off (plan 四(六))."""

from __future__ import annotations

import datetime as dt
from functools import partial

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.desks.shared.shapes import Tile
from yimen.law.calendar import month_of
from yimen.law.monthclose import CutOff, Deadline, deadline
from yimen.law.standards import Unset

SOON = 3
"""Calendar days before a cut-off from which it is shown in amber."""
UNSET = "由区级在政策与标准中设置"


def deadline_of(what: CutOff, area: str, on: dt.date) -> Deadline | None:
    """A cut-off of the month of a date for a place; None while the district has not set it."""
    try:
        return deadline(what, month_of(on), partial(figures.figure, area=area, on=on), offices.working_calendar())
    except Unset:
        return None


def left_words(found: Deadline, on: dt.date) -> str:
    """How long still, in words, and what a reader must know of the day."""
    left = found.left(on)
    words = f"还有 {left} 天" if left > 0 else "今天截止" if left == 0 else f"已过 {-left} 天"
    return f"{words}，{found.remark}" if found.remark else words


def deadline_tiles(area: str, month: str, on: dt.date) -> list[Tile]:
    """The cut-offs of a place, only while the month is the one under way."""
    return [_tile(what, area, on) for what in CutOff] if month == month_of(on) else []


def _tile(what: CutOff, area: str, on: dt.date) -> Tile:
    found = deadline_of(what, area, on)
    if found is None:
        return Tile(what.label, "未设置", note=UNSET, tone="red")
    left = found.left(on)
    tone = "red" if left < 0 else "amber" if left <= SOON else ""
    return Tile(what.label, f"{found.day.month}月{found.day.day}日", note=left_words(found, on), tone=tone)
