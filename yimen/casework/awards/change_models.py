"""Rows of change: the case, what was found, how the household was heard, the public notice, the decision, what it leaves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedJSON, SealedText
from yimen.law.aftercare.changing import OPEN, BalanceKind, ChangeState, Hearing, View
from yimen.law.aftercare.terms import ChangeEffect, ChangeEvent, ChangeSource

_OPEN = Q(state__in=[str(state) for state in OPEN])


class ChangeCase(models.Model):
    """A change of circumstances of one award, from the report to the served notice (D30, D32; L46 to L48).

    ``concerns`` are references of the members meant. ``held_from`` is the first month that the report itself holds back
    (a death), empty without. ``due_on`` is the nearest limit. ``effect``, ``ground`` and ``from_month`` are those of the
    finding or decision in force; the rows behind them are never rewritten. ``to_village``, ``to_place``: where a transfer goes.
    """

    KIND: ClassVar[str] = "change"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="changes")
    recertification = models.ForeignKey(
        "awards.Recertification", null=True, on_delete=models.PROTECT, related_name="changes"
    )
    first = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="linked",
        help_text="the change whose report opened this one for another award of the household",
    )  # fmt: skip
    state = models.CharField(max_length=12, choices=ChangeState.choices(), default=ChangeState.REPORTED)
    version = models.PositiveIntegerField(default=1)
    event = models.CharField(max_length=20, help_text=f"law.aftercare.terms.{ChangeEvent.__name__}")
    source = models.CharField(max_length=16, help_text=f"law.aftercare.terms.{ChangeSource.__name__}")
    since = models.DateField()
    reported_by = models.CharField(max_length=100)
    reported_on = models.DateField()
    statement = SealedText()
    concerns = models.JSONField(default=list)
    held_from = models.CharField(max_length=7, blank=True)
    registered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    returned_reason = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)
    effect = models.CharField(
        max_length=16, blank=True, help_text=f"law.aftercare.terms.{ChangeEffect.__name__}", db_index=True
    )
    ground = models.CharField(max_length=40, blank=True, help_text="law.aftercare.grounds")
    from_month = models.CharField(max_length=7, blank=True)
    to_village = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    to_place = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_reason = models.CharField(max_length=200, blank=True, help_text="where the award ended over it")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="change_state"),
            models.Index(fields=["award", "state"], name="change_award"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["award"], condition=_OPEN, name="one_open_change_per_award"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(handler__isnull=True) | ~Q(decided_by=F("handler")),
                name="change_decided_by_second_person",
            ),
        ]


class ChangeFinding(AppendOnly):
    """What was established, and what follows by the rules. A further row takes the place of the one before.

    ``entry`` is what the officer entered, ``facts`` the household after the change in the form of law.rules.facts_form, ``reckoned``
    what the rules made of it, ``figures`` rows before and after in words. ``cover`` are pairs of a person's reference
    and his supplement in fen a month after the change. ``paid_through`` is the last month paid out.
    """

    change = models.ForeignKey(ChangeCase, on_delete=models.PROTECT, related_name="findings")
    effect = models.CharField(max_length=16)
    ground = models.CharField(max_length=40)
    before_fen = models.BigIntegerField()
    after_fen = models.BigIntegerField()
    category = models.CharField(max_length=10, blank=True)
    cover = models.JSONField(default=list)
    figures = SealedJSON(default=list)
    entry = SealedJSON(default=dict)
    facts = SealedJSON(null=True)
    reckoned = SealedJSON(null=True)
    reasons = SealedText()
    paid_through = models.CharField(max_length=7, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(before_fen__gte=0, after_fen__gte=0), name="change_amounts_not_negative")
        ]


class ChangeHit(AppendOnly):
    """A line of a data check that the change was registered from (D17): what was found, and what became of it."""

    change = models.ForeignKey(ChangeCase, on_delete=models.PROTECT, related_name="hits")
    comparison = models.ForeignKey("verification.Comparison", on_delete=models.PROTECT, related_name="changes")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["change", "comparison"], name="a_hit_once_per_change")]


class ViewsRecord(AppendOnly):
    """How the household was heard before a cut, a suspension or an end (L48), on one finding; or why it could not be."""

    change = models.ForeignKey(ChangeCase, on_delete=models.PROTECT, related_name="views")
    finding = models.ForeignKey(ChangeFinding, on_delete=models.PROTECT, related_name="views")
    how = models.CharField(max_length=16, choices=Hearing.choices())
    heard_on = models.DateField()
    place = models.CharField(max_length=100, blank=True)
    who = models.CharField(max_length=100, blank=True)
    view = models.CharField(max_length=10, blank=True, choices=View.choices())
    said = SealedText(null=True)
    evidence = SealedText(null=True)
    answer = SealedText(null=True)
    not_possible = models.CharField(max_length=300, blank=True)
    officers = models.JSONField(help_text="pairs of number and name")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(how=str(Hearing.NOT_POSSIBLE)) & ~Q(not_possible=""))
                | (~Q(how=str(Hearing.NOT_POSSIBLE)) & ~Q(who="")),
                name="a_hearing_says_who_or_why_not",
            )
        ]


class StopNotice(models.Model):
    """The public notice of a proposed end of 特困 (T26), and the objection raised to it, if any.

    What boards show of it stands in its own columns and nowhere else (K22): place, name, ground in neutral words, days, telephone.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    change = models.ForeignKey(ChangeCase, on_delete=models.PROTECT, related_name="notices")
    finding = models.ForeignKey(ChangeFinding, on_delete=models.PROTECT, related_name="notices")
    from_on = models.DateField()
    to_on = models.DateField(help_text="the last day; the day it goes up is not counted")
    places = models.JSONField(default=list)
    ground = models.CharField(max_length=100, help_text="neutral words")
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    applicant = models.CharField(max_length=100)
    applicant_is_minor = models.BooleanField(default=False)
    objection_phone = models.CharField(max_length=60, blank=True)
    objected_on = models.DateField(null=True)
    objection = SealedText(null=True)
    objector = SealedText(null=True)
    answer = SealedText(null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]


