"""Rows of the files: what is kept, for which subject, from whom."""

from django.db import models

from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref

KINDS = ("jpeg", "png", "pdf", "xlsx", "json")


class StoredFile(AppendOnly):
    """One kept file. ``sha256`` is of the content kept, ``given_sha256`` of the content as it was handed in."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    sha256 = models.CharField(max_length=64)
    given_sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])
    name = models.CharField(max_length=120)
    document_class = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_ref = models.CharField(max_length=40)
    staff_id = models.BigIntegerField(null=True)
    staff_name = models.CharField(max_length=100)
    account_id = models.BigIntegerField(null=True)
    office_code = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_ref"], name="files_subject"),
            models.Index(fields=["sha256"], name="files_sha256"),
            models.Index(fields=["given_sha256"], name="files_given_sha256"),
            models.Index(fields=["account_id", "at"], name="files_account"),
        ]

    def __str__(self) -> str:
        return self.name
