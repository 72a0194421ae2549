"""The stored rows as the verifier reads them: past the ORM, because a row that was tampered with may not even parse."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from yimen.base.canonical import moment
from yimen.base.record.content import ENTRY_FIELDS, SEAL_FIELDS

_CHUNK = 5_000
_TIMES = ("at", "business_date", "sealed_at", "day")
_INTEGERS = ("number", "first_seq", "last_seq", "count")


@dataclass(frozen=True)
class SealRow:
    """A seal as stored. ``readable`` is False if its numbers are none (SQLite keeps whatever it is given)."""

    content: dict[str, Any]
    digest: str

    def __getattr__(self, name: str) -> Any:
        return self.content[name]

    @property
    def readable(self) -> bool:
        """Whether the range can be used at all."""
        return all(type(self.content[name]) is int for name in _INTEGERS)


def entry_rows() -> Iterator[tuple[int, str, dict[str, Any]]]:
    """``(seq, digest, content)`` of every entry in order, in small portions."""
    statement = f"SELECT {_columns('seq', 'digest', *ENTRY_FIELDS)} FROM record_entry WHERE seq > %s ORDER BY seq LIMIT {_CHUNK}"  # noqa: S608  # constants
    last = -(2**63)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [last])
            rows = cursor.fetchall()
        for row in rows:
            content = dict(zip(ENTRY_FIELDS, row[2:], strict=True))
            content["at"] = _moment(content["at"])
            content["business_date"] = _day(content["business_date"])
            yield row[0], row[1], content
        if len(rows) < _CHUNK:
            return
        last = rows[-1][0]


def seal_rows() -> list[SealRow]:
    """Every seal by number."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns('digest', *SEAL_FIELDS)} FROM record_seal ORDER BY number")  # noqa: S608
        rows = cursor.fetchall()
    seals = []
    for row in rows:
        content = dict(zip(SEAL_FIELDS, row[1:], strict=True))
        content["sealed_at"], content["day"] = _moment(content["sealed_at"]), _day(content["day"])
        seals.append(SealRow(content, row[0]))
    return seals


def _columns(*names: str) -> str:
    """The columns by name; on SQLite moments and days as the very text that is stored, which may be nonsense."""
    if connection.vendor != "sqlite":
        return ", ".join(names)
    return ", ".join(f"CAST({name} AS TEXT)" if name in _TIMES else name for name in names)


def _moment(value: Any) -> Any:
    """SQLite keeps a moment as text in UTC without its zone, and leaves out decimals that are zero."""
    if isinstance(value, str):
        return f"{value.replace(' ', 'T')}{'' if '.' in value else '.000000'}+00:00"
    return moment(value) if isinstance(value, datetime) else value


def _day(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
