"""One report for all awards of a household that the event touches: typed once, a case each, decided each on its own (D30)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.awards.changes.common import SHOWN
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.changes.reporting import report_change
from yimen.casework.awards.models import Award, ChangeCase
from yimen.law.aftercare.changing import OPEN
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.aftercare.touching import touches
from yimen.law.terms import Programme


def report_together(officer: Officer, *, award_ref: str, report: ReportEntry) -> ChangeCase:
    """Register a change for the award it is told of, and one linked to it for each other award that the event touches.

    An award whose own change is open already keeps that one. Raises whatever ``report_change`` refuses; then nothing is
    registered at all.
    """
    with transaction.atomic():
        change = report_change(officer, award_ref=award_ref, report=report)
        for other in _touched(officer, change):
            linked = report_change(officer, award_ref=other.ref, report=report)
            ChangeCase.objects.filter(pk=linked.pk).update(first=change)
    return change


def _touched(officer: Officer, change: ChangeCase) -> list[Award]:
    """The further running awards of the household here that the event touches and that have no open change."""
    award, event = change.award, ChangeEvent(change.event)
    busy = ChangeCase.objects.filter(state__in=[str(state) for state in OPEN]).values("award")
    rows = Award.objects.filter(household=award.household_id, township=award.township_id, end_month="")
    rows = gate.within(officer, rows.exclude(pk=award.pk).exclude(pk__in=busy))
    meant = set(change.concerns)
    return [
        each
        for each in rows.order_by("id")
        if touches(
            event,
            Programme(each.programme),
            covered=each.persons.filter(active=True, person__ref__in=meant).exists(),
        )
    ]


def linked_with(officer: Officer, change: ChangeCase) -> list[ChangeCase]:
    """The changes within scope that came of the same report, without this one, in the order of their registration."""
    first = change.first_id or change.pk
    rows = ChangeCase.objects.filter(Q(pk=first) | Q(first=first)).exclude(pk=change.pk)
    return list(gate.within(officer, rows.select_related(*SHOWN)).order_by("id"))
