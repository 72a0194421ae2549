"""Reading closes and what they froze, within an officer's scope."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.monthclose.closing.stages import (
    close_of,
    cut_off_of,
    stages_seen as stages,
    undecided_changes,
    without_line,
)
from yimen.casework.monthclose.models import FiledRow, MonthClose
from yimen.casework.payments.closed import closes
from yimen.casework.payments.places import by_township
from yimen.law.closing import CLOSED, FROZEN

__all__ = [
    "close",
    "close_of",
    "closes_of",
    "cut_off_of",
    "filed",
    "filed_beside",
    "rows",
    "stages",
    "undecided_changes",
    "without_line",
]

_SHOWN = ("area", "proposed_by", "released_by", "received_by", "reopened_by")


@gate.scope(MonthClose)
def _closes(officer: Officer) -> Q:
    return by_township(officer, "area")


@gate.scope(FiledRow)
def _rows(officer: Officer) -> Q:
    return by_township(officer, "close__area")


@closes
def is_closed(township: str, month: str) -> bool:
    """Whether a month has been filed (or is being frozen) and was not reopened."""
    return MonthClose.objects.filter(area=township, month=month, state__in=[str(state) for state in CLOSED]).exists()


def closes_of(officer: Officer, month: str = "") -> QuerySet[MonthClose]:
    """Every close an officer may see, returned and reopened ones too, the newest first."""
    found = gate.within(officer, MonthClose.objects.select_related(*_SHOWN))
    return found.filter(month=month) if month else found


def close(officer: Officer, ref: str) -> MonthClose:
    """One close. Raises Unknown."""
    return gate.fetch(officer, MonthClose.objects.select_related(*_SHOWN), ref)


def filed(township: str, month: str) -> MonthClose | None:
    """The close whose frozen rows speak for a month: filed, and not reopened since."""
    return MonthClose.objects.filter(area=township, month=month, state__in=FROZEN).first()


def filed_beside(officer: Officer, found: MonthClose) -> list[MonthClose]:
    """Every filed close of the same month that an officer may see, by township."""
    return list(closes_of(officer, found.month).filter(state__in=FROZEN).order_by("area_id"))


def rows(officer: Officer, *found: MonthClose) -> QuerySet[FiledRow]:
    """What closes of one month froze, by village and award."""
    seen = gate.within(officer, FiledRow.objects.filter(close__in=[each.pk for each in found]))
    return seen.select_related("award__household__head", "village__parent").order_by("village_id", "award__number")
