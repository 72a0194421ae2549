"""What a change leaves to be settled by month: paid too much, or still to be paid. Listed here, settled in the month's payment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from yimen.casework.awards.changes.reporting import before_hold
from yimen.casework.awards.models import Balance, ChangeCase
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.aftercare.history import dues
from yimen.law.aftercare.months import arrears, later_month, overpaid
from yimen.law.calendar import month_of

LastPaid = Callable[[Collection[int]], Mapping[int, str]]
"""Told awards (their numbers in the database), the last month that has been paid out for each; those of which none is known left out."""

_TOLD: list[LastPaid] = []


def tells_last_paid(rule: LastPaid) -> LastPaid:
    """Register who knows what has been paid: the room of payments, which comes later in the order."""
    _TOLD.append(rule)
    return rule


def last_paid(award: int) -> str:
    """The last month paid out for an award by the rolls; empty where no roll has paid it, and an officer has to say."""
    return last_paid_of([award]).get(award, "")


def last_paid_of(awards: Collection[int]) -> dict[int, str]:
    """The same of several awards; those that no roll has paid are left out."""
    found: dict[int, str] = {}
    for rule in _TOLD:
        for award, month in rule(awards).items():
            found[award] = max(found.get(award, ""), month)
    return found


def settle(change: ChangeCase, paid_through: str, cause: str) -> list[Balance]:
    """The rows of a decided change, from the award's history with and without it.

    Months up to ``paid_through`` (or, where rolls pay the award, up to the last roll) were paid as due before; of later
    ones, what the change gives back for months already over (a hold that is lifted) is still to be paid.
    """
    on = change.decided_on
    paid_through = last_paid(change.award_id) or paid_through
    if on is None:
        raise ValueError("only a decided change leaves balances")
    now = list(change.award.versions.all())
    own = [row for row in now if (row.basis_kind, row.basis_ref) == (ChangeCase.KIND, change.ref)]
    if not own:
        return []
    first = min(row.from_month for row in own)
    over = later_month(month_of(on), -1)
    last = max(paid_through, over)
    if first > last:
        return []
    before, after = dues(before_hold(change, now), first, last), dues(now, first, last)
    paid = {month: fen for month, fen in before.items() if month <= paid_through}
    kinds = {BalanceKind.OVERPAID: overpaid(paid, after, last), BalanceKind.ARREARS: _owed(paid, after, before, last)}
    rows = [
        Balance(
            award=change.award, basis_kind=ChangeCase.KIND, basis_ref=change.ref, kind=kind, month=month, fen=fen,
            cause=cause[:100], on=on,
        )
        for kind, months in kinds.items()
        for month, fen in sorted(months.items())
    ]  # fmt: skip
    return Balance.objects.bulk_create(rows)


def _owed(paid: dict[str, int], after: dict[str, int], before: dict[str, int], last: str) -> dict[str, int]:
    """More is due than was paid: a raise that reaches back, or months that were held and are given back."""
    return arrears({month: paid.get(month, 0) for month in before}, after, last)
