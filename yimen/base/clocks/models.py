"""Clocks and their pauses."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Clock(models.Model):
    """A time limit running for a subject. ``due_on`` null: the limit itself is unset, shown as 未设置."""

    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    code = models.CharField(max_length=32)
    started_on = models.DateField()
    length = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=16)
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    figure = models.CharField(max_length=200, blank=True, help_text="where the length comes from, in words")
    stopped_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["started_on", "id"]
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id", "code"], name="clock_of_subject")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "code"],
                condition=Q(stopped_on__isnull=True),
                name="clock_runs_once",
            )
        ]


class ClockPause(models.Model):
    """A span in which a clock stood still, with whom it waited for."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="pauses")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    waiting_for = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["from_on", "id"]
