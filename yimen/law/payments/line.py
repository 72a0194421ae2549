"""A line of the roll: what an award is paid in a month, part by part; whole fen.

The amount of the month stands in the award's version; arrears, months missed and what is taken back are parts of the next
line, never a line of their own (K4). Nothing is taken back without an order, and never more than the line holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yimen.law.payments.terms import Difference, PartKind

_ON_TOP = frozenset({PartKind.MISSED, PartKind.ARREARS})


@dataclass(frozen=True)
class Part:
    """One part of a line besides the amount of its month: which kind, for which month, fen (never negative), why."""

    kind: PartKind
    month: str
    fen: int
    words: str = ""


@dataclass(frozen=True)
class Amounts:
    """The sums of a line in fen; ``total_fen`` is what the bank is told to pay, never below zero."""

    base_fen: int = 0
    supplement_fen: int = 0
    addition_fen: int = 0
    arrears_fen: int = 0
    recovery_fen: int = 0

    @property
    def due_fen(self) -> int:
        """What is due before anything is taken back."""
        return self.base_fen + self.supplement_fen + self.addition_fen + self.arrears_fen

    @property
    def total_fen(self) -> int:
        """What is paid."""
        return self.due_fen - self.recovery_fen


def amounts(monthly_fen: int, supplement_fen: int, parts: Iterable[Part] = ()) -> Amounts:
    """The sums of a line from the amount of its month, the supplements that it includes, and its parts.

    What is ordered to be taken back beyond what the line holds stays open for later months. Raises ValueError for
    supplements above the amount, and for a part below zero.
    """
    if not 0 <= supplement_fen <= monthly_fen:
        raise ValueError(f"supplements of {supplement_fen} fen in {monthly_fen} fen")
    held = list(parts)
    if any(part.fen < 0 for part in held):
        raise ValueError("a part below zero")
    addition = sum(part.fen for part in held if part.kind is PartKind.ADDITION)
    arrears = sum(part.fen for part in held if part.kind in _ON_TOP)
    ordered = sum(part.fen for part in held if part.kind is PartKind.RECOVERY)
    return Amounts(
        base_fen=monthly_fen - supplement_fen,
        supplement_fen=supplement_fen,
        addition_fen=addition,
        arrears_fen=arrears,
        recovery_fen=min(ordered, monthly_fen + addition + arrears),
    )


def difference(before_fen: int | None, after_fen: int | None) -> Difference:
    """What became of a payment since the month before; ``None`` where there is no line. Raises ValueError without either."""
    if after_fen is None:
        if before_fen is None:
            raise ValueError("no line in either month")
        return Difference.ENDED
    if before_fen is None:
        return Difference.NEW
    return Difference.SAME if before_fen == after_fen else Difference.CHANGED
