"""Dates, working days and statutory clocks; the only module that knows what day it is.

Dates are dates of Asia/Shanghai whatever the server's zone (K9). The day of an event is
not counted; a limit in working days ends on a working day; a limit in calendar days ends
at the close of its last day; months run to the same day number, else to the month's last
day (rules.md §9). Working days follow the State Council's yearly notice; a year without
one counts weekends only and the result says so (``Due.provisional``).
"""

from __future__ import annotations

import calendar as _gregorian
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from yimen.law.holidays import YearNotice, days_of, shipped_notices

ZONE = ZoneInfo("Asia/Shanghai")
UNITS: dict[str, str] = {
    "working_day": "个工作日",
    "calendar_day": "天",
    "month": "个月",
}

_ONE_DAY = dt.timedelta(days=1)
_OFFICE_OPENS = dt.time(9, 0)
_travelled: ContextVar[dt.datetime | None] = ContextVar("yimen_travelled", default=None)
_pinned: dt.date | None = None


# -- what time it is ---------------------------------------------------------------------


def now() -> dt.datetime:
    """The present moment, aware, in Asia/Shanghai."""
    moment = _travelled.get()
    if moment is not None:
        return moment
    actual = dt.datetime.now(ZONE)
    if _pinned is None:
        return actual
    return dt.datetime.combine(_pinned, actual.time(), ZONE)


def today() -> dt.date:
    """The present date in Asia/Shanghai."""
    return now().date()


def pin_today(day: dt.date | None) -> None:
    """Hold the date for the whole process (training and demo servers); ``None`` lets it run again."""
    global _pinned
    _pinned = day


@contextmanager
def travel(moment: dt.date | dt.datetime) -> Iterator[dt.datetime]:
    """Let this thread (or task) live at ``moment``; a bare date means nine in the morning.

    For tests and for building the demo district. Other threads keep their own time.
    """
    there = as_moment(moment)
    token = _travelled.set(there)
    try:
        yield there
    finally:
        _travelled.reset(token)


def as_moment(moment: dt.date | dt.datetime) -> dt.datetime:
    """An aware moment in Asia/Shanghai; a naive one is read as local time there."""
    if not isinstance(moment, dt.datetime):
        return dt.datetime.combine(moment, _OFFICE_OPENS, ZONE)
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)


def start_of_day(day: dt.date) -> dt.datetime:
    """The first moment of a date in Asia/Shanghai.

    Usually midnight. In 1919 and from 1940 to 1949 some dates begin at one o'clock,
    because summer time skipped their first hour.
    """
    midnight = dt.datetime.combine(day, dt.time(), ZONE)
    return midnight.astimezone(dt.UTC).astimezone(ZONE)


# -- months and ages ---------------------------------------------------------------------


_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether a text is a month as ``"2026-12"``."""
    return _MONTH.fullmatch(text) is not None


def month_of(day: dt.date) -> str:
    """The month of a date as ``"2026-12"``."""
    return f"{day.year:04d}-{day.month:02d}"


def next_month(month: str | dt.date) -> str:
    """The month after a month (``"2026-12"``) or after the month of a date."""
    return month_of(add_months(first_day(month), 1))


def first_day(month: str | dt.date) -> dt.date:
    """First date of a month given as ``"2026-12"`` or by one of its dates."""
    text = month if isinstance(month, str) else month_of(month)
    return dt.date.fromisoformat(f"{text}-01")


def last_day(month: str | dt.date) -> dt.date:
    """Last date of a month given as ``"2026-12"`` or by one of its dates."""
    return add_months(first_day(month), 1) - _ONE_DAY


def cut_off(month: str | dt.date, day_number: int) -> dt.date:
    """The cut-off day of a month; a day the month lacks (30 February) is its last day."""
    first = first_day(month)
    return first.replace(day=min(day_number, last_day(first).day))


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day number some months later (or earlier), else that month's last day."""
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = _gregorian.monthrange(year, index + 1)[1]
    return dt.date(year, index + 1, min(day.day, length))


def age(birth_date: dt.date, on: dt.date) -> int:
    """Completed years (周岁) on a date. Born on 29 February: 28 February in a common year.

    Raises ValueError when the date lies before the birth.
    """
    if on < birth_date:
        raise ValueError(f"出生日期 {birth_date} 晚于计算日期 {on}，请核对。")
    years = on.year - birth_date.year
    return years if on >= add_months(birth_date, 12 * years) else years - 1


