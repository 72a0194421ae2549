"""Reading what was found for the programmes beside dibao: of each person, obligor and household the newest row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, QuerySet

from yimen.base.access.memory import remembered
from yimen.base.figures import queries as figures
from yimen.base.prepared import prepared
from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application, Property
from yimen.casework.investigation.models import (
    AbilityRecord,
    OwnerRecord,
    SelfCareAssessment,
    SpendingRecord,
    SpentRow,
    TekunRecord,
)
from yimen.law.calendar import today
from yimen.law.standards import Unset

NO_LABOUR, OBLIGOR_GROUNDS = "tekun.no_labour_local", "tekun.obligor_grounds_local"
OTHER_KINDS, LOOKBACK = "rigid_expenditure.other_kinds", "rigid_expenditure.lookback"
R = TypeVar("R", TekunRecord, AbilityRecord, SelfCareAssessment)


@prepared
def _tekun(case: int) -> QuerySet[TekunRecord]:
    return TekunRecord.objects.filter(application_id=case).select_related("person", "recorded_by").order_by("id")


@prepared
def _abilities(case: int) -> QuerySet[AbilityRecord]:
    rows = AbilityRecord.objects.filter(application_id=case)
    return rows.select_related("person", "obligor", "recorded_by").order_by("id")


@prepared
def _assessments(case: int) -> QuerySet[SelfCareAssessment]:
    return SelfCareAssessment.objects.filter(application_id=case).select_related("person", "recorded_by").order_by("id")


@prepared
def _spendings(case: int) -> QuerySet[SpendingRecord]:
    return SpendingRecord.objects.filter(application_id=case).select_related("recorded_by").order_by("-id")[:1]


@prepared
def _spent(record: int) -> QuerySet[SpentRow]:
    return SpentRow.objects.filter(record_id=record).select_related("person").order_by("id")


@prepared
def _kinds(case: int) -> QuerySet[Application, tuple[bool, ...]]:
    """Whether anything was recorded, kind by kind: most cases have none of them, and this is one statement for all."""
    found = {
        name: Exists(model.objects.filter(application_id=case).order_by())
        for name, model in (
            ("has_tekun", TekunRecord),
            ("has_ability", AbilityRecord),
            ("has_care", SelfCareAssessment),
            ("has_spending", SpendingRecord),
            ("has_owner", OwnerRecord),
        )
    }
    return Application.objects.filter(pk=case).order_by("pk").annotate(**found).values_list(*found)


@remembered
def _recorded(case: int) -> dict[str, bool]:
    names = ("tekun", "ability", "care", "spending", "owner")
    return dict(zip(names, next(iter(_kinds(case)), (False,) * len(names)), strict=True))


def _newest(rows: Iterable[R], key: str) -> dict[int, R]:
    return {int(getattr(row, key)): row for row in rows if getattr(row, key) is not None}


@remembered
def tekun_records(application: Application) -> dict[int, TekunRecord]:
    """What 特困 asks, by person's key: the newest of each."""
    return _newest(_tekun(application.pk), "person_id") if _recorded(application.pk)["tekun"] else {}


@remembered
def ability_records(application: Application) -> list[AbilityRecord]:
    """The newest row of each obligor, members first."""
    rows = list(_abilities(application.pk)) if _recorded(application.pk)["ability"] else []
    return [*_newest(rows, "person_id").values(), *_newest(rows, "obligor_id").values()]


@prepared
def _owners(case: int) -> QuerySet[OwnerRecord]:
    return OwnerRecord.objects.filter(application_id=case).select_related("person").order_by("id")


@remembered
def owners(application: Application) -> dict[int, str]:
    """Of things declared for the household, by their key: the reference of the member who owns them."""
    rows = _owners(application.pk) if _recorded(application.pk)["owner"] else ()
    return {row.thing_id: row.person.ref for row in rows}


def shared_things(application: Application) -> list[Property]:
    """What was declared for the household without an owner; of a person alone it is that person's."""
    if len(applications.participants(application)) == 1:
        return []
    return [thing for thing in applications.properties(application) if thing.person_id is None]


@remembered
def self_care(application: Application) -> dict[int, SelfCareAssessment]:
    """The newest assessment of each person, by the person's key."""
    return _newest(_assessments(application.pk), "person_id") if _recorded(application.pk)["care"] else {}


@remembered
def spending(application: Application) -> SpendingRecord | None:
    """The spending as it was recorded last; None where nobody has asked."""
    return next(iter(_spendings(application.pk)), None) if _recorded(application.pk)["spending"] else None


@remembered
def spent(application: Application) -> list[SpentRow]:
    """The rows of the newest spending record."""
    record = spending(application)
    return _spent(record.pk) if record else []


@dataclass(frozen=True)
class Choice:
    """A ground or kind that a place has added: its code, its words, and the document."""

    code: str
    label: str
    document: str


def local_choices(key: str, application: Application) -> list[Choice]:
    """What the place of a case has added to a list of the rules; nothing where it is unset."""
    return choices_of(key, application.village_id)


def choices_of(key: str, village: str) -> list[Choice]:
    """What a place has added to a list of the rules; nothing where it is unset."""
    try:
        figure = figures.figure(key, village, today())
    except Unset:
        return []
    return [
        Choice(str(row.get("code")), str(row.get("label", row.get("code"))), figure.document)
        for row in figure.as_rows()
    ]
