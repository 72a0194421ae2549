"""What the reader of a list wants today: filters, order, columns, how many rows; remembered per account."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from yimen.base.access.officer import Officer
from yimen.desks.shared.lists.collecting import collecting
from yimen.desks.shared.lists.listing import SIZES, Listing
from yimen.desks.shared.models import ListView
from yimen.desks.shared.shapes import Column, Empty, Filter, Link, Pager, Row, Table

# What the address of a list may hold besides its filters; a page number is never part of a view.
_OURS = ("sort", "size", "cols", "view", "page")


class Asked:
    """The wishes behind one request for a list: from the address, from a named view, or as they were left last."""

    def __init__(self, request: HttpRequest, listing: Listing) -> None:
        self.request, self.listing = request, listing
        self.officer: Officer = request.officer  # type: ignore[attr-defined]
        self.collecting = collecting(request)
        rows = list(ListView.objects.filter(account=self.officer.account, listing=listing.name))
        self.left = next((row for row in rows if not row.name), None)
        self.views = [row for row in rows if row.name]
        ref = request.GET.get("view", "")
        self.view = next((row for row in self.views if row.ref == ref), None)
        self.parts: dict[str, str] = {}
        self._read(self.view or self.left or ListView())
        self._remember()

    # -- what is asked ---------------------------------------------------------------------

    def _read(self, kept: ListView) -> None:
        given = self.request.GET
        self.explicit = any(name in given for name in self.listing.filters)
        source: Any = given if self.explicit else kept.filters
        self.filters = {name: str(source.get(name, ""))[:40] for name in self.listing.filters}
        sort = given.get("sort", kept.sort)
        self.sort = sort if sort.removeprefix("-") in self.listing.sorting else ""
        size = given.get("size", str(kept.size))
        self.size = int(size) if size in map(str, self.listing.sizes) else SIZES[0]
        wanted = given["cols"].split(",") if "cols" in given else (kept.columns or self._own_columns())
        chosen = [text for text in wanted if text in self.listing.columns[1:]]
        self.columns = [self.listing.columns[0], *dict.fromkeys(chosen)] if chosen else self.listing.first_shown

    def _own_columns(self) -> list[str]:
        return self.left.columns if self.left else []

    def part(self, name: str, known: Collection[str], usual: str) -> str:
        """Which part of the list shows: a known one, else the usual one."""
        kept = self.view.filters.get(name, "") if self.view else ""
        found = self.request.GET.get(name, "") or kept
        self.parts[name] = found if found in known else usual
        return self.parts[name]

    def get(self, name: str) -> str:
        """The value of a filter, "" for all."""
        return self.filters[name]

    @property
    def full(self) -> bool:
        """Whether an export in full numbers looks at the page."""
        return bool(self.collecting and self.collecting.full)

    def _remember(self) -> None:
        given = self.request.GET
        if self.collecting or self.view or self.request.method != "GET":
            return
        if not (self.explicit or "sort" in given or "size" in given):
            return
        now = {"filters": self.filters, "sort": self.sort, "size": self.size}
        if self.left and all(getattr(self.left, name) == value for name, value in now.items()):
            return
        found, _ = ListView.objects.update_or_create(
            account=self.officer.account, listing=self.listing.name, name="", defaults=now
        )
        self.left = found

    # -- rows ------------------------------------------------------------------------------

    def ordered(self, rows: QuerySet[Any], *usual: str) -> QuerySet[Any]:
        """The query set in the order asked for, else in the usual one; the last word is the newest first."""
        fields: Sequence[str] = self.listing.sorts.get(self.sort.removeprefix("-"), ())
        if fields and self.sort.startswith("-"):
            fields = [_flipped(name) for name in fields]
        return rows.order_by(*(fields or usual), "-pk")

    def sorted(self, rows: Sequence[Any]) -> list[Any]:
        """Rows in memory in the order asked for; they come in the usual one."""
        key = self.listing.keys.get(self.sort.removeprefix("-"))
        return sorted(rows, key=key, reverse=self.sort.startswith("-")) if key else list(rows)

    def page(self, rows: Sequence[Any] | QuerySet[Any], count: int | None = None) -> tuple[list[Any], Pager]:
        """The rows to show and the pager; an export gets all of them, or its portion. ``count`` where it is known."""
        paginator: Any = Paginator(rows, self.size)
        if count is not None:
            paginator.count = count
        if self.collecting:
            return self.collecting.cut(rows, paginator.count), Pager(
                paginator.count, 1, paginator.count, self.listing.unit
            )
        page = paginator.get_page(self.request.GET.get("page", 1))
        pager = Pager(
            paginator.count,
            page.start_index(),
            page.end_index(),
            self.listing.unit,
            self.address(page=page.number - 1) if page.has_previous() else "",
            self.address(page=page.number + 1) if page.has_next() else "",
            self._sizes(paginator.count),
        )
        return list(page.object_list), pager

    def _sizes(self, count: int) -> list[Link]:
        if count <= SIZES[0] or len(self.listing.sizes) == 1:
            return []
        return [Link(str(size), self.address(size=size), current=size == self.size) for size in self.listing.sizes]

    # -- the table -------------------------------------------------------------------------

    def table(self, rows: Sequence[Row], *, label: str = "", empty: Empty | None = None, **more: Any) -> Table:
        """The table with the chosen columns in their order and heads that sort. ``rows`` carry a cell for every column."""
        places = [self.listing.columns.index(text) for text in self.columns]
        foot = more.pop("foot", None)
        return Table(
            [self._column(text) for text in self.columns],
            [_chosen(row, places) for row in rows],
            label=label or self.listing.title,
            empty=empty,
            foot=_chosen(foot, places) if foot else None,
            **more,
        )

    def _column(self, text: str) -> Column:
        numeric = text in self.listing.numeric
        if text not in self.listing.sorting:
            return Column(text, numeric)
        current = self.sort.removeprefix("-") == text
        down = self.sort.startswith("-")
        state = ("descending" if down else "ascending") if current else ""
        return Column(text, numeric, self.address(sort=f"-{text}" if current and not down else text), state)

    # -- addresses -------------------------------------------------------------------------

    def address(self, **changes: Any) -> str:
        """This list with something changed; back to the first page unless a page is named."""
        query = {name: value for name, value in self.request.GET.items() if name not in ("page", "cols")}
        return f"?{urlencode({**query, **changes})}"

    def whole(self) -> dict[str, str]:
        """Everything that makes this view, spelled out, so that it means the same tomorrow and for the export."""
        others = {name: value for name, value in self.request.GET.items() if name not in _OURS}
        return {**others, **self.parts, **self.filters, "sort": self.sort, "cols": ",".join(self.columns)}

    def filter(self, name: str, label: str, choices: Sequence[tuple[str, str]]) -> Filter:
        """A drop-down that stands as asked."""
        return Filter(name, label, choices, self.filters[name])


def _flipped(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def _chosen(row: Row, places: Sequence[int]) -> Row:
    return replace(row, cells=[row.cells[place] for place in places])
