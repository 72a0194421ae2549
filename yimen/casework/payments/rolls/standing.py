"""Which awards a roll looks at: those that belong to the township in the month, by the version then in force."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.casework.awards.models import AwardVersion
from yimen.casework.payments.models import PayLine, Roll
from yimen.law.aftercare.terms import PAYING
from yimen.law.calendar import first_day

_PAYING = [str(phase) for phase in PAYING]


def standing(roll: Roll) -> QuerySet[AwardVersion]:
    """The versions in force in the month of the roll in its township, of awards without a line in that month yet."""
    later = AwardVersion.objects.filter(award=OuterRef("award"), from_month__lte=roll.month, seq__gt=OuterRef("seq"))
    lined = PayLine.objects.filter(award=OuterRef("award"), month=roll.month)
    rows = AwardVersion.objects.filter(
        ~Exists(later), ~Exists(lined), township=roll.area_id, from_month__lte=roll.month
    )
    return rows.filter(award__in=roll.chosen) if roll.chosen else rows


def is_due(month: str) -> Q:
    """Asked of a version in force in the month: whether it says that the month itself is paid."""
    return Q(
        Q(award__valid_to__isnull=True) | Q(award__valid_to__gte=first_day(month)), phase__in=_PAYING, monthly_fen__gt=0
    )


def due(rows: QuerySet[AwardVersion], month: str) -> QuerySet[AwardVersion]:
    """Those of them by which the month itself is paid."""
    return rows.filter(is_due(month))
