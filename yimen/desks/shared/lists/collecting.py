"""A request that wants the whole table instead of a page: put on by the export, looked at by paging and by ``show``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

AT_ONCE = 5_000
PORTION = 2_000


class TooMany(Exception):
    """More rows than are written while somebody waits: the background does it."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass
class Collecting:
    """What the export wants and what the page gave. ``portion`` None: everything at once, at most :data:`AT_ONCE` rows.

    In the background the page is opened once per portion (from 1), each with :data:`PORTION` rows. Which rows these are
    is settled with the first one and kept in ``keys``: a row that moves up or down meanwhile is neither lost nor doubled.
    """

    portion: int | None = None
    full: bool = False
    keys: list[Any] | None = None
    total: int | None = None
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)

    def cut(self, rows: Sequence[Any] | QuerySet[Any], count: int | None = None) -> list[Any]:
        """The rows that the page has to show, of ``count`` (reckoned where it is not given). Raises TooMany."""
        self.total = count if count is not None else rows.count() if isinstance(rows, QuerySet) else len(rows)
        if self.portion is None and self.total > AT_ONCE:
            raise TooMany(self.total)
        if self.portion is None or not isinstance(rows, QuerySet):
            return list(rows)
        return self._next(rows, self.portion)

    def _next(self, rows: QuerySet[Any], portion: int) -> list[Any]:
        """The next rows of those that stood in the list at the start, if they still belong to it."""
        if self.keys is None:
            self.keys = list(rows.values_list("pk", flat=True))
        self.total = len(self.keys)
        wanted = self.keys[(portion - 1) * PORTION : portion * PORTION]
        found = {row.pk: row for row in rows.order_by().filter(pk__in=wanted)}
        return [found[key] for key in wanted if key in found]


def collecting(request: HttpRequest) -> Collecting | None:
    """The export behind this request, if it is one."""
    found: Collecting | None = getattr(request, "collecting", None)
    return found
