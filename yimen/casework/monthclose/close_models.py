"""Rows of the close of a month: the run of its two signatures, and what is frozen of every household for the returns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.runs.desk import Run, second_person
from yimen.casework.awards.models import Award, AwardVersion
from yimen.casework.households.models import Person
from yimen.casework.payments.models import PayLine
from yimen.law.aftercare.movement import Movement
from yimen.law.closing import STANDING, CloseState
from yimen.law.terms import Programme


class MonthClose(Run):
    """The close of one month of a township: signed by one person, filed by a second, frozen in parts, received by the district.

    ``stages`` is what the stages were when it was signed, in plain values. A reopened close stays as it was filed.
    """

    KIND: ClassVar[str] = "month_close"
    STATES = CloseState
    CALLED, AGAIN = "这个月的办结", "重新签字"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="the township")
    state = models.CharField(max_length=10, choices=CloseState.choices(), default=CloseState.SIGNED)
    month = models.CharField(max_length=7)
    stages = models.JSONField(default=list)
    signed_on = models.DateField()
    filed_on = models.DateField(null=True)
    received_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-month", "-id"]
        constraints: ClassVar = [
            second_person("month_filed_by_second_person"),
            models.UniqueConstraint(
                fields=["area", "month"],
                condition=Q(state__in=[str(state) for state in STANDING]),
                name="one_close_per_month",
            ),
            models.CheckConstraint(
                condition=~Q(state=str(CloseState.REOPENED)) | (Q(reopened_by__isnull=False) & ~Q(note="")),
                name="a_month_is_reopened_for_a_reason",
            ),
        ]

    @property
    def place(self) -> str:
        """The township."""
        return self.area_id


class FiledRow(AppendOnly):
    """One award in a closed month: how it stood, what became of it, what was due and what the bank has paid; fen.

    ``version`` is the one in force in the month. ``movement`` is law.aftercare.movement.Movement. ``waits`` are the reasons,
    by commas, for which the household goes over to the next month.
    """

    close = models.ForeignKey(MonthClose, on_delete=models.PROTECT, related_name="rows")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(AwardVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(PayLine, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    programme = models.CharField(max_length=20, choices=Programme.choices())
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    urban = models.BooleanField()
    category = models.CharField(max_length=10, blank=True)
    standing = models.CharField(max_length=10, help_text="law.aftercare.movement.Standing")
    movement = models.CharField(max_length=10, choices=Movement.choices())
    cause = models.CharField(max_length=16, blank=True)
    ground = models.CharField(max_length=40, blank=True)
    persons = models.PositiveSmallIntegerField()
    persons_before = models.PositiveSmallIntegerField()
    due_fen = models.BigIntegerField()
    before_fen = models.BigIntegerField()
    supplement_fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField()
    waits = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["close_id", "id"]
        indexes: ClassVar = [models.Index(fields=["close", "programme", "movement"], name="filed_row_by")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["close", "award"], name="filed_once_per_award")]


class FiledPerson(AppendOnly):
    """Somebody covered in a closed month, for the breakdowns by sex and age."""

    row = models.ForeignKey(FiledRow, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering: ClassVar = ["row_id", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["row", "person"], name="filed_once_per_person")]
