"""Rows of the monthly comparison: who was asked about, what each source answered, what changed and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedText
from yimen.casework.awards.models import Award, ChangeCase
from yimen.casework.households.models import Household, Obligor, Person
from yimen.law.comparison import HitKind, HitState, LeftOutReason


class ComparisonRun(models.Model):
    """Everybody on assistance in a district, asked about once for a month (plan 四(六))."""

    KIND: ClassVar[str] = "comparison"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    number = models.CharField(max_length=40, unique=True)
    district = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    sources = models.JSONField(help_text="codes of the sources asked")
    due_on = models.DateField(help_text="the day by which the sources are to answer")
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=80, blank=True, help_text="over who was asked about")

    class Meta:
        ordering: ClassVar = ["-month", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "month"], name="compared_once_a_month"),
        ]


class ComparisonSubject(AppendOnly):
    """Somebody asked about: a covered person once per household, or an obligor; under a consent in force (L40, L41).

    ``part`` is the piece of the run in whose files the household travels.
    """

    run = models.ForeignKey(ComparisonRun, on_delete=models.PROTECT, related_name="subjects", db_index=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    obligor = models.ForeignKey(Obligor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    consent_id = models.BigIntegerField()
    part = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["run", "part"], name="compared_part"),
            models.Index(fields=["person", "run"], name="compared_person", condition=Q(person__isnull=False)),
            models.Index(fields=["obligor", "run"], name="compared_obligor", condition=Q(obligor__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, obligor__isnull=True) | Q(person__isnull=True, obligor__isnull=False),
                name="compared_is_one",
            ),
        ]


class ComparisonLeftOut(AppendOnly):
    """Somebody covered, or an obligor, whom the run did not ask about, with the reason."""

    run = models.ForeignKey(ComparisonRun, on_delete=models.PROTECT, related_name="left_out")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    obligor = models.ForeignKey(Obligor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=10, choices=LeftOutReason.choices())

    class Meta:
        ordering: ClassVar = ["id"]


class ComparisonFeed(models.Model):
    """One source of a run and the pieces in which it is asked."""

    run = models.ForeignKey(ComparisonRun, on_delete=models.PROTECT, related_name="feeds")
    source = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["run", "position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "source"], name="one_feed_per_source")]


class ComparisonPart(models.Model):
    """One request file: a source and a piece of the run. ``number`` is the batch number of the file.

    An answer is taken in by portions: ``position`` is how many households of it are there. It counts for nothing until
    all are, ``whole_at``.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    feed = models.ForeignKey(ComparisonFeed, on_delete=models.PROTECT, related_name="parts")
    part = models.PositiveIntegerField()
    number = models.CharField(max_length=60, unique=True)
    cases = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    position = models.PositiveIntegerField(default=0, db_default=0)
    whole_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["feed", "part"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["feed", "part"], name="one_file_per_part")]


class ComparisonAnswer(AppendOnly):
    """The result file that answered a part, taken in whole and once (K5, K6): the digest of its rows is unique.

    Nobody may go by it before its part has ``whole_at``.
    """

    part = models.OneToOneField(ComparisonPart, on_delete=models.PROTECT, related_name="answer")
    number = models.CharField(max_length=64)
    agency = models.CharField(max_length=120, blank=True)
    answered_on = models.DateField()
    digest = models.CharField(max_length=80, unique=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    unanswered = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["id"]


class ComparisonGap(AppendOnly):
    """Somebody about whom a source said nothing that settles anything (K10): what was known before stays known."""

    subject = models.ForeignKey(ComparisonSubject, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer = models.ForeignKey(ComparisonAnswer, on_delete=models.PROTECT, related_name="gaps", db_index=False)
    state = models.CharField(max_length=16)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["answer", "subject"], name="one_gap")]


class ComparisonFinding(AppendOnly):
    """What a source found of one item of one person: everything of the item together. Nothing found has no row.

    ``mark`` is a keyed digest of the words: equal words have equal marks, and it says nothing to who reads the table.
    """

    subject = models.ForeignKey(ComparisonSubject, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer = models.ForeignKey(ComparisonAnswer, on_delete=models.PROTECT, related_name="findings", db_index=False)
    item = models.CharField(max_length=30)
    text = SealedText(null=True)
    mark = models.CharField(max_length=64)
    amount_fen = models.BigIntegerField(null=True)
    period = models.CharField(max_length=10, blank=True)
    count = models.PositiveIntegerField(null=True)
    queried_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["subject", "item"], name="compared_found")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "subject", "item"], name="found_once_per_item")
        ]


class ComparisonHit(models.Model):
    """One thing that changed for one household: what was known before, what is found now, and what became of it.

    ``before_from`` says in words where the earlier value stands. Settled by an officer of the household's own township; a
    confirmed hit is kept with the change that it became. ``held`` says that pay was held because of it.
    """

    KIND: ClassVar[str] = "comparison_hit"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    run = models.ForeignKey(ComparisonRun, on_delete=models.PROTECT, related_name="hits")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="comparison_hits", db_index=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="comparison_hits")
    subject = models.ForeignKey(ComparisonSubject, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(ComparisonAnswer, on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=30)
    item = models.CharField(max_length=30)
    kind = models.CharField(max_length=12, choices=HitKind.choices())
    before_text = SealedText(null=True)
    before_from = models.CharField(max_length=60, blank=True)
    now_text = SealedText(null=True)
    queried_on = models.DateField()
    found_on = models.DateField()
    state = models.CharField(max_length=10, choices=HitState.choices(), default=HitState.OPEN)
    held = models.BooleanField(default=False)
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    change = models.ForeignKey(ChangeCase, null=True, on_delete=models.PROTECT, related_name="comparison_hits")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["award", "state"], name="comparison_hit_waits")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "source", "item"], name="one_hit_per_thing"),
            models.CheckConstraint(
                condition=Q(state=str(HitState.OPEN), settled_by__isnull=True, settled_on__isnull=True)
                | (~Q(state=str(HitState.OPEN)) & Q(settled_by__isnull=False, settled_on__isnull=False)),
                name="settled_hit_has_its_officer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[str(HitState.EXPLAINED), str(HitState.DISMISSED)]) | ~Q(reason=""),
                name="settled_hit_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=str(HitState.CONFIRMED)) | Q(change__isnull=False),
                name="confirmed_hit_has_its_change",
            ),
        ]
