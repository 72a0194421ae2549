"""Whether the data of a paper may become that paper: everything required is there, nothing forbidden is.

Each problem is a Chinese sentence that names the field, so that a desk can show it as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

from yimen.base.papers import library, writing
from yimen.base.papers.shapes import OPINION_KEYS, Field, Form
from yimen.law import calendar

# An identity number (15 or 18) or an account (16 to 19), also when typed in groups.
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{14,18}[0-9Xx](?![0-9A-Za-z])")
_GROUPED = re.compile(r"(?<=\d)[ \-]+(?=[\dXx])")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class Problem(NamedTuple):
    """One thing wrong with the data of a paper."""

    key: str
    sentence: str


class Refused(ValueError):
    """The paper is not made; ``problems`` holds every reason, the message is the first of them."""

    def __init__(self, title: str, problems: list[Problem]) -> None:
        self.problems = problems
        more = f"（另有 {len(problems) - 1} 处）" if len(problems) > 1 else ""
        super().__init__(f"《{title}》不能制发：{problems[0].sentence}{more}")


class Incomplete(Refused):
    """Something that the paper must say is missing or not readable."""


class Forbidden(Refused):
    """The data holds something that this paper may not say."""


def normalise(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data in JSON's own types: terms as their Chinese label, dates as text, nothing empty.

    An empty list stays: on a declaration "none" is something else than "not asked".
    """
    return {key: _plain(value) for key, value in data.items() if value is not None and value != ""}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return getattr(value, "label", value.value)
    if isinstance(value, datetime):
        return calendar.as_moment(value).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return normalise(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def check(code: str, data: Mapping[str, Any], *, on: date | None = None) -> list[Problem]:
    """Everything that keeps this data from becoming the paper (an empty list: it may be issued)."""
    form = library.form(code, on=on)
    plain = normalise(data)
    return [*forbidden(form, plain), *incomplete(form, plain)]


def demand(form: Form, data: Mapping[str, Any]) -> None:
    """Raise :class:`Forbidden` or :class:`Incomplete`, or return."""
    if problems := forbidden(form, data):
        raise Forbidden(form.title, problems)
    if problems := incomplete(form, data):
        raise Incomplete(form.title, problems)


def forbidden(form: Form, data: Mapping[str, Any]) -> list[Problem]:
    """Keys that the form does not have, and on papers seen by others any long number."""
    found = [*_unknown(form, data)]
    if form.closed:
        found += _long_numbers(form, data)
    return found


def incomplete(form: Form, data: Mapping[str, Any]) -> list[Problem]:
    """Required fields that are empty and values of the wrong kind."""
    return [problem for field in form.fields for problem in _field_problems(field, data.get(field.key), field.label)]


def _unknown(form: Form, data: Mapping[str, Any]) -> Iterator[Problem]:
    for key, value in data.items():
        field = form.field(key)
        if field is None:
            yield Problem(key, f"这份文书没有“{key}”这一项，不得写入。")
        elif field.kind == "rows" and isinstance(value, list):
            for number, row in enumerate(value, start=1):
                strange = [name for name in row if field.column(name) is None] if isinstance(row, Mapping) else []
                for name in strange:
                    yield Problem(f"{key}.{name}", f"“{field.label}”第 {number} 行含有“{name}”，这份文书不得列出。")


def _long_numbers(form: Form, data: Mapping[str, Any]) -> Iterator[Problem]:
    for key, value in data.items():
        field = form.field(key)
        if any(_LONG_NUMBER.search(_joined_digits(text)) for text in _texts(value)):
            label = field.label if field else key
            yield Problem(key, f"“{label}”里有形似身份证号或账号的数字，公开的文书不得出现。")


def _joined_digits(text: str) -> str:
    return _GROUPED.sub("", unicodedata.normalize("NFKC", text))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, (str, int)) and not isinstance(value, bool):
        yield str(value)


def _field_problems(field: Field, value: Any, label: str) -> Iterator[Problem]:
    if writing.empty(value):
        # "None at all" is an answer for a table; for the reasons of a refusal it is not.
        if field.required and not (field.kind == "rows" and value == []):
            yield Problem(field.key, f"“{label}”没有填写。")
        return
    if (wrong := _wrong_kind(field, value)) is not None:
        yield Problem(field.key, f"“{label}”{wrong}。")
    elif field.kind == "rows":
        for number, row in enumerate(value, start=1):
            for column in field.columns:
                yield from _field_problems(column, row.get(column.key), f"{label}第 {number} 行的{column.label}")


def _wrong_kind(field: Field, value: Any) -> str | None:
    """What is wrong with a value that is there, or None."""
    if field.kind in ("money", "count"):
        whole = isinstance(value, int) and not isinstance(value, bool)
        return None if whole else "应当是整数" + ("（单位：分）" if field.kind == "money" else "")
    if field.kind in ("date", "moment", "month"):
        return None if _reads(field.kind, value) else "不是有效的日期"
    if field.kind == "yes":
        return None if isinstance(value, bool) else "应当填写是或否"
    if field.kind in ("choices", "lines"):
        right = isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)
        return (None if right else "应当是若干行文字") or _unprintable(*value)
    if field.kind == "rows":
        right = isinstance(value, list) and all(isinstance(row, Mapping) for row in value)
        return None if right else "应当是若干行"
    if field.kind == "opinion":
        right = isinstance(value, Mapping) and set(value) <= set(OPINION_KEYS)
        return None if right else f"只能含有 {'、'.join(OPINION_KEYS)}"
    if not isinstance(value, str) or not value.strip():
        return "应当是文字"
    return _unprintable(value)


def _reads(kind: str, value: Any) -> bool:
    try:
        {"date": writing.day, "moment": writing.moment, "month": writing.month}[kind](value)
    except (ValueError, TypeError, AttributeError):
        return False
    return True


def _unprintable(*texts: str) -> str | None:
    return "含有不能打印的控制字符" if any(_CONTROL.search(text) for text in texts) else None
