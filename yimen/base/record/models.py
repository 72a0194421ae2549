"""Rows of the record. Every table here is append-only in the database."""

import json
from typing import Any

from django.db import models

from yimen.base.record.triggers import AppendOnly


class Entry(AppendOnly):
    """One act: person, account, subject, digests of the subject before and after, server time (K11).

    ``digest`` covers every other column but ``seq``, which only the database knows at the time of writing; the seal
    binds ``seq`` and ``digest`` together and fixes the order.
    """

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    business_date = models.DateField()
    staff_id = models.BigIntegerField(null=True)
    staff_name = models.CharField(max_length=100)
    account_id = models.BigIntegerField(null=True)
    office_code = models.CharField(max_length=40)
    act = models.CharField(max_length=60)
    act_label = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=40)
    subject_ref = models.CharField(max_length=40)
    area_code = models.CharField(max_length=12)
    before = models.CharField(max_length=80)
    after = models.CharField(max_length=80)
    facts_text = models.TextField()
    request_id = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=10)
    digest = models.CharField(max_length=80)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_ref", "seq"], name="record_entry_subject"),
            models.Index(fields=["staff_id", "seq"], name="record_entry_staff"),
            models.Index(fields=["area_code", "seq"], name="record_entry_area"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act_label}"

    @property
    def facts(self) -> dict[str, Any]:
        """The small plain facts of the act."""
        facts: dict[str, Any] = json.loads(self.facts_text)
        return facts


class Read(AppendOnly):
    """One reading of a personal file on any channel, with its purpose (K33)."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    staff_id = models.BigIntegerField(null=True)
    staff_name = models.CharField(max_length=100)
    account_id = models.BigIntegerField(null=True)
    office_code = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_ref = models.CharField(max_length=40)
    person_ref = models.CharField(max_length=40)
    purpose = models.CharField(max_length=200)
    channel = models.CharField(max_length=20)
    request_id = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_ref", "id"], name="record_read_subject"),
            models.Index(fields=["person_ref", "id"], name="record_read_person"),
            models.Index(fields=["staff_id", "at"], name="record_read_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_ref} {self.at:%Y-%m-%d %H:%M}"


class Seal(AppendOnly):
    """A closed range of entries (K12). ``gaps_text`` lists sequence numbers the database skipped (rolled back)."""

    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=[("daily", "日封"), ("interim", "时封")])
    day = models.DateField()
    sealed_at = models.DateTimeField()
    first_seq = models.BigIntegerField()
    last_seq = models.BigIntegerField()
    count = models.BigIntegerField()
    gaps_text = models.TextField()
    entries = models.CharField(max_length=80)
    previous = models.CharField(max_length=80)
    algorithm = models.CharField(max_length=10)
    digest = models.CharField(max_length=80)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["day"], condition=models.Q(kind="daily"), name="record_seal_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.first_seq}-{self.last_seq})"
