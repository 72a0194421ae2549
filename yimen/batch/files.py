"""Writing tables to a folder: whole or not at all, one file after another, the memory of a few thousand rows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from yimen.batch.stages import BATCH
from yimen.batch.tables import COUNTY, WHOLE, BadTable, Table

COMPRESSION = "zstd"
GROUP = 50_000
"""Rows of a row group: what one task of an engine reads at least."""


def place_for(folder: Path, table: Table) -> Path:
    """Where a table is going to lie in a folder. Raises BadTable where it lies already."""
    place = folder / table.name
    if place.exists():
        raise BadTable(f"{place} 已经有了，请换一个文件夹，或者先删去。")
    return place


@contextmanager
def making(folder: Path, table: Table) -> Iterator[Path]:
    """A place to write a table to; it appears under its name when all of it is there. Raises BadTable where it is already."""
    place, beside = place_for(folder, table), folder / f".{table.name}.{os.getpid()}"
    beside.mkdir(parents=True)
    try:
        yield beside
        (beside / WHOLE).touch()
        beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write_file(place: Path, table: Table, county: str, batches: Iterable[pa.RecordBatch], name: str = "part-0") -> int:
    """One file of a table, of one county where it lies by county; how many rows. What is written is the table's or fails."""
    folder = place / f"{COUNTY}={county}" if table.by_county else place
    folder.mkdir(parents=True, exist_ok=True)
    rows = 0
    with pq.ParquetWriter(folder / f"{name}.parquet", table.stored, compression=COMPRESSION) as writer:
        for batch in _groups(batches):
            rows += batch.num_rows
            writer.write_table(batch.select(table.stored.names).cast(table.stored))
    return rows


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches put together to row groups."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(each.num_rows for each in held) >= GROUP:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def write(folder: Path, table: Table, rows: Iterable[dict[str, Any]]) -> int:
    """A table from rows that come county by county, or in any order where the counties are few; how many rows."""
    written = 0
    with making(folder, table) as place:
        for number, some in enumerate(_portions(rows)):
            for county, own in _by_county(table, some).items():
                batch = pa.RecordBatch.from_pylist(own, schema=table.schema)
                written += write_file(place, table, county, [batch], f"part-{number:05d}")
    return written


def _portions(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    held = []
    for row in rows:
        held.append(row)
        if len(held) >= GROUP:
            yield held
            held = []
    if held:
        yield held


def _by_county(table: Table, rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    if not table.by_county:
        return {"": rows}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[COUNTY], []).append(row)
    return found


def batches(path: Path, table: Table, county: str) -> Iterator[pa.RecordBatch]:
    """The rows of one file, a few at a time, with their county."""
    with pq.ParquetFile(path) as held:
        for batch in held.iter_batches(BATCH):
            yield _with_county(batch, county, table)


def _with_county(batch: pa.RecordBatch, county: str, table: Table) -> pa.RecordBatch:
    columns = {name: batch.column(name) for name in table.stored.names}
    if table.by_county:
        columns[COUNTY] = pa.array([county] * batch.num_rows, table.schema.field(COUNTY).type)
    return pa.RecordBatch.from_arrays([columns[name] for name in table.schema.names], schema=table.schema)
