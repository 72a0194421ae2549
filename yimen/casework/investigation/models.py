"""Rows of the investigation of means."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yimen.base.offices.models import Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON, SealedText
from yimen.casework.applications.models import Application
from yimen.casework.investigation.programme_models import (
    AbilityRecord,
    OwnerRecord,
    SelfCareAssessment,
    SpendingRecord,
    SpentRow,
    TekunRecord,
)

__all__ = [
    "AbilityRecord",
    "Appraisal",
    "Conclusion",
    "EvidenceLetter",
    "HomeVisit",
    "NeighbourInterview",
    "OwnerRecord",
    "Round",
    "SelfCareAssessment",
    "SpendingRecord",
    "SpentRow",
    "TekunRecord",
    "ThirdPartyAssessment",
]

WAYS = {"visit": "入户", "phone": "电话（重大突发事件）", "video": "视频（重大突发事件）"}
RESULTS = {"same": "与申报一致", "partly": "部分不一致", "far": "明显不一致"}
DISTRICT_REASONS = {"relatives": "近亲属备案", "complaint": "审核确认阶段接到投诉举报", "other": "其他"}


class Round(AppendOnly):
    """A further round of investigation, opened by what came later: an objection to the notice, a return (D19)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="investigation_rounds")
    number = models.PositiveSmallIntegerField(help_text="from 2; the first round needs no row")
    reason = models.CharField(max_length=200)
    opened_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "number"], name="investigation_round_once")
        ]


class HomeVisit(AppendOnly):
    """A visit by at least two, with what they saw and who signed (D16; D20 for the district's)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="home_visits")
    by_district = models.BooleanField(default=False)
    district_reason = models.CharField(max_length=10, blank=True, choices=[*DISTRICT_REASONS.items()])
    district_reason_text = models.CharField(max_length=200, blank=True)
    visited_on = models.DateField()
    visited_at = models.TimeField()
    place = models.CharField(max_length=120, blank=True)
    leader = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    investigators = models.ManyToManyField(Staff, related_name="+")
    helper = models.CharField(max_length=100, blank=True)
    present = models.JSONField(help_text="names of the members present")
    way = models.CharField(max_length=8, choices=[*WAYS.items()], default="visit")
    remote_reason = models.CharField(
        max_length=200, blank=True, help_text="which major emergency, if by phone or video"
    )
    residents_match = models.BooleanField()
    residents_note = models.CharField(max_length=300, blank=True)
    living = SealedJSON(default=dict, help_text="吃穿住用: eating, clothing, housing, using")
    support_found = models.TextField(blank=True)
    income_found = models.TextField(blank=True)
    property_found = models.TextField(blank=True)
    answers = models.JSONField(default=list, help_text="answers to open items: comparison ref, holds, actual fen, note")
    result = models.CharField(max_length=8, choices=[*RESULTS.items()])
    conclusion = models.TextField()
    signed_by_investigators = models.BooleanField(default=False)
    signed_by_member = models.CharField(max_length=100, blank=True)
    photo_refs = models.JSONField(default=list)
    round = models.PositiveSmallIntegerField(default=1, help_text="1, then that of the latest Round")

    class Meta:
        ordering: ClassVar = ["id"]


class NeighbourInterview(AppendOnly):
    """What a neighbour told two investigators; the name is protected and may stay out."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="interviews")
    held_on = models.DateField()
    held_at = models.TimeField()
    place = models.CharField(max_length=100)
    interviewee = SealedText(null=True, help_text="name, protected; may be empty")
    willing_to_sign = models.BooleanField(default=False)
    investigators = models.ManyToManyField(Staff, related_name="+")
    answers = SealedJSON(help_text="list of {question, answer}")
    conclusion = models.TextField()

    class Meta:
        ordering: ClassVar = ["id"]


class EvidenceLetter(models.Model):
    """A letter that asks a body for evidence, with its reply."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    addressee = models.CharField(max_length=120)
    person_name = models.CharField(max_length=100, help_text="whom it is about")
    items = models.JSONField(help_text="list of what is asked for")
    reply_by = models.DateField()
    sent_on = models.DateField()
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]


class ThirdPartyAssessment(AppendOnly):
    """What a contracted body found; the township takes it over on its own responsibility (L55, L56)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assessments")
    body = models.CharField(max_length=120)
    contract = models.CharField(max_length=80)
    assessors = models.JSONField(help_text="names")
    assessed_on = models.DateField()
    assessed_at = models.TimeField()
    method = models.TextField()
    findings = models.JSONField(help_text="list of {item, finding, ground}")
    conclusion = models.TextField()
    conflict_declaration = models.CharField(max_length=200)
    taken_over = models.CharField(max_length=8, choices=[("whole", "采用"), ("partly", "部分采用"), ("no", "不采用")])
    taken_over_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]


class Conclusion(AppendOnly):
    """Whether the case is disputed; no dispute needs its reason, a dispute leads to the appraisal (plan 四(三))."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="conclusions")
    disputed = models.BooleanField()
    reason = models.TextField()
    concluded_on = models.DateField()
    round = models.PositiveSmallIntegerField(default=1)
    concluded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]


class Appraisal(AppendOnly):
    """A democratic appraisal: who attended by role, how they voted, what was said."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="appraisals")
    matter = models.TextField()
    held_on = models.DateField()
    held_at = models.TimeField()
    place = models.CharField(max_length=100)
    chair = models.CharField(max_length=100)
    recorder = models.CharField(max_length=100, blank=True)
    expected = models.PositiveSmallIntegerField()
    attendees = models.JSONField(help_text="list of {name, role, recused}; the recused do not vote")
    agree = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstain = models.PositiveSmallIntegerField()
    minutes = models.TextField()
    result = models.TextField()
    supports_application = models.BooleanField(help_text="by the majority of the place")
    recusals = models.CharField(max_length=300, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    photo_refs = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["id"]
