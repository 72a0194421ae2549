"""When an order to pay back is over: nothing is left, and no payment that it was deducted from has come back unpaid."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, QuerySet

from yimen.casework.payments.models import PayPart, Recovery
from yimen.casework.payments.recovery.queries import unpaid_parts, with_left
from yimen.law.payments.recovery import RecoveryState
from yimen.law.payments.terms import PartKind

_TURNING = [str(state) for state in (RecoveryState.ORDERED, RecoveryState.SETTLED)]


def follow(orders: QuerySet[Recovery], on: dt.date) -> int:
    """Close the orders of which nothing is left, and open again those whose payment has come back. How many have turned.

    To be called in the transaction that froze the lines, booked the bank's answer or took in the money. However many
    orders: four statements.
    """
    rows = Recovery.objects.filter(pk__in=orders.order_by().values("pk"), state__in=_TURNING).order_by("pk")
    # Whoever else turns one of them waits here, and then reckons with what we have written.
    locked = list(rows.select_for_update().values_list("pk", flat=True))
    if not locked:
        return 0
    out = unpaid_parts().filter(award=OuterRef("award"), order_ref=OuterRef("ref"))
    found = with_left(Recovery.objects.filter(pk__in=locked)).annotate(out=Exists(out))
    over = {pk: left <= 0 and not out for pk, left, out in found.values_list("pk", "left", "out")}
    return _turn([pk for pk in locked if over[pk]], RecoveryState.ORDERED, RecoveryState.SETTLED, on) + _turn(
        [pk for pk in locked if not over[pk]], RecoveryState.SETTLED, RecoveryState.ORDERED, None
    )


def _turn(numbers: list[int], before: RecoveryState, after: RecoveryState, on: dt.date | None) -> int:
    turned = 0
    for some in range(0, len(numbers), 500):
        rows = Recovery.objects.filter(pk__in=numbers[some : some + 500], state=before)
        turned += rows.update(state=after, settled_on=on, version=F("version") + 1)
    return turned


def of_parts(parts: QuerySet[PayPart]) -> QuerySet[Recovery]:
    """The orders that these parts of lines pay off."""
    wanted = parts.filter(kind=PartKind.RECOVERY).order_by().values("order_ref")
    return Recovery.objects.filter(ref__in=wanted)
