"""Facts in JSON's own types and back again, exactly: the form in which an opinion or an award's version keeps them.

Enums are their stored words, dates ISO text, fractions whole numbers or ``"n/d"``; nothing else is changed. A field that
an older form does not have takes its default; one that this form does not know is refused, never dropped.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from yimen.law.rules.applied import ApplicationFacts
from yimen.law.rules.facts import BadFacts, HouseholdFacts

Facts = TypeVar("Facts")
Reader = Callable[[Any, str], Any]


def to_plain(value: Any) -> Any:
    """Facts in JSON's own types; exact fractions as text."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if names := _names(kind):  # type: ignore[arg-type]  # every class is hashable, whatever its metaclass says
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    return value


_PLAIN = frozenset({str, int, bool, type(None)})


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a kind of facts; of anything else none."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def from_plain(data: object) -> ApplicationFacts | HouseholdFacts:
    """The facts that ``to_plain`` wrote: an application's, or a household's alone. Raises BadFacts, naming the field."""
    if isinstance(data, dict) and "household" in data:
        return read_as(ApplicationFacts, data)
    return read_as(HouseholdFacts, data)


def household_of(data: object) -> HouseholdFacts:
    """The household from stored facts, whether they are a household's or a whole application's. Raises BadFacts."""
    facts = from_plain(data)
    return facts.household if isinstance(facts, ApplicationFacts) else facts


def read_as(kind: type[Facts], data: object) -> Facts:
    """Facts of one kind from what ``to_plain`` wrote of them. Raises BadFacts where it is no such structure."""
    hint: Any = kind
    found: Facts = _reader(hint)(data, kind.__name__)
    return found


@cache
def _reader(hint: Any) -> Reader:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return _optional(_reader(next(each for each in inner if each is not types.NoneType)))
    if origin is tuple:
        return _rows(inner)
    if is_dataclass(hint):
        return _record(hint)
    if issubclass(hint, Enum):
        return _word(hint)
    return _SIMPLE[hint]


def _optional(read: Reader) -> Reader:
    return lambda value, where: None if value is None else read(value, where)


def _rows(inner: tuple[Any, ...]) -> Reader:
    if inner[-1] is Ellipsis:
        each = _reader(inner[0])
        return lambda value, where: tuple(each(item, where) for item in _list(value, where))
    reads = [_reader(hint) for hint in inner]

    def exactly(value: Any, where: str) -> Any:
        items = _list(value, where)
        if len(items) != len(reads):
            raise _bad(where, value)
        return tuple(read(item, where) for read, item in zip(reads, items, strict=True))

    return exactly


def _record(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise _bad(where, value)
        if strange := sorted(set(value) - set(readers)) or sorted(needed - set(value)):
            raise BadFacts(f"{where}.{strange[0]}", "保存的事实里多出或者缺少这一项，不能读取。")
        return kind(**{name: readers[name](item, f"{where}.{name}") for name, item in value.items()})

    return read


def _word(kind: Any) -> Reader:
    words = {term.value: term for term in kind}

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, str) or value not in words:
            raise _bad(where, value)
        return words[value]

    return read


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise _bad(where, value)
    return value


def _exactly(kind: type) -> Reader:
    def read(value: Any, where: str) -> Any:
        if type(value) is not kind:
            raise _bad(where, value)
        return value

    return read


def _fraction(value: Any, where: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise _bad(where, value)
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise _bad(where, value) from None


def _date(value: Any, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _bad(where, value) from None


def _bad(where: str, value: object) -> BadFacts:
    return BadFacts(where, f"保存的事实里这一项的值“{value}”不认识，不能读取。")


_SIMPLE: dict[Any, Reader] = {
    bool: _exactly(bool),
    dt.date: _date,
    Fraction: _fraction,
    int: _exactly(int),
    str: _exactly(str),
}
