"""Templates of somebody else, registered once and filled ever after (S22)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yimen.base.offices.models import Area, Office, Staff
from yimen.base.refs import new_ref


class ForeignTemplate(models.Model):
    """An Excel template that another office asks for. ``fields`` are the meanings of its columns in their order.

    ``file_ref`` names the workbook made ready for filling (base.exports.foreign), ``layout`` is what filling needs of it.
    It serves the whole district. A template that is no longer asked for is retired and stays.
    """

    KIND: ClassVar[str] = "foreign_template"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    district = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    what = models.CharField(max_length=10, help_text="law.platform.ForeignList")
    file_name = models.CharField(max_length=120)
    file_ref = models.CharField(max_length=12)
    file_sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=80)
    columns = models.JSONField()
    fields = models.JSONField()
    layout = models.JSONField()
    kept_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    retired_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
