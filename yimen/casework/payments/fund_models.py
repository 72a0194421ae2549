"""Rows of the fund ledger: what two persons ordered, and every movement of money as one balanced, append-only row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.law.payments.funds import FundAccount, FundMove, FundOrderState, FundProgramme, FundSource

_STANDS = Q(state=str(FundOrderState.RELEASED), released_by__isnull=False, released_on__isnull=False)


class FundOrder(models.Model):
    """A movement of money of a district, proposed by one person and booked by a second.

    ``rows`` are pairs of a township's code and fen; of a movement that concerns no township one pair with "".
    ``reverses`` is the booked order that this one takes back whole. ``document`` is the number of the paper it rests on.
    """

    KIND: ClassVar[str] = "fund_order"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    district = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    move = models.CharField(max_length=14, choices=FundMove.choices())
    programme = models.CharField(max_length=12, choices=FundProgramme.choices())
    source = models.CharField(max_length=10, choices=FundSource.choices())
    month = models.CharField(max_length=7)
    rows = models.JSONField()
    fen = models.BigIntegerField()
    document = models.CharField(max_length=120)
    words = models.CharField(max_length=200, blank=True)
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    state = models.CharField(max_length=10, choices=FundOrderState.choices(), default=FundOrderState.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    released_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    released_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True, help_text="why it was withdrawn or sent back")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["district", "state"], name="fund_order_state")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="a_fund_order_is_money"),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("proposed_by")),
                name="fund_order_released_by_second_person",
            ),
            models.CheckConstraint(
                condition=_STANDS | (~Q(state=str(FundOrderState.RELEASED)) & Q(released_by__isnull=True)),
                name="a_booked_fund_order_has_its_releaser",
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False) & ~Q(state=str(FundOrderState.WITHDRAWN)),
                name="a_fund_order_is_reversed_once",
            ),
        ]


class FundPosting(AppendOnly):
    """Fen from one account (credit) to another (debit): balanced by construction (I1), never rewritten (K2, K3).

    ``key`` says once and for all what it books, so nothing is booked twice. ``urban`` is known where it is spent.
    """

    key = models.CharField(max_length=120, unique=True)
    district = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    township = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    debit = models.CharField(max_length=10, choices=FundAccount.choices())
    credit = models.CharField(max_length=10, choices=FundAccount.choices())
    fen = models.BigIntegerField()
    programme = models.CharField(max_length=12, choices=FundProgramme.choices())
    source = models.CharField(max_length=10, choices=FundSource.choices())
    urban = models.BooleanField(null=True)
    month = models.CharField(max_length=7)
    basis_kind = models.CharField(max_length=24)
    basis_ref = models.CharField(max_length=40)
    words = models.CharField(max_length=200)
    on = models.DateField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["township", "programme", "month"], name="fund_posting_place"),
            models.Index(fields=["basis_kind", "basis_ref"], name="fund_posting_basis"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="a_fund_posting_is_money"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="a_fund_posting_moves"),
            models.CheckConstraint(
                condition=Q(
                    debit__in=[str(each) for each in FundAccount], credit__in=[str(each) for each in FundAccount]
                ),
                name="fund_accounts_are_known",
            ),
            models.CheckConstraint(
                condition=Q(programme__in=[str(each) for each in FundProgramme]), name="fund_programmes_are_known"
            ),
        ]
