"""Rows of the import of ledgers: the run, its lines, the headings an office uses."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area, Office, Staff
from yimen.base.runs.desk import Run, second_person
from yimen.base.sealed import SealedJSON
from yimen.law.ledger import LineOutcome, LineState, RunState
from yimen.law.terms import Programme


class LedgerRun(Run):
    """One ledger of one township: proposed by one person, confirmed by another, undone within a day.

    ``file_ref`` names the sealed file.
    """

    KIND: ClassVar[str] = "ledger_run"
    STATES = RunState
    CALLED, AGAIN = "这次导入", "重新预览"

    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(
        max_length=20, choices=Programme.choices(), default=Programme.DIBAO, blank=True, help_text='"" until recognised'
    )
    state = models.CharField(max_length=12, choices=RunState.choices(), default=RunState.READING)
    file_ref = models.CharField(max_length=12, blank=True)
    file_name = models.CharField(max_length=120)
    file_sha256 = models.CharField(max_length=64)
    sheets = models.JSONField(default=list)
    columns = models.JSONField(default=dict, help_text="heading to field, as read")
    skipped = models.JSONField(default=list, help_text="rows that are no household: subtotals, repeated heads, notes")
    proposed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    undo_until = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            second_person("ledger_confirmed_by_second_person"),
            models.UniqueConstraint(
                fields=["township"],
                condition=Q(state__in=[str(RunState.RUNNING), str(RunState.UNDOING)]),
                name="one_ledger_at_work_per_township",
            ),
        ]

    @property
    def place(self) -> str:
        """The township."""
        return self.township_id


class LedgerLine(models.Model):
    """One household of a ledger. ``entry`` is the row as read, ``trace`` what taking it in did, both sealed.

    ``changes`` are triples of label, old and new, fit to be shown; ``problems`` pairs of column and sentence.
    """

    run = models.ForeignKey(LedgerRun, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    place = models.CharField(max_length=60, help_text="where it stands in the file: 第12行")
    head_name = models.CharField(max_length=100, blank=True)
    village_name = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=LineState.choices())
    outcome = models.CharField(max_length=8, choices=LineOutcome.choices(), default=LineOutcome.WAITING)
    reason = models.CharField(max_length=400, blank=True, help_text="why it was not taken in or not reversed")
    entry = SealedJSON()
    changes = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    remarked = models.BooleanField(default=False)
    trace = SealedJSON(null=True)

    class Meta:
        ordering: ClassVar = ["run_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "position"], name="ledger_line_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["run", "state", "position"], name="ledger_line_state")]


class LedgerHeads(models.Model):
    """What the headings of an office's ledger mean, as an officer set them: used again for the same headings."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    columns = models.JSONField()
    kept_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "signature"], name="ledger_heads_once_per_office")
        ]
