"""资金发放情况表 of a month: households, person(-time)s and money by township, programme and urban or rural (statistics.md §1).

Households and persons come from the lines that the bank has paid, money from the ledger, so a difference would show.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Sum

from yimen.casework.payments.fund_models import FundPosting
from yimen.casework.payments.funds.queries import spending
from yimen.casework.payments.models import LineEvent
from yimen.casework.payments.relief import counts
from yimen.law.payments.funds import FundProgramme
from yimen.law.payments.terms import LineEventKind
from yimen.law.statistics import Counted

Key = tuple[str, FundProgramme, bool]
"""Township, programme, urban."""


def paid_in(townships: Iterable[str], month: str) -> dict[Key, Counted]:
    """What was paid for a month, in the order of townships and programmes; money that came back is taken off."""
    codes = sorted(set(townships))
    people = _people(codes, month)
    money = {
        (code, FundProgramme(programme), bool(urban)): fen
        for (code, programme, urban), fen in spending(FundPosting.objects.filter(township__in=codes), [month]).items()
    }
    found = {}
    for key in sorted({*people, *money}, key=lambda key: (key[0], [*FundProgramme].index(key[1]), not key[2])):
        households, persons = people.get(key, (0, 0))
        found[key] = Counted(households, persons, money.get(key, 0))
    return found


def _people(codes: list[str], month: str) -> dict[Key, tuple[int, int]]:
    found: dict[Key, tuple[int, int]] = {}
    rows = LineEvent.objects.filter(line__month=month, line__township__in=codes).order_by()
    for kind, sign in ((LineEventKind.PAID, 1), (LineEventKind.RETURNED, -1)):
        sums = rows.filter(kind=kind).values_list("line__township_id", "line__programme", "line__urban")
        for code, programme, urban, many, persons in sums.annotate(many=Count("id"), persons=Sum("line__persons")):
            key = (code, FundProgramme(programme), urban)
            before = found.get(key, (0, 0))
            found[key] = before[0] + sign * many, before[1] + sign * persons
    for (code, urban), given in counts(codes, month).items():
        found[code, FundProgramme.TEMPORARY, urban] = given.cases, given.persons
    return found
