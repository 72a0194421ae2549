"""Reading objections to the check and what the applicant was told; handed on by ``queries``."""

from __future__ import annotations

from django.db.models import QuerySet

from yimen.base.access.memory import remembered
from yimen.base.prepared import prepared
from yimen.casework.applications.models import Application
from yimen.casework.verification.models import CheckObjection, CheckTold


def objections(application: Application) -> list[CheckObjection]:
    """Objections to check results, oldest first."""
    return list(CheckObjection.objects.filter(application=application).select_related("comparison").order_by("id"))


@prepared
def _open_objections(case: int) -> QuerySet[CheckObjection]:
    return CheckObjection.objects.filter(application_id=case, concluded_on__isnull=True).order_by("id")[:1]


@remembered
def open_objection(application: Application) -> CheckObjection | None:
    """The objection under re-check, if any."""
    return next(iter(_open_objections(application.pk)), None)


def told(application: Application) -> list[CheckTold]:
    """What the applicant was told about the check, oldest first."""
    return list(CheckTold.objects.filter(application=application).order_by("id"))
