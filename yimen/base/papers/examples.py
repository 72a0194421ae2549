"""Fictional data for every paper: the example of each field, and the hard cases that every page must stand.

Used by tests, by the preview of a place's own forms (long name, nine members, nothing optional) and by people who
want to see what a room has to hand in. All persons live in the impossible area 990101.
"""

from __future__ import annotations

from typing import Any

from yimen.base.papers import library
from yimen.base.papers.shapes import Field

LONG_NAME = "阿卜杜热合曼·麦麦提吐尔逊·艾山江·买买提依明江世"  # 25 signs
DOTTED_NAME = "买买提·艾力"
RARE_NAME = "𠮷䶮㛃"
RARE_NAMES = (DOTTED_NAME, RARE_NAME, "龘𬭩𫖯", LONG_NAME)
VARIANTS = ("normal", "names", "nine", "sparse")


def example(code: str, variant: str = "normal") -> dict[str, Any]:
    """Data with which the paper can be issued.

    ``names``: every name is long, dotted or rare. ``nine``: nine members, many rows. ``sparse``: only what is required.
    """
    form = library.form(code)
    data: dict[str, Any] = {}
    for at, field in enumerate(form.fields):
        value = _value(field, variant, at)
        if value not in (None, "") and (field.required or variant != "sparse"):
            data[field.key] = value
    return data


def _value(field: Field, variant: str, at: int) -> Any:
    if field.kind == "rows":
        return _rows(field, variant)
    if field.kind == "name" and variant == "names" and field.example:
        return RARE_NAMES[at % len(RARE_NAMES)]
    return field.example


def _rows(field: Field, variant: str) -> list[dict[str, Any]]:
    rows = [dict(row) for row in field.example or []]
    if variant == "nine" and field.repeat and rows:
        rows = [dict(rows[at % len(rows)]) for at in range(9)]
    for at, row in enumerate(rows):
        for column in field.columns:
            if column.kind == "name" and variant == "names" and row.get(column.key):
                row[column.key] = RARE_NAMES[(at + 2) % len(RARE_NAMES)]
            if variant == "sparse" and not column.required:
                row.pop(column.key, None)
    return rows
