"""What an ordinary run forgives and a test run does not: undefined template variables and accidental order.

Installed once for the whole run by ``tests/conftest.py``. Warnings are errors by pyproject.toml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.signals import connection_created
from django.db.models import QuerySet
from django.template.base import FilterExpression, Origin, Variable, VariableDoesNotExist
from django.template.context import BaseContext


class UndefinedTemplateVariable(Exception):
    """A template of ours names something that its view does not give."""


class UnorderedQuery(Exception):
    """A query without an order was cut, so its rows are whichever the database likes."""


def install() -> None:
    """Make templates and queries strict."""
    FilterExpression.resolve = _strict(FilterExpression.resolve)  # type: ignore[method-assign]
    QuerySet.__getitem__ = _ordered(QuerySet.__getitem__)  # type: ignore[method-assign]
    DatabaseCreation._destroy_test_db = _drop_even_if_read  # type: ignore[method-assign]
    connection_created.connect(_reverse_accidental_order, dispatch_uid="tests.strict")


# -- templates ---------------------------------------------------------------------------


def _strict(plain: Any) -> Any:
    def resolve(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:
        if isinstance(self.var, Variable) and _is_ours(context):
            try:
                self.var.resolve(context)
            except VariableDoesNotExist as missing:
                if not ignore_failures or _is_a_slip(missing):
                    raise UndefinedTemplateVariable(f"{self.token} in {_name(context)}: {missing}") from missing
        return plain(self, context, ignore_failures)

    return resolve


def _is_a_slip(missing: VariableDoesNotExist) -> bool:
    """``if`` and ``for`` may ask for a key or an index that is not there, never for an unknown name or attribute."""
    holder = missing.params[1]
    if isinstance(holder, BaseContext):
        return True
    return not isinstance(holder, Mapping | Sequence) and holder is not None


def _is_ours(context: Any) -> bool:
    template = getattr(getattr(context, "render_context", None), "template", None)
    origin = getattr(template, "origin", None)
    return not isinstance(origin, Origin) or "site-packages" not in str(origin.name)


def _name(context: Any) -> str:
    template = getattr(context.render_context, "template", None)
    return getattr(template, "name", None) or "a template"


# -- queries -----------------------------------------------------------------------------


def _ordered(plain: Any) -> Any:
    def getitem(self: QuerySet[Any], key: Any) -> Any:
        if self._result_cache is None and not self.ordered:
            raise UnorderedQuery(f"{self.model.__name__}[{key}] without order_by(): the rows would be accidental.")
        return plain(self, key)

    return getitem


def _reverse_accidental_order(connection: Any, **_: Any) -> None:
    """SQLite can hand out rows without ORDER BY the other way round; who relied on luck is found at once."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA reverse_unordered_selects = ON")


# -- the test database -------------------------------------------------------------------


def _drop_even_if_read(self: DatabaseCreation, test_database_name: str, verbosity: int) -> None:
    """A browser's last request may still hold its connection when the run ends; the drop then ends that connection."""
    with self._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {self.connection.ops.quote_name(test_database_name)} WITH (FORCE)")
