"""Small helps that the pages of this desk share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.paginator import Page as Paged, Paginator
from django.http import HttpRequest

from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.desks.shared.lists.collecting import collecting
from yimen.desks.shared.shapes import Pager
from yimen.law import procedure
from yimen.law.calendar import as_moment
from yimen.law.terms import Role

PAGE_SIZE = 50


def roles_of(act: str) -> frozenset[Role]:
    """Who may do an act of an office, from the procedure table."""
    return frozenset(procedure.OFFICE_STEPS[act].roles)


def may(officer: Officer, act: str) -> bool:
    """Whether the button of an act is shown to this officer; the act itself checks again."""
    return officer.holds(roles_of(act), officer.district)


def moment(at: datetime) -> str:
    """A stored moment as the clock on the wall showed it (K9)."""
    return f"{as_moment(at):%Y-%m-%d %H:%M}"


def readers() -> frozenset[Role]:
    """Who reads the district's pages."""
    return DISTRICT_ROLES


def cut(request: HttpRequest, rows: Any, unit: str = "件") -> tuple[Paged[Any], Pager]:
    """One page of rows and its pager; everything else in the address stays. An export gets all rows."""
    paginator = Paginator(rows, PAGE_SIZE)
    if wanted := collecting(request):
        found = wanted.cut(rows, paginator.count)
        return Paginator(found, max(len(found), 1)).page(1), Pager(paginator.count, 1, paginator.count, unit)
    page = paginator.get_page(request.GET.get("page", 1))
    first = page.start_index()
    last = page.end_index()
    return page, Pager(
        paginator.count,
        first,
        last,
        unit,
        _address(request, {"page": str(page.number - 1)}) if page.has_previous() else "",
        _address(request, {"page": str(page.number + 1)}) if page.has_next() else "",
    )


def _address(request: HttpRequest, changes: Mapping[str, str]) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"
