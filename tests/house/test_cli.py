"""The yimen command: each word does its work, and every failure is a sentence with what to do, never a trace."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from tests.house.sources import ROOT
from tests.rooms.world import make_world
from yimen import cli
from yimen.base.offices.models import Account
from yimen.base.record import desk as record
from yimen.config import checks, server
from yimen.config.findings import error
from yimen.demo import command
from yimen.law.identity import check_character

EXAMPLE = ROOT / "examples" / "household-own-standards.yaml"


def told(capsys: Any, *words: str) -> tuple[int, str, str]:
    """Exit status, what was printed, what went to the error channel."""
    try:
        status = cli.main(words)
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    heard = capsys.readouterr()
    return status, heard.out, heard.err


def run(*words: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("YIMEN_", "DJANGO_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "yimen.cli", *words],
        capture_output=True, text=True, check=False, env={**plain, **surroundings}, cwd=ROOT, timeout=120,
    )  # fmt: skip


# -- asking ------------------------------------------------------------------------------


def test_every_command_explains_itself_in_chinese(capsys: Any) -> None:
    status, out, _ = told(capsys, "--help")
    assert status == 0 and all(name in out for name in cli.COMMANDS)
    for name in cli.COMMANDS:
        status, out, _ = told(capsys, name, "--help")
        assert status == 0 and f"用法：yimen {name}" in out
        assert not any(word in out for word in ("usage:", "options:", "show this help"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), ""),
        (("nothing",), "没有“nothing”这个命令"),
        (("reckon",), "缺少：文件"),
        (("reckon", "a", "--on", "2026-02-30"), "“2026-02-30”写法不对"),
        (("reckon", "a", "--loud"), "不认识：--loud"),
        (("reckon", "/no/such/file"), "文件 /no/such/file 打不开，请核对路径。"),
        (("users", "create", "a", "--role", "king"), "没有“king”这一项"),
        (("demo", "--port", "x"), "“x”写法不对"),
    ],
)
def test_asking_wrongly_is_told_and_ends_with_two(capsys: Any, words: tuple[str, ...], said: str) -> None:
    status, out, err = told(capsys, *words)
    assert status == 2 and said in err and "error:" not in err
    assert "Traceback" not in out + err


# -- reckon ------------------------------------------------------------------------------


def test_reckon_needs_neither_settings_nor_a_database() -> None:
    done = run("reckon", str(EXAMPLE), "--json", DJANGO_SETTINGS_MODULE="no.such.settings", DATABASE_URL="nonsense://")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)


def test_reckon_names_the_field_at_fault(capsys: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(EXAMPLE.read_text(encoding="utf-8").replace("1150.00", "很多"), encoding="utf-8")
    status, out, err = told(capsys, "reckon", str(wrong))
    assert status == 1 and out == "" and "amount" in err
    wrong.write_bytes("收入".encode("gbk"))
    assert told(capsys, "reckon", str(wrong))[2].startswith(f"文件 {wrong} 不是 UTF-8 编码")


# -- failures ----------------------------------------------------------------------------


def test_an_empty_database_is_told_and_not_traced(tmp_path: Path) -> None:
    done = run("verify", YIMEN_DATA=str(tmp_path))
    assert done.returncode == 1 and "请先运行 yimen migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_trace_is_there_for_who_asks(tmp_path: Path) -> None:
    assert "Traceback" in run("verify", YIMEN_DATA=str(tmp_path), YIMEN_TRACE="1").stderr


def test_a_wrong_setting_is_told(tmp_path: Path) -> None:
    done = run("check", YIMEN_DATA=str(tmp_path), DATABASE_URL="mysql://x")
    assert done.returncode == 1 and done.stderr.startswith("DATABASE_URL 只支持")


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OperationalError("no such table: x"), "请先运行 yimen migrate"),
        (OSError(28, "No space left on device", "/x"), "核对路径、权限和磁盘空间"),
        (KeyError("220302199001011234"), "没有料到的情况（KeyError）"),
        (KeyboardInterrupt(), "已中断"),
    ],
)
def test_whatever_happens_ends_in_a_sentence(
    capsys: Any, monkeypatch: pytest.MonkeyPatch, problem: BaseException, said: str
) -> None:
    def fail(_args: Any) -> int:
        raise problem

    monkeypatch.setitem(cli.COMMANDS, "reckon", ("", fail))
    status, _, err = told(capsys, "reckon")
    assert status in {1, 130} and said in err and "220302" not in err


# -- the others --------------------------------------------------------------------------


def test_demo_hands_over_what_was_asked(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[command.Wanted] = []
    monkeypatch.setattr(command, "run", lambda wanted: asked.append(wanted) or 0)
    words = "demo --seed 3 --date 2026-12-01 --households 20 --reset --port 8100 --no-serve".split()
    assert told(capsys, *words)[0] == 0 and told(capsys, "demo")[0] == 0
    assert asked[0] == command.Wanted(3, "2026-12-01", 20, True, "127.0.0.1", 8100, False)
    assert asked[1] == command.Wanted()


def test_routes_are_all_declared(capsys: Any) -> None:
    status, out, err = told(capsys, "routes")
    assert status == 0 and err == "" and "/p/<str:code>/" in out
    found = json.loads(told(capsys, "routes", "--json")[1])
    assert found["undeclared"] == []
    assert all(row["action"] and row["object"] and row["scope"] for row in found["routes"])


def test_an_undeclared_route_ends_with_one(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yimen.desks.shared.routes.all_routes", lambda: ([], ["/secret/"]))
    status, _, err = told(capsys, "routes")
    assert status == 1 and "/secret/" in err


@pytest.mark.django_db
def test_migrate_has_nothing_left_to_do(capsys: Any) -> None:
    status, out, _ = told(capsys, "migrate", "--plan")
    assert status == 0 and "共 0 项" in out
    assert "更新了 0 项" in told(capsys, "migrate")[1]


@pytest.mark.django_db
def test_seal_anchor_and_verify_belong_together(capsys: Any, tmp_path: Path) -> None:
    kept = tmp_path / "anchor.json"
    assert told(capsys, "anchor", "--out", str(kept))[0] == 0
    status, out, _ = told(capsys, "verify", "--anchor", str(kept), "--json")
    assert status == 0 and json.loads(out)
    assert told(capsys, "verify", "--anchor", str(tmp_path / "none"))[0] == 2


@pytest.mark.django_db
def test_gateway_says_why_it_does_not_look(capsys: Any) -> None:
    status, _, err = told(capsys, "gateway")
    assert status == 1 and "YIMEN_GATEWAY_ACCOUNT" in err


@pytest.mark.django_db
def test_gateway_looks_once(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yimen.gateways.provincial.door.poll_once", lambda: ["已导入批次 甲。"])
    assert told(capsys, "gateway") == (0, "已导入批次 甲。\n", "")


# -- serve -------------------------------------------------------------------------------


def test_serve_refuses_while_the_check_finds_an_error(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "run", lambda hosts: [error("debug", "调试模式开着。", "请关掉。")])
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("started all the same"))
    status, _, err = told(capsys, "serve")
    assert status == 1 and "调试模式开着" in err and "没有启动" in err


def test_serve_starts_threads_without_a_control_socket(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(checks, "run", lambda hosts: [])
    monkeypatch.setattr(os, "execv", lambda _path, words: started.append(words))
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    assert told(capsys, "serve", "--host", "::1", "--port", "8123")[0] == 0
    assert {"--no-control-socket", "--preload", "--worker-class=gthread", "--bind=[::1]:8123"} <= set(started[0])
    assert server.gunicorn("127.0.0.1", 1)[0] == sys.executable


def test_the_server_really_answers(tmp_path: Path) -> None:
    surroundings = {"YIMEN_DATA": str(tmp_path), "YIMEN_DEMO": "1"}
    assert run("migrate", **surroundings).returncode == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("YIMEN_", "DATABASE_"))}
    words = [sys.executable, "-m", "yimen.cli", "serve", "--port", str(port)]
    with subprocess.Popen(words, env={**plain, **surroundings}, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            answer = _wait(f"http://127.0.0.1:{port}/public/", process)
        finally:
            process.terminate()
    assert "公示公布查询" in answer


def _wait(url: str, process: subprocess.Popen[bytes]) -> str:
    for _ in range(200):
        assert process.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within twenty seconds")


# -- users -------------------------------------------------------------------------------

FIRST = (
    "users",
    "create",
    "sys1",
    "--name",
    "王建国",
    "--role",
    "system_admin",
    "--area",
    "990201",
    "--area-name",
    "示例区",
)


def _number(body: str) -> str:
    return body + check_character(body)


@pytest.mark.django_db
def test_the_first_administrator_of_an_empty_place(capsys: Any) -> None:
    number = _number("99020119800101001")
    status, out, err = told(capsys, *FIRST, "--identity", number)
    assert status == 0, err
    word = next(line for line in out.splitlines() if line.startswith("密码")).split("　")[1].split("（")[0]
    account = Account.objects.get(username="sys1")
    assert account.check_password(word) and account.staff.office.name == "示例区民政局"
    assert [row.act for row in record.entries_of("account", "sys1")] == ["create_account"]
    assert number not in record.entries_of("account", "sys1").get().facts_text
    assert "sys1　王建国　系统管理员　示例区民政局" in told(capsys, "users", "list")[1]


@pytest.mark.django_db
def test_administrators_hold_one_post_only(capsys: Any) -> None:
    number = _number("99020119800101001")
    told(capsys, *FIRST, "--identity", number)
    words = (
        "users",
        "create",
        "sys2",
        "--name",
        "王建国",
        "--role",
        "head",
        "--area",
        "990201001",
        "--area-name",
        "示例镇",
    )
    status, _, err = told(capsys, *words, "--identity", number)
    assert status == 1 and "不能兼任" in err and not Account.objects.filter(username="sys2").exists()


@pytest.mark.django_db
def test_what_a_user_cannot_be_is_told(capsys: Any) -> None:
    number = _number("99020119800101001")
    assert "不是区划代码" in told(capsys, *FIRST[:-4], "--area", "12", "--identity", number)[2]
    assert "--area-name" in told(capsys, *FIRST[:-2], "--identity", number)[2]
    assert told(capsys, *FIRST, "--identity", "990201198001010")[0] == 1
    told(capsys, *FIRST, "--identity", number)
    assert "已经有了" in told(capsys, *FIRST, "--identity", number)[2]
    assert "没有账号“nobody”" in told(capsys, "users", "lock", "nobody")[2]


@pytest.mark.django_db
def test_lock_and_reset(capsys: Any) -> None:
    make_world()
    account = Account.objects.get(username="qh-fz")
    assert told(capsys, "users", "lock", "qh-fz")[0] == 0
    account.refresh_from_db()
    assert not account.is_active and "已锁定" in told(capsys, "users", "list")[1]
    assert "密码" in told(capsys, "users", "reset", "qh-fz")[1]
    old = account.password
    account.refresh_from_db()
    assert account.is_active and account.password != old


@pytest.mark.django_db
def test_a_decider_is_given_a_second_factor(capsys: Any) -> None:
    make_world()
    words = ("users", "create", "head9", "--name", "赵新", "--role", "head", "--area", "990101001")
    status, out, _ = told(capsys, *words, "--identity", _number("99020119800101001"))
    assert status == 0 and "动态口令密钥" in out and Account.objects.get(username="head9").second_factor
