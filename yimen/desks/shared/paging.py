"""A page of a list that has neither filters nor columns of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page as Paged, Paginator
from django.http import HttpRequest

from yimen.desks.shared.lists.collecting import collecting
from yimen.desks.shared.shapes import Pager

PAGE_SIZE = 50


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
