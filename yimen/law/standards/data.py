"""Reading the shipped figures, and figures that a household file brings along."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from yimen.law.money import parse_yuan
from yimen.law.standards.book import Book
from yimen.law.standards.figure import BadFigure, Figure, Value

_DATA = Path(__file__).parent / "data"


def read_figure(row: Mapping[str, Value]) -> Figure:
    """A figure from a row of a data file, where money is yuan and becomes fen.

    An amount of money is recognised by a unit that begins with ``yuan`` and, inside
    tables, by a member called ``yuan`` or ending in ``_yuan``. A start that is no full
    date is kept as text and leaves the figure not in force. Raises BadFigure.
    """
    since = _text(row, "valid_from")
    until = _text(row, "valid_to")
    value, unit = in_fen(row.get("value"), _text(row, "unit"))
    return Figure(
        key=_text(row, "key"),
        value=value,
        unit=unit,
        area=_text(row, "area"),
        valid_from=_date(since),
        valid_to=_date(until),
        document=_text(row, "document"),
        confidence=_text(row, "confidence"),
        note=_text(row, "note"),
        since_text=since,
    )


def in_fen(value: Value, unit: str) -> tuple[Value, str]:
    """A value and its unit with every amount of yuan turned into fen. Raises BadFigure."""
    if unit.startswith("yuan"):
        return _fen(value), unit.replace("yuan", "fen", 1)
    return _members_in_fen(value), unit


def _members_in_fen(value: Value) -> Value:
    if isinstance(value, list):
        return [_members_in_fen(item) for item in value]
    if not isinstance(value, dict):
        return value
    return dict(_member_in_fen(name, item) for name, item in value.items())


def _member_in_fen(name: str, item: Value) -> tuple[str, Value]:
    if name == "yuan" or name.endswith("_yuan"):
        return f"{name.removesuffix('yuan')}fen", _fen(item)
    return name, _members_in_fen(item)


def _fen(value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadFigure(f'参数的金额“{value}”应写成整数元，或加引号的两位小数，例如 "660.50"。')
    return parse_yuan(str(value))


def _text(row: Mapping[str, Value], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if len(text) == len("2026-01-01") else None


@cache
def shipped_figures() -> tuple[Figure, ...]:
    """Every figure that comes with the program, of all areas."""
    lines = (line for path in sorted(_DATA.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    return tuple(read_figure(json.loads(line)) for line in lines if line.strip())


@cache
def shipped_book() -> Book:
    """A book of the shipped figures only."""
    return Book(shipped_figures())