# -- working days ------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """A last day, with the years whose holiday notice was missing when it was counted.

    ``paused`` says that a pause was still open, so the day will move further.
    """

    date: dt.date
    provisional: bool = False
    provisional_years: tuple[int, ...] = ()
    paused: bool = False

    @property
    def remark(self) -> str:
        """A short Chinese remark for screens; empty when the day is certain."""
        if self.paused:
            return "计时暂停中"
        if self.provisional:
            years = "、".join(str(year) for year in self.provisional_years)
            return f"暂定（{years}年放假安排未公布）"
        return ""


@dataclass(frozen=True)
class Span:
    """A stretch of days; ``to`` is None while it lasts.

    As a pause it takes out of a limit the days after ``from_`` up to and including
    ``to``: as with any event, the day on which it begins is not counted as lost.
    """

    from_: dt.date
    to: dt.date | None = None

    def holds(self, day: dt.date, open_until: dt.date) -> bool:
        """Whether a clock stands still on this day."""
        return self.from_ < day <= (self.to or open_until)


@dataclass(frozen=True)
class Calendar:
    """Working days by the notices of the years in ``published_years``."""

    holidays: frozenset[dt.date]
    makeup_days: frozenset[dt.date]
    published_years: frozenset[int]

    @classmethod
    def of(cls, notices: Iterable[YearNotice]) -> Calendar:
        """A calendar from yearly notices; of two for one year the later in the list holds."""
        by_year = {notice.year: notice for notice in notices}
        return cls(
            frozenset().union(*(notice.holidays for notice in by_year.values())),
            frozenset().union(*(notice.makeup_days for notice in by_year.values())),
            frozenset(by_year),
        )

    def is_working_day(self, day: dt.date) -> bool:
        """Monday to Friday without holidays, and make-up days."""
        if day in self.makeup_days:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def add_working_days(self, start: dt.date, length: int) -> Due:
        """The ``length``-th working day after ``start``; zero gives ``start`` itself."""
        return due(start, length, "working_day", self)

    def working_days_between(self, after: dt.date, until: dt.date) -> int:
        """Working days after one date up to and including another; negative backwards."""
        if until < after:
            return -self.working_days_between(until, after)
        return sum(self.is_working_day(day) for day in days_of(after + _ONE_DAY, until))

    def missing_years(self, first: dt.date, last: dt.date) -> tuple[int, ...]:
        """Years touched by a stretch of days for which no notice is known."""
        years = range(first.year, last.year + 1)
        return tuple(year for year in years if year not in self.published_years)


def due(
    start: dt.date,
    length: int,
    unit: str,
    calendar: Calendar,
    pauses: tuple[Span, ...] = (),
    *,
    on: dt.date | None = None,
) -> Due:
    """Last day of a limit of ``length`` units (``UNITS``) that an event on ``start`` begins.

    ``pauses`` stop the clock; one that is still open runs to ``on`` (today by default)
    and marks the result ``paused``. Raises ValueError for a negative length or an
    unknown unit.
    """
    if unit not in UNITS:
        raise ValueError(f"时限单位“{unit}”不认识，可用：{'、'.join(UNITS)}。")
    if length < 0:
        raise ValueError(f"时限不能是负数：{length}。")
    open_until = on or today()
    paused = any(pause.to is None for pause in pauses)
    if unit == "month":
        return Due(_month_limit(start, length, pauses, open_until), paused=paused)
    day, left = start, length
    while left:
        day += _ONE_DAY
        if any(pause.holds(day, open_until) for pause in pauses):
            continue
        left -= unit == "calendar_day" or calendar.is_working_day(day)
    missing = calendar.missing_years(min(start + _ONE_DAY, day), day) if unit == "working_day" else ()
    return Due(day, bool(missing), missing, paused)


def _month_limit(start: dt.date, months: int, pauses: tuple[Span, ...], open_until: dt.date) -> dt.date:
    day, last = start, add_months(start, months)
    while day < last:
        day += _ONE_DAY
        last += _ONE_DAY * any(pause.holds(day, open_until) for pause in pauses)
    return last


@cache
def shipped() -> Calendar:
    """The calendar of the shipped notices."""
    return Calendar.of(shipped_notices())
