"""Django's SQLite, except that the text of a statement is turned into SQLite's own form once and not at each sending."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base


@lru_cache(maxsize=2048)
def _own_form(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class _Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        """The statement with ``?`` where its parameters stand."""
        return _own_form(query) if param_names is None else str(super().convert_query(query, param_names=param_names))


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded database."""

    def create_cursor(self, name: Any = None) -> Any:
        """A cursor that remembers what it has converted."""
        return self.connection.cursor(factory=_Cursor)
