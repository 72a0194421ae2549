"""Rows of the roll: the run of a township's month, its preview, and the frozen lines with what happens to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.runs.desk import Run, second_person
from yimen.casework.households.models import BankAccount, Household, Person
from yimen.law.payments.terms import FailCause, LeftOut, LineEventKind, PartKind, RollKind, RollState
from yimen.law.terms import Programme


class Roll(Run):
    """The payments of a township for a month: drawn up, submitted, approved, released, frozen in parts.

    ``frozen_on`` is the day whose accounts count. ``chosen`` are the awards of a further roll. ``counts`` hold households,
    persons and fen of what is paid.
    """

    KIND: ClassVar[str] = "roll"
    STATES = RollState
    CALLED, AGAIN = "这份名册", "重新编制"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="the township")
    state = models.CharField(max_length=12, choices=RollState.choices(), default=RollState.DRAWING)
    kind = models.CharField(max_length=10, choices=RollKind.choices(), default=RollKind.MONTHLY)
    month = models.CharField(max_length=7)
    opened_on = models.DateField()
    frozen_on = models.DateField()
    chosen = models.JSONField(default=list, blank=True)
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-month", "-id"]
        constraints: ClassVar = [
            second_person("roll_released_by_another_than_prepared"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="roll_approved_by_another_than_prepared",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True)
                | (Q(approved_by__isnull=False) & ~Q(released_by=F("approved_by"))),
                name="roll_released_by_another_than_approved",
            ),
            models.UniqueConstraint(
                fields=["area", "month"],
                condition=Q(kind=str(RollKind.MONTHLY)) & ~Q(state=str(RollState.WITHDRAWN)),
                name="one_monthly_roll",
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=~Q(state__in=[str(RollState.DONE), str(RollState.WITHDRAWN)]),
                name="one_roll_at_work_per_township",
            ),
        ]

    @property
    def place(self) -> str:
        """The township."""
        return self.area_id


class LineColumns(models.Model):
    """What a line says, in the preview and frozen; fen. ``covered`` are ``person:supplement`` pairs, by commas.

    ``version`` is the award's version of the month; ``due`` tells whether it says that the month itself is paid.
    ``last_fen`` is what the line of the month before paid, none where there was none. ``digest`` covers all of it.
    """

    position = models.PositiveIntegerField()
    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("awards.AwardVersion", on_delete=models.PROTECT, related_name="+", db_index=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    programme = models.CharField(max_length=20, choices=Programme.choices())
    urban = models.BooleanField()
    category = models.CharField(max_length=10, blank=True)
    account = models.ForeignKey(BankAccount, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.BooleanField()
    covered = models.TextField(blank=True)
    persons = models.PositiveSmallIntegerField()
    base_fen = models.BigIntegerField()
    supplement_fen = models.BigIntegerField()
    addition_fen = models.BigIntegerField()
    arrears_fen = models.BigIntegerField()
    recovery_fen = models.BigIntegerField()
    total_fen = models.BigIntegerField()
    last_fen = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


class DraftLine(LineColumns):
    """A line of a preview; ``left_out`` says why it will not be paid, empty for one that will."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="lines")
    left_out = models.CharField(max_length=10, blank=True, choices=LeftOut.choices())

    class Meta:
        ordering: ClassVar = ["roll_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roll", "award"], name="draft_line_once"),
            models.UniqueConstraint(fields=["roll", "position"], name="draft_line_in_order"),
        ]


class PartColumns(models.Model):
    """One part of a line: kind, month, fen; a stored balance or an order of recovery where it rests on one."""

    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PartKind.choices())
    month = models.CharField(max_length=7)
    fen = models.BigIntegerField()
    words = models.CharField(max_length=200, blank=True)
    version = models.ForeignKey(
        "awards.AwardVersion", null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="of a month that was missed",
    )  # fmt: skip
    balance = models.ForeignKey("awards.Balance", null=True, on_delete=models.PROTECT, related_name="+")
    order_ref = models.CharField(max_length=40, blank=True, help_text="of the recovery that it pays off")

    class Meta:
        abstract = True


class DraftPart(PartColumns):
    """A part of a line of a preview."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        ordering: ClassVar = ["roll_id", "award_id", "kind", "month", "id"]
        indexes: ClassVar = [models.Index(fields=["roll", "award"], name="draft_part_award")]


class PayLine(LineColumns, AppendOnly):
    """A frozen line: one award, one month. What becomes of it are events; it is never rewritten (K3, K4)."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="paid")
    ref = models.CharField(max_length=24, unique=True, help_text="what the bank's file calls it")
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)

    class Meta:
        ordering: ClassVar = ["roll_id", "position"]
        indexes: ClassVar = [
            models.Index(fields=["month", "township", "programme"], name="pay_line_month"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["award", "month"], name="one_line_per_award_and_month"),
            models.UniqueConstraint(fields=["roll", "position"], name="pay_line_in_order"),
            models.CheckConstraint(
                condition=Q(base_fen__gte=0, supplement_fen__gte=0, addition_fen__gte=0, arrears_fen__gte=0,
                            recovery_fen__gte=0, total_fen__gte=0),
                name="pay_line_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    total_fen=F("base_fen") + F("supplement_fen") + F("addition_fen") + F("arrears_fen")
                    - F("recovery_fen")
                ),
                name="pay_line_adds_up",
            ),
        ]  # fmt: skip


class PayPart(PartColumns, AppendOnly):
    """A part of a frozen line. A balance is settled once."""

    line = models.ForeignKey(PayLine, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        ordering: ClassVar = ["line_id", "kind", "month", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fen__gte=0), name="pay_part_not_negative"),
            models.UniqueConstraint(
                fields=["balance"], condition=Q(balance__isnull=False), name="a_balance_is_settled_once"
            ),
        ]


class PayKey(AppendOnly):
    """Whom a line pays for which month: nobody twice for a programme and month, in whatever household (K4, I2)."""

    line = models.ForeignKey(PayLine, on_delete=models.PROTECT, related_name="keys")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    programme = models.CharField(max_length=20, choices=Programme.choices())
    month = models.CharField(max_length=7)

    class Meta:
        ordering: ClassVar = ["line_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "programme", "month"], name="paid_once_per_person_and_month"),
        ]


class LineEvent(AppendOnly):
    """What happened to a frozen line. ``attempt`` counts how often it was sent; ``basis`` names the file or the hold."""

    line = models.ForeignKey(PayLine, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=LineEventKind.choices())
    attempt = models.PositiveSmallIntegerField(default=0)
    cause = models.CharField(max_length=12, blank=True, choices=FailCause.choices())
    words = models.CharField(max_length=200, blank=True)
    basis_kind = models.CharField(max_length=24)
    basis_ref = models.CharField(max_length=40)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["line_id", "id"]
        indexes: ClassVar = [models.Index(fields=["basis_kind", "basis_ref"], name="line_event_basis")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line", "attempt", "kind"],
                condition=Q(kind__in=[str(LineEventKind.SENT), str(LineEventKind.PAID), str(LineEventKind.FAILED),
                                      str(LineEventKind.RETURNED)]),
                name="one_answer_per_attempt",
            ),
            models.CheckConstraint(
                condition=~Q(kind=str(LineEventKind.FAILED)) | ~Q(cause=""), name="a_failure_has_its_cause"
            ),
        ]  # fmt: skip
