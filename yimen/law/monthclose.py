"""The named cut-offs of a month (plan 四(六)): cases and changes closed by the 26th, platform data checked and filed by the 30th.

The days are figures of the place. A day that the month lacks (30 February) is its last day (rules.md §9). What holds where the
day is no working day is a figure of its own; while it is unset the day stays as it is and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from yimen.law.calendar import Calendar, cut_off
from yimen.law.standards import BadFigure, Figure, Unset
from yimen.law.terms import Term

Ask = Callable[[str], Figure]
"""A figure by its key, of the place and day meant. Raises law.standards.Unset."""

SHIFT = "month_close.non_working_day"
_ONE_DAY = dt.timedelta(days=1)
_STEPS = {"same": 0, "before": -1, "after": 1}


class CutOff(Term):
    """What has to be finished by a cut-off."""

    CASES = "cases", "当月办结截止"
    PLATFORM = "platform", "平台核对报备截止"


KEYS = {CutOff.CASES: "month_close.case_cutoff_day", CutOff.PLATFORM: "month_close.platform_cutoff_day"}


@dataclass(frozen=True)
class Deadline:
    """A cut-off of one month. ``day`` is its last day, ``named`` the day of the month that the figure names.

    ``figure`` says so; ``undecided`` that the day is no working day and no figure says what holds then; ``provisional`` that
    the year's holiday notice is not known.
    """

    what: CutOff
    day: dt.date
    named: dt.date
    figure: Figure
    undecided: bool = False
    provisional: bool = False

    def left(self, on: dt.date) -> int:
        """Calendar days from a date to the last day; 0 on it, less than nothing after it."""
        return (self.day - on).days

    @property
    def remark(self) -> str:
        """What a reader must know of the day; empty where it is plain."""
        if self.undecided:
            return "非工作日，是否顺延未设置"
        parts = []
        if self.day != self.named:
            parts.append(f"{self.named.day}日为非工作日，{'提前' if self.day < self.named else '顺延'}")
        if self.provisional:
            parts.append(f"暂定（{self.day.year}年放假安排未公布）")
        return "，".join(parts)


def deadline(what: CutOff, month: str, ask: Ask, calendar: Calendar) -> Deadline:
    """A cut-off of a month (``"2026-11"``).

    Raises law.standards.Unset while the place has named no day, BadFigure for a day that no month has or an unknown code.
    """
    figure = ask(KEYS[what])
    number = figure.as_int()
    if not 1 <= number <= 31:
        raise BadFigure(f"参数“{figure.key}”（{figure.source}）的值“{number}”不是一个月里的日子，请核对后重新设置。")
    named = cut_off(month, number)
    provisional = bool(calendar.missing_years(named, named))
    if calendar.is_working_day(named):
        return Deadline(what, named, named, figure, provisional=provisional)
    try:
        rule = ask(SHIFT)
    except Unset:
        return Deadline(what, named, named, figure, undecided=True, provisional=provisional)
    return Deadline(what, _moved(named, rule, calendar), named, figure, provisional=provisional)


def _moved(day: dt.date, rule: Figure, calendar: Calendar) -> dt.date:
    code = rule.as_code()
    if code not in _STEPS:
        raise BadFigure(f"参数“{rule.key}”（{rule.source}）的值“{code}”没有说明逢非工作日怎么办，请核对后重新设置。")
    step = _STEPS[code] * _ONE_DAY
    while step and not calendar.is_working_day(day):
        day += step
    return day
