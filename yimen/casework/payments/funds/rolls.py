"""Money set aside for a roll when it is released: a township whose funds are kept here pays no more than it has."""

from __future__ import annotations

from django.db.models import Sum

from yimen.base.access.walk import Walk
from yimen.casework.payments.funds import posting
from yimen.casework.payments.models import FundPosting, Roll


def set_aside(walk: Walk, roll: Roll) -> None:
    """Put what the released roll pays under way, in the transaction of its release.

    Raises Refused with what is lacking; the roll is then not released. Nothing where the district keeps no ledger of this
    township's funds yet.
    """
    if not FundPosting.objects.filter(township=roll.area_id).exists():
        return
    sums = roll.lines.filter(left_out="").order_by().values_list("programme", "urban").annotate(fen=Sum("total_fen"))  # type: ignore[attr-defined]
    totals = {(roll.area_id, programme, urban): int(fen) for programme, urban, fen in sums if fen}
    posting.commit(walk.officer.staff, roll=roll.ref, month=roll.month, on=walk.on, totals=totals)
