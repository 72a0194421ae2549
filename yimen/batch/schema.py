"""The tables in words, for people: Markdown, as ``docs/how/batch.md`` holds it."""

from __future__ import annotations

from yimen.batch.tables import NAMES, TABLES, Table


def markdown() -> str:
    """Every table with its columns; a blank third column where a value is always there."""
    return "\n".join(_table(table) for table in TABLES.values())


def _table(table: Table) -> str:
    where = "by county" if table.by_county else "one folder"
    rows = [
        f"| {each.name} | {NAMES[each.kind]} | {'may be empty' if each.empty else ''} | {each.words} |"
        for each in table.columns
    ]
    head = f"### `{table.name}` ({where})\n\n{table.words}\n"
    return "\n".join([head, "| column | type | | meaning |", "|---|---|---|---|", *rows, ""])
