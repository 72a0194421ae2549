"""Out of the register into tables, through the batch, and back to the figures that the register has; no name goes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rooms import rolls
from tests.rooms.test_month_close import file_month, pay
from tests.rooms.world import TOWNSHIP, World, make_world
from yimen import cli
from yimen.batch import files, local, tables
from yimen.casework.awards.models import Award, Balance
from yimen.casework.awards.uplift.recompute import recompute
from yimen.casework.households.models import Person
from yimen.casework.monthclose.closing import stages
from yimen.casework.payments.models import PayLine
from yimen.casework.reports.official import official
from yimen.law.aftercare.changing import BalanceKind
from yimen.law.calendar import today
from yimen.law.closing import CloseStage, StageView
from yimen.law.statistics import TableRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(monkeypatch: pytest.MonkeyPatch) -> World:
    """A filed month of a township, with arrears in one of its lines."""
    world = make_world()
    rolls.settled(world)
    for name, stage in (("_comparison", CloseStage.COMPARISON), ("_platform", CloseStage.PLATFORM)):
        monkeypatch.setattr(stages, name, lambda *asked, stage=stage: StageView(stage, 1))
    Balance.objects.create(
        award=Award.objects.order_by("pk")[0], basis_kind="change", basis_ref="b1", kind=BalanceKind.ARREARS,
        month="2026-09", fen=1_234, cause="增发补差", on=today(),
    )  # fmt: skip
    pay(world)
    file_month(world)
    return world


def _rows(folder: Path, table: tables.Table) -> list[dict[str, Any]]:
    return [row for _, some in local.read(folder, table) for row in some]


def test_what_was_paid_and_filed_comes_out_of_the_batch(month: World, tmp_path: Path, capsys: Any) -> None:
    source, results = tmp_path / "in", tmp_path / "out"
    assert cli.main(["batch", "export", str(source), "--month", rolls.MONTH]) == 0
    assert cli.main(["batch", "run", str(source), str(results)]) == 0
    said = capsys.readouterr().out
    count, checked = PayLine.objects.count(), recompute()
    unfounded = checked.without_basis
    assert (
        f"reckoned　与登记金额相同 {count - unfounded} 行，不同 0 行，不能核算 {unfounded} 行" in said
        and not checked.differing
    )
    assert f"lines　与登记金额相同 {count} 行，不同 0 行，不能核算 0 行" in said
    lines = {row["award"]: row for row in _rows(results, tables.LINES)}
    assert sum(row["arrears_fen"] for row in lines.values()) == 1_234
    assert {line.award.ref: line.total_fen for line in PayLine.objects.all()} == {
        ref: row["total_fen"] for ref, row in lines.items()
    }
    filed = official([TOWNSHIP], rolls.MONTH).month
    for row in _rows(results, tables.OFFICIAL):
        wanted = filed[TableRow(row["row"])]
        assert (row["households"], row["persons"], row["fen"]) == (wanted.households, wanted.persons, wanted.fen)
        assert row["average"] == wanted.average
    held = "".join(str(row) for table in (tables.AWARDS, tables.DUES) for row in _rows(source, table))
    assert not [name for name in Person.objects.values_list("name", flat=True) if name in held]


def test_a_raised_standard_for_all_on_one_day(month: World, tmp_path: Path, capsys: Any) -> None:
    source, results = tmp_path / "in", tmp_path / "out"
    assert cli.main(["batch", "export", str(source), "--on", "2026-12-01", "--area", TOWNSHIP]) == 0
    assert cli.main(["batch", "run", str(source), str(results)]) == 0
    assert {str(row["on"]) for row in _rows(source, tables.AWARDS)} == {"2026-12-01"}
    again = tmp_path / "again"
    assert cli.main(["batch", "run", str(source), str(again), "--processes", "2"]) == 0
    assert cli.main(["batch", "compare", str(results), str(again)]) == 0
    assert "每一行都相同" in capsys.readouterr().out
    wrong = [{**row, "amount_fen": row["amount_fen"] + 1} for row in _rows(results, tables.RECKONED)]
    files.write(tmp_path / "wrong", tables.RECKONED, wrong)
    assert cli.main(["batch", "compare", str(results), str(tmp_path / "wrong")]) == 1
    assert f"{len(wrong)} 行不同" in capsys.readouterr().out
    assert cli.main(["batch", "run", str(source), str(results)]) == 1
    assert "已经有了" in capsys.readouterr().err


@pytest.mark.parametrize(("option", "value"), [("--month", "2026-13"), ("--month", "十一月"), ("--on", "2026-02-30")])
def test_a_month_or_day_that_is_none_is_refused_before_anything_is_written(
    option: str, value: str, tmp_path: Path, capsys: Any
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["batch", "export", str(tmp_path / "in"), option, value])
    assert stopped.value.code == 2
    assert f"“{value}”不是" in capsys.readouterr().err
    assert not (tmp_path / "in").exists()
