"""Rows of an application and what was declared with it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from yimen.base.access.models import Subject
from yimen.base.offices.models import Account, Staff
from yimen.base.offices.queries import delegated
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON, SealedText
from yimen.casework.households.models import Household, Obligor, Person
from yimen.law.calendar import today
from yimen.law.terms import (
    ANY_MARK,
    AppliedBy,
    ExpenseKind,
    IncomeKind,
    KinRelation,
    MaterialState,
    Period,
    PovertyCause,
    Programme,
    PropertyKind,
    Relation,
)


class Draft(models.Model):
    """A half-written intake of an account, kept on the server, sealed."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    body = SealedJSON()
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-saved_at", "id"]


class Application(Subject):
    """An application for assistance on its walk through section 四. Business dates are Shanghai dates."""

    KIND: ClassVar[str] = "application"
    TAKEN_WITH: ClassVar[tuple[str, ...]] = ("applicant", "household", "handler")

    number = models.CharField(max_length=40, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    applied_by = models.CharField(max_length=10, choices=AppliedBy.choices())
    dictated = models.BooleanField(default=False, help_text="口述代填")
    witness = models.CharField(max_length=100, blank=True)
    single_person = models.BooleanField(default=False)
    single_person_reason = models.CharField(max_length=200, blank=True)
    single_person_ground = models.CharField(max_length=40, blank=True)
    poverty_cause = models.CharField(max_length=16, choices=PovertyCause.choices())
    reason = models.TextField()
    relative_declared = models.BooleanField(help_text="applicant's statement on close relatives (D11)")
    away_from_hukou = models.BooleanField(default=False)
    applied_on = models.DateField()
    supplemented_on = models.DateField(null=True, blank=True)
    check_requested_on = models.DateField(null=True, blank=True)
    check_returned_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    handler = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    progress_code = models.CharField(max_length=24, unique=True)
    wished = models.CharField(
        max_length=20, blank=True, default="", choices=Programme.choices(), help_text="what the applicant hopes for"
    )
    proposed = models.CharField(
        max_length=80, blank=True, default="", help_text="programmes of the opinion that counts, as 'tekun,edge'"
    )

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["township", "stage"], name="application_queue")]

    def power_day(self) -> date:
        """The day whose delegation counts: cases in flight keep the rule of their acceptance (rules.md §5)."""
        return self.accepted_on or today()

    @property
    def programmes(self) -> tuple[str, ...]:
        """Whose powers and limits the case follows now: the programmes proposed; before that dibao's, which every case begins with."""
        return tuple(self.proposed.split(",")) if self.proposed else (self.programme,)

    @property
    def paper_mark(self) -> str:
        """None of its own before an opinion proposes a programme, and after a refusal of all."""
        return super().paper_mark if self.proposed else ANY_MARK

    def delegated(self, on: date) -> bool:
        """Whether the township holds the power for this case: over every programme it is about."""
        day = self.accepted_on or on
        return all(delegated(programme, self.township_id, day) for programme in self.programmes)


class Agent(models.Model):
    """Who acts for the applicant, with the mandate paper (plan 四(一); D6)."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="agent")
    name = models.CharField(max_length=100)
    relation = models.CharField(max_length=40)
    identity = SealedText(null=True)
    phone = SealedText(null=True)
    reason = models.CharField(max_length=200)
    scope = models.CharField(max_length=200)
    valid_to = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]


class Participant(models.Model):
    """A member as declared with this application: facts of the day, for the member rule (D7)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=16, choices=Relation.choices(), help_text="to the applicant")
    co_resident = models.BooleanField(default=True)
    long_co_resident = models.BooleanField(default=False, help_text="长期共同居住 (D7(4))")
    can_live_independently = models.BooleanField(default=True)
    not_counted = models.CharField(
        max_length=20, blank=True, help_text="prison, rehabilitation, missing, clergy: D7 paragraph 2"
    )
    work_capacity = models.CharField(max_length=10, blank=True)
    employed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "person"], name="participant_once")]


class Income(models.Model):
    """A declared income; amounts in fen for the stated period."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="incomes")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=IncomeKind.choices())
    project = models.CharField(max_length=40, help_text="item code of law.checks where one fits, else other")
    label = models.CharField(max_length=60)
    amount_fen = models.BigIntegerField()
    period = models.CharField(max_length=10, choices=Period.choices())
    quantity = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    unit = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]


class Property(models.Model):
    """A declared property; value in fen where it has one."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="properties")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PropertyKind.choices())
    label = models.CharField(max_length=80)
    value_fen = models.BigIntegerField(null=True)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    detail = SealedText(null=True, help_text="address, plate, account tail")

    class Meta:
        ordering: ClassVar = ["id"]


class Expense(models.Model):
    """A declared rigid expense in fen for the stated period."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="expenses")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=ExpenseKind.choices())
    label = models.CharField(max_length=80)
    amount_fen = models.BigIntegerField()
    period = models.CharField(max_length=10, choices=Period.choices())

    class Meta:
        ordering: ClassVar = ["id"]


class Consent(models.Model):
    """Pledge and authorisation of a member, or an obligor's own consent or recorded refusal (D9; L40, L41).

    Given with an application, or later by somebody of a ``household`` on assistance, for the monthly comparison (四(六)).
    """

    application = models.ForeignKey(Application, null=True, on_delete=models.PROTECT, related_name="consents")
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    obligor = models.ForeignKey(Obligor, null=True, on_delete=models.PROTECT, related_name="+")
    given = models.BooleanField()
    signed_on = models.DateField()
    valid_to = models.DateField()
    signed_by = models.CharField(max_length=100, help_text="the person, or the guardian")
    refused_reason = models.CharField(max_length=200, blank=True)
    paper_ref = models.CharField(max_length=12, blank=True)
    file_ref = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, obligor__isnull=True)
                | models.Q(person__isnull=True, obligor__isnull=False),
                name="consent_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(application__isnull=False, household__isnull=True)
                | models.Q(application__isnull=True, household__isnull=False),
                name="consent_stands_somewhere",
            ),
        ]


class RelativeFiling(models.Model):
    """A close relation between a member or obligor and a person on staff: declared, or matched by the system (D11)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="relative_filings")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=100)
    relation = models.CharField(
        max_length=12, choices=KinRelation.choices(), help_text="of the member to the person on staff"
    )
    declared = models.BooleanField(default=False)
    matched = models.BooleanField(default=False)
    found_on = models.DateField()
    filed_on = models.DateField(null=True)
    paper_ref = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "staff", "person_name"], name="relation_filed_once")
        ]


class Material(models.Model):
    """A paper that the application needs and how it was established (D10; L62.2)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="materials")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    required = models.BooleanField(default=True)
    state = models.CharField(max_length=16, choices=MaterialState.choices())
    file_ref = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "code"], name="material_once")]


class SupplementNotice(models.Model):
    """The one notice of everything missing; a second one needs a reason and the supervisor sees it (A4)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="supplement_notices")
    items = models.JSONField()
    by_on = models.DateField()
    sent_on = models.DateField()
    second_reason = models.CharField(max_length=200, blank=True)
    received_on = models.DateField(null=True)
    paper_ref = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
