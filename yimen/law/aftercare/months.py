"""From which month a change counts, and what was paid too much or too little because of it; money in fen.

T26 says for 特困 that support ends from the month after the decision. For 低保 and the recognitions no text says a month:
each place sets its own, and until it has, nothing is decided. A cut or a stop never reaches back before its decision, for
the household must be heard first (L48); death is the one event that ends its share by its own day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from yimen.law.aftercare.terms import AwardCause, ChangeEffect
from yimen.law.calendar import add_months, first_day, month_of, next_month
from yimen.law.standards import BadFigure, Figure
from yimen.law.terms import Programme

Ask = Callable[[str], Figure]
"""A figure by its key, of the place and day meant. Raises law.standards.Unset."""

TEKUN_STOP = "tekun.payment_stop"
DEATH = "change.death_stop_from"
KEYS = {
    ChangeEffect.INCREASE: "change.increase_from",
    ChangeEffect.DECREASE: "change.decrease_from",
    ChangeEffect.SUSPEND: "change.suspend_from",
    ChangeEffect.RESUME: "change.resume_from",
    ChangeEffect.END: "change.stop_from",
    ChangeEffect.GRACE: "change.stop_from",
    ChangeEffect.TRANSFER: "change.stop_from",
}
"""The figure of each effect. 渐退期 begins in the month in which the benefit would have stopped; a transfer's first month at the
new place is the month from which the old one stops, so no month is paid twice and none is missed."""
_BY_DEATH = frozenset({ChangeEffect.DECREASE, ChangeEffect.SUSPEND, ChangeEffect.END})
T26 = "民发〔2021〕43号第二十六条"


@dataclass(frozen=True)
class Effective:
    """The month from which a change counts, the figure that says so (its key and document) and its words."""

    month: str
    key: str
    document: str
    label: str


def key_of_change(programme: Programme, effect: ChangeEffect, cause: AwardCause) -> str:
    """The key of the figure that sets the month. Raises ValueError for an effect that has no month.

    特困 after a death: payment is held from the month of ``change.death_stop_from``; the support itself ends after the
    public notice, from the month of T26, which makes no exception for death.
    """
    if effect not in KEYS:
        raise ValueError(f"“{effect.label}”不改变金额，没有起算月份。")
    if programme is Programme.TEKUN and effect is ChangeEffect.END:
        return TEKUN_STOP
    return DEATH if cause is AwardCause.DEATH and effect in _BY_DEATH else KEYS[effect]


def effective_month(
    programme: Programme,
    effect: ChangeEffect,
    cause: AwardCause,
    *,
    decided_on: dt.date,
    event_on: dt.date,
    ask: Ask,
    held_from: str = "",
) -> Effective:
    """From which month a change counts.

    ``event_on`` is the day on which it happened (the day of death), ``held_from`` the month from which payment was
    suspended, for ``RESUME``. Raises law.standards.Unset while the place has set no month, BadFigure for a code that it
    does not know, ValueError for an effect without a month, an event after its decision, or a suspension whose first month is not given.
    """
    if event_on > decided_on:
        raise ValueError(f"情况发生日期{event_on}晚于决定日期{decided_on}，请核对。")
    figure = ask(key_of_change(programme, effect, cause))
    code = figure.as_code()
    start = event_on if figure.key == DEATH or code.startswith("event_") else decided_on
    if code == "held_month":
        month = _held(held_from)
    elif code.endswith("same_month") or code == "event_month":
        month = month_of(start)
    elif code.endswith("next_month"):
        month = next_month(start)
    else:
        raise BadFigure(f"参数“{figure.key}”（{figure.source}）的值“{code}”没有说明从哪个月起，请核对后重新设置。")
    return Effective(month, figure.key, figure.document, figure.shown())


def _held(month: str) -> str:
    if not month:
        raise ValueError("恢复发放应当写明从哪个月起暂停，现在没有。")
    return month


def uplift_month(standard: Figure) -> str:
    """The first month of a new standard. Raises BadFigure where it begins within a month: then a document must say which."""
    since = standard.valid_from
    if since is None or since.day != 1:
        raise BadFigure(f"新标准（{standard.source}）不是从某月1日起施行，请按文件写明从哪个月起按新标准发放。")
    return month_of(since)


def later_month(month: str, count: int) -> str:
    """The month ``count`` months later, earlier where it is negative: ``("2026-11", 2)`` is ``"2027-01"``."""
    return month_of(add_months(first_day(month), count))


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every month from one up to and including another; none where the last lies before the first."""
    count = _index(last) - _index(first) + 1
    return tuple(later_month(first, step) for step in range(count))


def _index(month: str) -> int:
    day = first_day(month)
    return day.year * 12 + day.month


def overpaid(before: Mapping[str, int], after: Mapping[str, int], paid_through: str) -> dict[str, int]:
    """What was paid too much, by month in fen: due before less due after the change, of months already paid.

    ``paid_through`` is the last month paid, empty where none was. A month that is not named has nothing due.
    """
    return _excess(before, after, paid_through)


def arrears(before: Mapping[str, int], after: Mapping[str, int], paid_through: str) -> dict[str, int]:
    """What is still to be paid for months already paid, by month in fen: due after the change less due before."""
    return _excess(after, before, paid_through)


def _excess(more: Mapping[str, int], less: Mapping[str, int], through: str) -> dict[str, int]:
    months = sorted(month for month in more if through and month <= through)
    found = {month: more[month] - less.get(month, 0) for month in months}
    return {month: fen for month, fen in found.items() if fen > 0}
