"""The book of figures for a place: shipped ones and the district's own."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db.models import Count, Max, QuerySet

from yimen.base.figures.models import FigureVersion
from yimen.base.offices import queries as offices
from yimen.law.standards import Book, Figure, shipped_figures


def released() -> QuerySet[FigureVersion]:
    """The district's own figures that a second person has released."""
    return FigureVersion.objects.filter(released_at__isnull=False).order_by("key", "area_id", "valid_from")


def waiting(district: str) -> QuerySet[FigureVersion]:
    """Figures proposed in a district and not yet released."""
    rows = FigureVersion.objects.filter(released_at__isnull=True, area__code__startswith=district)
    return rows.select_related("proposed_by", "area").order_by("proposed_at")


def _figure(row: FigureVersion) -> Figure:
    return Figure(
        key=row.key,
        value=row.value,
        unit=row.unit,
        area=row.area_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        document=row.document,
        confidence="released",
        note=row.note,
    )


@lru_cache(maxsize=4)
def _book(count: int, newest: object) -> Book:
    own = tuple(_figure(row) for row in released())
    return Book((*own, *shipped_figures()))


def book() -> Book:
    """All figures in one book; rebuilt when a release has changed the table."""
    state = FigureVersion.objects.filter(released_at__isnull=False).aggregate(
        count=Count("id"), newest=Max("released_at")
    )
    return _book(state["count"], state["newest"])


def figure(key: str, area: str, on: date) -> Figure:
    """The figure of a key that applies in an area on a date; raises law.standards.Unset."""
    return book().figure(key, offices.scopes(area), on)
