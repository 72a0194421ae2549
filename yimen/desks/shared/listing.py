"""A card that holds one table."""

from __future__ import annotations

from collections.abc import Sequence

from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Link, Row, Table, Tag


def listing(
    title: str,
    columns: str,
    rows: Sequence[Sequence[Cell | Tag | Link | Action | str | int] | Row],
    *,
    empty: str = "",
    note: str = "",
    actions: Sequence[Action] = (),
) -> Block:
    """``columns`` are the heads, parted by spaces; ``empty`` is said instead of a table without rows."""
    made = [row if isinstance(row, Row) else Row(row) for row in rows]
    table = Table(columns.split(), made, label=title, empty=Empty(empty) if empty else None)
    return Block(title, note, table=table, actions=actions)
