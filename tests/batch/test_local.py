"""The batch on one machine: what the law says of each row, whatever the number of processes; what is no table is refused."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.batch import population
from tests.house.sources import ROOT
from yimen import cli
from yimen.batch import books, files, local, schema, stages, tables
from yimen.law.again import reckon_again
from yimen.law.payments.line import amounts
from yimen.law.statistics import Counted, TableRow, average, row_of
from yimen.law.terms import Programme

MANY = 160


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return population.write(tmp_path_factory.mktemp("batch") / "in", MANY)


@pytest.fixture(scope="module")
def results(source: Path) -> Path:
    found = local.run(source, source.parent / "out")
    assert found["reckoned"] == found["lines"] == MANY
    return source.parent / "out"


def rows(folder: Path, table: tables.Table) -> list[dict[str, Any]]:
    """All rows of a table, in the order of their keys."""
    found = [row for _, some in local.read(folder, table) for row in some]
    return sorted(found, key=lambda row: (row["county"], row.get("award", ""), row.get("month", ""), str(row)))


def test_figures_come_back_as_they_were(source: Path) -> None:
    again = books.read(source)
    assert sorted(again) == sorted(population.BOOKS)
    assert list(books.rows(again)) == list(books.rows(population.BOOKS))


def test_awards_come_out_as_the_law_says(results: Path) -> None:
    found = {row["award"]: row for row in rows(results, tables.RECKONED)}
    eligible = set()
    for number, one in enumerate(population.questions(MANY)):
        if population.nowhere(number):
            assert "未设置" in found[f"a{number:06d}"]["problem"]
            continue
        said, row = reckon_again(one, population.BOOKS), found[f"a{number:06d}"]
        assert (row["eligible"], row["amount_fen"], row["category"]) == (said.eligible, said.amount_fen, said.category)
        assert json.loads(row["cover"]) == [list(pair) for pair in said.cover] and row["problem"] == said.problem
        text = json.dumps(said.sheet, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert row["explained"] == (hashlib.sha256(text.encode()).hexdigest() if said.packed else "")
        eligible |= {one.programme} if said.eligible else set()
    assert {Programme.DIBAO, Programme.TEKUN, Programme.EDGE} <= eligible


def test_lines_come_out_as_the_law_says(results: Path) -> None:
    found = {row["award"]: row for row in rows(results, tables.LINES)}
    for due in population.dues(MANY):
        row = found[due["award"]]
        if due["supplement_fen"] > due["monthly_fen"]:
            assert "不合规定" in row["problem"] and row["total_fen"] == 0
            continue
        said = amounts(due["monthly_fen"], due["supplement_fen"], stages.parts_of(due["parts"]))
        assert (row["recovery_fen"], row["total_fen"], row["problem"]) == (said.recovery_fen, said.total_fen, "")


def test_the_official_table_adds_up(results: Path) -> None:
    wanted: dict[tuple[str, TableRow], Counted] = {}
    for row in population.filed(MANY):
        at = row_of(Programme(row["programme"]), row["urban"])
        if row["standing"] == "due" and at:
            key = (row["month"], at)
            wanted[key] = wanted.get(key, Counted()) + Counted(1, row["persons"], row["paid_fen"])
    found = {(row["month"], row["row"]): row for row in rows(results, tables.OFFICIAL) if not row["county"]}
    for (month, at), said in wanted.items():
        row = found[month, at]
        assert (row["households"], row["persons"], row["fen"]) == (said.households, said.persons, said.fen)
        assert row["average"] == average(row["hundredths"], row["persons"])
    assert (month, TableRow.RELIEF) not in found
    counted = [(row["county"], row["month"], row["programme"], row["urban"]) for row in rows(results, tables.COUNTED)]
    assert len(counted) == len(set(counted)), "one count a county, however many files it has"


def test_several_processes_write_the_same(source: Path, results: Path, tmp_path: Path) -> None:
    local.run(source, tmp_path / "two", processes=2)
    for table in (tables.RECKONED, tables.LINES, tables.COUNTED, tables.OFFICIAL):
        assert rows(tmp_path / "two", table) == rows(results, table)


def test_the_schema_is_documented() -> None:
    assert schema.markdown() in (ROOT / "docs" / "how" / "batch.md").read_text(encoding="utf-8")
    plain = {"text", "int64", "int32", "bool", "date32"}
    assert {tables.NAMES[each.kind] for table in tables.TABLES.values() for each in table.columns} == plain


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda held: held.drop_columns(["urban"]), "不一致"),
        (lambda held: held.append_column("more", pa.array([1] * held.num_rows)), "不一致"),
        (lambda held: held.set_column(2, "urban", pa.array([1.0] * held.num_rows)), "不一致"),
        (lambda held: held.replace_schema_metadata({"form": "2"}), "不一致"),
    ],
)
def test_what_is_no_such_table_is_refused(source: Path, tmp_path: Path, change: Any, said: str) -> None:
    place = tmp_path / "dues" / "county=990101"
    place.mkdir(parents=True)
    first = tables.files(source, tables.DUES)[0][1]
    pq.write_table(change(pq.ParquetFile(first).read()), place / "a.parquet")
    with pytest.raises(tables.BadTable, match="没有写完"):
        local.run(tmp_path, tmp_path / "out")
    (tmp_path / "dues" / tables.WHOLE).touch()
    with pytest.raises(tables.BadTable, match=said):
        local.run(tmp_path, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*")), "nothing half written"


def test_a_book_that_is_not_there_is_refused(tmp_path: Path) -> None:
    files.write(tmp_path, tables.FIGURES, books.rows({}))
    files.write(tmp_path, tables.AWARDS, population.awards(1))
    with pytest.raises(tables.BadTable, match="没有编号为 0 的参数"):
        local.run(tmp_path, tmp_path / "out")
    with pytest.raises(tables.BadTable, match="已经有了"):
        files.write(tmp_path, tables.AWARDS, population.awards(1))
    with pytest.raises(tables.BadTable, match="没有可以计算的数据表"):
        local.run(tmp_path / "nothing", tmp_path / "out")


def test_without_the_extra_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    for name in [name for name in sys.modules if name.startswith("yimen.batch.") and name != "yimen.batch.commands"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delattr("yimen.batch.works", raising=False)
    assert cli.main(["batch", "schema"]) == 1
    assert "缺少 pyarrow" in capsys.readouterr().err
