"""Who took part in the cases of a roll: its releaser is none of them (I4, K17). Asked by person, whatever his posts."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from yimen.base.setwise import PairsText
from yimen.casework.awards.models import (
    ChangeCase,
    ChangeFinding,
    Recertification,
    RecertifyFinding,
    ViewsRecord,
)
from yimen.casework.decisions.models import Decision, Opinion
from yimen.casework.investigation.models import HomeVisit, NeighbourInterview
from yimen.casework.investigation.programme_models import SelfCareAssessment
from yimen.casework.payments.models import DraftLine, Roll

_AWARD, _CASE = OuterRef("award"), OuterRef("award__application")


def took_part(roll: Roll, staff: int) -> int:
    """How many households of the roll the person has looked into, taken over from a ledger, or decided."""
    took = Q(award__run__proposed_by=staff) | Q(award__run__released_by=staff)
    for rows in (*_in_cases(staff), *_in_changes(staff), *_in_reviews(staff)):
        took |= Q(Exists(rows))
    return DraftLine.objects.filter(took, roll=roll, left_out="").count()


def _in_cases(staff: int) -> list[QuerySet]:
    assessed = SelfCareAssessment.objects.filter(Q(assessors=staff) | Q(recorded_by=staff), application=_CASE)
    return [
        HomeVisit.objects.filter(application=_CASE, investigators=staff),
        NeighbourInterview.objects.filter(application=_CASE, investigators=staff),
        assessed,
        Opinion.objects.filter(application=_CASE, by=staff),
        Decision.objects.filter(application=_CASE, by=staff),
    ]


def _in_changes(staff: int) -> list[QuerySet]:
    handled = Q(registered_by=staff) | Q(handler=staff) | Q(decided_by=staff)
    heard = ViewsRecord.objects.filter(change__award=_AWARD).annotate(there=_people("officers"))
    return [
        ChangeCase.objects.filter(handled, award=_AWARD),
        ChangeFinding.objects.filter(change__award=_AWARD, by=staff),
        heard.filter(Q(by=staff) | Q(there__contains=f",{staff}:")),
    ]


def _in_reviews(staff: int) -> list[QuerySet]:
    looked = RecertifyFinding.objects.filter(recertification__award=_AWARD).annotate(there=_people("investigators"))
    return [
        Recertification.objects.filter(Q(recorded_by=staff) | Q(confirmed_by=staff), award=_AWARD),
        looked.filter(Q(recorded_by=staff) | Q(there__contains=f",{staff}:")),
    ]


def _people(column: str) -> Concat:
    """Stored pairs of number and name as a text in which every number stands between a comma and a colon."""
    return Concat(Value(","), PairsText(F(column)), output_field=TextField())
