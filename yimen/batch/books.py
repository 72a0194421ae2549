"""Numbered books of figures as rows of a table, and back again: the same figures in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from yimen.batch import tables
from yimen.law.standards import KEYS, Book, Figure

_NAMES = tuple(each.name for each in fields(Figure))


def rows(books: Mapping[int, Book]) -> Iterator[dict[str, Any]]:
    """Every figure of every book, one row each."""
    for number, book in sorted(books.items()):
        held = (figure for key in KEYS for figure in book.versions(key))
        for position, figure in enumerate(held):
            plain = {name: getattr(figure, name) for name in _NAMES}
            value = json.dumps(figure.value, ensure_ascii=False, sort_keys=True)
            yield {"book": number, "position": position, **plain, "value": value}


def read(folder: Path) -> dict[int, Book]:
    """The books of an exported folder. Raises BadTable."""
    parts = [pq.read_table(path) for _, path in tables.files(folder, tables.FIGURES)]
    held = [one for part in parts for batch in part.to_batches() for one in _figures(batch)]
    held.sort(key=lambda one: one[:2])
    numbers = sorted({number for number, *_ in held})
    return {number: Book(figure for of, _, figure in held if of == number) for number in numbers}


def _figures(batch: pa.RecordBatch) -> Iterator[tuple[int, int, Figure]]:
    for row in tables.checked(batch, tables.FIGURES).to_pylist():
        plain = {name: row[name] for name in _NAMES}
        yield row["book"], row["position"], Figure(**{**plain, "value": json.loads(row["value"])})
