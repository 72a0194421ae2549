"""Awards and the persons they cover."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area
from yimen.base.refs import new_ref
from yimen.casework.applications.models import Application
from yimen.casework.awards.addition_models import AdditionNotice
from yimen.casework.awards.change_models import (
    Balance,
    ChangeCase,
    ChangeDecision,
    ChangeFinding,
    ChangeHit,
    StopNotice,
    StopPosting,
    ViewsRecord,
)
from yimen.casework.awards.ledger_models import LedgerHeads, LedgerLine, LedgerRun
from yimen.casework.awards.recertify_models import Recertification, RecertifyFinding
from yimen.casework.awards.residence_models import Residence
from yimen.casework.awards.uplift_models import RegisterCheck, UpliftLine, UpliftRun
from yimen.casework.awards.version_models import AwardVersion
from yimen.casework.decisions.models import Decision
from yimen.casework.households.models import Household, Person
from yimen.law.aftercare.terms import AwardPhase
from yimen.law.ledger import AwardOrigin, AwardState
from yimen.law.terms import Programme, SelfCare, SupportForm

__all__ = [
    "AdditionNotice",
    "Award",
    "AwardPerson",
    "AwardVersion",
    "Balance",
    "ChangeCase",
    "ChangeDecision",
    "ChangeFinding",
    "ChangeHit",
    "LedgerHeads",
    "LedgerLine",
    "LedgerRun",
    "Recertification",
    "RecertifyFinding",
    "RegisterCheck",
    "Residence",
    "StopNotice",
    "StopPosting",
    "UpliftLine",
    "UpliftRun",
    "ViewsRecord",
]

_DECIDED, _TAKEN_OVER = Q(origin=AwardOrigin.DECISION), Q(origin=AwardOrigin.LEDGER)
_RECOGNISED = [str(Programme.EDGE), str(Programme.RIGID_EXPENDITURE)]
_DIBAO, _TEKUN, _RIGID = (str(each) for each in (Programme.DIBAO, Programme.TEKUN, Programme.RIGID_EXPENDITURE))


class Award(models.Model):
    """A household on assistance from a month, or recognised as 边缘 or 刚性支出; amount in fen a month, 0 for a recognition.

    ``origin`` says what it rests on: a decision made here with its application, or a run that took it over from the
    ledger kept before, which has neither. ``voided_on`` marks one whose taking over was undone: it never counted.
    One decision may open several awards (一次申请、分类审核认定): 特困 for a member, 边缘 for the household with 单人保
    (``single``) for a severe member. ``end_month`` is the first month for which nothing is due any more, ``valid_to`` the last
    day of a recognition that expires. The columns are how the award stands now; its history by month is ``versions``.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    number = models.CharField(max_length=40, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="awards")
    origin = models.CharField(max_length=10, choices=AwardOrigin.choices(), default=AwardOrigin.DECISION)
    application = models.ForeignKey(Application, null=True, on_delete=models.PROTECT, related_name="awards")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="awards")
    run = models.ForeignKey(LedgerRun, null=True, on_delete=models.PROTECT, related_name="awards")
    programme = models.CharField(max_length=20, choices=Programme.choices())
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=10, blank=True)
    monthly_fen = models.BigIntegerField()
    phase = models.CharField(max_length=10, default=AwardPhase.RUNNING, help_text="law.aftercare.terms.AwardPhase")
    single = models.BooleanField(default=False, help_text="单人保: one severe member of an edge family (L21.2)")
    self_care = models.CharField(max_length=12, blank=True, choices=SelfCare.choices(), help_text="of 特困 (T22)")
    support_form = models.CharField(
        max_length=14, blank=True, choices=SupportForm.choices(), help_text="of 特困 (L16.2)"
    )
    institution = models.CharField(max_length=60, blank=True, help_text="where somebody on 特困 is cared for")
    basic_fen = models.BigIntegerField(null=True, help_text="of 特困: the part for basic living; none if not known")
    care_fen = models.BigIntegerField(
        null=True, help_text="of 特困: the part for care; both count while they make the sum"
    )
    recognised_on = models.DateField(null=True, help_text="of a recognition taken over; else the day of its decision")
    start_month = models.CharField(max_length=7)
    end_month = models.CharField(max_length=7, blank=True)
    recertify_on = models.DateField(null=True, help_text="none for a recognition that expires instead")
    valid_to = models.DateField(null=True)
    voided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["end_month", "township", "village", "number"], name="award_roll")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(monthly_fen__gt=0) | Q(monthly_fen=0, programme__in=_RECOGNISED),
                name="award_pays_something",
            ),
            models.CheckConstraint(
                condition=~Q(programme=_RIGID) | Q(valid_to__isnull=False), name="a_rigid_expenditure_award_expires"
            ),
            models.CheckConstraint(
                condition=Q(basic_fen__isnull=True, care_fen__isnull=True)
                | Q(programme=_TEKUN, basic_fen__gte=0, care_fen__gte=0),
                name="only_tekun_has_basic_living_and_care",
            ),
            models.CheckConstraint(condition=Q(single=False) | Q(programme=_DIBAO), name="only_dibao_is_single"),
            models.CheckConstraint(
                condition=(_DECIDED & Q(application__isnull=False, decision__isnull=False, run__isnull=True))
                | (_TAKEN_OVER & Q(application__isnull=True, decision__isnull=True, run__isnull=False)),
                name="award_rests_on_a_decision_or_a_ledger",
            ),
            models.CheckConstraint(
                condition=Q(voided_on__isnull=True) | (_TAKEN_OVER & ~Q(end_month="")),
                name="only_a_taken_over_award_is_voided",
            ),
        ]

    @property
    def state(self) -> AwardState:
        """How it stands; one whose taking over was undone is voided, not ended."""
        if self.voided_on:
            return AwardState.VOIDED
        return AwardState.ENDED if self.end_month else AwardState.RUNNING


class AwardPerson(models.Model):
    """A covered person. Exclusivity between programmes is guaranteed here (I2; rules.md §10).

    Nobody is on two of 低保, 特困, 刚性支出; and nobody belongs to two of 特困, 边缘, 刚性支出 or 低保 of a household. Only 单人保
    (``single``) goes beside 边缘 (L21.2).
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=20, choices=Programme.choices())
    single = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    supplement_fen = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["award", "active"], name="award_covers")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(active=True, programme__in=[_DIBAO, _TEKUN, _RIGID]),
                name="one_basic_programme_per_person",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(active=True) & ~Q(programme=_DIBAO, single=True),
                name="one_household_programme_per_person",
            ),
        ]

    @property
    def label(self) -> str:
        """The programme in words."""
        return Programme(self.programme).label
