"""Rows of the desks: how somebody likes a list, what a batch did, forms not sent yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yimen.base.offices.models import Account
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON


class ListView(models.Model):
    """How an account looks at a list. Without a name: as it was left last; with one: 我的视图.

    ``filters`` hold codes only, never a name or a number of a person (K25).
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    listing = models.CharField(max_length=40)
    name = models.CharField(max_length=20, blank=True)
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    sort = models.CharField(max_length=40, blank=True)
    size = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "listing", "name"], name="list_view_once"),
        ]


class Batch(models.Model):
    """One act on many cases: each row with its case, its version, and what came of it."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    fields = models.JSONField(default=dict)
    rows = models.JSONField()
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    job_ref = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]


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
