"""The run on Apache Spark: the same stages over the same tables, on the workers of a cluster.

Every row is by itself, so nothing is moved between workers; only counts are put together, a few rows a county. A worker needs
Python with yimen and pyarrow, as the machine that starts the run has it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from yimen.batch import books, files, local, stages, tables
from yimen.batch.local import Counts
from yimen.batch.stages import Stage
from yimen.batch.tables import COUNTY, BadTable, Column
from yimen.law.standards import Book

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

NO_SPARK = "没有安装 Spark。请先按管理员手册“全省、全国范围的核算”安装，或者不写 --engine，用本机的进程计算。"
NO_JAVA = "Spark 没有启动。请确认装了 Java 17（apt install openjdk-17-jre-headless），--master 写的集群能连上，再运行。"
_TOLD = re.compile(r"BadTable: (.+)")
_WORDS = {tables.TEXT: "string", tables.FEN: "bigint", tables.COUNT: "int", tables.YES: "boolean", tables.DAY: "date"}
_SPLIT = 16 * 1024 * 1024
"""Bytes of input for a task: about a minute's work, so that no worker waits long for the last one."""


def session(master: str = "", **settings: str) -> SparkSession:
    """A Spark session; ``master`` is Spark's address of a cluster, empty for what the machine is set up for. Raises BadTable."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as why:
        raise BadTable(NO_SPARK) from why
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("yimen batch")
    if master:
        builder = builder.master(master)
    for name, value in {**_SETTINGS, **settings}.items():
        builder = builder.config(name, value)
    from pyspark.errors import PySparkRuntimeError

    try:
        return builder.getOrCreate()
    except PySparkRuntimeError as why:
        raise BadTable(NO_JAVA) from why


_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    # A county's code is text whatever digits it is made of.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.files.maxPartitionBytes": str(_SPLIT),
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(stages.BATCH),
    "spark.sql.parquet.compression.codec": files.COMPRESSION,
}


def run(spark: SparkSession, source: Path, target: Path) -> Counts:
    """Every stage whose table the source holds; rows written by table, as :func:`yimen.batch.local.run`. Raises BadTable."""
    found: Counts = {}
    for stage in local.present(source):
        held = books.read(source) if stage is stages.RECKON else {}
        found[stage.target.name] = _stage(spark, stage, source, target, held)
        if stage is stages.COUNT:
            found[tables.OFFICIAL.name] = local.write_official(target)
    return found


def _stage(spark: SparkSession, stage: Stage, source: Path, target: Path, held: Mapping[int, Book]) -> int:
    tables.files(source, stage.source)
    place = files.place_for(target, stage.target)
    asked = _read(spark, stage.source, source)
    done = asked.mapInArrow(_work(spark, stage, held), _ddl(stage.target.columns))
    if stage is stages.COUNT:
        done = _put_together(done)
    with _telling():
        done.write.partitionBy(COUNTY).parquet(str(place.absolute()))
    return sum(int(pq.read_metadata(path).num_rows) for _, path in tables.files(target, stage.target))


@contextmanager
def _telling() -> Iterator[None]:
    """What a worker refused, in the words it refused it with."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as why:
        told = _TOLD.search(str(why))
        if told is None:
            raise
        raise BadTable(told[1]) from why


def _read(spark: SparkSession, table: tables.Table, source: Path) -> DataFrame:
    frame = spark.read.schema(_ddl(table.columns)).parquet(str((source / table.name).absolute()))
    return frame.select(*table.schema.names)


def _work(spark: SparkSession, stage: Stage, held: Mapping[int, Book]) -> Any:
    handed = spark.sparkContext.broadcast(dict(held))

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return stage.each(batches, handed.value)

    return work


def _put_together(counts: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    keys = ("county", "month", "programme", "urban")
    whole = (f.sum(name).alias(name) for name in ("households", "persons", "fen"))
    return counts.groupBy(*keys).agg(*whole).select(*tables.COUNTED.schema.names).coalesce(1)


def _ddl(columns: tuple[Column, ...]) -> str:
    return ", ".join(f"`{each.name}` {_WORDS[each.kind]}" for each in columns)
