"""Rows of custody: somebody on staff keeps a household's passbook or card, by a written agreement filed with the district (D26)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Area, Staff
from yimen.base.refs import new_ref
from yimen.casework.households.models import BankAccount, Household, Person
from yimen.law.payments.custody import CustodyThing


class Custody(models.Model):
    """One agreement: who keeps what for whom, why, with which duties, from when to when, and when the district filed it.

    ``member`` signs for the household. The agreement's number is that of its paper. It counts from the day it was signed;
    until ``filed_on`` the roll says that it is not filed. Nobody registers or files what he himself keeps.
    """

    KIND: ClassVar[str] = "custody"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="custodies")
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=100, blank=True)
    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=80)
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    thing = models.CharField(max_length=10, choices=CustodyThing.choices())
    reason = models.CharField(max_length=300)
    duties = models.CharField(max_length=400)
    from_on = models.DateField()
    to_on = models.DateField()
    registered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField()
    filed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    ended_words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["township", "ended_on"], name="custody_place")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(ended_on__isnull=True), name="one_custody_per_household"
            ),
            models.CheckConstraint(condition=Q(to_on__gt=F("from_on")), name="custody_ends_after_start"),
            models.CheckConstraint(condition=~Q(registered_by=F("agent")), name="custody_registered_by_another"),
            models.CheckConstraint(
                condition=Q(filed_by__isnull=True) | (~Q(filed_by=F("agent")) & ~Q(filed_by=F("registered_by"))),
                name="custody_filed_by_another",
            ),
        ]
