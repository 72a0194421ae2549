"""Awards and the persons they cover."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area
from yimen.base.refs import new_ref
from yimen.casework.applications.models import Application
from yimen.casework.decisions.models import Decision
from yimen.casework.households.models import Household, Person
from yimen.law.terms import Programme


class Award(models.Model):
    """A household on assistance from a month; amount in fen a month."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    number = models.CharField(max_length=40, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="awards")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="award")
    programme = models.CharField(max_length=20, choices=Programme.choices())
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=10)
    monthly_fen = models.BigIntegerField()
    start_month = models.CharField(max_length=7)
    end_month = models.CharField(max_length=7, blank=True)
    recertify_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(monthly_fen__gt=0), name="award_pays_something")]


class AwardPerson(models.Model):
    """A covered person. One active award per person and programme, guaranteed here (I2)."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=20, choices=Programme.choices())
    active = models.BooleanField(default=True)
    supplement_fen = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["id"]
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
