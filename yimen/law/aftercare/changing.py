"""Where a case of change stands, how a household is heard, and what stays to be settled in money."""

from __future__ import annotations

from yimen.law.aftercare.terms import ChangeEffect, ChangeEvent
from yimen.law.terms import Term


class ChangeState(Term):
    """Where a change stands, from the report to the notice that was served."""

    REPORTED = "reported", "待受理"
    HANDLING = "handling", "待核实"
    RECKONED = "reckoned", "已核算"
    ON_NOTICE = "on_notice", "终止公示中"
    DECIDING = "deciding", "待负责人决定"
    DECIDED = "decided", "待送达告知书"
    MOVING = "moving", "待迁入地接收"
    CLOSED = "closed", "已办结"


OPEN = tuple(state for state in ChangeState if state is not ChangeState.CLOSED)


class Hearing(Term):
    """How the household was heard (L48)."""

    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话"
    WRITING = "writing", "书面"
    NOT_POSSIBLE = "not_possible", "无法听取"


class View(Term):
    """What the household thinks of the proposal."""

    AGREES = "agrees", "没有意见"
    OBJECTS = "objects", "有不同意见"
    SILENT = "silent", "未表示意见"


class BalanceKind(Term):
    """What a change leaves to be settled by month."""

    OVERPAID = "overpaid", "多发"
    ARREARS = "arrears", "应补"


LEAVING = frozenset(
    {ChangeEvent.DEATH, ChangeEvent.MOVED_OUT, ChangeEvent.SPLIT, ChangeEvent.MARRIAGE, ChangeEvent.CUSTODY}
)
"""Events in which members leave the household."""

JOINING = frozenset({ChangeEvent.BIRTH, ChangeEvent.MARRIAGE, ChangeEvent.MOVED_IN})
"""Events in which members join it."""

MEANS = frozenset({ChangeEvent.WORK, ChangeEvent.INCOME, ChangeEvent.PROPERTY, ChangeEvent.OBLIGOR, ChangeEvent.OTHER})

WITHOUT_MONTH = frozenset({ChangeEffect.UNCHANGED, ChangeEffect.DETAILS_ONLY})
"""Effects that leave the amount as it is, so that no month has to be set."""
