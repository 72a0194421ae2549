"""What a booked answer comes to, by township, programme and urban or rural; and its entry in the ledger of the funds."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Sum

from yimen.base.access.walk import Walk
from yimen.casework.payments.bank_models import BankAnswer, BankReturn
from yimen.casework.payments.fund_models import FundPosting
from yimen.casework.payments.funds import posting
from yimen.law.money import Fen
from yimen.law.payments.bank_terms import BankAnswerKind

Key = tuple[str, str, bool]
"""Township, programme, urban."""


def totals(found: BankReturn) -> Mapping[BankAnswerKind, dict[Key, Fen]]:
    """Fen of a return by answer, township, programme and urban or rural."""
    rows = BankAnswer.objects.filter(returned=found).order_by()
    sums = rows.values_list(
        "kind", "attempt__line__township_id", "attempt__line__programme", "attempt__line__urban"
    ).annotate(fen=Sum("attempt__fen"))
    made: dict[BankAnswerKind, dict[Key, Fen]] = {kind: {} for kind in BankAnswerKind}
    for kind, township, programme, urban, fen in sums:
        made[BankAnswerKind(kind)][township, programme, urban] = int(fen)
    return made


def post(walk: Walk, found: BankReturn) -> None:
    """Enter what was paid, what failed and what came back; in the transaction of the booking.

    For a programme of which the district keeps no ledger of this township yet there is nothing to enter: what the bank has
    paid is true all the same.
    """
    rows = FundPosting.objects.filter(township=found.file.area_id).order_by()
    kept = set(rows.values_list("programme", flat=True).distinct())
    sums = {kind: {key: fen for key, fen in each.items() if key[1] in kept} for kind, each in totals(found).items()}
    by, month, on = walk.officer.staff, found.file.month, walk.on
    paid, failed = sums[BankAnswerKind.PAID], sums[BankAnswerKind.FAILED]
    if paid or failed:
        posting.expenditure(by, ref=found.ref, month=month, on=on, paid=paid, failed=failed)
    if back := sums[BankAnswerKind.RETURNED]:
        posting.returned(by, ref=found.ref, month=month, on=on, totals=back)
