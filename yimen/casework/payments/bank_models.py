"""Rows of bank files: the templates of the banks, what was sent, what came back, and what is sent once more."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON
from yimen.casework.households.models import BankAccount
from yimen.casework.payments.roll_models import PayLine
from yimen.law.payments.bank_terms import COUNTED, BankAnswerKind, ReturnState, TemplateState
from yimen.law.payments.terms import FailCause

_RELEASED = Q(state=str(TemplateState.RELEASED))


class BankTemplate(models.Model):
    """How a bank's files look from a day on: written by one person of the district, released by another.

    ``banks`` are the beginnings of the names of banks that it serves, one of them enough; ``layouts`` are
    ``BankLayouts`` as stored, ``digest`` binds them with the names and the day.
    """

    KIND: ClassVar[str] = "bank_template"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="the district")
    name = models.CharField(max_length=60)
    banks = models.JSONField(default=list)
    valid_from = models.DateField()
    layouts = models.JSONField()
    digest = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=TemplateState.choices(), default=TemplateState.PROPOSED)
    note = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    released_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("proposed_by")),
                name="bank_template_released_by_second_person",
            ),
            models.CheckConstraint(
                condition=~_RELEASED | Q(released_by__isnull=False, released_at__isnull=False),
                name="a_released_bank_template_has_its_second_person",
            ),
            models.UniqueConstraint(
                fields=["area", "name", "valid_from"], condition=_RELEASED, name="one_bank_template_a_day"
            ),
        ]


class BankFile(AppendOnly):
    """A file as it was released to a bank: number of lines, sum, hash. Its content lies sealed under ``ref`` (K5)."""

    KIND: ClassVar[str] = "bank_file"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    number = models.CharField(max_length=20, unique=True, help_text="what the bank's file calls the batch")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="the township")
    template = models.ForeignKey(BankTemplate, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7, help_text="of its latest lines")
    name = models.CharField(max_length=120)
    count = models.PositiveIntegerField()
    again = models.PositiveIntegerField(help_text="lines sent once more")
    total_fen = models.BigIntegerField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["area", "month"], name="bank_file_month")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(count__gt=0, total_fen__gt=0), name="a_bank_file_pays_something")
        ]


class BankAttempt(AppendOnly):
    """One sending of a line: its place in the file, fen, and the account that was told. A line is tried anew, never doubled."""

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="attempts", db_index=False)
    serial = models.PositiveIntegerField()
    line = models.ForeignKey(PayLine, on_delete=models.PROTECT, related_name="attempts", db_index=False)
    attempt = models.PositiveSmallIntegerField()
    fen = models.BigIntegerField()
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+", db_index=False)
    account_index = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["file_id", "serial"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "serial"], name="bank_attempt_in_order"),
            models.UniqueConstraint(fields=["line", "attempt"], name="bank_attempt_once"),
            models.CheckConstraint(condition=Q(fen__gt=0, attempt__gt=0), name="bank_attempt_pays_something"),
        ]


class BankReturn(models.Model):
    """A bank's answer to a file. Refused ones stay with their reasons and have changed nothing.

    ``counts`` are numbers and fen by answer; ``faults`` rows of ``[row, fault, sentence]``, the first of them; ``sample``
    what is not simply paid, for the preview: ``[row, serial, kind, cause, code, words]``. The content lies sealed under ``ref``.
    A long one is judged, and booked, by the job ``job_ref``. With ``letter``, the number of a paper by which the bank has told
    that payments came back, the content is what one officer has typed from it, and another books it.
    """

    KIND: ClassVar[str] = "bank_return"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="returns")
    state = models.CharField(max_length=10, choices=ReturnState.choices())
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    sample = SealedJSON(default=list)
    note = models.CharField(max_length=200, blank=True)
    job_ref = models.CharField(max_length=12, blank=True)
    letter = models.CharField(max_length=60, blank=True)
    taken_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    booked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    booked_on = models.DateField(null=True)
    booked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(state__in=[str(state) for state in COUNTED]),
                name="a_bank_return_counts_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=str(ReturnState.BOOKED)) | Q(booked_by__isnull=False, booked_at__isnull=False),
                name="a_booked_bank_return_has_its_officer",
            ),
            models.CheckConstraint(
                condition=Q(letter="") | Q(booked_by__isnull=True) | ~Q(booked_by=F("taken_by")),
                name="a_bank_letter_has_two_persons",
            ),
        ]


class BankAnswer(AppendOnly):
    """What a booked return says of one attempt: paid, failed with its cause, unknown, or come back. Never twice the same."""

    returned = models.ForeignKey(BankReturn, on_delete=models.PROTECT, related_name="answers", db_index=False)
    attempt = models.ForeignKey(BankAttempt, on_delete=models.PROTECT, related_name="answers", db_index=False)
    row = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=BankAnswerKind.choices())
    cause = models.CharField(max_length=12, blank=True, choices=FailCause.choices())
    code = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["returned_id", "row"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "kind"], name="bank_answer_once"),
            models.UniqueConstraint(fields=["returned", "attempt"], name="bank_answer_once_per_return"),
        ]


class Reissue(AppendOnly):
    """A failed or returned line put right, to be sent once more with the next file: after which attempt, why, by whom."""

    KIND: ClassVar[str] = "reissue"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    line = models.ForeignKey(PayLine, on_delete=models.PROTECT, related_name="reissues", db_index=False)
    attempt = models.PositiveSmallIntegerField(help_text="the one that failed")
    cause = models.CharField(max_length=12, blank=True, choices=FailCause.choices())
    correction = models.CharField(max_length=200)
    changed = models.BooleanField(help_text="to another account than the failed attempt")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "attempt"], name="reissued_once_per_attempt")]
