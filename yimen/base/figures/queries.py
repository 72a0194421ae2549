"""The book of figures for a place: shipped ones and the district's own."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from yimen.base.figures.models import FigureVersion
from yimen.base.offices import queries as offices
from yimen.base.offices.standing import standing
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


@standing
def book() -> Book:
    """All figures in one book; made anew when a release, or anything else, has changed the table."""
    return Book((*map(_figure, released()), *shipped_figures()))


def figure(key: str, area: str, on: date) -> Figure:
    """The figure of a key that applies in an area on a date; raises law.standards.Unset."""
    return book().figure(key, offices.scopes(area), on)
