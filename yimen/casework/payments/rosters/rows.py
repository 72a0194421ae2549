"""A frozen roll as the roster tells it (statistics.md §3): who draws the money, of what it is made, what is to be looked at; fen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from yimen.casework.payments import roll_reading as reading
from yimen.casework.payments.models import Roll
from yimen.law.money import show
from yimen.law.terms import Relation

PART = 500
"""Lines of one volume of the roster."""


def warned(rows: Any, roll: Roll) -> Any:
    """The lines with all that a row of the roster needs, in a constant number of statements."""
    return reading.warned(rows, roll).select_related(
        "award__household__head", "village", "account", "household", "award__township"
    )


def other_words(line: Any) -> str:
    """What is added and taken off, in words."""
    named = (("加发", line.addition_fen), ("补发", line.arrears_fen), ("扣回", -line.recovery_fen))
    return "；".join(f"{word} {'-' if fen < 0 else ''}{show(abs(fen))}" for word, fen in named if fen)


def payee(line: Any) -> str:
    """Who draws the money and what he is to the head."""
    if line.account is None:
        return "没有登记"
    return f"{line.account.holder}（{Relation(line.account.holder_relation).label}）"


def remark(line: Any) -> str:
    """What the line is to be looked at for."""
    return "；".join(warning.label for warning in reading.warnings_of(line))


def row(line: Any) -> dict[str, Any]:
    """One row of the paper."""
    head, account = line.award.household.head, line.account
    return {
        "head": f"{head.name}\n{head.identity}",
        "place": f"{line.village.name}\n{line.award.number}",
        "payee": payee(line),
        "persons": line.persons,
        "base": line.base_fen,
        "supplement": line.supplement_fen,
        "other": other_words(line),
        "amount": line.total_fen,
        "account": f"{account.bank}\n{account.number}" if account else "没有登记",
        "remark": remark(line),
    }


def volumes(lines: Iterable[Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    """The lines of each programme in volumes of at most PART."""
    found: dict[str, list[Any]] = {}
    for line in lines:
        found.setdefault(line.programme, []).append(line)
    for programme, rows in sorted(found.items()):
        for start in range(0, len(rows), PART):
            yield programme, rows[start : start + PART]
