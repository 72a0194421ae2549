"""The official monthly table and the township's monthly counts: how figures are made of counts (statistics.md §1, §2).

Spend is shown in ten thousand yuan with two decimals; the average is that figure times ten thousand by persons, half up to
whole yuan, per person and not per household. Totals are urban plus rural.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from yimen.law.aftercare.movement import Movement
from yimen.law.money import half_up
from yimen.law.terms import Programme, Term

_FEN_PER_HUNDREDTH = 10_000
"""A hundredth of ten thousand yuan is a hundred yuan."""


@dataclass(frozen=True)
class Counted:
    """Households, persons (person-times for 临时救助) and what was spent, in fen."""

    households: int = 0
    persons: int = 0
    fen: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.households + other.households, self.persons + other.persons, self.fen + other.fen)

    @property
    def hundredths(self) -> int:
        """What was spent in hundredths of ten thousand yuan, half up: what the table shows."""
        return half_up(Fraction(self.fen, _FEN_PER_HUNDREDTH))

    @property
    def spend(self) -> str:
        """What was spent in ten thousand yuan with two decimals."""
        return spend_words(self.hundredths)

    @property
    def average(self) -> int | None:
        """Whole yuan for each person, by the spend that the table shows; None without persons."""
        return average(self.hundredths, self.persons)


def average(hundredths: int, persons: int) -> int | None:
    """补助水平 in whole yuan from a spend in hundredths of ten thousand yuan; None without persons."""
    return half_up(Fraction(hundredths * 100, persons)) if persons else None


def spend_words(hundredths: int) -> str:
    """Ten thousand yuan with two decimals and grouping."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole:,}.{rest:02d}"


def total(parts: Iterable[Counted]) -> Counted:
    """All of them together."""
    found = Counted()
    for part in parts:
        found += part
    return found


class TableRow(Term):
    """The rows of 社会救助基本情况统计表, in its order."""

    DIBAO = "dibao", "城乡低保"
    DIBAO_URBAN = "dibao_urban", "城市低保"
    DIBAO_RURAL = "dibao_rural", "农村低保"
    TEKUN = "tekun", "城乡特困"
    TEKUN_URBAN = "tekun_urban", "城市特困"
    TEKUN_RURAL = "tekun_rural", "农村特困"
    RELIEF = "relief", "临时救助（人次）"


TOTALS = {TableRow.DIBAO: (TableRow.DIBAO_URBAN, TableRow.DIBAO_RURAL),
          TableRow.TEKUN: (TableRow.TEKUN_URBAN, TableRow.TEKUN_RURAL)}  # fmt: skip
"""Rows that are sums of others."""

_ROWS = {
    (Programme.DIBAO, True): TableRow.DIBAO_URBAN,
    (Programme.DIBAO, False): TableRow.DIBAO_RURAL,
    (Programme.TEKUN, True): TableRow.TEKUN_URBAN,
    (Programme.TEKUN, False): TableRow.TEKUN_RURAL,
}


def row_of(programme: Programme, urban: bool) -> TableRow | None:
    """The row in which an award is counted; None for a recognition, which has no monthly spend (R11)."""
    return _ROWS.get((programme, urban))


def table(parts: dict[TableRow, Counted]) -> dict[TableRow, Counted]:
    """Every row of the table from those that are counted; the totals are their sums."""
    found = {row: parts.get(row, Counted()) for row in TableRow}
    return found | {row: total(found[part] for part in of) for row, of in TOTALS.items()}


class StopCause(Term):
    """Why somebody left, in the words of the township's monthly form (statistics.md §2)."""

    INCOME = "income", "收入、财产超过规定"
    DEATH = "death", "死亡"
    MOVED = "moved", "户籍迁出"
    LABOUR = "labour", "具备劳动能力、就业"
    VOLUNTARY = "voluntary", "自愿退出"
    OVER = "over", "转为特困等其他项目"
    OTHER = "other", "其他"


_GROUNDS = {
    "death_member": StopCause.DEATH,
    "death_last": StopCause.DEATH,
    "declared_missing": StopCause.DEATH,
    "other_programme": StopCause.OVER,
    "moved_over": StopCause.OVER,
    "income_over": StopCause.INCOME,
    "property_over": StopCause.INCOME,
    "means_over": StopCause.INCOME,
    "spending_over": StopCause.INCOME,
    "single_over": StopCause.INCOME,
    "obligor_able": StopCause.INCOME,
    "child_benefit": StopCause.OVER,
    "moved_away": StopCause.MOVED,
    "employed_over": StopCause.LABOUR,
    "grace_over": StopCause.LABOUR,
    "labour_regained": StopCause.LABOUR,
    "voluntary": StopCause.VOLUNTARY,
}

STOPPED = frozenset({Movement.ENDED, Movement.EXPIRED, Movement.MOVED_OUT})
"""Movements by which somebody is no longer on assistance in a township."""


def grounds_of(cause: StopCause) -> tuple[str, ...]:
    """The grounds of decisions that are counted under a cause."""
    return tuple(ground for ground, counted in _GROUNDS.items() if counted is cause)


def stop_cause(movement: Movement, ground: str) -> StopCause:
    """The cause under which a stop is counted, by its movement and the ground of its decision."""
    if movement is Movement.MOVED_OUT:
        return StopCause.MOVED
    return _GROUNDS.get(ground, StopCause.OTHER)
