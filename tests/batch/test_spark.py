"""The batch on a cluster of several worker processes: every row as on this machine, to the fen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.batch import population
from tests.batch.test_local import rows
from tests.browser import missing
from tests.house.sources import ROOT
from yimen import cli
from yimen.batch import files, local, spark, stages, tables

MANY = 400
CLUSTER = "local-cluster[2,1,1024]"
"""Two workers of one core and 1024 MB, each with its own Java and its own Python."""
SPARK = next(iter(sorted((ROOT / ".cache").glob("spark-[0-9]*"))), None)
NEEDED = "没有 Java 或 Spark。请运行 scripts/system-packages.sh java 和 scripts/fetch_spark.sh，再重新测试。"
# A Java that compiles little: the work is in Python, and the rows are few.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
# One try more than the first, for who dies is no fault of the table; and a handful of counts is one part.
FEW = {"spark.task.maxFailures": "2", "spark.sql.shuffle.partitions": "1"}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One cluster for all of it; it is started as ``yimen batch run`` starts it."""
    if not (SPARK and shutil.which("java")):
        missing(NEEDED)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SPARK))
        patch.setenv("SPARK_HOME", str(SPARK / "deps"))
        patch.setenv("PYTHONPATH", f"{SPARK}{os.pathsep}{ROOT}")
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_LOCAL_DIRS", str(tmp_path_factory.mktemp("scratch")))
        java = {f"spark.{who}.extraJavaOptions": QUICK for who in ("driver", "executor")}
        session = spark.session(CLUSTER, **java, **FEW)
        yield session
        session.stop()
        # What the workers wrote down; a cluster of this kind has it nowhere else.
        shutil.rmtree(SPARK / "deps" / "work", ignore_errors=True)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return population.write(tmp_path_factory.mktemp("spark") / "in", MANY)


def test_several_processes_work_and_none_of_them_knows_django(cluster: Any) -> None:
    # With a barrier all parts run at the same time, so no worker can do two of them.
    found = cluster.range(0, 2, 1, 2).mapInArrow(population.who, "pid long, django boolean", barrier=True).collect()
    assert len({row.pid for row in found} - {os.getpid()}) == 2
    assert not any(row.django for row in found)


def test_an_empty_value_is_refused_by_the_worker(cluster: Any, tmp_path: Path) -> None:
    files.write(tmp_path / "in", tables.DUES, population.dues(3))
    path = tables.files(tmp_path / "in", tables.DUES)[0][1]
    held = pq.ParquetFile(path).read()
    at = held.schema.get_field_index("month")
    loose = held.schema.set(at, pa.field("month", pa.string()))
    pq.write_table(held.cast(loose).set_column(at, loose.field(at), pa.nulls(held.num_rows, pa.string())), path)
    with pytest.raises(tables.BadTable, match="month 有空值"):
        spark.run(cluster, tmp_path / "in", tmp_path / "out")
    with pytest.raises(tables.BadTable, match="没有写完"):
        tables.files(tmp_path / "out", tables.LINES)


def test_a_worker_that_dies_in_the_middle_leaves_nothing_out(
    cluster: Any, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, died = spark._work, tmp_path / "died"
    monkeypatch.setattr(spark, "_work", lambda *asked: population.dying(whole(*asked), str(died)))
    monkeypatch.setattr(stages, "STAGES", (stages.RECKON,))
    found = spark.run(cluster, source, tmp_path / "there")
    local.run(source, tmp_path / "here")
    assert died.exists() and found == {tables.RECKONED.name: MANY}
    assert rows(tmp_path / "there", tables.RECKONED) == rows(tmp_path / "here", tables.RECKONED)


def test_every_row_is_the_same_as_on_this_machine(cluster: Any, source: Path, tmp_path: Path, capsys: Any) -> None:
    local.run(source, tmp_path / "here")
    there = str(tmp_path / "there")
    assert cli.main(["batch", "run", str(source), there, "--engine", "spark", "--master", CLUSTER]) == 0
    assert cli.main(["batch", "compare", str(tmp_path / "here"), there]) == 0
    assert "每一行都相同" in capsys.readouterr().out
    for table in (tables.RECKONED, tables.LINES, tables.COUNTED, tables.OFFICIAL):
        here = rows(tmp_path / "here", table)
        assert here and rows(Path(there), table) == here
