"""What a line of the roll is to be looked at for before money goes out (statistics.md §3; security threats 12 and 13)."""

from __future__ import annotations

from yimen.law.terms import Term


class LineWarning(Term):
    """A remark that does not stop a line; the person who approves has seen it."""

    NO_ACCOUNT = "no_account", "没有登记账户"
    SHARED = "shared", "账户与别家相同"
    OUTSIDE = "outside", "户名不是家庭成员"
    NEW_ACCOUNT = "new_account", "账户与上月不同"
    CUSTODY = "custody", "存折（卡）由工作人员代管"
    UNFILED = "unfiled", "代管协议没有备案"
