"""The run on one machine, in one process or in several: file by file, the memory of one batch for each process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa

from yimen.batch import books, files, stages, tables
from yimen.batch.stages import Stage
from yimen.law.standards import Book

Counts = dict[str, int]
"""Rows written, by table."""


def run(source: Path, target: Path, processes: int = 1) -> Counts:
    """Every stage whose table the source holds; rows written by table. Raises BadTable."""
    found: Counts = {}
    for stage in present(source):
        held = books.read(source) if stage is stages.RECKON else {}
        found[stage.target.name] = _stage(stage, source, target, held, processes)
        if stage is stages.COUNT:
            found[tables.OFFICIAL.name] = write_official(target)
    return found


def present(source: Path) -> list[Stage]:
    """The stages for which a folder holds rows. Raises BadTable where there is none."""
    found = [stage for stage in stages.STAGES if tables.present(source, stage.source)]
    if not found:
        names = "、".join(stage.source.name for stage in stages.STAGES)
        raise tables.BadTable(f"{source} 里没有可以计算的数据表（{names}），请先用 yimen batch export 导出。")
    return found


Task = tuple[str, tuple[str, ...], str, str, int]
"""The name of a stage, the files to read, the folder to write to, the county, a number."""


def _stage(stage: Stage, source: Path, target: Path, held: Mapping[int, Book], processes: int) -> int:
    counties = by_county(source, stage.source)
    with files.making(target, stage.target) as place:
        parts = [(county, some) for county, paths in counties.items() for some in _together(stage, paths)]
        tasks = [
            (stage.name, tuple(map(str, some)), str(place), county, number)
            for number, (county, some) in enumerate(parts)
        ]
        return sum(_each(tasks, dict(held), processes))


def _together(stage: Stage, paths: list[Path]) -> list[list[Path]]:
    """What one task reads: a file; of what is counted a whole county, which has one count."""
    return [paths] if stage is stages.COUNT else [[path] for path in paths]


def _each(tasks: list[Task], held: dict[int, Book], processes: int) -> Iterable[int]:
    if processes < 2:
        _hold(held)
        yield from map(_task, tasks)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_hold, initargs=(held,)) as pool:
        yield from pool.map(_task, tasks)


_books: dict[int, Book] = {}


def _hold(held: dict[int, Book]) -> None:
    """What a process is handed at its start."""
    _books.clear()
    _books.update(held)


def _task(task: Task) -> int:
    name, paths, place, county, number = task
    stage = next(each for each in stages.STAGES if each.name == name)
    batches = (batch for path in paths for batch in files.batches(Path(path), stage.source, county))
    found: Iterator[pa.RecordBatch] = stage.each(batches, _books)
    if stage is stages.COUNT:
        found = iter([_counts(stages.total(row for batch in found for row in batch.to_pylist()))])
    return files.write_file(Path(place), stage.target, county, found, f"part-{number:05d}")


def _counts(counted: Iterable[dict[str, Any]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(list(counted), schema=tables.COUNTED.schema)


def write_official(target: Path) -> int:
    """The official table from the counts of a result, whichever engine made them; how many rows."""
    counted = (row for _, some in read(target, tables.COUNTED) for row in some)
    return files.write(target, tables.OFFICIAL, stages.official(stages.total(counted)))


def by_county(folder: Path, table: tables.Table) -> dict[str, list[Path]]:
    """The files of a table by county, in their order. Raises BadTable."""
    found: dict[str, list[Path]] = {}
    for county, path in tables.files(folder, table):
        found.setdefault(county, []).append(path)
    return found


def rows(paths: Iterable[Path], table: tables.Table, county: str) -> list[dict[str, Any]]:
    """All rows of some files of a county."""
    return [row for path in paths for batch in files.batches(path, table, county) for row in batch.to_pylist()]


def read(folder: Path, table: tables.Table) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of a table, county by county."""
    for county, paths in by_county(folder, table).items():
        yield county, rows(paths, table, county)
