"""Rows of holds: payment of an award waits, the entitlement stays as it is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Staff
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedText
from yimen.law.payments.holds import HoldKind

_FREED = Q(freed_by__isnull=False, freed_at__isnull=False, freed_on__isnull=False) & ~Q(freed_reason="")
_NOT_FREED = Q(freed_by__isnull=True, freed_at__isnull=True, freed_on__isnull=True, freed_reason="")


class Hold(models.Model):
    """Payment of an award stopped since a day, until a second person frees it with a reason.

    ``basis_kind`` and ``basis_ref`` name what it rests on: once per award and basis, for good, so that a finding which was
    looked into and freed does not hold again. The award's versions stay untouched: the months missed meanwhile are still due.
    """

    KIND: ClassVar[str] = "hold"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=10, choices=HoldKind.choices())
    basis_kind = models.CharField(max_length=24)
    basis_ref = models.CharField(max_length=40)
    words = SealedText()
    placed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    placed_on = models.DateField()
    placed_at = models.DateTimeField()
    freed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    freed_on = models.DateField(null=True)
    freed_at = models.DateTimeField(null=True)
    freed_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["award"], condition=Q(freed_at__isnull=True), name="hold_open"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["award", "basis_kind", "basis_ref"], name="hold_once_per_basis"),
            models.CheckConstraint(condition=_FREED | _NOT_FREED, name="a_hold_is_freed_with_a_reason"),
            models.CheckConstraint(
                condition=Q(freed_by__isnull=True) | ~Q(freed_by=F("placed_by")), name="hold_freed_by_second_person"
            ),
        ]

    @property
    def open(self) -> bool:
        """Whether it still holds."""
        return self.freed_at is None
