"""Taking back what was paid too much: on what ground, who orders it, in which parts (L73, L74; forms.md 44). Whole fen.

The department of the district orders, the township proposes. The person is heard first (L48). Nothing is deducted from a
payment without an order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yimen.law.aftercare.months import later_month
from yimen.law.terms import Term


class RecoveryBasis(Term):
    """Why it is taken back."""

    FRAUD = "fraud", "虚报、隐瞒、伪造等手段骗取"
    REFUSED = "refused", "拒不执行调减、终止决定，非法占有"
    ERROR = "error", "情况变化后多发"


ARTICLES: dict[RecoveryBasis, tuple[str, ...]] = {
    RecoveryBasis.FRAUD: ("《中华人民共和国社会救助法》第七十三条",),
    RecoveryBasis.REFUSED: ("《中华人民共和国社会救助法》第七十四条",),
    RecoveryBasis.ERROR: ("《中华人民共和国社会救助法》第四十六条、第四十七条",),
}


class RecoveryWay(Term):
    """How it is paid back."""

    INSTALMENTS = "instalments", "从以后的保障金中分期扣回"
    CASH = "cash", "限期退回"


class RecoveryState(Term):
    """Where a recovery stands."""

    PROPOSED = "proposed", "待区级决定"
    RETURNED = "returned", "退回乡街"
    ORDERED = "ordered", "正在退回"
    SETTLED = "settled", "已退清"
    WITHDRAWN = "withdrawn", "已撤回"


OPEN = (RecoveryState.PROPOSED, RecoveryState.RETURNED, RecoveryState.ORDERED)
"""States of a recovery that is not over."""


@dataclass(frozen=True)
class Planned:
    """What a month's payment of an award is short of by an order: fen, and the order's reference."""

    fen: int
    ref: str


def most_fine(total_fen: int, multiple: str) -> int:
    """The highest fine in fen for what was obtained by fraud (L73: up to ``multiple`` times its value)."""
    return int(Fraction(multiple) * total_fen)


def instalment(remaining_fen: int, monthly_fen: int) -> int:
    """What one month takes back: the agreed part, at the end what is left."""
    return max(0, min(remaining_fen, monthly_fen))


def instalments(total_fen: int, monthly_fen: int, first: str) -> Iterator[tuple[str, int]]:
    """Month and fen of every part. Raises ValueError without an amount to take a month."""
    if monthly_fen <= 0:
        raise ValueError("an instalment takes something")
    left, month = total_fen, first
    while left > 0:
        fen = instalment(left, monthly_fen)
        yield month, fen
        left, month = left - fen, later_month(month, 1)
