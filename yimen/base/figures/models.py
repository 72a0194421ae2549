"""A district's own figures: versions, never edited once released."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Area, Staff
from yimen.base.refs import new_ref


class FigureVersion(models.Model):
    """One figure of one area from a date, with the document that sets it (K21).

    Counts only once a second person has released it. ``value`` holds what the key's unit says: whole
    fen, whole days, a decimal string, a list.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    key = models.CharField(max_length=80)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    value = models.JSONField()
    unit = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=160)
    note = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    released_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["key", "area_id", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("proposed_by")),
                name="figure_released_by_second_person",
            ),
            models.UniqueConstraint(fields=["key", "area", "valid_from"], name="figure_once_per_start"),
        ]
