"""Rows of recovery: what is to be paid back, by whose order, in which parts, and what has been paid back in cash."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON, SealedText
from yimen.law.payments.recovery import OPEN, RecoveryBasis, RecoveryState, RecoveryWay

_OPEN = Q(state__in=[str(state) for state in OPEN])
_ORDERED = Q(state__in=[str(RecoveryState.ORDERED), str(RecoveryState.SETTLED)])


class Recovery(models.Model):
    """What one award was paid too much, proposed by the township, ordered by the district's department (forms.md 44).

    ``total_fen`` is the sum of the balances named in ``parts`` (pairs of a balance's number and fen) and never includes
    ``fine_fen``. ``monthly_fen`` is taken from each payment from ``from_month`` on; with a refund date instead it is none.
    ``heard`` tells how the household was heard (law.aftercare.changing.Hearing).
    """

    KIND: ClassVar[str] = "recovery"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="recoveries")
    state = models.CharField(max_length=10, choices=RecoveryState.choices(), default=RecoveryState.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    basis = models.CharField(max_length=10, choices=RecoveryBasis.choices())
    reasons = SealedText()
    parts = models.JSONField()
    total_fen = models.BigIntegerField()
    fine_fen = models.BigIntegerField(default=0)
    way = models.CharField(max_length=12, choices=RecoveryWay.choices())
    monthly_fen = models.BigIntegerField(null=True)
    from_month = models.CharField(max_length=7, blank=True)
    return_by = models.DateField(null=True)
    heard = SealedJSON()
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    ordered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    ordered_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True, help_text="why it was sent back or withdrawn")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["state", "from_month"], name="recovery_state")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(total_fen__gt=0, fine_fen__gte=0), name="a_recovery_is_money"),
            models.CheckConstraint(
                condition=Q(ordered_by__isnull=True) | ~Q(ordered_by=F("proposed_by")),
                name="recovery_ordered_by_second_person",
            ),
            models.CheckConstraint(
                condition=~_ORDERED | Q(ordered_by__isnull=False, ordered_on__isnull=False),
                name="nothing_is_taken_back_without_an_order",
            ),
            models.CheckConstraint(
                condition=Q(way=str(RecoveryWay.INSTALMENTS), monthly_fen__gt=0, return_by__isnull=True)
                & ~Q(from_month="")
                | Q(way=str(RecoveryWay.CASH), monthly_fen__isnull=True, return_by__isnull=False, from_month=""),
                name="a_recovery_has_one_way",
            ),
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(state__in=[str(RecoveryState.PROPOSED), str(RecoveryState.RETURNED)]),
                name="one_proposed_recovery_per_award",
            ),
        ]


class RecoveredBalance(AppendOnly):
    """An overpaid month that an order takes back: each in one order only."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="balances")
    balance = models.OneToOneField("awards.Balance", on_delete=models.PROTECT, related_name="recovered")

    class Meta:
        ordering: ClassVar = ["recovery_id", "id"]


class Refund(AppendOnly):
    """Money that the household has paid back, with the number of its receipt. It counts once a second person has checked it."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="refunds")
    fen = models.BigIntegerField()
    on = models.DateField()
    receipt = models.CharField(max_length=60)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="a_refund_is_money"),
            models.UniqueConstraint(fields=["recovery", "receipt"], name="a_receipt_once_per_recovery"),
        ]


class RefundCheck(AppendOnly):
    """The second person's word on a refund: it came in, or it did not."""

    refund = models.OneToOneField(Refund, on_delete=models.PROTECT, related_name="check_row")
    accepted = models.BooleanField()
    words = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]
