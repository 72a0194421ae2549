"""Append-only tables, held by the database itself (K3).

A model says so by inheriting :class:`AppendOnly`. Its triggers are laid after every ``migrate`` (:func:`lay_missing`),
because SQLite loses them whenever a migration rebuilds the table; a migration may also lay them itself, as its last
operation, with ``*append_only("table")``. :func:`unguarded` finds a table without them: ``yimen check`` asks it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.operations.base import Operation

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION yimen_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only table: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


class AppendOnly(models.Model):
    """Mark of a table whose rows are written once. Changes of state are further rows (event rows)."""

    class Meta:
        abstract = True


def append_only(*tables: str) -> list[Operation]:
    """Migration operations that make the tables append-only; safe to run again."""
    return [RunPython(partial(_guard_all, tables), partial(_unguard_all, tables))]


def let_change(*tables: str) -> list[Operation]:
    """Migration operations that open the tables for a change of all rows; :func:`append_only` closes them again."""
    return [RunPython(partial(_unguard_all, tables), partial(_guard_all, tables))]


def lockable(table: str) -> Operation:
    """PostgreSQL: a function ``<table>_still()`` that takes a lock waiting for every open writer and any other sealer.

    It runs with the rights of the table's owner, because the lock needs more than the application's SELECT and INSERT.
    """
    return RunPython(partial(_create_still, table), partial(_drop_still, table))


def _create_still(table: str, _apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
    editor.execute(
        f'CREATE OR REPLACE FUNCTION "{table}_still"() RETURNS void LANGUAGE plpgsql SECURITY DEFINER '
        f"SET search_path = pg_catalog, {schema} AS "
        f'$$ BEGIN LOCK TABLE {schema}."{table}" IN SHARE ROW EXCLUSIVE MODE; END $$',
        params=None,
    )


def _drop_still(table: str, _apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f'DROP FUNCTION IF EXISTS "{table}_still"()', params=None)


def _guard_all(tables: Iterable[str], _apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for table in tables:
        for statement in [*_drop(editor.connection, table), *_create(editor.connection, table)]:
            editor.execute(statement, params=None)


def _unguard_all(tables: Iterable[str], _apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for table in tables:
        for statement in _drop(editor.connection, table):
            editor.execute(statement, params=None)


def _names(vendor: str, table: str) -> list[str]:
    kinds = ("change", "truncate") if vendor == "postgresql" else ("update", "delete", "insert")
    return [f"{table}_keep_{kind}" for kind in kinds]


def _drop(base: BaseDatabaseWrapper, table: str) -> list[str]:
    on = f' ON "{table}"' if base.vendor == "postgresql" else ""
    return [f'DROP TRIGGER IF EXISTS "{name}"{on}' for name in _names(base.vendor, table)]


def _create(base: BaseDatabaseWrapper, table: str) -> list[str]:
    return _create_postgres(table) if base.vendor == "postgresql" else _create_sqlite(base, table)


def _create_postgres(table: str) -> list[str]:
    change, truncate = _names("postgresql", table)
    body = "EXECUTE FUNCTION yimen_append_only()"
    return [
        _POSTGRES_FUNCTION,
        f'CREATE TRIGGER "{change}" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW {body}',
        f'CREATE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {body}',
    ]


def _create_sqlite(base: BaseDatabaseWrapper, table: str) -> list[str]:
    update, delete, insert = _names("sqlite", table)
    stop = f"BEGIN SELECT RAISE(ABORT, 'append-only table: {table} refuses this change'); END"
    statements = [
        f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" {stop}',
        f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" {stop}',
    ]
    # INSERT OR REPLACE deletes the old row without firing the delete trigger; so a taken key is refused before.
    taken = " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) + ")"
        for columns in _sqlite_keys(base, table)
    )
    test = f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {taken})'  # noqa: S608  # names from our own migrations
    return [*statements, f'CREATE TRIGGER "{insert}" BEFORE INSERT ON "{table}" {test} {stop}']


def _sqlite_keys(base: BaseDatabaseWrapper, table: str) -> list[list[str]]:
    """Every key of the table: the primary one and each unique index without a condition."""
    with base.cursor() as cursor:
        cursor.execute(f'PRAGMA table_info("{table}")')
        keys = [[row[1] for row in cursor.fetchall() if row[5]]]
        cursor.execute(f'PRAGMA index_list("{table}")')
        unique = [row[1] for row in cursor.fetchall() if row[2] and not row[4]]
        for index in sorted(unique):
            cursor.execute(f'PRAGMA index_info("{index}")')
            keys.append([row[2] for row in cursor.fetchall()])
    return [columns for columns in keys if columns and all(columns)]


def protected_tables() -> list[str]:
    """The tables of all installed append-only models."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly))


def _existing() -> list[str]:
    present = set(connection.introspection.table_names())
    return [table for table in protected_tables() if table in present]


def unguarded() -> list[str]:
    """Append-only tables whose triggers are missing or switched off in the database (K32)."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [table for table in _existing() if not present.issuperset(_names(connection.vendor, table))]


def lay_missing(**_signal: Any) -> None:
    """After every ``migrate``: guard each append-only table that is not guarded (SQLite loses triggers in a rebuild)."""
    _lay(unguarded())


@contextmanager
def triggers_suspended() -> Iterator[None]:
    """Let a test change append-only tables: to empty them between tests, or to play the intruder."""
    if not getattr(settings, "YIMEN_TESTING", False):
        raise RuntimeError("append-only triggers are never suspended outside the tests")
    tables = _existing()
    _run([statement for table in tables for statement in _drop(connection, table)])
    try:
        yield
    finally:
        _lay(tables)


def _lay(tables: Iterable[str]) -> None:
    for table in tables:
        _run([*_drop(connection, table), *_create(connection, table)])


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
