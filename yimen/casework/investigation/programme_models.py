"""Rows of what the programmes beside dibao ask: 特困 person by person, obligors' abilities, self-care, twelve months' spending.

Every table is append-only: a correction is a further row, and the newest counts.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON
from yimen.casework.applications.models import Application, Property
from yimen.casework.households.models import Obligor, Person
from yimen.law.terms import (
    ChildBenefit,
    ExpenseKind,
    Inquiry,
    ObligorSituation,
    Period,
    Schooling,
    SelfCare,
    SupportForm,
)


class TekunRecord(AppendOnly):
    """What 特困 asks of one person (T4 to T9, T19; L16.2); the newest of a person counts."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="tekun_records")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    obligors_known = models.BooleanField(help_text="who the legal obligors are has been established")
    no_labour_ground = models.CharField(max_length=40, blank=True, help_text="code of tekun.no_labour_local")
    disabilities = SealedJSON(default=list, help_text="of 多重: list of [kind, grade]")
    school = models.CharField(max_length=16, blank=True, choices=Schooling.choices())
    child_benefit_fits = models.BooleanField(default=False, help_text="fits 孤儿 or 事实无人抚养儿童 as well (T9)")
    child_benefit_choice = models.CharField(max_length=8, blank=True, choices=ChildBenefit.choices())
    contracted_land = models.BooleanField(default=False)
    collective_income = models.BooleanField(default=False)
    relocated = models.BooleanField(default=False, help_text="relocated to a town under poverty relocation (T19)")
    form = models.CharField(max_length=16, blank=True, choices=SupportForm.choices(), help_text="chosen freely")
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]


class AbilityRecord(AppendOnly):
    """Why an obligor can or cannot perform the duty (T8): of a member, or of one outside; the newest of each counts.

    ``health`` is sealed: kind and grade of disability. A means that nobody may look into stays None (L41).
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="ability_records")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    obligor = models.ForeignKey(Obligor, null=True, on_delete=models.PROTECT, related_name="+")
    on_tekun = models.BooleanField(default=False)
    on_dibao = models.BooleanField(default=False)
    own_income_fen = models.BigIntegerField(null=True, help_text="own income, fen a month")
    property_fits = models.BooleanField(null=True, help_text="within the local limits of low-income households")
    health = SealedJSON(default=dict)
    situation = models.CharField(max_length=12, blank=True, choices=ObligorSituation.choices())
    local_ground = models.CharField(max_length=40, blank=True, help_text="code of tekun.obligor_grounds_local")
    ground = models.CharField(max_length=200, blank=True, help_text="how it was established")
    inquiry = models.CharField(
        max_length=10, blank=True, default="", choices=Inquiry.choices(), help_text="how without a check (T13)"
    )
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, obligor__isnull=True) | Q(person__isnull=True, obligor__isnull=False),
                name="ability_of_one",
            ),
            models.CheckConstraint(
                condition=Q(own_income_fen__isnull=True) | Q(own_income_fen__gte=0), name="ability_income_not_negative"
            ),
        ]


class OwnerRecord(AppendOnly):
    """Which member a thing declared for the household belongs to: 特困 looks at the person's own (T6); the newest counts."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="owner_records")
    thing = models.ForeignKey(Property, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]


class SelfCareAssessment(AppendOnly):
    """Six indicators of a person's self-care and the level that follows (T20 to T22); the newest of a person counts."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="self_care_assessments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    items = SealedJSON(help_text="indicator: whether the person manages it")
    level = models.CharField(max_length=12, choices=SelfCare.choices())
    assessed_on = models.DateField()
    place = models.CharField(max_length=100)
    assessors = models.ManyToManyField(Staff, related_name="+", help_text="officers; none where a third party assessed")
    body = models.CharField(max_length=120, blank=True, help_text="a contracted third party, or empty")
    names = models.JSONField(help_text="names of everybody who assessed")
    present = models.CharField(max_length=100, help_text="the person or the carer who signed")
    note = models.CharField(max_length=300, blank=True)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]


class SpendingRecord(AppendOnly):
    """The household's essential spending of the months before the application as a whole (R4, R5); the newest counts."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="spending_records")
    total_income_fen = models.BigIntegerField(null=True, help_text="of the same months, established as a sum")
    total_income_source = models.CharField(max_length=200, blank=True)
    none_found = models.BooleanField(default=False, help_text="it was asked and there is none")
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(total_income_fen__isnull=True) | Q(total_income_fen__gte=0),
                name="spending_income_not_negative",
            )
        ]


class SpentRow(AppendOnly):
    """One expense of a spending record, on a day or in every period; fen."""

    record = models.ForeignKey(SpendingRecord, on_delete=models.PROTECT, related_name="rows")
    kind = models.CharField(max_length=16, choices=ExpenseKind.choices())
    label = models.CharField(max_length=80)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField()
    reimbursed_fen = models.BigIntegerField(default=0, help_text="borne by insurance, aid, subsidy")
    paid_on = models.DateField(null=True)
    period = models.CharField(max_length=10, blank=True, choices=Period.choices())
    schooling = models.CharField(max_length=16, blank=True, choices=Schooling.choices())
    public_fee_fen = models.BigIntegerField(null=True, help_text="what a public school of the place charges")
    designated = models.BooleanField(default=False, help_text="a designated medical institution")
    receipt = models.CharField(max_length=60, blank=True)
    recognised = models.CharField(max_length=120, blank=True, help_text="why it counts without a receipt")
    item = models.CharField(max_length=40, blank=True, help_text="code of rigid_expenditure.other_kinds")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(paid_on__isnull=False, period="") | (Q(paid_on__isnull=True) & ~Q(period="")),
                name="spent_on_a_day_or_in_every_period",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, reimbursed_fen__gte=0, reimbursed_fen__lte=F("amount_fen")),
                name="spent_more_than_reimbursed",
            ),
        ]
