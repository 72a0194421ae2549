"""A frozen roll as the roster tells it (statistics.md §3): who draws the money, of what it is made, what is to be looked at; fen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from yimen.casework.payments import roll_reading as reading
from yimen.casework.payments.bank import templates
from yimen.casework.payments.models import Roll
from yimen.law.calendar import as_moment, today
from yimen.law.money import show
from yimen.law.payments.bank_layout import BankLayouts
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


class ItemCodes:
    """发放项目代码 of the lines of a roll: what the bank's template in force on the day of release calls them."""

    def __init__(self, roll: Roll) -> None:
        on = as_moment(roll.released_at).date() if roll.released_at else today()
        self._templates = templates.in_force(str(roll.area_id)[:6], on)
        self._known: dict[str, dict[str, str]] = {}

    def of(self, line: Any) -> str:
        """The code of a line; empty where no template gives one."""
        if line.account is None:
            return ""
        bank = line.account.bank
        if bank not in self._known:
            template = templates.serving(self._templates, bank)
            self._known[bank] = dict(BankLayouts.of(template.layouts).items) if template else {}
        return self._known[bank].get(f"{line.programme}.{'urban' if line.urban else 'rural'}", "")


def row(line: Any, codes: ItemCodes) -> dict[str, Any]:
    """One row of the paper."""
    head, account = line.award.household.head, line.account
    return {
        "head": "\n".join(part for part in (head.name, str(head.identity), head.phone) if part),
        "place": f"{line.village.name}\n{line.award.number}",
        "payee": payee(line),
        "persons": line.persons,
        "base": line.base_fen,
        "supplement": line.supplement_fen,
        "other": other_words(line),
        "amount": line.total_fen,
        "account": f"{account.bank}\n{account.number}" if account else "没有登记",
        "item": codes.of(line),
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
