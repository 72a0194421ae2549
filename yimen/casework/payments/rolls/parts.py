"""What comes into the lines of a roll besides the amounts of the month: additions, missed months, arrears, what is taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from yimen.base.setwise import insert_from
from yimen.casework.awards.additions import additions_due
from yimen.casework.awards.models import Award, AwardVersion, Balance
from yimen.casework.payments.models import DraftLine, DraftPart, PayLine, PayPart, Roll
from yimen.casework.payments.rolls.standing import due, standing
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.aftercare.terms import PAYING
from yimen.law.payments.terms import PartKind, RollState

_PORTION = 1_000
_PAYING = [str(phase) for phase in PAYING]
_SETTLED = Exists(PayPart.objects.filter(balance=OuterRef("pk")))


def gather(roll: Roll) -> None:
    """The parts of every line of a preview, written anew. Raises Refused where the figure of an addition is not whole."""
    DraftPart.objects.filter(roll=roll).delete()
    awards = standing(roll).order_by().values("award")
    _missed(roll, awards)
    _absorbed(roll, awards)
    _arrears(roll, awards)
    _additions(roll)


def _missed(roll: Roll, awards: QuerySet[Any, Any]) -> None:
    """Months in whose roll the award was due and left out, by what is due in them now."""
    paid = PayLine.objects.filter(award=OuterRef("award"), month=OuterRef("roll__month"))
    made_good = PayPart.objects.filter(award=OuterRef("award"), month=OuterRef("roll__month"), kind=PartKind.MISSED)
    known = AwardVersion.objects.filter(award=OuterRef("award"), from_month__lte=OuterRef("roll__month"))
    last = known.order_by("-seq")
    rows = DraftLine.objects.filter(
        ~Exists(paid),
        ~Exists(made_good),
        award__in=awards,
        due=True,
        roll__state=RollState.DONE,
        roll__month__lt=roll.month,
    ).exclude(left_out="")
    now = rows.annotate(
        then=Subquery(last.values("pk")[:1]), stands=Subquery(last.values("phase")[:1]),
        fen_then=Subquery(last.values("monthly_fen")[:1]),
    ).filter(stands__in=_PAYING, fen_then__gt=0)  # fmt: skip
    # A month may have had a roll and a further one, and the award been left out of both.
    once = now.order_by("award", "roll__month").values("award", "roll__month", "then", "fen_then").distinct()
    DraftPart.objects.bulk_create(
        [
            DraftPart(roll=roll, award_id=row["award"], kind=PartKind.MISSED, month=row["roll__month"], fen=row["fen_then"],
                      version_id=row["then"], words="当月暂缓发放，本月补发")
            for row in once
        ],
        batch_size=_PORTION,
    )  # fmt: skip


def _open(awards: QuerySet[Any, Any]) -> QuerySet[Balance]:
    return Balance.objects.filter(~_SETTLED, award__in=awards)


def _absorbed(roll: Roll, awards: QuerySet[Any, Any]) -> None:
    """Balances of months that are paid whole by this very line, and of months of which nothing had been paid."""
    missed = DraftPart.objects.filter(roll=roll, award=OuterRef("award"), month=OuterRef("month"), kind=PartKind.MISSED)
    paid = PayLine.objects.filter(award=OuterRef("award"), month=OuterRef("month"))
    left = DraftLine.objects.filter(award=OuterRef("award"), roll__month=OuterRef("month"), roll__state=RollState.DONE)
    nothing_paid = Q(~Exists(paid), Exists(left.exclude(left_out="")), kind=BalanceKind.OVERPAID)
    rows = _open(awards).filter(Q(month=roll.month) | Exists(missed) | nothing_paid)
    _take(roll, rows, PartKind.ABSORBED, Value(0))


def _arrears(roll: Roll, awards: QuerySet[Any, Any]) -> None:
    absorbed = DraftPart.objects.filter(roll=roll, balance=OuterRef("pk"))
    rows = _open(awards).filter(~Exists(absorbed), kind=BalanceKind.ARREARS, month__lt=roll.month)
    _take(roll, rows, PartKind.ARREARS, F("fen"))


def _take(roll: Roll, rows: QuerySet[Balance], kind: PartKind, fen: Any) -> None:
    columns = {
        "roll": Value(roll.pk),
        "award": F("award_id"),
        "kind": Value(str(kind)),
        "month": F("month"),
        "fen": fen,
        "words": F("cause"),
        "balance": F("pk"),
        "order_ref": Value(""),
    }
    insert_from(DraftPart, rows.order_by("award_id", "month", "pk"), columns)


def _additions(roll: Roll) -> None:
    """What is paid on top in the month (价格临时补贴), with its document as the reason."""
    awards = Award.objects.filter(pk__in=due(standing(roll), roll.month).order_by().values("award"))
    found = additions_due(awards, roll.month)
    DraftPart.objects.bulk_create(
        (
            DraftPart(roll=roll, award_id=award, kind=PartKind.ADDITION, month=roll.month, fen=added.fen,
                      words=f"{added.addition.label}（{added.addition.document}）"[:200])
            for award, several in found.items()
            for added in several
        ),
        batch_size=_PORTION,
    )  # fmt: skip
