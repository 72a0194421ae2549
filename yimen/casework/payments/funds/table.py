"""资金发放情况表 of a month: households, person(-time)s and money by township, programme and urban or rural (statistics.md §1).

Households and persons come from the lines that the bank has paid, money from the ledger, so a difference would show.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.payments.fund_models import FundPosting
from yimen.casework.payments.funds.queries import spending
from yimen.casework.payments.models import LineEvent, PayLine
from yimen.casework.payments.relief import counts
from yimen.law.payments.funds import FundProgramme
from yimen.law.payments.terms import LineEventKind
from yimen.law.statistics import Counted

Key = tuple[str, FundProgramme, bool]
"""Township, programme, urban."""
_SIGNS = ((LineEventKind.PAID, 1), (LineEventKind.RETURNED, -1))
"""What counts a line in, and what takes it out again."""


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
    for kind, sign in _SIGNS:
        sums = rows.filter(kind=kind).values_list("line__township_id", "line__programme", "line__urban")
        for code, programme, urban, many, persons in sums.annotate(many=Count("id"), persons=Sum("line__persons")):
            key = (code, FundProgramme(programme), urban)
            before = found.get(key, (0, 0))
            found[key] = before[0] + sign * many, before[1] + sign * persons
    for (code, urban), given in counts(codes, month).items():
        found[code, FundProgramme.TEMPORARY, urban] = given.cases, given.persons
    return found


def lines_paid(officer: Officer, month: str) -> QuerySet[PayLine]:
    """The lines that :func:`paid_in` counts, within an officer's scope: paid for a month, and the money has not come back."""
    told = LineEvent.objects.filter(line=OuterRef("pk"), kind__in=[str(kind) for kind, _ in _SIGNS]).order_by("-id")
    rows = gate.within(officer, PayLine.objects.filter(month=month)).annotate(told=Subquery(told.values("kind")[:1]))
    shown = rows.select_related("household__head", "township", "village", "award", "account")
    return shown.filter(told=str(LineEventKind.PAID))
