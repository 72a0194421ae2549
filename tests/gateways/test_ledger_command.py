"""``yimen import``: the four steps on the command line, with the second person and without a way around."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.gateways.ledger_files import HEADS, ledger, row
from tests.rooms.ledgers import code
from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.base.files.models import StoredFile
from yimen.base.record.models import Entry
from yimen.casework.awards.models import Award, LedgerLine, LedgerRun
from yimen.cli import COMMANDS
from yimen.gateways.ledgers.commands import main_import
from yimen.law.ledger import RunState

Told = pytest.CaptureFixture[str]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger(row(1), row(2), row(3, amount="四百")))
    return path


def account(world: World, role: str = "handler") -> str:
    officer = world.head() if role == "head" else world.handler()
    return str(officer.account.username)


def proposal(world: World, file: Path, *more: str) -> list[str]:
    return ["ledger", str(file), "--office", TOWNSHIP, "--account", account(world), *more]


def test_one_account_proposes_and_another_confirms(world: World, file: Path, capsys: Told, tmp_path: Path) -> None:
    errors = tmp_path / "错误.xlsx"
    assert main_import(proposal(world, file, "--errors", str(errors))) == 1
    said = capsys.readouterr().out
    assert "读到 3 户" in said and "新增 2　变更 0　无变化 0　错误 1" in said
    assert "第4行　王秀兰丁　月保障金额（元）：“四百”不是金额" in said
    assert len(CalamineWorkbook.from_path(errors).get_sheet_by_index(0).to_python()) == 2
    run = LedgerRun.objects.get()
    assert run.state == RunState.SUBMITTED and f"yimen import release {run.ref}" in said
    own = ["release", run.ref, "--account", account(world), "--code", "000000"]
    assert main_import(own) == 1 and "您的岗位不能办理" in capsys.readouterr().err
    head = world.head()
    assert main_import(["release", run.ref, "--account", account(world, "head"), "--code", code(head)]) == 0
    assert "导入完成：2 户，未导入 1 户" in capsys.readouterr().out
    assert Award.objects.count() == 2
    assert {entry.request_id for entry in Entry.objects.filter(subject_ref=run.ref)} == {"cli"}


def test_a_rehearsal_leaves_nothing(world: World, file: Path, capsys: Told, tmp_path: Path) -> None:
    errors = tmp_path / "错误.xlsx"
    before = Entry.objects.count()
    assert main_import(proposal(world, file, "--dry-run", "--errors", str(errors))) == 1
    assert "只核对，没有留下任何内容。" in capsys.readouterr().out
    assert errors.exists()
    assert not LedgerRun.objects.exists() and not LedgerLine.objects.exists() and not StoredFile.objects.exists()
    assert Entry.objects.count() == before


def test_unknown_headings_are_named_and_can_be_told(world: World, tmp_path: Path, capsys: Told) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(ledger(row(1), heads=[*HEADS[:5], "每月补差", *HEADS[6:7], "包保"]))
    assert main_import(proposal(world, path)) == 1
    told = capsys.readouterr()
    assert "不认识、没有用到的列：每月补差、包保" in told.out and "还没有指明这些列：月保障金额（元）" in told.err
    assert LedgerRun.objects.get().state == RunState.WITHDRAWN
    assert main_import(proposal(world, path, "--column", "每月补差=月保障金额（元）", "--column", "包保=不导入")) == 0
    assert "新增 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--column", "没有=月保障金额（元）"], "文件里没有“没有”这一列"),
        (["--column", "类别=什么"], "没有“什么”这一项"),
        (["--sheet", "别的"], "没有这张工作表。有台账的工作表：台账"),
    ],
)
def test_what_does_not_fit_the_file_is_said(
    world: World, file: Path, capsys: Told, more: list[str], sentence: str
) -> None:
    assert main_import(proposal(world, file, *more)) == 1
    assert sentence in capsys.readouterr().err


def test_strangers_and_missing_files(world: World, file: Path, capsys: Told) -> None:
    assert main_import(["ledger", str(file), "--office", TOWNSHIP, "--account", "nobody"]) == 1
    assert "账号“nobody”不存在或已停用" in capsys.readouterr().err
    other = world.handler("990101002").account.username
    assert main_import(["ledger", str(file), "--office", TOWNSHIP, "--account", other]) == 1
    assert "只能导入本乡街的台账" in capsys.readouterr().err
    assert main_import(proposal(world, file.with_name("none.xlsx"))) == 1
    assert "打不开" in capsys.readouterr().err
    assert main_import(["release", "0123456789bc", "--account", account(world, "head"), "--code", "1"]) == 1
    assert "没有这次导入" in capsys.readouterr().err
    assert not StoredFile.objects.exists()


def test_it_is_a_command_of_yimen() -> None:
    assert "import" in COMMANDS
