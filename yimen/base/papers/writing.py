"""Writes values the way papers do: 2026年11月22日, 1,062.00, □ and ticked boxes, blanks for the pen.

A *run* is a piece of a line: plain text, ``{"blank": n}`` (an underlined stretch of n signs), ``{"tick": on, "word":
…}`` or ``{"break": true}``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from yimen.base.papers.shapes import Field
from yimen.law import calendar, money

Run = str | dict[str, Any]

BREAK: Run = {"break": True}
_BLANKS = {"name": 6, "date": 0, "moment": 0, "month": 0, "money": 6, "count": 3, "id": 14, "long": 20, "yes": 0}


def empty(value: Any) -> bool:
    """Whether there is nothing to write; a zero and a plain "no" are something."""
    return value is None or value == "" or value == [] or value == {}


def day(value: str | date) -> str:
    """2026年11月22日."""
    when = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{when.year}年{when.month}月{when.day}日"


def moment(value: str | datetime) -> str:
    """2026年11月22日14时02分, in the time of Shanghai."""
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = calendar.as_moment(when)
    return f"{day(local.date())}{local.hour}时{local.minute:02d}分"


def month(value: str) -> str:
    """2026年12月."""
    first = calendar.first_day(value)
    return f"{first.year}年{first.month}月"


_WRITERS: dict[str, Callable[[Any], str]] = {"date": day, "moment": moment, "month": month, "money": money.show}


def plain(field: Field, value: Any) -> str:
    """A value as text inside a sentence or a list, without boxes to tick."""
    if empty(value):
        return ""
    if field.kind in ("choices", "lines"):
        return "、".join(str(item) for item in value)
    if field.kind == "yes":
        return "是" if value else "否"
    return _WRITERS.get(field.kind, str)(value) + field.unit


def in_sentence(field: Field, value: Any, how: str = "") -> list[Run]:
    """The runs of a placeholder. ``how``: ``大写`` writes an amount in words."""
    if empty(value):
        return _to_fill(field)
    if how == "大写":
        return [money.in_words(value)]
    suffix = "元" if field.kind == "money" and not field.unit else ""
    return _broken(plain(field, value) + suffix)


def in_cell(field: Field, value: Any) -> list[Run]:
    """The runs of a cell: choices with their boxes, everything else as text; an empty cell stays free."""
    if field.kind in ("choice", "choices"):
        return _boxes(field, value)
    if field.kind == "yes":
        return [{"tick": value is True, "word": "是"}, {"tick": value is False, "word": "否"}]
    if empty(value):
        return _to_fill(field) if field.kind in ("date", "moment") else []
    if field.kind == "lines":
        return _joined([str(item) for item in value])
    return _broken(plain(field, value))


def opinion(field: Field, value: Any) -> tuple[list[Run], list[Run]]:
    """Text and foot (handling person, responsible leader, date) of a block for an opinion."""
    said: dict[str, Any] = value or {}
    body: list[Run] = []
    if field.options:
        body += [*_boxes(field, said.get("result")), BREAK]
    elif said.get("result"):
        body += [str(said["result"]), BREAK]
    body += _broken(str(said.get("text") or ""))
    person, leader = (said.get(key) or {"blank": 5} for key in ("person", "leader"))
    signed: list[Run] = ["经办人：", person, "　负责人：", leader]
    return body, [*signed, "　", day(said["date"]) if said.get("date") else "　　年　　月　　日"]


def _boxes(field: Field, value: Any) -> list[Run]:
    """Every option with its box; a value beyond the options gets a ticked box of its own and is never lost."""
    chosen = [] if empty(value) else [str(item) for item in (value if isinstance(value, list) else [value])]
    if not field.options:
        return ["、".join(chosen)] if chosen else []
    others = [item for item in chosen if item not in field.options]
    return [{"tick": word in chosen, "word": word} for word in (*field.options, *others)]


def _to_fill(field: Field) -> list[Run]:
    if field.kind == "date":
        return ["　　年　月　日"]
    if field.kind == "moment":
        return ["　　年　月　日　时　分"]
    if field.kind == "month":
        return ["　　年　　月"]
    return [{"blank": _BLANKS.get(field.kind, 8)}, *([field.unit] if field.unit else [])]


def _broken(text: str) -> list[Run]:
    return _joined(text.split("\n"))


def _joined(lines: list[str]) -> list[Run]:
    runs: list[Run] = []
    for line in lines:
        runs += [BREAK, line] if runs else [line]
    return runs
