"""Rows of the data check: batches that leave, requests per case, answers by source, comparison, objections."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedText
from yimen.casework.applications.models import Application
from yimen.casework.households.models import Obligor, Person
from yimen.law.terms import Match, Treatment

OUTCOMES = {"upheld": "异议成立", "partly": "部分成立", "rejected": "异议不成立"}


class CheckBatch(models.Model):
    """A request file of the district to the provincial agency."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    number = models.CharField(max_length=40, unique=True)
    district = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    prepared_on = models.DateField()
    sent_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=80)
    sources = models.JSONField(help_text="codes of the sources asked")
    cases = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    returned_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]


class CheckRequest(models.Model):
    """A township's request for one case; a new round may follow an objection."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="check_requests")
    round = models.PositiveSmallIntegerField()
    requested_on = models.DateField()
    requested_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    batch = models.ForeignKey(CheckBatch, null=True, on_delete=models.PROTECT, related_name="requests")
    started_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    complete = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "round"], name="check_round_once")]
        indexes: ClassVar = [
            models.Index(fields=["requested_on"], condition=Q(batch__isnull=True), name="check_request_waiting")
        ]


class CheckPerson(models.Model):
    """A person asked about, under a recorded consent (L40, L41)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    request = models.ForeignKey(CheckRequest, on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    obligor = models.ForeignKey(Obligor, null=True, on_delete=models.PROTECT, related_name="+")
    consent_id = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["id"]


class ResultFile(AppendOnly):
    """A result file taken in, once (K5, K6): the digest of its rows is unique."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    batch = models.ForeignKey(CheckBatch, on_delete=models.PROTECT, related_name="results")
    number = models.CharField(max_length=60)
    agency = models.CharField(max_length=120, blank=True)
    answered_on = models.DateField()
    partial = models.BooleanField(default=False)
    digest = models.CharField(max_length=80, unique=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    summary = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-id"]


class SourceResult(models.Model):
    """What one source said about one person, with its query date. A later answer supersedes "error" or "not available"."""

    person = models.ForeignKey(CheckPerson, on_delete=models.PROTECT, related_name="results")
    file = models.ForeignKey(ResultFile, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=30)
    state = models.CharField(max_length=16, help_text="answered, not_available, error")
    queried_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    superseded = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "source"], condition=Q(superseded=False), name="source_answers_once"
            )
        ]


class Finding(AppendOnly):
    """One thing a source found: fen for items of money, a number for items counted."""

    result = models.ForeignKey(SourceResult, on_delete=models.PROTECT, related_name="findings")
    item = models.CharField(max_length=30)
    text = SealedText(null=True)
    amount_fen = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField(null=True)
    period = models.CharField(max_length=10, blank=True)
    data_date = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]


class Comparison(models.Model):
    """Declared beside verified for one item of one person in one round, with its treatment (T14).

    Only rows with ``current`` count; a new round leaves those of the round before readable. The ``visit_`` columns keep
    what a home visit answered to this line; the adopted value is what the reckoning takes.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="comparisons")
    round = models.PositiveSmallIntegerField()
    current = models.BooleanField(default=True)
    person_name = models.CharField(max_length=100)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    obligor = models.ForeignKey(Obligor, null=True, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=30)
    income_id = models.BigIntegerField(null=True, help_text="declared income this line is about")
    property_id = models.BigIntegerField(null=True, help_text="declared property this line is about")
    declared_text = models.CharField(max_length=120, blank=True)
    declared_fen = models.BigIntegerField(null=True)
    declared_count = models.PositiveIntegerField(null=True)
    period = models.CharField(max_length=10, blank=True, help_text="of the declared amount")
    verified_text = SealedText(null=True)
    verified_fen = models.BigIntegerField(null=True)
    verified_count = models.PositiveIntegerField(null=True)
    verified_period = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=30, blank=True)
    queried_on = models.DateField(null=True)
    match = models.CharField(max_length=12, choices=Match.choices())
    visited_on = models.DateField(null=True)
    visit_holds = models.BooleanField(null=True)
    visit_fen = models.BigIntegerField(null=True)
    visit_note = models.CharField(max_length=300, blank=True)
    treatment = models.CharField(max_length=20, choices=Treatment.choices(), blank=True)
    treatment_note = models.CharField(max_length=300, blank=True)
    adopted_fen = models.BigIntegerField(null=True)
    adopted_count = models.PositiveIntegerField(null=True)
    adopted_period = models.CharField(max_length=10, blank=True)
    treated_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    treated_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["application", "current"], name="comparison_current")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(treatment="") | ~Q(treatment_note=""), name="treatment_has_its_reason")
        ]


class CheckObjection(models.Model):
    """The applicant disputes a check result: statement, evidence, re-check (D18)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="check_objections")
    comparison = models.ForeignKey(Comparison, null=True, on_delete=models.PROTECT, related_name="objections")
    item_text = models.CharField(max_length=120)
    statement = models.TextField()
    evidence = models.TextField(blank=True)
    file_refs = models.JSONField(default=list)
    round = models.PositiveSmallIntegerField(default=1)
    raised_on = models.DateField()
    result = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, blank=True, choices=[*OUTCOMES.items()])
    concluded_on = models.DateField(null=True)
    told_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]


class CheckTold(AppendOnly):
    """The applicant was told which condition the check shows not to be met (D18)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="check_told")
    round = models.PositiveSmallIntegerField(default=1)
    condition = models.TextField()
    figures = models.TextField()
    told_on = models.DateField()
    paper_ref = models.CharField(max_length=12)

    class Meta:
        ordering: ClassVar = ["id"]
