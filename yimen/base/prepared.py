"""Statements composed once and sent often.

Composing a query costs the ORM several times what the database needs to answer it. A query decorated with
:func:`prepared` is composed at its first asking, with marks where its arguments stand; after that only the statement
runs and its rows become the same instances that the ORM would have made. Arguments are whole numbers, texts and dates;
what differs in more than those is another query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache, wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import AutoField, Model, QuerySet, Value
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=Model)

_PLAIN = (int, str, date)


@dataclass(frozen=True)
class _Mark:
    """Where an argument stands in the parameters of a statement."""

    place: int


@dataclass(frozen=True)
class _Statement:
    """A composed query: its text, its parameters with marks, and how its rows become answers."""

    sql: str
    params: tuple[Any, ...]
    answer: Callable[[Sequence[Any]], Any]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]

    def ask(self, values: Sequence[Any]) -> list[Any]:
        params = [values[each.place] if isinstance(each, _Mark) else each for each in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return [self.answer(row) for row in self._converted(rows)]

    def _converted(self, rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        if not self.converters:
            yield from rows
            return
        for row in rows:
            plain = list(row)
            for position, converts, expression in self.converters:
                for convert in converts:
                    plain[position] = convert(plain[position], expression, connection)
            yield plain


def prepared(compose: Callable[P, QuerySet[Any, T]]) -> Callable[P, list[T]]:
    """Answer a query of rows or of ``values_list`` from its composed statement; a list, anew at each asking."""
    made: dict[tuple[str, str], _Statement | None] = {}
    many = len(signature(compose).parameters)

    @wraps(compose)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[T]:
        if kwargs or len(args) != many:
            raise TypeError(f"{compose.__name__} takes {many} arguments by position")
        values = [value.value if isinstance(value, Enum) else value for value in args]
        if not all(isinstance(value, _PLAIN) for value in values):
            raise TypeError(f"{compose.__name__} takes whole numbers, texts and dates")
        where = (connection.vendor, connection.alias)
        if where not in made:
            marks = [Value(_Mark(place)) for place in range(many)]
            compose_any: Callable[..., QuerySet[Any, Any]] = compose
            made[where] = _composed(compose_any(*marks))
        statement = made[where]
        return statement.ask(values) if statement else []

    return ask


def _composed(rows: Any) -> _Statement | None:
    """The statement of a query; None where the ORM knows that nothing can fit."""
    if rows._prefetch_related_lookups:
        raise TypeError("a prepared query cannot fetch further rows")
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    compiler.setup_query()
    found = compiler.get_converters([column[0] for column in compiler.select])
    converters = tuple((position, tuple(converts), expression) for position, (converts, expression) in found.items())
    return _Statement(sql, tuple(params), _answer(rows, compiler), converters)


def _answer(rows: Any, compiler: Any) -> Callable[[Sequence[Any]], Any]:
    kind = rows._iterable_class
    if issubclass(kind, FlatValuesListIterable):
        return lambda row: row[0]
    if issubclass(kind, ValuesListIterable):
        return tuple
    if not issubclass(kind, ModelIterable):
        raise TypeError("a prepared query answers with rows or values")
    return _instances(compiler)


def _instances(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """What the ORM does with a row: the instance, those it points to, what was annotated."""
    select, klass, annotated = compiler.select, compiler.klass_info, compiler.annotation_col_map or {}
    model, alias = klass["model"], compiler.connection.alias
    first, last = klass["select_fields"][0], klass["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[first:last]]
    populators = get_related_populators(klass, select, alias)  # type: ignore[call-arg]  # the stubs know a later one

    def instance(row: Sequence[Any]) -> Any:
        found = model.from_db(alias, names, row[first:last])
        for populator in populators:
            populator.populate(row, found)
        for name, position in annotated.items():
            setattr(found, name, row[position])
        return found

    return instance


def insert(rows: Sequence[M]) -> list[M]:
    """Insert new rows of one model in one statement composed once per number of rows, and give them their keys.

    For a few rows of plain values, as an act writes them; many at once go through ``bulk_create``. A row that breaks
    a constraint raises IntegrityError, and the transaction is lost.
    """
    if not rows:
        return []
    meta = type(rows[0])._meta
    with connection.cursor() as cursor:
        cursor.execute(_inserting(type(rows[0]), len(rows)), _values(rows))
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        setattr(row, str(meta.pk.attname), key)
        row._state.adding, row._state.db = False, connection.alias
    return list(rows)


def insert_if_free(rows: Sequence[Model]) -> bool:
    """Insert new rows unless a constraint forbids one of them; whether all went in. The transaction goes on either way."""
    model = type(rows[0])
    with connection.cursor() as cursor:
        cursor.execute(f"{_inserting(model, len(rows), 'ON CONFLICT DO NOTHING ')}", _values(rows))
        return len(cursor.fetchall()) == len(rows)


def _values(rows: Sequence[Model]) -> list[Any]:
    fields = _fields(type(rows[0]))
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]


@lru_cache(maxsize=256)
def _fields(model: type[Model]) -> tuple[Any, ...]:
    fields = tuple(field for field in model._meta.concrete_fields if not field.generated)
    return tuple(field for field in fields if not isinstance(field, AutoField))


def _meta(model: type[Model]) -> Any:
    """The description of a model; Django's own types do not tell that every column of ours has a name."""
    return model._meta


@lru_cache(maxsize=1024)
def _inserting(model: type[Model], many: int, conflict: str = "") -> str:
    quote, meta = connection.ops.quote_name, _meta(model)
    columns = ", ".join(quote(field.column) for field in _fields(model))
    one = f"({', '.join(['%s'] * len(_fields(model)))})"
    key = quote(meta.pk.column)
    return f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES {', '.join([one] * many)} {conflict}RETURNING {key}"  # noqa: S608


def update(row: Model, columns: Mapping[str, Any], **still: Any) -> bool:
    """Write columns of one row by its key where other columns are ``still`` what the caller saw; whether it was there."""
    values = [_ready(row, name, value) for group in (columns, still) for name, value in group.items()]
    with connection.cursor() as cursor:
        cursor.execute(_updating(type(row), tuple(columns), tuple(still)), [*values, row.pk])
        return bool(cursor.rowcount == 1)


def _ready(row: Model, name: str, value: Any) -> Any:
    field: Any = row._meta.get_field(name)
    return field.get_db_prep_save(value.pk if isinstance(value, Model) else value, connection)


@lru_cache(maxsize=256)
def _updating(model: type[Model], columns: tuple[str, ...], still: tuple[str, ...]) -> str:
    quote, meta = connection.ops.quote_name, _meta(model)
    sets, tests = ([f"{quote(meta.get_field(name).column)} = %s" for name in names] for names in (columns, still))
    where = " AND ".join([*tests, f"{quote(meta.pk.column)} = %s"])
    return f"UPDATE {quote(meta.db_table)} SET {', '.join(sets)} WHERE {where}"  # noqa: S608
