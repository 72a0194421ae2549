"""Rows of area-wide additions: that a household was told of one in writing. What is due stands in the figure and the history."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref


class AdditionNotice(AppendOnly):
    """One award was told of one addition: its code and months, what it comes to in fen over these months, the paper.

    The same award is told of the same addition once.
    """

    KIND: ClassVar[str] = "addition_notice"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="addition_notices")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    document = models.CharField(max_length=160)
    from_month = models.CharField(max_length=7)
    to_month = models.CharField(max_length=7)
    total_fen = models.BigIntegerField()
    on = models.DateField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["award", "code", "from_month", "to_month"], name="an_addition_is_announced_once"
            ),
            models.CheckConstraint(
                condition=Q(total_fen__gt=0, to_month__gte=F("from_month")), name="an_announced_addition_is_money"
            ),
        ]
