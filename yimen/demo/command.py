"""`yimen demo`: make the district if it is not there, print address and accounts, serve it on this machine only."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yimen.config.server import gunicorn
from yimen.demo import making

DEFAULT_DAY = "2026-11-24"
DEFAULT_HOUSEHOLDS = 3000
EARLIEST = "2026-11-02"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    seed: int = 1
    day: str = ""
    households: int = DEFAULT_HOUSEHOLDS
    reset: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    serve: bool = True


class Stopped(Exception):
    """The demo cannot be made here; ``sentence`` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def folder() -> Path:
    """Where the demo lives: YIMEN_DATA, or var/demo below the current folder."""
    return Path(os.environ.get("YIMEN_DATA") or Path.cwd() / "var" / "demo").resolve()


def _today(wanted: Wanted, kept: dict[str, Any]) -> str:
    """The demo's today: as asked, but never before the day up to which its cases have been played."""
    played = str(kept.get("day", ""))
    return max(wanted.day or played or DEFAULT_DAY, played)


def _surroundings(wanted: Wanted, place: Path, today: str) -> None:
    """Set the environment that the settings read; must run before Django starts."""
    os.environ["YIMEN_DATA"] = str(place)
    os.environ["YIMEN_DEMO"] = "1"
    os.environ["YIMEN_TODAY"] = today
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yimen.config.settings")
    if wanted.host not in LOOPBACK:
        os.environ["YIMEN_HOSTS"] = f"{os.environ.get('YIMEN_HOSTS', '127.0.0.1,localhost')},{wanted.host}"


def _make(wanted: Wanted, place: Path) -> dict[str, Any]:
    """A new district; whatever was there stays until the new one is complete."""
    day = _today(wanted, {})
    _say(
        f"正在建立虚构的示例区（{wanted.households} 户，种子 {wanted.seed}，日期 {day}），约需一两分钟；按 Ctrl+C 可以停止。"
    )
    side = making.side_of(place)
    _surroundings(wanted, side, day)
    try:
        _start()
        _refuse_foreign_database()
        kept = making.make(side, wanted.seed, day, wanted.households, _say)
    except BaseException:
        shutil.rmtree(side, ignore_errors=True)
        raise
    making.settle_in(place)
    return kept


def _start() -> None:
    import django

    django.setup()


def _refuse_foreign_database() -> None:
    from django.db import connection

    if connection.introspection.table_names():
        raise Stopped("DATABASE_URL 指向的数据库不是空的，示例区不会写进去。请换一个空的数据库，或去掉 DATABASE_URL。")


def _bring_up() -> None:
    """A district that an older program made gets the tables of this one."""
    _start()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _say("程序比这个示例区新，正在更新它的数据库；要看新的示例内容，请加 --reset 重新建立。")
        call_command("migrate", verbosity=0, interactive=False)


def _tell(kept: dict[str, Any], wanted: Wanted) -> None:
    from django.conf import settings

    shown = settings.YIMEN_DEMO_SHOWN
    logins = {login["username"]: login for login in kept["logins"]}
    _say()
    today = _today(wanted, kept)
    if wanted.day and wanted.day < today:
        _say(f"这个示例区的业务已经办到 {kept['day']}，不能回到更早的日期；要从头开始请加 --reset。")
    _say(f"示例区已就绪：今天是 {today}，共 {kept['households']} 户。数据均为虚构。")
    _say(f"网址  http://{wanted.host}:{wanted.port}/")
    _say(f"导览  http://{wanted.host}:{wanted.port}/help/tour/（十几步看完，每步写明用哪个账号、会看到什么）")
    _say("账号（密码相同，仅用于本机演示）")
    _say(f"密码  {kept['logins'][0]['password']}")
    for username in shown:
        login = logins[username]
        _say(f"  {username:<8} {login['role']}　{login['name']}　{login['office']}")
    _say(f"其余 {len(logins) - len(shown)} 个账号见 {folder() / 'demo.json'}")
    if wanted.host not in LOOPBACK:
        _say("注意：这个地址别的机器也能访问。示例账号不得用在能被访问的地址上。")
    _say("按 Ctrl+C 结束。")


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _serve(wanted: Wanted) -> int:
    """Web server and worker as children; both end with this command, however it is ended."""
    signal.signal(signal.SIGTERM, _stop)
    lines = (gunicorn(wanted.host, wanted.port, threads=4), [sys.executable, "-m", "yimen.cli", "worker"])
    children = [subprocess.Popen(line, env=os.environ.copy(), start_new_session=True) for line in lines]  # noqa: S603
    try:
        return children[0].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    # The whole group: gunicorn's own processes go with it even if it cannot tell them.
    for last in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, last)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=5)


def run(wanted: Wanted) -> int:
    """Make or reuse the demo district, print how to enter it, and serve it. Returns the exit code."""
    if wanted.day and wanted.day < EARLIEST:
        _say(f"示例区的日期不能早于 {EARLIEST}：再早就放不下各个环节和结果。请换一个日期。")
        return 2
    place = folder()
    if making.is_foreign(place):
        _say(f"{place} 里已有数据库，而且不是示例区。请换一个文件夹（YIMEN_DATA），示例区不会写进去。")
        return 2
    found = {} if wanted.reset else making.kept_in(place)
    kept = found or _make(wanted, place)
    _surroundings(wanted, place, _today(wanted, kept))
    if found:
        _bring_up()
    _tell(kept, wanted)
    return _serve(wanted) if wanted.serve else 0
