"""Which tables stand on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yimen.desks.shared.shapes import Block, Table

# Where a page keeps its tables, in the order in which they stand on it.
_PLACES = ("waiting", "table", "blocks", "groups", "changes")


def tables_of(context: Mapping[str, Any]) -> list[tuple[str, Table]]:
    """Every table of a page with rows, each with its name."""
    found: list[tuple[str, Table]] = []
    for place in _PLACES:
        there = context.get(place)
        parts: Sequence[Any] = there if isinstance(there, Sequence) else [there]
        for part in parts:
            table = part.table if isinstance(part, Block) else part
            if isinstance(table, Table) and table.rows:
                found.append((table.label or (part.title if isinstance(part, Block) else ""), table))
    return found
