"""Rows of a raised standard (提标): the run over a district, and a line for each award it re-reckons."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yimen.base.offices.models import Area, Staff
from yimen.base.record.triggers import AppendOnly
from yimen.base.runs.desk import Run, second_person
from yimen.base.sealed import SealedJSON
from yimen.law.aftercare.uplift import UpliftEffect, UpliftOutcome, UpliftState


class UpliftRun(Run):
    """One raise of standards in a district: previewed, proposed by one person, released by another, carried out in parts.

    ``figures`` are the new figures, each ``{key, label, area, shown, document, valid_from}``; ``month`` is the first month of
    the new amounts.
    """

    KIND: ClassVar[str] = "uplift"
    STATES = UpliftState
    CALLED, AGAIN = "这次提标", "重新核算"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=UpliftState.choices(), default=UpliftState.DRAWING)
    month = models.CharField(max_length=7)
    figures = models.JSONField(default=list)
    opened_on = models.DateField()
    proposed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            second_person("uplift_released_by_second_person"),
            models.UniqueConstraint(
                fields=["area"], condition=Q(state=str(UpliftState.RUNNING)), name="one_uplift_at_work_per_district"
            ),
        ]

    @property
    def place(self) -> str:
        """The district."""
        return self.area_id


class UpliftLine(models.Model):
    """What a run makes of one award. ``before_fen`` and ``after_fen`` are the amount a month of now and then.

    ``plan`` are the versions to be added, each ``{from_month, phase, monthly_fen, category, urban, persons}``; ``seq`` is the
    last version that the preview saw: an award that has moved on since is left. ``arrears`` are fen by month of what is
    more for months that have begun. ``sheets`` are the Reckonings that explain the plan, packed (``uplift.packing``).
    """

    run = models.ForeignKey(UpliftRun, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="uplifts")
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    effect = models.CharField(max_length=8, choices=UpliftEffect.choices())
    outcome = models.CharField(max_length=8, choices=UpliftOutcome.choices(), default=UpliftOutcome.WAITING)
    before_fen = models.BigIntegerField()
    after_fen = models.BigIntegerField()
    category_after = models.CharField(max_length=10, blank=True, help_text="where the rules give another one")
    reason = models.CharField(max_length=400, blank=True)
    seq = models.PositiveSmallIntegerField()
    plan = models.JSONField(default=list)
    arrears = models.JSONField(default=dict)
    change = models.ForeignKey(
        "awards.ChangeCase", null=True, on_delete=models.PROTECT, related_name="uplift_lines",
        help_text="what a fall became",
    )  # fmt: skip
    sheets = SealedJSON(null=True)
    sheet_digest = models.CharField(max_length=64, blank=True, help_text="of the packed sheets")

    class Meta:
        ordering: ClassVar = ["run_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "position"], name="uplift_line_once"),
            models.UniqueConstraint(fields=["run", "award"], name="uplift_award_once_per_run"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "effect", "position"], name="uplift_effect"),
            models.Index(fields=["run", "township", "effect"], name="uplift_township"),
        ]


class RegisterCheck(AppendOnly):
    """One recomputation of the register: how many awards, and those whose stored amount differs from its rule.

    ``found`` holds ``differing``, rows of ``{award, number, head, township, stored_fen, rule_fen, line, why}``, and
    ``unfounded``, by reason how many awards have no basis to reckon from.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    awards = models.PositiveIntegerField()
    unfounded = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()
    found = SealedJSON(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]
