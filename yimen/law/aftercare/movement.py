"""What became of an award from one month to the next: the words of the month view, as a pure comparison; money in fen.

An award stands in a month as the version in force says, and a recognition only until its last day (R10): in the months after
``valid_to`` nothing of it is left, whether or not somebody wrote that down. Seen from one place it is elsewhere in the months in
which the household belonged to another one.
"""

from __future__ import annotations

import datetime as dt
from itertools import product

from yimen.law.aftercare.terms import PAYING, AwardPhase
from yimen.law.calendar import first_day
from yimen.law.terms import Term


class Standing(Term):
    """How an award stands in a month."""

    NOT_YET = "not_yet", "尚未开始"
    DUE = "due", "在保"
    HELD = "held", "暂停发放"
    OVER = "over", "已终止"
    EXPIRED = "expired", "有效期已满"
    ELSEWHERE = "elsewhere", "不在本地"


class Movement(Term):
    """What became of it since the month before. Every one but ``UNCHANGED`` is listed by household."""

    NEW = "new", "新增"
    MOVED_IN = "moved_in", "转入"
    RESUMED = "resumed", "恢复"
    INCREASED = "increased", "增发"
    DECREASED = "decreased", "减发"
    SUSPENDED = "suspended", "暂停"
    MOVED_OUT = "moved_out", "转出"
    ENDED = "ended", "终止"
    EXPIRED = "expired", "认定到期"
    RESTATED = "restated", "调整（金额不变）"
    HELD = "held", "仍在暂停"
    UNCHANGED = "unchanged", "没有变化"


THERE = frozenset({Standing.DUE, Standing.HELD})
"""Standings out of which an award can end, expire or move away."""

Compared = tuple[Standing, Standing, int, bool]
"""Before, now, the sign of the difference in fen (-1, 0, 1), and whether another version is in force."""


def standing(phase: str | None, valid_to: dt.date | None, month: str) -> Standing:
    """How an award stands in a month by the phase of the version in force (None before the first) and its last day."""
    if not phase:
        return Standing.NOT_YET
    if phase == AwardPhase.VOIDED:
        return Standing.OVER
    if valid_to is not None and valid_to < first_day(month):
        return Standing.EXPIRED
    if phase == AwardPhase.ENDED:
        return Standing.OVER
    return Standing.DUE if AwardPhase(phase) in PAYING else Standing.HELD


def movement(before: Standing, now: Standing, difference_fen: int, *, restated: bool) -> Movement | None:
    """What became of an award; None where there was nothing and is nothing.

    ``difference_fen`` is what is due now less what was due, ``restated`` whether another version is in force.
    """
    if now is Standing.ELSEWHERE:
        return Movement.MOVED_OUT if before in THERE else None
    if before is Standing.ELSEWHERE:
        return Movement.MOVED_IN if now in THERE else None
    if now is Standing.DUE:
        return _still_due(difference_fen, restated) if before is Standing.DUE else _begun(before)
    if now is Standing.HELD:
        return Movement.HELD if before is Standing.HELD else Movement.SUSPENDED
    if now is Standing.NOT_YET or before not in THERE:
        return None
    return Movement.ENDED if now is Standing.OVER else Movement.EXPIRED


def compared(wanted: Movement) -> list[Compared]:
    """Every comparison that comes to this movement, for a query."""
    every = product(Standing, Standing, (-1, 0, 1), (False, True))
    return [each for each in every if movement(each[0], each[1], each[2], restated=each[3]) is wanted]


def _begun(before: Standing) -> Movement:
    return Movement.NEW if before is Standing.NOT_YET else Movement.RESUMED


def _still_due(difference_fen: int, restated: bool) -> Movement:
    if difference_fen:
        return Movement.INCREASED if difference_fen > 0 else Movement.DECREASED
    return Movement.RESTATED if restated else Movement.UNCHANGED
