"""Statements composed once and sent often.

Composing a query costs the ORM several times what the database needs to answer it. A query decorated with
:func:`prepared` is composed at its first asking, with marks where its arguments stand; after that only the statement
runs and its rows become the same instances that the ORM would have made. Arguments are whole numbers, texts, dates and
lists of them; what differs in more than those is another query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache, wraps
from inspect import signature
from types import SimpleNamespace
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, BooleanField, CharField, Model, QuerySet, TextField, Value
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators
from django.db.models.query_utils import DeferredAttribute

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=Model)

_PLAIN, _SEVERAL = (int, str, date), (list, tuple, set, frozenset)
_MOST = 16
_NOBODYS: dict[type, Any] = {int: -(2**62), str: "\0mark "}


def _database() -> BaseDatabaseWrapper:
    """The connection itself: Django's ``connection`` looks it up again at every attribute."""
    return connections[DEFAULT_DB_ALIAS]


@dataclass(frozen=True)
class _Mark:
    """Where an argument stands in the parameters of a statement."""

    place: int


@dataclass(frozen=True)
class _Statement:
    """A composed query: its text between its parameters, those with marks, and how its rows become answers."""

    pieces: tuple[str, ...]
    params: tuple[Any, ...]
    answer: Callable[[Sequence[Any]], Any]
    converters: tuple[tuple[int, Callable[..., Any], Any], ...]

    def ask(self, values: Sequence[Any], several: bool) -> list[Any]:
        params = [values[each.place] if isinstance(each, _Mark) else each for each in self.params]
        sql, params = self._spread(params) if several else ("%s".join(self.pieces), params)
        with _database().cursor() as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        return [self.answer(row) for row in (self._converted(rows) if self.converters else rows)]

    def _spread(self, params: Sequence[Any]) -> tuple[str, list[Any]]:
        """A list stands where its one mark stood."""
        text, spread = [self.pieces[0]], []
        for each, piece in zip(params, self.pieces[1:], strict=True):
            listed = each if isinstance(each, list) else [each]
            text += [", ".join(["%s"] * len(listed)), piece]
            spread += listed
        return "".join(text), spread

    def _converted(self, rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        database = _database()
        for row in rows:
            plain = list(row)
            for position, convert, expression in self.converters:
                plain[position] = convert(plain[position], expression, database)
            yield plain


def prepared(compose: Callable[P, QuerySet[Any, T]]) -> Callable[P, list[T]]:
    """Answer a query of rows or of ``values_list`` from its composed statement; a list, anew at each asking.

    Where an argument is a list, the query holds it against a column with ``__in``.
    """
    made: dict[tuple[str, str, tuple[type | None, ...]], _Statement | None] = {}
    many = len(signature(compose).parameters)
    compose_any: Callable[..., QuerySet[Any, Any]] = compose

    @wraps(compose)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[T]:
        if kwargs or len(args) != many:
            raise TypeError(f"{compose.__name__} takes {many} arguments by position")
        values = [_asked(value) for value in args]
        lists = tuple(type(next(iter(value), None)) if isinstance(value, list) else None for value in values)
        database = _database()
        where = (database.vendor, database.alias, lists)
        if where not in made:
            made[where] = _composed(compose_any(*(_mark(place, of) for place, of in enumerate(lists))))
        statement = made[where]
        return statement.ask(values, any(lists)) if statement else []

    return ask


def _mark(place: int, of: type | None) -> Any:
    """What the ORM is given for an argument, to be found again: in a list a value of its kind that nobody asks for."""
    if of is None:
        return Value(_Mark(place))
    if of is type(None):
        return []  # the ORM knows what an empty list makes of the query: mostly nothing to ask
    return [_NOBODYS[of] + (place if of is int else str(place))] if of in _NOBODYS else [Value(_Mark(place))]


def _marked(param: Any) -> Any:
    """The mark that a composed parameter is, or the parameter itself."""
    if isinstance(param, int) and 0 <= param - _NOBODYS[int] < _MOST:
        return _Mark(param - _NOBODYS[int])
    if isinstance(param, str) and param.startswith(_NOBODYS[str]):
        return _Mark(int(param.removeprefix(_NOBODYS[str])))
    return param


def _asked(value: Any) -> Any:
    """An argument as a statement takes it; a list without what it says twice. Raises TypeError for anything else."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, _SEVERAL):
        listed = list(dict.fromkeys(value))
        if all(isinstance(each, _PLAIN) for each in listed):
            return [each.value if isinstance(each, Enum) else each for each in listed]
    raise TypeError(f"a prepared query takes whole numbers, texts, dates and lists of them, not {type(value).__name__}")


def _composed(rows: Any) -> _Statement | None:
    """The statement of a query; None where the ORM knows that nothing can fit."""
    if rows._prefetch_related_lookups:
        raise TypeError("a prepared query cannot fetch further rows")
    database = _database()
    compiler = rows.query.get_compiler(connection=database)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    pieces = tuple(sql.split("%s"))
    if len(pieces) != len(params) + 1:
        raise TypeError("a prepared query has its texts in its parameters")
    compiler.setup_query()
    found = compiler.get_converters([column[0] for column in compiler.select])
    converters = tuple(
        (position, convert, expression) for position, (converts, expression) in found.items() for convert in converts
    )
    marked = tuple(_marked(param) for param in params)
    return _Statement(pieces, marked, _answer(rows, compiler), converters)


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
    for populator in populators:
        _quicken(populator)
    read = _reader(model)

    def instance(row: Sequence[Any]) -> Any:
        found = read(alias, names, row[first:last])
        for populator in populators:
            populator.populate(row, found)
        for name, position in annotated.items():
            setattr(found, name, row[position])
        return found

    return instance


def _quicken(populator: Any) -> None:
    """Let what a row points to be read as the row itself."""
    populator.model_cls = SimpleNamespace(from_db=_reader(populator.model_cls))
    for further in populator.related_populators:
        _quicken(further)


def _reader(model: type[Model]) -> Callable[[str, Sequence[str], Sequence[Any]], Any]:
    """What ``from_db`` does, without asking field by field; as it is where a model does anything of its own."""
    plain = model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
    columns = {type(getattr(model, field.attname)) for field in _meta(model).concrete_fields}
    if not plain or not columns <= {DeferredAttribute, ForeignKeyDeferredAttribute}:
        return model.from_db

    def read(alias: str, names: Sequence[str], values: Sequence[Any]) -> Any:
        row = model.__new__(model)
        row._state = ModelState()
        row._state.adding, row._state.db = False, alias
        row.__dict__.update(zip(names, values, strict=True))
        return row

    return read


def insert(rows: Sequence[M]) -> list[M]:
    """Insert new rows of one model in one statement composed once per number of rows, and give them their keys.

    For a few rows of plain values, as an act writes them; many at once go through ``bulk_create``. A row that breaks
    a constraint raises IntegrityError, and the transaction is lost.
    """
    if not rows:
        return []
    meta, database = type(rows[0])._meta, _database()
    with database.cursor() as cursor:
        cursor.execute(_inserting(type(rows[0]), len(rows)), _values(rows))
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        setattr(row, str(meta.pk.attname), key)
        row._state.adding, row._state.db = False, database.alias
    return list(rows)


def insert_if_free(rows: Sequence[Model]) -> bool:
    """Insert new rows unless a constraint forbids one of them; whether all went in. The transaction goes on either way."""
    model = type(rows[0])
    with _database().cursor() as cursor:
        cursor.execute(f"{_inserting(model, len(rows), 'ON CONFLICT DO NOTHING ')}", _values(rows))
        return len(cursor.fetchall()) == len(rows)


def _values(rows: Sequence[Model]) -> list[Any]:
    fields, database = _fields(type(rows[0])), _database()
    return [_stored(field, field.pre_save(row, True), database) for row in rows for field in fields]


# What these fields hand to the database as it is, on SQLite and PostgreSQL alike.
_AS_IT_IS = {(CharField, str), (TextField, str), (BooleanField, bool)}


def _stored(field: Any, value: Any, database: BaseDatabaseWrapper) -> Any:
    """A value as it goes into its column."""
    if (type(field), type(value)) in _AS_IT_IS:
        return value
    return field.get_db_prep_save(value, database)


@lru_cache(maxsize=256)
def _fields(model: type[Model]) -> tuple[Any, ...]:
    fields = tuple(field for field in model._meta.concrete_fields if not field.generated)
    return tuple(field for field in fields if not isinstance(field, AutoField))


def _meta(model: type[Model]) -> Any:
    """The description of a model; Django's own types do not tell that every column of ours has a name."""
    return model._meta


@lru_cache(maxsize=1024)
def _inserting(model: type[Model], many: int, conflict: str = "") -> str:
    quote, meta = _database().ops.quote_name, _meta(model)
    columns = ", ".join(quote(field.column) for field in _fields(model))
    one = f"({', '.join(['%s'] * len(_fields(model)))})"
    key = quote(meta.pk.column)
    return f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES {', '.join([one] * many)} {conflict}RETURNING {key}"  # noqa: S608


def update(row: Model, columns: Mapping[str, Any], **still: Any) -> bool:
    """Write columns of one row by its key where other columns are ``still`` what the caller saw; whether it was there."""
    values = [_ready(row, name, value) for group in (columns, still) for name, value in group.items()]
    with _database().cursor() as cursor:
        cursor.execute(_updating(type(row), tuple(columns), tuple(still)), [*values, row.pk])
        return bool(cursor.rowcount == 1)


def _ready(row: Model, name: str, value: Any) -> Any:
    field: Any = row._meta.get_field(name)
    return _stored(field, value.pk if isinstance(value, Model) else value, _database())


@lru_cache(maxsize=256)
def _updating(model: type[Model], columns: tuple[str, ...], still: tuple[str, ...]) -> str:
    quote, meta = _database().ops.quote_name, _meta(model)
    sets, tests = ([f"{quote(meta.get_field(name).column)} = %s" for name in names] for names in (columns, still))
    where = " AND ".join([*tests, f"{quote(meta.pk.column)} = %s"])
    return f"UPDATE {quote(meta.db_table)} SET {', '.join(sets)} WHERE {where}"  # noqa: S608
