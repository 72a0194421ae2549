"""The award as a history by month: every version that ever set what is due from a month on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.sealed import SealedJSON
from yimen.law.aftercare.terms import AwardPhase

_PAYING = [str(AwardPhase.RUNNING), str(AwardPhase.GRACE)]


class AwardVersion(AppendOnly):
    """What is due from ``from_month`` on, until a later version says otherwise; nothing is ever rewritten.

    Due in a month is the version with the highest ``seq`` among those that begin in it or before. ``monthly_fen`` is in fen a
    month, 0 while nothing is paid. ``persons`` are pairs of a covered person's number and his supplement in fen.
    ``township`` and ``village`` are where the household belongs in those months; a transfer is a further version.
    ``basis_kind`` and ``basis_ref`` name the decision, the run or the change that made it. ``facts`` are the facts of the
    household in the form of law.rules.facts_form where they differ from those of the decision, ``reckoning`` what came of them.
    """

    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="versions")
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveSmallIntegerField()
    from_month = models.CharField(max_length=7)
    cause = models.CharField(max_length=16, help_text="law.aftercare.terms.AwardCause")
    phase = models.CharField(max_length=10, default=AwardPhase.RUNNING, help_text="law.aftercare.terms.AwardPhase")
    monthly_fen = models.BigIntegerField()
    category = models.CharField(max_length=10, blank=True)
    urban = models.BooleanField(default=False)
    persons = models.JSONField(default=list)
    basis_kind = models.CharField(max_length=24)
    basis_ref = models.CharField(max_length=40)
    facts = SealedJSON(null=True)
    reckoning = SealedJSON(null=True)
    on = models.DateField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["award", "seq"]
        indexes: ClassVar = [models.Index(fields=["township", "village"], name="award_version_place")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["award", "seq"], name="award_version_once"),
            models.CheckConstraint(condition=Q(monthly_fen__gte=0), name="award_version_not_negative"),
            models.CheckConstraint(
                condition=Q(phase__in=_PAYING) | Q(monthly_fen=0), name="nothing_is_due_while_an_award_rests"
            ),
        ]
