"""Awards and the persons they cover."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area
from yimen.base.refs import new_ref
from yimen.casework.applications.models import Application
from yimen.casework.awards.ledger_models import LedgerHeads, LedgerLine, LedgerRun
from yimen.casework.awards.recertify_models import Recertification, RecertifyFinding
from yimen.casework.decisions.models import Decision
from yimen.casework.households.models import Household, Person
from yimen.law.ledger import AwardOrigin, AwardState
from yimen.law.terms import Programme

__all__ = ["Award", "AwardPerson", "LedgerHeads", "LedgerLine", "LedgerRun", "Recertification", "RecertifyFinding"]

_DECIDED, _TAKEN_OVER = Q(origin=AwardOrigin.DECISION), Q(origin=AwardOrigin.LEDGER)


class Award(models.Model):
    """A household on assistance from a month; amount in fen a month.

    ``origin`` says what it rests on: a decision made here with its application, or a run that took it over from the
    ledger kept before, which has neither. ``voided_on`` marks one whose taking over was undone: it never counted.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    number = models.CharField(max_length=40, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="awards")
    origin = models.CharField(max_length=10, choices=AwardOrigin.choices(), default=AwardOrigin.DECISION)
    application = models.OneToOneField(Application, null=True, on_delete=models.PROTECT, related_name="award")
    decision = models.OneToOneField(Decision, null=True, on_delete=models.PROTECT, related_name="award")
    run = models.ForeignKey(LedgerRun, null=True, on_delete=models.PROTECT, related_name="awards")
    programme = models.CharField(max_length=20, choices=Programme.choices())
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=10)
    monthly_fen = models.BigIntegerField()
    start_month = models.CharField(max_length=7)
    end_month = models.CharField(max_length=7, blank=True)
    recertify_on = models.DateField()
    voided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["end_month", "township", "village", "number"], name="award_roll")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(monthly_fen__gt=0), name="award_pays_something"),
            models.CheckConstraint(
                condition=(_DECIDED & Q(application__isnull=False, decision__isnull=False, run__isnull=True))
                | (_TAKEN_OVER & Q(application__isnull=True, decision__isnull=True, run__isnull=False)),
                name="award_rests_on_a_decision_or_a_ledger",
            ),
            models.CheckConstraint(
                condition=Q(voided_on__isnull=True) | (_TAKEN_OVER & ~Q(end_month="")),
                name="only_a_taken_over_award_is_voided",
            ),
        ]

    @property
    def state(self) -> AwardState:
        """How it stands; one whose taking over was undone is voided, not ended."""
        if self.voided_on:
            return AwardState.VOIDED
        return AwardState.ENDED if self.end_month else AwardState.RUNNING


class AwardPerson(models.Model):
    """A covered person. One active award per person and programme, guaranteed here (I2)."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=20, choices=Programme.choices())
    active = models.BooleanField(default=True)
    supplement_fen = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["award", "active"], name="award_covers")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "programme"],
                condition=Q(active=True),
                name="one_active_award_per_person_and_programme",
            )
        ]

    @property
    def label(self) -> str:
        """The programme in words."""
        return Programme(self.programme).label
