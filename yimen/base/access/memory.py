"""What one act has read already: asked once while the act is under way, and never past a write.

Guards, bodies and papers ask the rooms the same things about the same case. A query decorated with
:func:`remembered` is answered from the act's memory as long as this connection has written to none of the tables it
was read from. Which tables those are is seen from the statements themselves, so no room has to remember to forget.
Others cannot change the case meanwhile: its row is locked. Outside an act nothing is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db.models import Model

from yimen.base.offices.standing import WATCHED, Answers, settled

P = ParamSpec("P")
T = TypeVar("T")
Key = tuple[Any, ...]

_READ = re.compile(r'\b(?:FROM|JOIN) "?(\w+)"?')
_WRITTEN = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)"?')
_READING = ("SELECT", "(SELECT")
_HARMLESS = ("SAVEPOINT", "RELEASE SAVEPOINT")
_RULES = frozenset(WATCHED)


@lru_cache(maxsize=2048)
def _tables(sql: str) -> frozenset[str]:
    """The tables that a statement reads."""
    return frozenset(_READ.findall(sql))


@dataclass
class _Memory:
    """Answers with the tables they rest on, and the questions that are being answered just now."""

    looked: list[Answers]
    answers: dict[Key, tuple[Any, frozenset[str]]] = field(default_factory=dict)
    asking: list[set[str]] = field(default_factory=list)

    def read(self, tables: frozenset[str]) -> None:
        """Every question under way rests on these tables."""
        for resting in self.asking:
            resting.update(tables)

    def written(self, table: str | None) -> None:
        """Drop what rests on a table; everything where it is not known which."""
        if table is None or table in _RULES:
            self.looked.clear()
            self.answers.clear()
        else:
            self.answers = {key: kept for key, kept in self.answers.items() if table not in kept[1]}

    def see(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Watch a statement pass, whoever sends it."""
        if sql.startswith(_READING):
            if self.asking:
                self.read(_tables(sql))
        elif not sql.startswith(_HARMLESS):
            found = _WRITTEN.match(sql)
            self.written(found[1] if found else None)
        return execute(sql, params, many, context)


_memory: ContextVar[_Memory | None] = ContextVar("yimen_act_memory", default=None)


@contextmanager
def under_way() -> Iterator[None]:
    """An act begins: one look at what stands still, and an empty memory for what it reads."""
    with settled() as looked:
        memory = _Memory(looked)
        token = _memory.set(memory)
        try:
            with connection.execute_wrapper(memory.see):
                yield
        finally:
            _memory.reset(token)


def remembered(load: Callable[P, T]) -> Callable[P, T]:
    """A query of rows and hashable values. Its answer is shared within the act: nobody changes it without saving."""
    name = f"{load.__module__}.{load.__qualname__}"

    @wraps(load)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        memory = _memory.get()
        if memory is None:
            return load(*args, **kwargs)
        key = (name, *map(_plain, args), *((word, _plain(value)) for word, value in kwargs.items()))
        if (kept := memory.answers.get(key)) is not None:
            memory.read(kept[1])
            answer: T = kept[0]
            return answer
        resting: set[str] = set()
        memory.asking.append(resting)
        try:
            answer = load(*args, **kwargs)
        finally:
            memory.asking.pop()
        memory.answers[key] = (answer, frozenset(resting))
        return answer

    return ask


def teach(query: Callable[..., T], *args: Any, answer: T, of: type[Model]) -> None:
    """Tell the memory what a remembered query would find, because the act has just written it, or nothing of it."""
    memory = _memory.get()
    if memory is not None:
        key = (f"{query.__module__}.{query.__qualname__}", *map(_plain, args))
        memory.answers[key] = (answer, frozenset({of._meta.db_table}))


def _plain(value: Any) -> Any:
    """What stands for an argument: a row by its table and number."""
    return (value._meta.db_table, value.pk) if isinstance(value, Model) else value
