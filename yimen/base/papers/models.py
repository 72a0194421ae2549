"""Rows of the papers. Every table is append-only but the counter: a paper is never edited, a new one replaces it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON


class PaperCounter(models.Model):
    """The last number given by an office to one kind of paper in one year; its row is the lock."""

    mark = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["mark", "year"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["mark", "year"], name="papers_counter_once")]


class Paper(AppendOnly):
    """One issued paper: its number and the data from which its page is drawn."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    number = models.CharField(max_length=100, unique=True)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    form_version = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=40)
    subject_ref = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    area_code = models.CharField(max_length=12)
    office_name = models.CharField(max_length=100)
    data = SealedJSON()
    digest = models.CharField(max_length=80)
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    issued_by_id = models.BigIntegerField()
    issued_by_name = models.CharField(max_length=100)
    demo = models.BooleanField()
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_ref", "id"], name="papers_of_subject"),
            models.Index(fields=["area_code", "code", "issued_on"], name="papers_by_place"),
        ]


class PaperRendering(AppendOnly):
    """Digest of the PDF as one engine (typesetter, page, fonts) drew it; drawn again it must come out the same."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="renderings")
    engine = models.CharField(max_length=32)
    pdf_digest = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["paper", "engine"], name="papers_rendering_once")]


class PaperService(AppendOnly):
    """送达: how, when, to whom and by whom a paper was served, or why it could not be."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="services")
    how = models.CharField(max_length=20)
    served_on = models.DateField()
    to_whom = models.CharField(max_length=100)
    by = models.CharField(max_length=100)
    receipt = models.CharField(max_length=200)
    file_ref = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]


class PrintLog(AppendOnly):
    """Who printed what and when; repeated printing of a check report is flagged (forms.md §0)."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="prints")
    officer_id = models.BigIntegerField()
    officer_name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]


RUN_STATES = {"waiting": "正在生成", "ready": "可以打印", "failed": "没有生成", "gone": "文件已清除"}


class PrintRun(models.Model):
    """Many papers asked for as one PDF, by one account. The content lies sealed among the files until ``expires_at``.

    ``lines`` holds, in the order of printing, ``{"paper": ref}`` or ``{"case": ref, "why": sentence}`` where a case has
    no such paper; a paper that was left out gets its ``why`` when the file is made. References only, no names.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    title = models.CharField(max_length=80)
    lines = models.JSONField(default=list)
    duplex = models.BooleanField(default=False)
    staff_id = models.BigIntegerField()
    staff_name = models.CharField(max_length=100)
    account_id = models.BigIntegerField()
    office_code = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=list(RUN_STATES.items()), default="waiting")
    why = models.CharField(max_length=300, blank=True)
    papers = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    job_ref = models.CharField(max_length=12, blank=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["account_id", "-id"], name="papers_runs_own"),
            models.Index(fields=["state", "expires_at"], name="papers_runs_to_clear"),
        ]

    @property
    def state_label(self) -> str:
        """The state in words."""
        return RUN_STATES[self.state]
