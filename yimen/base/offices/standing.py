"""What stands still from one act to the next - offices, posts, powers, order of steps, calendar, figures - asked once.

A question decorated with :func:`standing` is answered from this process's memory as long as the database says that
nothing of this has changed since. The database says so itself: triggers on every watched table write a fresh random
mark in the transaction of whoever changes a row, by whatever way and from whatever process. The mark is random and
not a count, so one that was rolled back never comes again. An act reads the mark once, at its beginning
(:func:`settled`), and again after a write of its own; a question outside an act reads it each time. Without a mark,
or with a trigger missing, nothing is remembered (fail closed, K10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

P = ParamSpec("P")
T = TypeVar("T")
Answers = dict[tuple[Any, ...], Any]

MARK = "offices_standing"
WATCHED = (
    "offices_area",
    "offices_office",
    "offices_staff",
    "offices_staffrelative",
    "offices_post",
    "offices_delegation",
    "offices_orderchoice",
    "offices_calendarday",
    "offices_calendaryear",
    "figures_figureversion",
)
_GENERATIONS, _ANSWERS = 4, 50_000
_kept: dict[str, Answers] = {}
_within: ContextVar[list[Answers]] = ContextVar("yimen_standing", default=[])  # noqa: B039  # never filled


def standing(load: Callable[P, T]) -> Callable[P, T]:
    """A question about watched tables whose answer is kept while they stand still.

    Its arguments are hashable; its answer is shared by everybody, so nobody changes it. What it raises is not kept.
    """
    name = f"{load.__module__}.{load.__qualname__}"

    @wraps(load)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        looked = _within.get()
        answers = looked[0] if looked else _now()
        key = (name, args, *kwargs.items())
        if key in answers:
            answer: T = answers[key]
            return answer
        answer = load(*args, **kwargs)
        if len(answers) >= _ANSWERS:
            answers.clear()
        answers[key] = answer
        return answer

    return ask


@contextmanager
def settled() -> Iterator[list[Answers]]:
    """One look at the mark for everything asked inside: the beginning of an act.

    Who sees the act itself change some of this clears the list; from there on every question looks at the mark.
    """
    looked = [_now()]
    token = _within.set(looked)
    try:
        yield looked
    finally:
        _within.reset(token)


def mark() -> str | None:
    """The mark under which the watched tables stand now, as this transaction sees them."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT mark FROM "{MARK}" WHERE id = 1')  # noqa: S608  # a constant
        row = cursor.fetchone()
    return row[0] if row else None


def _now() -> Answers:
    """The answers that hold now; a passing dictionary where nothing may be kept."""
    found = mark()
    if found is None:
        return {}
    answers = _kept.get(found)
    if answers is None:
        if unwatched():
            return {}
        while len(_kept) >= _GENERATIONS:
            _kept.pop(next(iter(_kept)), None)
        answers = _kept.setdefault(found, {})
    return answers


# -- the triggers ------------------------------------------------------------------------


def lay_missing(**_signal: Any) -> None:
    """After every ``migrate``: watch each table that is not watched (SQLite loses triggers in a rebuild)."""
    _lay(connection, unwatched())


def unwatched() -> list[str]:
    """Watched tables, as far as they exist, whose triggers are missing or switched off in the database."""
    query = "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'trigger')"
    if connection.vendor == "postgresql":
        query = (
            "SELECT 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
            "UNION ALL SELECT 'table', tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = set(cursor.fetchall())
    if ("table", MARK) not in present:
        return []
    there = [table for table in WATCHED if ("table", table) in present]
    return [table for table in there if any(("trigger", name) not in present for name in _names(table))]


def _names(table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [f"{table}_standing_change", f"{table}_standing_truncate"]
    return [f"{table}_standing_{kind}" for kind in ("insert", "update", "delete")]


def _lay(base: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    with base.cursor() as cursor:
        for table in tables:
            for statement in _postgres(table) if base.vendor == "postgresql" else _sqlite(table):
                cursor.execute(statement)


_FUNCTION = f"""
CREATE OR REPLACE FUNCTION yimen_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO {MARK} (id, mark) VALUES (1, gen_random_uuid()::text)
    ON CONFLICT (id) DO UPDATE SET mark = excluded.mark;
  RETURN NULL;
END $$
"""  # noqa: S608  # a constant


def _postgres(table: str) -> list[str]:
    change, truncate = _names(table)
    each = "FOR EACH STATEMENT EXECUTE FUNCTION yimen_standing()"
    return [
        _FUNCTION,
        f'DROP TRIGGER IF EXISTS "{change}" ON "{table}"',
        f'DROP TRIGGER IF EXISTS "{truncate}" ON "{table}"',
        f'CREATE TRIGGER "{change}" AFTER INSERT OR UPDATE OR DELETE ON "{table}" {each}',
        f'CREATE TRIGGER "{truncate}" AFTER TRUNCATE ON "{table}" {each}',
    ]


def _sqlite(table: str) -> list[str]:
    # Out and in again rather than an upsert: an outer INSERT OR IGNORE would impose its own way of conflict on it.
    fresh = f"DELETE FROM {MARK}; INSERT INTO {MARK} (id, mark) VALUES (1, lower(hex(randomblob(16))))"  # noqa: S608
    found = []
    for name in _names(table):
        kind = name.rsplit("_", 1)[1].upper()
        found += [
            f'DROP TRIGGER IF EXISTS "{name}"',
            f'CREATE TRIGGER "{name}" AFTER {kind} ON "{table}" BEGIN {fresh}; END',
        ]
    return found
