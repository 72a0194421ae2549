"""Rows of the desks: forms that their writers have not sent yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yimen.base.offices.models import Account
from yimen.base.sealed import SealedJSON


class FormDraft(models.Model):
    """A half-written form of an account: which page (its path names the case), which of several forms on it, sealed.

    ``version`` is the version of the case that the writer saw; an older one than today's is told when the form is
    put back. ``saved_at`` tells one keeping of the draft from the next.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    slot = models.CharField(max_length=40, blank=True)
    body = SealedJSON()
    version = models.PositiveIntegerField(null=True)
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "path", "slot"], name="one_draft_per_account_and_form")
        ]
