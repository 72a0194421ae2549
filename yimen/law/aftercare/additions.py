"""Area-wide additions to awards, dated by month: 价格临时补贴 and the like (L32); money in fen.

They stand in the figure ``additions.area``, released by two people with their document. One person gets an addition once a
month, whatever programmes he is on; of several rows that fit him, the highest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yimen.law.aftercare.terms import PAYING, AwardPhase
from yimen.law.money import show as yuan
from yimen.law.standards import BadFigure, Figure, Value
from yimen.law.terms import Programme, Term

KEY = "additions.area"
ARTICLE = "社会救助法第三十二条"


class Per(Term):
    """For whom an addition is paid."""

    PERSON = "person", "按人"
    HOUSEHOLD = "household", "按户"


@dataclass(frozen=True)
class Addition:
    """One addition: fen a month for each covered person or for each household, in months from one to another, both included."""

    code: str
    label: str
    document: str
    programmes: tuple[Programme, ...]
    per: Per
    fen: int
    from_month: str
    to_month: str

    def holds(self, programme: Programme, month: str) -> bool:
        """Whether it is paid for a programme in a month."""
        return programme in self.programmes and self.from_month <= month <= self.to_month


@dataclass(frozen=True)
class Standing:
    """An award in a month: which household, which programme, how it stands, whom it covers."""

    award: str
    household: str
    programme: Programme
    phase: AwardPhase
    persons: tuple[str, ...]


@dataclass(frozen=True)
class Added:
    """What an award is paid on top in a month: which addition, for whom, how much in all."""

    award: str
    addition: Addition
    persons: tuple[str, ...]
    fen: int


def rate_words(addition: Addition) -> str:
    """What it is a month, in words."""
    return f"每{'人' if addition.per is Per.PERSON else '户'}每月 {yuan(addition.fen)} 元"


def read_additions(figure: Figure) -> tuple[Addition, ...]:
    """The additions of the figure ``additions.area``. Raises BadFigure for a row that is not whole, or two that overlap."""
    found = tuple(_read(row, figure) for row in figure.as_rows())
    for programme in Programme:
        rows = sorted((row for row in found if programme in row.programmes), key=lambda row: (row.code, row.from_month))
        for one, after in pairwise(rows):
            if one.code == after.code and after.from_month <= one.to_month:
                raise BadFigure(
                    f"“{one.label}”对{programme.label}有两行月份重叠（{after.from_month}起），请由区级改正后再发放。"
                )
    return found


def additions_in(month: str, awards: Iterable[Standing], additions: Sequence[Addition]) -> tuple[Added, ...]:
    """What each award is paid on top in a month, in the order of the awards; never twice for one person or household.

    Only for awards that are paid in the month. A person on several awards gets the highest of one code, with the award
    that gives it; of equal ones, the first.
    """
    paid = [award for award in awards if award.phase in PAYING]
    found: list[Added] = []
    for code in dict.fromkeys(row.code for row in additions):
        rows = [row for row in additions if row.code == code]
        offers = [(row, award) for award in paid for row in rows if row.holds(award.programme, month)]
        found += _once(sorted(offers, key=lambda offer: -offer[0].fen))
    order = {award.award: place for place, award in enumerate(paid)}
    return tuple(sorted(found, key=lambda added: order[added.award]))


def addition_of(month: str, award: Standing, additions: Sequence[Addition]) -> tuple[Added, ...]:
    """What one award is paid on top in a month, where nobody of it is on another award."""
    return additions_in(month, [award], additions)


def _once(offers: Iterable[tuple[Addition, Standing]]) -> list[Added]:
    """The best offer first: whoever has had it does not get it again."""
    served: set[tuple[Per, str]] = set()
    found = []
    for row, award in offers:
        takers = award.persons if row.per is Per.PERSON else (award.household,)
        new = tuple(dict.fromkeys(who for who in takers if (row.per, who) not in served))
        served |= {(row.per, who) for who in new}
        if new and award.persons:
            found.append(Added(award.award, row, new if row.per is Per.PERSON else award.persons, row.fen * len(new)))
    return found


def paid_in(figure: Figure | None, month: str) -> tuple[Addition, ...]:
    """The additions of the figure that are paid in a month; none without a figure. Raises BadFigure as ``read_additions``."""
    rows = read_additions(figure) if figure else ()
    return tuple(row for row in rows if row.from_month <= month <= row.to_month)


def _read(row: dict[str, Value], figure: Figure) -> Addition:
    try:
        programmes = row["programmes"]
        if not isinstance(programmes, list) or not programmes:
            raise ValueError("no list")
        fen, first, last = row["fen"], str(row["from"]), str(row["to"])
        if isinstance(fen, bool) or not isinstance(fen, int) or fen <= 0 or not _month(first) or not _month(last):
            raise ValueError("no amount or no months")
        if last < first:
            raise ValueError("ends before it begins")
        return Addition(
            code=str(row["code"]),
            label=str(row["label"]),
            document=str(row.get("document") or figure.document),
            programmes=tuple(Programme(str(each)) for each in programmes),
            per=Per(str(row["per"])),
            fen=fen,
            from_month=first,
            to_month=last,
        )
    except (KeyError, ValueError) as bad:
        raise BadFigure(
            f"临时加发“{row.get('label', row.get('code', ''))}”写得不完整（项目、金额、起止月份），请由区级改正后再发放。"
        ) from bad


def _month(text: str) -> bool:
    year, _, month = text.partition("-")
    return len(text) == len("2026-01") and year.isdigit() and month.isdigit() and 1 <= int(month) <= 12
