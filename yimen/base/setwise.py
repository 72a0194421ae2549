"""Rows written from rows without leaving the database: one statement, whatever their number.

For runs over a whole register, where making an object of every row would cost more than all the rest. What a query says
in the ORM becomes ``INSERT … SELECT``; the database's own constraints hold as for any other insert.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, CharField, Field, Func, Model, QuerySet, TextField, Value


def insert_from(model: type[Model], rows: QuerySet[Any, Any], columns: Mapping[str, Any]) -> int:
    """Insert a row for each row of a query; ``columns`` name the fields and say what each holds. How many were inserted.

    The order of the query is the order of insertion. Fields left out must have a default of the database or allow none.
    Raises django.db.IntegrityError where a constraint refuses, and then nothing is inserted.
    """
    fields = [model._meta.get_field(name) for name in columns]
    named = {f"to_{place}": value for place, value in enumerate(columns.values())}
    picked = rows.annotate(**named).values_list(*named)
    try:
        sql, params = picked.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return 0
    quote = connection.ops.quote_name
    into = ", ".join(quote(_column(field)) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({into}) {sql}", params)
        return int(cursor.rowcount)


def insert_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert plain rows, their values in the order of the fields ``names``, without making an object of each.

    Numbers and texts go as they are, a relation is given by its number; days and sealed values are prepared by their fields.
    Raises django.db.IntegrityError where a constraint refuses.
    """
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    into = ", ".join(quote(_column(field)) for field in fields)
    places = ", ".join(["%s"] * len(names))
    several: Any = _prepared(fields, rows)  # its types ask for a sequence; an iterator does
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES ({places})", several)  # noqa: S608  # our own names


_AS_THEY_ARE = {"BigIntegerField", "CharField", "ForeignKey", "PositiveIntegerField", "PositiveSmallIntegerField"}


def _prepared(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    """The rows with what the database does not take as it is made ready by its field."""
    wanted = [(at, field) for at, field in enumerate(fields) if field.get_internal_type() not in _AS_THEY_ARE]
    if not wanted:
        yield from rows
        return
    for row in rows:
        ready = list(row)
        for at, field in wanted:
            ready[at] = field.get_db_prep_save(ready[at], connection)
        yield ready


def _column(field: Any) -> str:
    if not isinstance(field, Field) or field.column is None:
        raise ValueError(f"{field} is no column")
    return field.column


class Hashed(Func):
    """SHA-256 over texts joined by bars, in hexadecimal; none of them may be null."""

    output_field = CharField()

    def __init__(self, parts: Sequence[Any]) -> None:
        super().__init__(*parts)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="SHA256(%(expressions)s)", arg_joiner=" || '|' || ", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "ENCODE(SHA256(CONVERT_TO(CONCAT_WS('|', %(expressions)s), 'UTF8')), 'hex')"
        return self.as_sql(compiler, connection, template=template, **more)


class Translated(Func):
    """What a value stands for, ``CASE value WHEN … THEN … END``; null where the list does not name it.

    The value is written and reckoned once; in a ``Case`` it would be again in every ``When``.
    """

    output_field = CharField()

    def __init__(self, value: Any, meanings: Mapping[str, str]) -> None:
        super().__init__(value, *(Value(word) for pair in meanings.items() for word in pair))

    def as_sql(
        self, compiler: Any, connection: Any, function: Any = None, template: Any = None, arg_joiner: Any = None, **extra: Any
    ) -> Any:  # fmt: skip
        (sql, params), *words = [compiler.compile(each) for each in self.get_source_expressions()]
        whens = [f"WHEN {word} THEN {meaning}" for (word, _), (meaning, _) in zip(words[::2], words[1::2], strict=True)]
        return f"CASE {sql} {' '.join(whens)} END", [*params, *(each for _, given in words for each in given)]


class _OfList(Func):
    """A figure drawn from a stored list of pairs, in the words of each database."""

    sqlite: str
    postgresql: str

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.sqlite, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.postgresql, **more)


class Length(_OfList):
    """How many elements a stored list has."""

    sqlite = "JSON_ARRAY_LENGTH(%(expressions)s)"
    postgresql = "JSONB_ARRAY_LENGTH(%(expressions)s)"
    output_field = BigIntegerField()


class SecondsSum(_OfList):
    """The sum of the second elements of a stored list of pairs; 0 for none."""

    sqlite = "(SELECT COALESCE(SUM(JSON_EXTRACT(value, '$[1]')), 0) FROM JSON_EACH(%(expressions)s))"
    postgresql = "(SELECT COALESCE(SUM((value->>1)::bigint), 0) FROM JSONB_ARRAY_ELEMENTS(%(expressions)s))"
    output_field = BigIntegerField()


class PairsText(_OfList):
    """A stored list of pairs as text, ``12:0,15:6000``, in its order; the same on every database."""

    sqlite = (
        "(SELECT COALESCE(GROUP_CONCAT(JSON_EXTRACT(value, '$[0]') || ':' || JSON_EXTRACT(value, '$[1]'), ','), '')"
        " FROM (SELECT value FROM JSON_EACH(%(expressions)s) ORDER BY key))"
    )
    postgresql = (
        "(SELECT COALESCE(STRING_AGG((pair->>0) || ':' || (pair->>1), ',' ORDER BY place), '')"
        " FROM JSONB_ARRAY_ELEMENTS(%(expressions)s) WITH ORDINALITY AS each(pair, place))"
    )
    output_field = TextField()


def unnested(table: str, column: str, name: str = "pair") -> tuple[str, str]:
    """SQL that joins each element of a stored list to its row: what goes behind the table, and its first element as a number."""
    if connection.vendor == "postgresql":
        return (
            f"CROSS JOIN LATERAL JSONB_ARRAY_ELEMENTS({table}.{column}) AS {name}(value)",
            f"({name}.value->>0)::bigint",
        )
    return f"CROSS JOIN JSON_EACH({table}.{column}) AS {name}", f"JSON_EXTRACT({name}.value, '$[0]')"
