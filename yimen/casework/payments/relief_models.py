"""Rows of temporary relief: the case, the decision that pays it, the papers that came after."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.refs import new_ref
from yimen.base.sealed import SealedText
from yimen.casework.households.models import BankAccount, Household, Person
from yimen.law.payments.relief import ReliefCause, ReliefSource, ReliefState, ReliefWay


class ReliefCase(models.Model):
    """Somebody in sudden distress, helped where it happened (L37.2): ``township`` and ``village`` are of that place.

    ``persons`` are helped by it (person-times). ``urgent``: paid before the papers are there, which are then due on
    ``papers_due_on`` (I3). ``account`` is the household's own, where it is paid by transfer.
    """

    KIND: ClassVar[str] = "relief"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="+")
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    urban = models.BooleanField()
    state = models.CharField(max_length=10, choices=ReliefState.choices(), default=ReliefState.REGISTERED)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=10, choices=ReliefSource.choices())
    reported_by = models.CharField(max_length=100)
    cause = models.CharField(max_length=10, choices=ReliefCause.choices())
    happened_on = models.DateField()
    situation = SealedText()
    urgent = models.BooleanField(default=False)
    persons = models.PositiveSmallIntegerField(default=1)
    wanted_fen = models.BigIntegerField()
    way = models.CharField(max_length=10, choices=ReliefWay.choices())
    account = models.ForeignKey(BankAccount, null=True, on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField()
    papers_due_on = models.DateField(null=True)
    papers_on = models.DateField(null=True, help_text="when the papers were complete")
    paid_on = models.DateField(null=True)
    paid_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    received_by = models.CharField(max_length=100, blank=True)
    voucher = models.CharField(max_length=60, blank=True)
    shown_to = models.DateField(null=True, help_text="the last day of its announcement")
    note = models.CharField(max_length=200, blank=True, help_text="why it was cancelled")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["township", "state"], name="relief_state"),
            models.Index(fields=["village", "shown_to"], name="relief_shown"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(wanted_fen__gt=0, persons__gt=0), name="relief_wants_something"),
            models.CheckConstraint(
                condition=Q(way=str(ReliefWay.CASH)) | Q(account__isnull=False), name="a_transfer_has_its_account"
            ),
            models.CheckConstraint(
                condition=~Q(state=str(ReliefState.PAID)) | Q(paid_on__isnull=False, paid_by__isnull=False),
                name="relief_is_handed_out_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["person", "happened_on", "cause"],
                condition=~Q(state__in=[str(ReliefState.REFUSED), str(ReliefState.CANCELLED)]),
                name="relief_once_per_event",
            ),
        ]


class ReliefDecision(AppendOnly):
    """What was decided, by whom, with the limit that stood. ``registered_by`` never decides."""

    case = models.OneToOneField(ReliefCase, on_delete=models.PROTECT, related_name="decision")
    granted = models.BooleanField()
    fen = models.BigIntegerField(default=0)
    reasons = SealedText()
    urgent = models.BooleanField()
    limit_fen = models.BigIntegerField(null=True)
    limit_words = models.CharField(max_length=200, blank=True)
    body = models.CharField(max_length=100)
    registered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(granted=True, fen__gt=0) | Q(granted=False, fen=0), name="relief_granted_is_money"
            ),
            models.CheckConstraint(condition=~Q(by=F("registered_by")), name="relief_decided_by_second_person"),
        ]


class ReliefPapers(AppendOnly):
    """The papers and the explanation, at registration or after the emergency (L50)."""

    case = models.OneToOneField(ReliefCase, on_delete=models.PROTECT, related_name="papers_row")
    papers = models.JSONField(default=list)
    words = SealedText()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]
