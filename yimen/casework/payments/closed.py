"""Whether a township's month is closed: a later room says so, and without its word nothing of a month is begun (K10)."""

from __future__ import annotations

from collections.abc import Callable

from yimen.base.access.refusal import Refused

Closed = Callable[[str, str], bool]
"""Told a township and a month, whether the month is closed."""

_RULES: list[Closed] = []


def closes(rule: Closed) -> Closed:
    """Register who knows which months are closed."""
    _RULES.append(rule)
    return rule


def check_open(township: str, month: str) -> None:
    """Raises Refused for a month that is closed, or where nobody can tell."""
    if not _RULES:
        raise Refused("系统缺少月末办结的检查，不能编制名册，请联系系统管理员。", "no_close_check")
    if any(rule(township, month) for rule in _RULES):
        raise Refused(
            f"{month} 已经办结报备，不再编制这个月的名册。应补发的列入下月名册；确需更正的请区级重开。",
            "closed",
            422,
            "month",
        )
