"""What a list is: its name, its columns, what it may be sorted and filtered by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SIZES = (50, 100, 200)


@dataclass(frozen=True)
class Listing:
    """One list of the product. ``columns`` in their usual order, the name first; it always stays there.

    ``sorts`` and ``keys`` are the allow-list of columns that sort: fields of a query set, and keys of rows that lie in
    memory. ``filters`` are the names of its drop-downs, which are remembered; ``parts`` say which part of the list
    shows (a tab): kept in named views, not remembered. ``usual`` are the columns that show unless somebody chooses
    others, by default all; ``numeric`` ones stand to the right. ``sizes`` are the numbers of rows that a page may have:
    a list with much in a row stops before the page grows too long for an old browser (B12).
    """

    name: str
    title: str
    columns: Sequence[str]
    usual: Sequence[str] = ()
    sorts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    filters: Sequence[str] = ()
    parts: Sequence[str] = ()
    numeric: frozenset[str] = frozenset()
    unit: str = "件"
    sizes: Sequence[int] = SIZES

    def __post_init__(self) -> None:
        named = {*self.sorts, *self.keys, *self.usual, *self.numeric}
        if named - set(self.columns) or len(set(self.columns)) < len(self.columns):
            raise ValueError(f"the list {self.name} speaks of a column that it does not have, or names one twice")
        if LISTINGS.setdefault(self.name, self) is not self:
            raise ValueError(f"two lists are named {self.name}")

    @property
    def sorting(self) -> frozenset[str]:
        """Columns whose head sorts."""
        return frozenset({*self.sorts, *self.keys})

    @property
    def first_shown(self) -> list[str]:
        """What shows before anybody has chosen."""
        return list(self.usual or self.columns)


LISTINGS: dict[str, Listing] = {}
