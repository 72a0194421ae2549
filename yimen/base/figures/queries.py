"""The book of figures for a place: shipped ones and the district's own."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from yimen.base.figures.models import FigureVersion
from yimen.base.offices import queries as offices
from yimen.base.offices.standing import standing
from yimen.law.calendar import as_moment
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


@standing
def _releases() -> list[tuple[date, Figure]]:
    """Released figures with the day of their release, in the order of their release."""
    rows = released().order_by("released_at", "pk")
    return [(as_moment(row.released_at).date(), _figure(row)) for row in rows if row.released_at]


@standing
def _book_of_first(known: int) -> Book:
    return Book((*(found for _, found in _releases()[:known]), *shipped_figures()))


def book_known_on(day: date) -> Book:
    """The figures as they were known at the end of a day: what was released later, even for earlier months, is not in it.

    Figures shipped with the program count as known, for each says itself from when it is in force.
    """
    rows = _releases()
    known = sum(on <= day for on, _ in rows)
    return book() if known == len(rows) else _book_of_first(known)


def figure(key: str, area: str, on: date) -> Figure:
    """The figure of a key that applies in an area on a date; raises law.standards.Unset."""
    return book().figure(key, offices.scopes(area), on)
