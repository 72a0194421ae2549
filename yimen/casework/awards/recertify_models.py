"""Rows of recertification: the review of an award, and what was found each time somebody looked."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON
from yimen.law.recertify import OPEN, DataCheck, Outcome, RecertifyState

_OPEN = Q(state__in=[str(state) for state in OPEN])
_DONE = Q(state=str(RecertifyState.DONE))


class Recertification(models.Model):
    """One periodic review of an award: started, recorded by who looked, confirmed by a leader who did not.

    ``due_on`` is the day by which it had to be done. A review that found a change stays open until the change itself is
    dealt with; the award's amount is never touched here.
    """

    KIND: ClassVar[str] = "recertification"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="recertifications")
    state = models.CharField(max_length=10, choices=RecertifyState.choices(), default=RecertifyState.STARTED)
    version = models.PositiveIntegerField(default=1)
    due_on = models.DateField()
    started_on = models.DateField()
    started_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    returned_reason = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True, help_text="when the household was really checked")
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices())
    confirmed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(null=True)
    months = models.PositiveSmallIntegerField(null=True, help_text="the interval that set next_due_on")
    document = models.CharField(max_length=200, blank=True, help_text="what sets the interval")
    next_due_on = models.DateField(null=True)
    closed_on = models.DateField(null=True, help_text="when the award ended over it")
    closed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="recertify_state"),
            models.Index(fields=["award", "state"], name="recertify_award"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["award"], condition=_OPEN, name="one_open_recertification_per_award"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="recertification_confirmed_by_second_person",
            ),
            models.CheckConstraint(
                condition=~_DONE
                | Q(
                    confirmed_by__isnull=False,
                    checked_on__isnull=False,
                    next_due_on__isnull=False,
                    outcome=str(Outcome.UNCHANGED),
                ),
                name="a_done_recertification_says_when_next",
            ),
        ]


class RecertifyFinding(AppendOnly):
    """What was found, by whom, on which day. One that the leader returned stays beside the one that took its place.

    ``investigators`` are pairs of number and name. ``reckoned`` is the new Reckoning beside the old amount, where there
    was one: ``{before, after, eligible, conditions, problem, incomes}``, amounts in fen a month.
    """

    recertification = models.ForeignKey(Recertification, on_delete=models.PROTECT, related_name="findings")
    outcome = models.CharField(max_length=10, choices=Outcome.choices())
    checked_on = models.DateField()
    data_check = models.CharField(max_length=10, choices=DataCheck.choices())
    note = models.CharField(max_length=400, blank=True)
    changes = models.JSONField(default=list)
    since = models.DateField(null=True)
    investigators: Any = models.JSONField()
    reckoned = SealedJSON(null=True)
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
