"""Rows of the reconciliation with the provincial platform: its files, what they differ in, the signed sheets, headings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.runs.desk import Run
from yimen.base.sealed import SealedJSON
from yimen.casework.awards.models import Award, ChangeCase
from yimen.law.platform import Handling, LineKind, PlatformState
from yimen.law.terms import Programme


class PlatformRun(Run):
    """One file of the platform for a township and a month, held against our awards of that month.

    ``programme`` is the one assistance that the file is about, "" where it tells the programme of each row; ``programmes``
    are those that it was found to hold, and it counts for each until a later file holds that one. ``fields`` are the
    meanings of its columns in their order, ``columns`` their headings.
    """

    KIND: ClassVar[str] = "platform_run"
    STATES = PlatformState
    CALLED, AGAIN = "这次对账", "重新比对"

    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    programme = models.CharField(max_length=20, choices=Programme.choices(), blank=True)
    programmes = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=PlatformState.choices(), default=PlatformState.READING)
    file_ref = models.CharField(max_length=12)
    file_name = models.CharField(max_length=120)
    file_sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=80, blank=True)
    columns = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    skipped = models.JSONField(default=list, help_text="rows that are no household, with the reason")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["township", "month", "state"], name="platform_run_month")]

    @property
    def place(self) -> str:
        """The township."""
        return self.township_id


class PlatformLine(models.Model):
    """One difference: a field of an award, an award that only one side has, or a row that could not be read.

    ``ours`` and ``theirs`` are fit to be shown (numbers masked). ``spot`` names the difference whatever its values,
    ``mark`` with them: by these a later file finds it again. ``entry`` holds what the platform wrote, sealed.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    run = models.ForeignKey(PlatformRun, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=LineKind.choices())
    programme = models.CharField(max_length=20, choices=Programme.choices(), blank=True)
    award = models.ForeignKey(Award, null=True, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=20, blank=True)
    row = models.PositiveIntegerField(default=0, help_text="of the platform's sheet, as Excel numbers it")
    head_name = models.CharField(max_length=100, blank=True)
    village_name = models.CharField(max_length=60, blank=True)
    ours = models.CharField(max_length=200, blank=True)
    theirs = models.CharField(max_length=200, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    spot = models.CharField(max_length=80)
    mark = models.CharField(max_length=80)
    entry = SealedJSON(null=True)
    handling = models.CharField(max_length=10, choices=Handling.choices(), default=Handling.OPEN)
    reason = models.CharField(max_length=200, blank=True)
    change = models.ForeignKey(ChangeCase, null=True, on_delete=models.PROTECT, related_name="+")
    handled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(PlatformRun, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["run_id", "position"]
        indexes: ClassVar = [models.Index(fields=["run", "kind", "handling"], name="platform_line_open")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(handling=str(Handling.KEPT)) | ~Q(reason=""), name="a_difference_stays_for_a_reason"
            ),
        ]

    @property
    def place(self) -> str:
        """The township."""
        return self.run.township_id


class PlatformHeads(models.Model):
    """What the headings of the platform's files mean, as an officer of the district set them."""

    district = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    fields = models.JSONField()
    kept_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "signature"], name="platform_heads_once_per_district")
        ]


class PlatformSheet(AppendOnly):
    """A 对账表 that was drawn up for signature: for which files it speaks (``runs``, by reference) and its figures."""

    KIND: ClassVar[str] = "platform_sheet"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    runs = models.JSONField()
    counts = models.JSONField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["township", "month"], name="platform_sheet_month")]

    @property
    def place(self) -> str:
        """The township."""
        return self.township_id
