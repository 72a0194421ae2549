"""When a changed account takes effect, and what about it is to be looked at twice (security.md K20; plan 四(六))."""

from __future__ import annotations

import datetime as dt

from yimen.law.aftercare.months import later_month
from yimen.law.calendar import first_day, month_of
from yimen.law.terms import Term

FREEZE_DAYS = "payment.account_freeze_days"
FLOOR = 1
"""Days before the cut-off that no figure shortens: on the eve of payment nobody re-routes money."""


class AccountState(Term):
    """Where a change of account stands. Refused and withdrawn ones stay in the history."""

    PROPOSED = "proposed", "待另一人复核"
    CONFIRMED = "confirmed", "已复核"
    REFUSED = "refused", "复核未通过"
    WITHDRAWN = "withdrawn", "已撤回"


class AccountWarning(Term):
    """What who confirms has to look at, and to say how it was looked at."""

    SHARED = "shared", "别的家庭也用这个账户"
    STAFF = "staff", "户名是工作人员或者其近亲属"
    OUTSIDE = "outside", "领取人不是家庭成员"


def first_used(on: dt.date, cut_off: dt.date | None, days: int | None) -> dt.date:
    """From which day an account confirmed on a day counts: that day, or inside the freeze window the first of next month.

    ``cut_off`` is the last day for the month's cases, ``days`` the window before it in calendar days, at least FLOOR.
    While either is not set the whole month is frozen.
    """
    if cut_off is not None and days is not None and on < cut_off - dt.timedelta(days=max(days, FLOOR)):
        return on
    return first_day(later_month(month_of(on), 1))
