"""Rows of the investigation of means."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yimen.base.offices.models import Staff
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedText
from yimen.casework.applications.models import Application


class HomeVisit(models.Model):
    """A visit by at least two, with what they saw and who signed (D16; D20 for the district's)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="home_visits")
    by_district = models.BooleanField(default=False)
    district_reason = models.CharField(max_length=100, blank=True)
    visited_on = models.DateField()
    visited_at = models.TimeField(null=True)
    place = models.CharField(max_length=120, blank=True)
    leader = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    investigators = models.ManyToManyField(Staff, related_name="+")
    helper = models.CharField(max_length=100, blank=True)
    present = models.CharField(max_length=200, help_text="members present")
    remote_reason = models.CharField(max_length=200, blank=True, help_text="which major emergency, if by phone or video")
    residents_match = models.BooleanField()
    residents_note = models.CharField(max_length=300, blank=True)
    living = SealedText(null=True, help_text="吃穿住用")
    income_found = models.TextField(blank=True)
    property_found = models.TextField(blank=True)
    answers = models.JSONField(default=list, help_text="answers to open items: comparison ref, holds, actual fen, note")
    conclusion = models.TextField()
    signed_by_investigators = models.BooleanField(default=False)
    signed_by_member = models.CharField(max_length=100, blank=True)
    photo_refs = models.JSONField(default=list)
    round = models.PositiveSmallIntegerField(default=1, help_text="1, then one more after each objection to the notice")

    class Meta:
        ordering: ClassVar = ["id"]


class NeighbourInterview(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="interviews")
    held_on = models.DateField()
    place = models.CharField(max_length=100)
    interviewee = SealedText(null=True, help_text="name, protected; may be empty")
    willing_to_sign = models.BooleanField(default=False)
    investigators = models.ManyToManyField(Staff, related_name="+")
    questions = models.TextField()
    answers = models.TextField()
    conclusion = models.TextField()

    class Meta:
        ordering: ClassVar = ["id"]


class EvidenceLetter(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    addressee = models.CharField(max_length=120)
    items = models.TextField()
    sent_on = models.DateField()
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]


class ThirdPartyAssessment(models.Model):
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assessments")
    body = models.CharField(max_length=120)
    contract = models.CharField(max_length=80)
    assessor = models.CharField(max_length=100)
    assessed_on = models.DateField()
    method = models.TextField()
    findings = models.TextField()
    conflict_declaration = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["id"]


class Conclusion(models.Model):
    """Whether the case is disputed; no dispute needs its reason, a dispute leads to the appraisal (plan 四(三))."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="conclusions")
    disputed = models.BooleanField()
    reason = models.TextField()
    concluded_on = models.DateField()
    concluded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]


class Appraisal(models.Model):
    """A democratic appraisal: who attended by role, how they voted, what was said."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="appraisals")
    matter = models.TextField()
    held_on = models.DateField()
    held_at = models.TimeField(null=True)
    place = models.CharField(max_length=100)
    chair = models.CharField(max_length=100)
    expected = models.PositiveSmallIntegerField()
    attendees = models.JSONField(help_text="list of {name, role, recused}")
    agree = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstain = models.PositiveSmallIntegerField()
    minutes = models.TextField()
    result = models.TextField()
    supports_application = models.BooleanField()
    photo_refs = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["id"]
