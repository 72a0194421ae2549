"""What is taken back from the lines of a roll: only what is ordered, and never more than a line holds."""

from __future__ import annotations

from django.db.models import Sum

from yimen.casework.payments.models import DraftPart, Roll
from yimen.casework.payments.recovery import planned
from yimen.casework.payments.rolls.standing import due, standing
from yimen.law.payments.recovery import instalment
from yimen.law.payments.terms import PartKind

_ON_TOP = [str(PartKind.ADDITION), str(PartKind.MISSED), str(PartKind.ARREARS)]


def gather(roll: Roll) -> None:
    """The ordered recoveries of the month as parts, after everything else of the lines; what a line does not hold stays open."""
    plans = planned(standing(roll).order_by().values("award"), roll.month)
    if not plans:
        return
    own = due(standing(roll), roll.month).filter(award__in=list(plans)).order_by()
    held = dict(own.values_list("award", "monthly_fen"))
    more = DraftPart.objects.filter(roll=roll, award__in=list(plans), kind__in=_ON_TOP).order_by()
    for award, fen in more.values_list("award").annotate(fen=Sum("fen")):
        held[award] = held.get(award, 0) + fen
    DraftPart.objects.bulk_create(
        DraftPart(roll=roll, award_id=award, kind=PartKind.RECOVERY, month=roll.month, fen=fen,
                  words="按责令退回通知书分期扣回", order_ref=plan.ref)
        for award, plan in sorted(plans.items())
        if (fen := instalment(held.get(award, 0), plan.fen))
    )  # fmt: skip