class StopPosting(AppendOnly):
    """Where, when and by whom the notice of a proposed end was hung."""

    notice = models.ForeignKey(StopNotice, on_delete=models.PROTECT, related_name="postings")
    place = models.CharField(max_length=100)
    posted_on = models.DateField()
    posted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "place"], name="a_stop_notice_hangs_once")]


class ChangeDecision(AppendOnly):
    """What a leader decided who had not handled it. ``until_month`` is the last month of a 渐退期."""

    change = models.OneToOneField(ChangeCase, on_delete=models.PROTECT, related_name="decision")
    finding = models.OneToOneField(ChangeFinding, on_delete=models.PROTECT, related_name="decision")
    effect = models.CharField(max_length=16)
    ground = models.CharField(max_length=40)
    ground_label = models.CharField(max_length=100)
    before_fen = models.BigIntegerField()
    after_fen = models.BigIntegerField()
    from_month = models.CharField(max_length=7, blank=True)
    from_month_basis = models.CharField(max_length=200, blank=True, help_text="the document that sets the month")
    until_month = models.CharField(max_length=7, blank=True)
    reasons = SealedText()
    articles = models.JSONField(default=list)
    body = models.CharField(max_length=100)
    basis = models.CharField(max_length=400)
    other_programmes = SealedText(null=True)
    on = models.DateField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]


class Balance(AppendOnly):
    """Money that a change leaves to be settled for one month of one award, in fen: paid too much, or still to be paid."""

    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="balances")
    basis_kind = models.CharField(max_length=24)
    basis_ref = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=BalanceKind.choices())
    month = models.CharField(max_length=7)
    fen = models.BigIntegerField()
    cause = models.CharField(max_length=100)
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["award", "month", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="a_balance_is_money"),
            models.UniqueConstraint(fields=["award", "basis_kind", "basis_ref", "kind", "month"], name="balance_once"),
        ]
