"""Rows: persons, households, memberships over time, obligors, accounts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON, SealedText
from yimen.law.terms import Marriage, Relation, Sex


class Person(models.Model):
    """A person by identity number. ``health`` is sealed: disability_kind, disability_grade, disability_number, illness, work_capacity."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    name = models.CharField(max_length=100, db_index=True)
    pinyin = models.CharField(max_length=200, db_index=True)
    initials = models.CharField(max_length=100, db_index=True)
    identity = SealedText()
    identity_index = models.CharField(max_length=64, unique=True)
    sex = models.CharField(max_length=6, choices=Sex.choices())
    birth_date = models.DateField()
    nationality = models.CharField(max_length=20, default="汉族")
    marriage = models.CharField(max_length=10, choices=Marriage.choices(), default=Marriage.UNKNOWN)
    occupation = models.CharField(max_length=60, blank=True, help_text="job or school")
    student = models.BooleanField(default=False, help_text="full-time up to bachelor level (D7)")
    hukou_place = models.CharField(max_length=120, blank=True)
    phone = SealedText(null=True)
    phone_tail = models.CharField(
        max_length=16, blank=True, db_index=True, help_text="blind index of the last 4 digits"
    )
    health = SealedJSON(default=dict)
    died_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


class Household(models.Model):
    """A household at a village or community; the unit that applies (D4)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=40, blank=True, help_text="village group or building unit")
    head = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    address = SealedText(null=True)
    urban = models.BooleanField(help_text="which standard applies")
    land_mu = models.DecimalField(max_digits=8, decimal_places=2, default=0, help_text="contracted land, mu")
    opened_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]


class Membership(models.Model):
    """A person in a household for a time; one household at a time, nationwide (rules.md §10)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=16, choices=Relation.choices(), help_text="to the head")
    co_resident = models.BooleanField(default=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(to_on__isnull=True), name="person_in_one_household")
        ]


class Obligor(models.Model):
    """A person outside the household with a legal support duty towards a member."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="obligors")
    supports = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    identity = SealedText()
    identity_index = models.CharField(max_length=64, db_index=True)
    relation = models.CharField(max_length=16, choices=Relation.choices(), help_text="to the supported member")
    occupation = models.CharField(max_length=60, blank=True)
    family_size = models.PositiveSmallIntegerField(default=1)
    monthly_income_fen = models.BigIntegerField(null=True, help_text="of the obligor's family, fen a month")
    agreed_fee_fen = models.BigIntegerField(default=0, help_text="actual or court-ordered fee, fen a month")
    inability_reason = models.CharField(max_length=200, blank=True)
    supported_count = models.PositiveSmallIntegerField(default=1, help_text="persons this obligor supports")
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "supports", "identity_index"],
                condition=Q(to_on__isnull=True),
                name="obligor_once_per_member",
            )
        ]


class BankAccount(models.Model):
    """The account an allowance is paid to. Payee, head and beneficiary may be three persons."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="accounts")
    holder = models.CharField(max_length=100)
    holder_relation = models.CharField(max_length=16, choices=Relation.choices(), default=Relation.SELF)
    bank = models.CharField(max_length=80)
    number = SealedText()
    number_index = models.CharField(max_length=64, db_index=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household"], condition=Q(to_on__isnull=True), name="one_account_in_use")
        ]
