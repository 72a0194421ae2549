"""社会救助基本情况统计表: one month and the year so far, from frozen months and the relief of the month; fen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from yimen.base.offices import queries as offices
from yimen.casework.monthclose.models import FiledRow, MonthClose
from yimen.casework.payments.relief import queries as relief
from yimen.law.aftercare.movement import Standing
from yimen.law.closing import FROZEN
from yimen.law.statistics import Counted, TableRow, row_of, table
from yimen.law.terms import Programme


@dataclass(frozen=True)
class Return:
    """The table of a month for some townships. ``lacking`` are those that have not filed it: their figures are not in it.

    ``month`` is the month alone. ``year`` holds what adds up over the year: spend, and the person-times of 临时救助.
    ``rigid`` and ``edge`` are households and persons recognised, which have no spend (R11).
    """

    of: str
    townships: tuple[str, ...]
    month: dict[TableRow, Counted]
    year: dict[TableRow, Counted]
    recognised: dict[Programme, Counted] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    closes: tuple[MonthClose, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every township has filed the month."""
        return not self.lacking


def official(townships: Sequence[str], month: str) -> Return:
    """The official table of a month (``"2026-11"``); a constant number of statements."""
    asked = tuple(townships)
    closes = _closes(asked, [month])
    filed = {close.area_id for close in closes}
    counted, recognised = _counted(closes)
    relieved = _relieved(asked, [month])
    year = [f"{month[:5]}{number:02d}" for number in range(1, int(month[5:]) + 1)]
    so_far, _ = _counted(_closes(asked, year))
    return Return(
        month,
        asked,
        table(counted | {TableRow.RELIEF: relieved}),
        table(_spend_only(so_far) | {TableRow.RELIEF: _relieved(asked, year)}),
        recognised,
        tuple(sorted(set(asked) - filed)),
        tuple(closes),
    )


def _relieved(townships: Sequence[str], months: Sequence[str]) -> Counted:
    given = [one for month in months for one in relief.counts(townships, month).values()]
    return Counted(sum(one.cases for one in given), sum(one.persons for one in given), sum(one.fen for one in given))


def _closes(townships: Iterable[str], months: Sequence[str]) -> list[MonthClose]:
    rows = MonthClose.objects.filter(area__in=list(townships), month__in=list(months), state__in=FROZEN)
    return list(rows.select_related("area").order_by("area_id", "month"))


def _counted(closes: Sequence[MonthClose]) -> tuple[dict[TableRow, Counted], dict[Programme, Counted]]:
    rows = FiledRow.objects.filter(close__in=[close.pk for close in closes], standing=str(Standing.DUE)).order_by()
    grouped = rows.values("programme", "urban").annotate(
        households=Count("pk"), people=Coalesce(Sum("persons"), 0), fen=Coalesce(Sum("paid_fen"), 0)
    )
    found: dict[TableRow, Counted] = {}
    recognised: dict[Programme, Counted] = {}
    for group in grouped:
        programme = Programme(group["programme"])
        counted = Counted(group["households"], group["people"], group["fen"])
        if row := row_of(programme, group["urban"]):
            found[row] = counted
        else:
            recognised[programme] = recognised.get(programme, Counted()) + counted
    return found, recognised


def _spend_only(parts: dict[TableRow, Counted]) -> dict[TableRow, Counted]:
    """Households and persons of several months are no sum of anything: only what was spent adds up."""
    return {row: Counted(fen=counted.fen) for row, counted in parts.items()}


def names(townships: Iterable[str]) -> str:
    """Townships in words."""
    return "、".join(offices.area(code).name for code in townships)
