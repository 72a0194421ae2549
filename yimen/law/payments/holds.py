"""Why payment waits while the entitlement stays untouched (plan 四(六); statistics.md §3, "held")."""

from __future__ import annotations

from yimen.law.terms import Term


class HoldKind(Term):
    """Why an award is not paid for the time being."""

    DEATH = "death", "死亡待核实"
    IDENTITY = "identity", "身份存疑"
    HIT = "hit", "比对结果未办结"
    ACCOUNT = "account", "发放账户存疑"
    OTHER = "other", "其他"
