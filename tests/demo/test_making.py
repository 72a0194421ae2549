"""Making the demo's folder: aside first, complete or not at all, never into what no demo has made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.executor import MigrationExecutor

from yimen.demo import command, making


def _finished(place: Path, seed: int) -> None:
    side = making.side_of(place)
    (side / "yimen.sqlite3").write_text(f"district {seed}")
    (side / making.MARK).write_text(json.dumps({"seed": seed, "day": "2026-11-24"}))
    making.settle_in(place)


def test_the_new_district_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    for seed in (1, 2):
        _finished(tmp_path, seed)
        assert making.kept_in(tmp_path)["seed"] == seed
        assert (tmp_path / "yimen.sqlite3").read_text() == f"district {seed}"
        assert {part.name for part in tmp_path.iterdir()} == {"yimen.sqlite3", making.MARK, "static"}


def test_an_interruption_leaves_the_old_district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _finished(tmp_path, 1)
    monkeypatch.setenv("YIMEN_DATA", str(tmp_path))
    for name in ("YIMEN_DEMO", "YIMEN_TODAY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(command, "_start", lambda: None)
    monkeypatch.setattr(command, "_refuse_foreign_database", lambda: None)

    def interrupted(side: Path, *_: Any) -> None:
        (side / "yimen.sqlite3").write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "make", interrupted)
    with pytest.raises(KeyboardInterrupt):
        command.run(command.Wanted(seed=2, reset=True, serve=False))
    assert making.kept_in(tmp_path)["seed"] == 1
    assert {part.name for part in tmp_path.iterdir()} == {"yimen.sqlite3", making.MARK, "static"}


def test_parts_left_by_a_power_cut_are_cleared(tmp_path: Path) -> None:
    side = making.side_of(tmp_path)
    (side / "keys.json").write_text("{}")
    (tmp_path / "yimen.sqlite3").write_text("moved in, but its mark was not")
    assert not making.is_foreign(tmp_path)
    making.side_of(tmp_path)
    assert {part.name for part in tmp_path.iterdir()} == {"making"} and not making.kept_in(tmp_path)


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    (tmp_path / "yimen.sqlite3").write_text("real people")
    monkeypatch.setenv("YIMEN_DATA", str(tmp_path))
    assert command.run(command.Wanted(serve=False, reset=True)) == 2
    assert "不是示例区" in capsys.readouterr().out
    assert (tmp_path / "yimen.sqlite3").read_text() == "real people"


@pytest.mark.django_db
def test_a_database_with_tables_is_refused() -> None:
    with pytest.raises(command.Stopped, match="不是空的"):
        command._refuse_foreign_database()


def test_progress_is_told_every_ten_percent() -> None:
    told: list[str] = []
    progress = making.Progress(told.append)
    for percent in (0, 3, 9, 10, 11, 19, 34, 100, 100):
        progress(percent)
    assert [line.split("%")[0].strip() for line in told] == ["10", "34", "100"]


@pytest.mark.django_db
def test_a_district_of_an_older_program_gets_the_tables_of_this_one(
    monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    ran: list[str] = []
    monkeypatch.setattr("django.core.management.call_command", lambda name, **more: ran.append(name))
    command._bring_up()
    assert ran == []
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda executor, targets: [("0002", False)])
    command._bring_up()
    assert ran == ["migrate"] and "程序比这个示例区新" in capsys.readouterr().out
