"""临时救助 of small amounts: what has happened, who found it, how it is paid, what may wait (L29, L37, L50; 中办发〔2020〕18号 14, 15).

Urgent and small: help first, explain afterwards (L50). The papers that were left out are due within :data:`MOST_DAYS` days,
sooner where the place has set so; nothing but urgent relief may be paid before they are there.
"""

from __future__ import annotations

import datetime as dt

from yimen.law.terms import Term

LIMIT_KEY = "relief.township_limit"
PAPERS_KEY = "relief.supplement_days"
MOST_DAYS = 30
"""Days in which the papers of urgent relief are due at the latest; a place may set fewer (the project's own bound)."""
CLOCK = "relief_papers"


class ReliefCause(Term):
    """What has happened (中办发〔2020〕18号 14): sudden, pressing, disastrous; or spending that cannot be borne."""

    FIRE = "fire", "火灾"
    TRAFFIC = "traffic", "交通事故"
    ILLNESS = "illness", "突发重大疾病"
    ACCIDENT = "accident", "意外伤害"
    JOB = "job", "失业、务工受阻"
    SPENDING = "spending", "医疗、教育等必需支出过大"
    OTHER = "other", "其他突发困难"


class ReliefKind(Term):
    """The two kinds of the reform of 2020."""

    EMERGENCY = "emergency", "急难型"
    SPENDING = "spending", "支出型"


class ReliefSource(Term):
    """Who brought it: an application, or found by the village (L37.3, L39)."""

    SELF = "self", "本人或者家庭成员申请"
    VILLAGE = "village", "村（社区）发现报告"
    ENTRUSTED = "entrusted", "委托他人申请"


class ReliefWay(Term):
    """How it is given."""

    CASH = "cash", "现金"
    TRANSFER = "transfer", "转账到家庭账户"


class ReliefState(Term):
    """Where a case of relief stands; outstanding papers are told apart."""

    REGISTERED = "registered", "待决定"
    GRANTED = "granted", "待发放"
    PAID = "paid", "已发放"
    REFUSED = "refused", "不予救助"
    CANCELLED = "cancelled", "已撤销"


def kind_of(cause: ReliefCause) -> ReliefKind:
    """Emergency, or spending that cannot be borne."""
    return ReliefKind.SPENDING if cause is ReliefCause.SPENDING else ReliefKind.EMERGENCY


def papers_due(on: dt.date, days: int | None) -> dt.date:
    """The last day for the papers of urgent relief: the place's own number of days, never more than the bound."""
    return on + dt.timedelta(days=min(days, MOST_DAYS) if days else MOST_DAYS)
