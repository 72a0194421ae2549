"""Rows of opinion, notice and decision. What an officer has said or decided is never changed (K3, K8)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON, SealedText
from yimen.casework.applications.models import Application
from yimen.law.terms import Programme, Stage


class Opinion(AppendOnly):
    """The township's opinion with its Reckoning; a new one supersedes the last, none is changed.

    The Reckoning names persons, incomes and ailments, so it lies sealed (K34). ``inputs`` holds
    the facts and figures it rests on, ``digest`` binds them. ``assessment`` is every programme's result
    (law.reckoning.assessment), ``grants`` what is granted and how it was chosen (decisions.grants); opinions from before
    programmes were weighed side by side have neither. ``reckoning`` and the columns speak for the household.
    ``departure`` is why less than the best lawful result was chosen.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="opinions")
    version = models.PositiveSmallIntegerField()
    approve = models.BooleanField()
    notice_required = models.BooleanField(help_text="whether it hangs in public before the decision (D19)")
    reckoning = SealedJSON()
    inputs = SealedJSON()
    assessment = SealedJSON(null=True)
    grants = SealedJSON(null=True)
    departure = models.TextField(blank=True, default="")
    digest = models.CharField(max_length=80, help_text="of all facts and figures it rests on")
    members = models.PositiveSmallIntegerField()
    covered = models.PositiveSmallIntegerField()
    amount_fen = models.BigIntegerField()
    category = models.CharField(max_length=10, blank=True)
    recertify_months = models.PositiveSmallIntegerField(null=True)
    reasons = models.TextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "version"], name="opinion_version_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="opinion_amount_not_negative"),
        ]


class Notice(models.Model):
    """A public notice (公示, before) or an announcement (公布, after): an allow-listed, expiring projection (K22)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notices")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=12, choices=[("notice", "公示"), ("announcement", "公布")])
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    applicant = models.CharField(max_length=100)
    applicant_is_minor = models.BooleanField(default=False)
    members = models.PositiveSmallIntegerField()
    programme = models.CharField(max_length=40)
    amount_fen = models.BigIntegerField()
    category = models.CharField(max_length=10, blank=True)
    objection_phone = models.CharField(max_length=60, blank=True)
    places = models.JSONField(default=list, help_text="where it must hang")
    paper_ref = models.CharField(max_length=12, blank=True)
    paper_number = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["village", "to_on"], name="notice_board")]


class Posting(models.Model):
    """Where and when a notice hung, proven (V11)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="postings")
    place = models.CharField(max_length=100)
    posted_on = models.DateField()
    posted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    photo_ref = models.CharField(max_length=12, blank=True)
    taken_down_on = models.DateField(null=True)
    taken_down_photo_ref = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]


class NoticeObjection(models.Model):
    """An objection to a public notice and how it was answered (D19)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notice_objections")
    named = models.BooleanField(default=True, help_text="实名; verified and answered (D37)")
    objector = SealedText(null=True, help_text="protected; may be empty")
    content = models.TextField()
    evidence = models.TextField(blank=True)
    file_refs = models.JSONField(default=list)
    raised_on = models.DateField()
    answer = models.CharField(
        max_length=20, blank=True, choices=[("reinvestigation", "重新调查"), ("appraisal", "民主评议")]
    )
    answer_reason = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["id"]


class Extension(AppendOnly):
    """A recorded ground for up to 45 working days, by a second person, before expiry (D22; N 四(一))."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="extensions")
    ground = models.CharField(max_length=40)
    facts = models.TextField()
    old_due = models.DateField()
    new_due = models.DateField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]


class Decision(AppendOnly):
    """The decision with legal effect: an immutable version bound to the digest of its inputs (K8).

    ``bound`` lists what the digest covers: opinion, notice, papers by their digests. ``terms`` are the dates of each
    grant by its key: first month, review, validity.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="decisions")
    approve = models.BooleanField()
    body = models.CharField(max_length=80, help_text="deciding body of record")
    delegated = models.BooleanField()
    basis = models.TextField()
    reasons = models.TextField()
    articles = models.JSONField()
    amount_fen = models.BigIntegerField()
    covered = models.PositiveSmallIntegerField()
    members = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=10, blank=True)
    start_month = models.CharField(max_length=7, blank=True)
    recertify_on = models.DateField(null=True)
    terms = models.JSONField(default=dict)
    conditions = models.JSONField(default=list, help_text="what is not met, in words, of a refusal")
    bound = models.JSONField()
    digest = models.CharField(max_length=80)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["application"], name="one_decision_per_application")]


class CaseConference(AppendOnly):
    """一事一议 on a case that the conditions do not reach (R9): who met, what was asked, said and resolved, on what basis.

    ``grants`` names the programme it recognises, empty where it does not. The newest one counts.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="conferences")
    held_on = models.DateField()
    participants = models.JSONField()
    question = models.TextField()
    views = models.TextField()
    resolution = models.TextField()
    basis = models.CharField(max_length=300)
    grants = models.CharField(max_length=20, blank=True, choices=Programme.choices())
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]


class SentBack(AppendOnly):
    """The deciding body returned the case with a reason."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="sent_back")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=20, choices=Stage.choices())
    reason = models.TextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]
