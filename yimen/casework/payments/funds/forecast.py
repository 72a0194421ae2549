"""How long the money lasts: what the running awards need month by month, against what each township has; fen.

Reckoned in the database: the next month whole, each later one only for the awards whose history says something of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Sum

from yimen.casework.awards import additions
from yimen.casework.awards.models import Award, AwardVersion
from yimen.casework.payments.fund_models import FundPosting
from yimen.casework.payments.funds.queries import balances
from yimen.law.aftercare.months import later_month
from yimen.law.aftercare.terms import PAYING
from yimen.law.calendar import first_day
from yimen.law.payments.funds import MONTHLY, FundAccount, Shortage

MONTHS = 3
_PAYING = [str(phase) for phase in PAYING]
_KINDS = [str(each) for each in MONTHLY]
Place = tuple[str, str]
"""A township and a programme."""


def shortage(townships: Iterable[str], month: str, months: int = MONTHS) -> list[Shortage]:
    """How far each township's money reaches, by programme: this month, unless it was paid already, and those that follow.

    Places that need nothing and hold nothing are left out.
    """
    codes = sorted(set(townships))
    asked = [later_month(month, step) for step in range(months + 1)]
    need = needs(codes, asked)
    held, paid = balances(codes), _paid_through(codes)
    made = []
    for code in codes:
        for programme in MONTHLY:
            place = (code, str(programme))
            open_months = [each for each in asked if each > paid.get(place, "")][:months]
            dues = tuple((each, need[each].get(place, 0)) for each in open_months)
            if held.get(place, 0) or any(fen for _, fen in dues):
                made.append(Shortage(code, programme, held.get(place, 0), dues))
    return made


def needs(townships: Iterable[str], months: Iterable[str]) -> dict[str, dict[Place, int]]:
    """What is due in each of these months by township and programme, additions for everybody included."""
    codes, wanted = list(townships), sorted(months)
    if not wanted:
        return {}
    found = {wanted[0]: _due(codes, wanted[0])}
    for month in wanted[1:]:
        touched = _touched(codes, wanted[0], month)
        before, after = _due(codes, wanted[0], touched), _due(codes, month, touched)
        found[month] = {
            place: fen
            for place in {*found[wanted[0]], *after}
            if (fen := found[wanted[0]].get(place, 0) - before.get(place, 0) + after.get(place, 0))
        }
    for month in wanted:
        _add(codes, month, found[month])
    return found


def _due(codes: list[str], month: str, touched: QuerySet[Award] | None = None) -> dict[Place, int]:
    """The sums of a month by place and programme; of some awards only where ``touched`` names them."""
    later = AwardVersion.objects.filter(award=OuterRef("award"), from_month__lte=month, seq__gt=OuterRef("seq"))
    rows = AwardVersion.objects.filter(
        ~Exists(later),
        Q(award__valid_to__isnull=True) | Q(award__valid_to__gte=first_day(month)),
        township__in=codes,
        from_month__lte=month,
        phase__in=_PAYING,
        monthly_fen__gt=0,
        award__programme__in=_KINDS,
    )
    if touched is not None:
        rows = rows.filter(award__in=touched.values("pk"))
    sums = rows.order_by().values_list("township_id", "award__programme").annotate(fen=Sum("monthly_fen"))
    return {(str(code), programme): fen for code, programme, fen in sums}


def _touched(codes: list[str], first: str, month: str) -> QuerySet[Award]:
    """Awards that may stand otherwise in a month than in the first one: a version begins meanwhile, or they expire."""
    changed = AwardVersion.objects.filter(award=OuterRef("pk"), from_month__gt=first, from_month__lte=month)
    expires = Q(valid_to__gte=first_day(first), valid_to__lt=first_day(month))
    here = AwardVersion.objects.filter(award=OuterRef("pk"), township__in=codes)
    return Award.objects.filter(Exists(here)).filter(Q(Exists(changed)) | expires).order_by()


def _add(codes: list[str], month: str, sums: dict[Place, int]) -> None:
    """价格临时补贴 and the like, where the figure of a township has any in the month."""
    for code in codes:
        if not additions.additions_at(code, month):
            continue
        here = AwardVersion.objects.filter(award=OuterRef("pk"), township=code)
        for programme, fen in additions.sums(Award.objects.filter(Exists(here)), month, "programme").items():
            if programme in _KINDS:
                sums[(code, programme)] = sums.get((code, programme), 0) + fen


def _paid_through(codes: list[str]) -> dict[Place, str]:
    """The last month that was paid or is under way, by township and programme."""
    spent = Q(debit__in=[str(FundAccount.SPENT), str(FundAccount.UNDER_WAY)])
    rows = FundPosting.objects.filter(spent, township__in=codes).order_by()
    last = rows.values_list("township_id", "programme").annotate(last=Max("month"))
    return {(str(code), programme): month for code, programme, month in last}
