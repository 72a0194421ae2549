"""人户分离: where a household on assistance lives while its award stays with the place of its hukou."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yimen.base.offices.models import Area
from yimen.base.sealed import SealedText
from yimen.casework.households.models import Household


class Residence(models.Model):
    """Where a household lives away from its hukou place, from a day to a day (D15 paragraph 2; N 四(一)).

    The township of the hukou place stays in charge of the award; the place of residence helps to look into means and to follow
    the household. ``village`` is set where that is within the district, ``address`` always; ``helper`` is the township or
    community there that was asked to look after it, empty where none was. A row is written once by the change that
    establishes it and closed once, by a later change; a household has one at a time.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residences")
    change = models.ForeignKey("awards.ChangeCase", on_delete=models.PROTECT, related_name="residences")
    village = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    address = SealedText()
    contact = models.CharField(max_length=60, blank=True, help_text="whom to ask there: name and tie")
    phone = SealedText(null=True)
    helper = models.CharField(max_length=100, blank=True)
    helper_phone = models.CharField(max_length=30, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    ended_by = models.ForeignKey("awards.ChangeCase", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(to_on__isnull=True), name="a_household_lives_in_one_place"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True, ended_by__isnull=True)
                | Q(to_on__gte=F("from_on"), ended_by__isnull=False),
                name="a_residence_ends_after_it_began",
            ),
        ]
