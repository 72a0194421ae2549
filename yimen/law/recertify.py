"""定期核查（复核）: how often, when next, what it may find (plan 四(四); D31; L46; O 7).

Intervals are the place's own: of 低保 by category in ``category.scheme`` (A/B/C, 重点/一般, or a district's own), of the other
programmes one figure each. Nothing stands in for a figure that no document has set: the review then waits for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from yimen.law.calendar import add_months, first_day
from yimen.law.rules.category import KEY as SCHEME
from yimen.law.standards import BadFigure
from yimen.law.standards.figure import Figure
from yimen.law.terms import Programme, Term

Ask = Callable[[str], Figure]
"""A figure by its key, of the place and day meant. Raises law.standards.Unset."""

KEYS = {Programme.DIBAO: SCHEME, Programme.TEKUN: "tekun.recertify", Programme.EDGE: "edge.recertify"}
"""The figure that sets the interval. 刚性支出困难家庭 has none: it is valid for at most 12 months, then one applies anew (R10)."""

ARTICLES = ("民发〔2021〕57号第三十一条", "社会救助法第四十六条")


class RecertifyState(Term):
    """Where a review stands. CHANGING stays open until the change itself is dealt with."""

    STARTED = "started", "复核中"
    RECORDED = "recorded", "待负责人确认"
    DONE = "done", "已复核"
    CHANGING = "changing", "待办变更"
    CHANGED = "changed", "变更已办结"
    CLOSED = "closed", "随保障停止办结"


OPEN = (RecertifyState.STARTED, RecertifyState.RECORDED, RecertifyState.CHANGING)


class Outcome(Term):
    """What a review finds. Without an obvious change the amount stays as it is (D31)."""

    UNCHANGED = "unchanged", "没有明显变化，金额不变"
    CHANGED = "changed", "有变化，须办理变更"


class ChangeKind(Term):
    """What may have changed: the three of D30 and L46, and needs that carry a supplement (D27; L20)."""

    MEMBERS = "members", "家庭人口"
    INCOME = "income", "收入"
    PROPERTY = "property", "财产"
    NEED = "need", "健康、残疾、劳动能力"


class DataCheck(Term):
    """What the check of data said this time."""

    NONE = "none", "本次没有提请核对"
    CLEAR = "clear", "核对没有差异"
    DIFFERENT = "different", "核对有差异"


class Due(Term):
    """How near the day of a review is."""

    LATE = "late", "已过期"
    THIS_MONTH = "month", "本月到期"
    NEXT_MONTH = "next", "下月到期"
    LATER = "later", "未到期"


@dataclass(frozen=True)
class Interval:
    """Months from one review to the next, and the document that says so."""

    months: int
    document: str
    label: str


def interval(programme: Programme, category: str, ask: Ask) -> Interval:
    """The interval of a programme and category. Raises law.standards.Unset, or BadFigure where the figure does not answer."""
    key = KEYS.get(programme)
    if key is None:
        raise BadFigure(f"{programme.label}不作定期复核，期满后重新申请（最长 12 个月）。")
    figure = ask(key)
    if key != SCHEME:
        return Interval(figure.as_int(), figure.document, programme.label)
    row = next((row for row in figure.as_rows() if category in (row.get("code"), row.get("label"))), None)
    if row is None:
        raise BadFigure(
            f"保障类别表（{figure.document}）里没有“{category}”类，算不出复核间隔。请由区级在“政策与标准”补充后再办理。"
        )
    months = row.get("months")
    if not isinstance(months, int) or isinstance(months, bool) or months < 1:
        raise BadFigure(f"保障类别“{category}”没有写明核查间隔月数，请由区级补充后再办理。")
    return Interval(months, figure.document, str(row.get("label", category)))


def next_due(checked_on: dt.date, found: Interval) -> dt.date:
    """The day of the next review: a whole interval after the day on which the household was really checked."""
    return add_months(checked_on, found.months)


def due_of(due_on: dt.date, on: dt.date) -> Due:
    """How near a day of review is on a day."""
    if due_on < on:
        return Due.LATE
    this = first_day(on)
    if due_on < add_months(this, 1):
        return Due.THIS_MONTH
    return Due.NEXT_MONTH if due_on < add_months(this, 2) else Due.LATER
