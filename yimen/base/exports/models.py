"""Rows of the exports: who took which list, when, why, with how many rows; and the links to the files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Account, Staff
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON, SealedText

STATES = {
    "building": "正在生成",
    "waiting": "等待另一人放行",
    "ready": "可以下载",
    "declined": "没有放行",
    "failed": "没有生成",
    "gone": "文件已清除",
}
KINDS = {"bank": "含完整身份证号、银行账号", "health": "含健康、交易信息", "other": "一般名单"}


class Export(models.Model):
    """One file asked for. ``asked`` says which page with which filters; both it and ``words`` may name a person, so they are sealed.

    ``rows`` counts the people's rows; ``kind`` is the most sensitive thing in them and sets how many one person may
    take alone (K24). The content lies sealed in the folder of the files until ``expires_at``.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    title = models.CharField(max_length=80)
    asked = SealedJSON()
    words = SealedText()
    full = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8, choices=list(KINDS.items()), default="other")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    office_code = models.CharField(max_length=12)
    day = models.DateField()
    asked_at = models.DateTimeField()
    rows = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="building")
    why = models.CharField(
        max_length=300, blank=True, help_text="why a second person is asked, or why there is no file"
    )
    job_ref = models.CharField(max_length=12, blank=True)
    released_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    downloads = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="exports_own"),
            models.Index(fields=["staff", "day"], name="exports_of_the_day"),
            models.Index(fields=["state", "expires_at"], name="exports_to_clear"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("staff")),
                name="export_released_by_second_person",
            )
        ]

    @property
    def state_label(self) -> str:
        """The state in words."""
        return STATES[self.state]


class ExportLink(models.Model):
    """A way to one file, good for one use within a minute by the account that asked for it."""

    token = models.CharField(max_length=64, unique=True)
    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="links")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
