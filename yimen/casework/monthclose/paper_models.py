"""Papers that tell a whole month of a place: the return, the filing, the table of funds, the list of relief."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref


class MonthPaper(AppendOnly):
    """One issue of such a paper: of which place and month, which form, and the digest of the figures that it tells.

    The same figures are issued once; other figures (a month filed anew, a receipt that came since) make a further issue.
    """

    KIND: ClassVar[str] = "month_paper"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="a township or a district")
    month = models.CharField(max_length=7)
    code = models.CharField(max_length=40, help_text="of the form")
    digest = models.CharField(max_length=80)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "month", "code", "digest"], name="month_paper_once"),
        ]

    @property
    def place(self) -> str:
        """The township or the district."""
        return self.area_id
