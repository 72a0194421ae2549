"""The ``yimen`` command: one word, one piece of work; exit status 0 done, 1 refused or something found, 2 asked wrongly.

A failure prints what happened and what to do, never a trace (``YIMEN_TRACE=1`` shows it). Django is started only by
the commands that need it: ``reckon`` works without any settings or database.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from yimen import __version__

DONE, FOUND, ASKED_WRONGLY = 0, 1, 2
Command = Callable[[Sequence[str]], int]


class Stop(Exception):
    """A command cannot go on: what happened and what to do, in one or two sentences."""

    def __init__(self, sentence: str, status: int = FOUND) -> None:
        super().__init__(sentence)
        self.status = status


# -- argparse in Chinese -----------------------------------------------------------------

_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示这份说明",
    "the following arguments are required: %s": "缺少：%s",
    "unrecognized arguments: %s": "不认识：%s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "invalid %(type)s value: %(value)r": "“%(value)s”写法不对",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有“%(value)s”这一项，可用：%(choices)s",
    "expected one argument": "后面要写内容",
    "ignored explicit argument %r": "后面不用写 %r",
    "%(prog)s: error: %(message)s\n": "%(prog)s 没有执行：%(message)s。加 --help 查看用法。\n",
}


def _speak_chinese() -> None:
    """argparse asks its name ``_`` for every phrase; a table answers in place of a compiled catalogue."""
    argparse._ = lambda text: _WORDS.get(text, text)  # type: ignore[attr-defined]


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"yimen {name}", description=description)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _start() -> None:
    """Start Django with the place's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yimen.config.settings")
    import django

    try:
        django.setup()
    except PermissionError as problem:
        raise Stop(f"数据文件夹 {problem.filename} 不能读写。请核对 YIMEN_DATA 和运行本程序的用户。") from problem


def _within_django(work: Command) -> Command:
    def started(args: Sequence[str]) -> int:
        _start()
        return work(args)

    return started


# -- the commands ------------------------------------------------------------------------


def demo(args: Sequence[str]) -> int:
    from yimen.demo.command import DEFAULT_HOUSEHOLDS, Wanted, run

    parser = _parser("demo", "建立虚构的示例区并在本机打开")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="种子：相同的种子得到相同的数据")
    parser.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="示例区的“今天”；可以往后走")
    parser.add_argument("--households", type=int, default=DEFAULT_HOUSEHOLDS, metavar="N", help="户数")
    parser.add_argument("--reset", action="store_true", help="删去原有示例数据，重新建立")
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="缺省只有本机能打开")
    parser.add_argument("--port", type=int, default=8000, metavar="端口")
    parser.add_argument("--no-serve", action="store_true", help="只建立，不打开")
    chosen = parser.parse_args(args)
    return run(
        Wanted(
            seed=chosen.seed,
            day=str(chosen.date or ""),
            households=chosen.households,
            reset=chosen.reset,
            host=chosen.host,
            port=chosen.port,
            serve=not chosen.no_serve,
        )
    )


def reckon(args: Sequence[str]) -> int:
    from yimen.law.reckon_file import BadFile, main_reckon
    from yimen.law.terms import Programme

    parser = _parser("reckon", "按一份家庭情况文件（YAML 或 JSON）核算各救助项目，逐项说明")
    parser.add_argument("file", metavar="文件", help="“-”表示从标准输入读取")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.add_argument("--area", default="", metavar="区划代码", help="按这个地方的标准")
    parser.add_argument("--on", type=_day, default=None, metavar="YYYY-MM-DD", help="按这一天的标准")
    words = "、".join(f"{each.value}（{each.label}）" for each in Programme)
    parser.add_argument("--programme", default="", metavar="项目", help=f"只核算一个项目，不写则各项目并列；{words}")
    parser.add_argument("--person", default="", metavar="编号", help="特困按哪一名人员核算，不写则为申请人")
    chosen = parser.parse_args(args)
    programme = next((each for each in Programme if chosen.programme in {each.value, each.label}), None)
    if chosen.programme and programme is None:
        raise Stop(f"“{chosen.programme}”不是救助项目，可用：{words}。", ASKED_WRONGLY)
    try:
        text = sys.stdin.read() if chosen.file == "-" else Path(chosen.file).read_text("utf-8-sig")
        sys.stdout.write(
            main_reckon(text, chosen.json, area=chosen.area, on=chosen.on, programme=programme, person=chosen.person)
        )
    except BadFile as problem:
        raise Stop(str(problem)) from problem
    except OSError as problem:
        raise Stop(f"文件 {chosen.file} 打不开，请核对路径。", ASKED_WRONGLY) from problem
    except UnicodeDecodeError as problem:
        raise Stop(f"文件 {chosen.file} 不是 UTF-8 编码，请另存为 UTF-8 后再试。") from problem
    return DONE


def verify(args: Sequence[str]) -> int:
    from yimen.base.record.commands import main_verify

    return main_verify(args)


def seal(args: Sequence[str]) -> int:
    from yimen.base.record.commands import main_seal

    return main_seal(args)


def anchor(args: Sequence[str]) -> int:
    from yimen.base.record.commands import main_anchor

    return main_anchor(args)


def worker(args: Sequence[str]) -> int:
    from yimen.base.jobs.commands import main_worker

    return main_worker(args)


def users(args: Sequence[str]) -> int:
    from yimen.base.offices.commands import main_users

    return main_users(args)


def routes(args: Sequence[str]) -> int:
    from yimen.desks.shared.routes import all_routes

    parser = _parser("routes", "列出全部网址：动作、对象、范围、岗位、方法；有未声明的即返回 1")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    chosen = parser.parse_args(args)
    rows, undeclared = all_routes()
    if chosen.json:
        print(
            json.dumps({"routes": [vars(row) for row in rows], "undeclared": undeclared}, ensure_ascii=False, indent=1)
        )
        return FOUND if undeclared else DONE
    for row in rows:
        who = "公开" if row.public else "、".join(row.roles) or "全部登录用户"
        print(f"{row.path}  {'/'.join(row.methods)}  {row.action}  {row.object}  {row.scope}  {who}")
    print(f"共 {len(rows)} 个网址。")
    for path in undeclared:
        print(f"没有声明动作、对象和范围：{path}", file=sys.stderr)
    return FOUND if undeclared else DONE


def _findings(hosts: Sequence[str] = (), *, register: bool = False) -> int:
    """Print what the check finds, with ``register`` also in the register of awards; how many of it are errors."""
    from yimen.config.checks import run, standing

    found = [*run(hosts), *(standing() if register else ())]
    for finding in found:
        print(finding, file=sys.stderr if finding.level == "error" else sys.stdout)
    return sum(finding.level == "error" for finding in found)


def check(args: Sequence[str]) -> int:
    parser = _parser("check", "检查设置是否安全、在保名册与历史是否一致；有错误即返回 1，只有提醒返回 0")
    parser.parse_args(args)
    errors = _findings(register=True)
    print(f"发现 {errors} 项错误，改正之前不要对外运行。" if errors else "没有发现错误。")
    return FOUND if errors else DONE


def migrate(args: Sequence[str]) -> int:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from yimen.config.databases import back_up

    parser = _parser("migrate", "把数据库更新到这一版；内置数据库先自动备份")
    parser.add_argument("--plan", action="store_true", help="只列出要做的，不动数据库")
    chosen = parser.parse_args(args)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    for migration, _backwards in plan:
        print(f"待更新　{migration.app_label} {migration.name}")
    if chosen.plan:
        print(f"共 {len(plan)} 项。")
        return DONE
    if plan and (copy := back_up(connection)):
        print(f"更新前的数据库已备份到 {copy}")
    call_command("migrate", verbosity=0, interactive=False)
    print(f"数据库已是最新（更新了 {len(plan)} 项）。")
    return DONE


def serve(args: Sequence[str]) -> int:
    from django.conf import settings
    from django.db import connections

    from yimen.config.server import THREADS, gunicorn

    parser = _parser("serve", "启动网页服务；检查有错误时拒绝启动")
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="缺省只有本机（TLS 代理）能连接")
    parser.add_argument("--port", type=int, default=8000, metavar="端口")
    parser.add_argument("--threads", type=int, default=THREADS, metavar="N", help="每个进程的线程数")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="进程数；内置数据库只能是 1")
    chosen = parser.parse_args(args)
    if chosen.processes > 1 and connections["default"].vendor == "sqlite":
        raise Stop(
            "内置数据库只能由一个进程写入。请去掉 --processes，或改用 PostgreSQL（DATABASE_URL）。", ASKED_WRONGLY
        )
    if errors := _findings([chosen.host]):
        raise Stop(f"有 {errors} 项错误，没有启动。请逐项改正后再试。")
    connections.close_all()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    print(f"正在启动：http://{chosen.host}:{chosen.port}/（按 Ctrl+C 停止）", flush=True)
    command = gunicorn(chosen.host, chosen.port, processes=chosen.processes, threads=chosen.threads)
    os.execv(command[0], command)  # noqa: S606  # the server takes this process's place, so that signals reach it
    return DONE


def import_(args: Sequence[str]) -> int:
    from yimen.gateways.ledgers.commands import main_import

    return main_import(args)


def gateway(args: Sequence[str]) -> int:
    from yimen.gateways.provincial.door import poll_once

    parser = _parser("gateway", "查看核对交换文件夹，收取结果文件")
    parser.add_argument("--watch", type=int, default=0, metavar="秒", help="每隔几秒查看一次，直到停止")
    chosen = parser.parse_args(args)
    stop = threading.Event()
    if chosen.watch:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    while True:
        for sentence in poll_once():
            print(sentence, flush=True)
        if not chosen.watch or stop.wait(chosen.watch):
            return DONE


def recompute(args: Sequence[str]) -> int:
    from yimen.casework.awards.uplift.commands import main_recompute

    return main_recompute(args)


def batch(args: Sequence[str]) -> int:
    from yimen.batch.commands import main_batch

    def register(area: str) -> Any:
        _start()
        from yimen.casework.reports import batching

        return batching.Register(area)

    return main_batch(args, register)


def bench(args: Sequence[str]) -> int:
    from yimen.bench.commands import main_bench

    return main_bench(args)


COMMANDS: dict[str, tuple[str, Command]] = {
    "demo": ("建立虚构的示例区并打开", demo),
    "reckon": ("按一份家庭情况文件核算各救助项目", reckon),
    "serve": ("启动网页服务", _within_django(serve)),
    "worker": ("处理后台任务，按时封印", _within_django(worker)),
    "import": ("导入在保台账", _within_django(import_)),
    "gateway": ("收取省级核对结果文件", _within_django(gateway)),
    "migrate": ("更新数据库", _within_django(migrate)),
    "check": ("检查设置是否安全", _within_django(check)),
    "users": ("建立、锁定、重置、列出账号", _within_django(users)),
    "routes": ("列出全部网址和权限", _within_django(routes)),
    "verify": ("核验留痕、封印和文件", _within_django(verify)),
    "recompute": ("重新核算在保金额，列出与规则不同的", _within_django(recompute)),
    "batch": ("导出数据表，在本机或者集群上核算", batch),
    "seal": ("给留痕加封印", _within_django(seal)),
    "anchor": ("导出锚点", _within_django(anchor)),
    "bench": ("测量速度、语句数和内存", bench),
}


# -- the entry ---------------------------------------------------------------------------


def _usage() -> str:
    lines = [f"  {name:<9}{words}" for name, (words, _) in COMMANDS.items()]
    return "\n".join(
        [
            f"一门 {__version__}　社会救助业务系统",
            "用法：yimen 命令 [选项]",
            "",
            *lines,
            "",
            "yimen 命令 --help 查看该命令的选项。",
        ]
    )


def _sentence(problem: Exception) -> str:
    """What to tell about a failure; a message that may quote rows or keys is never printed."""
    if hasattr(problem, "sentence"):
        return str(problem.sentence)
    names = {kind.__name__ for kind in type(problem).__mro__}
    if "DatabaseError" in names or "InterfaceError" in names:
        return "数据库打不开或还没有建好。请先运行 yimen migrate；仍不行时核对 DATABASE_URL 或 YIMEN_DATA，确认数据库已启动、磁盘未满。"
    if "ImproperlyConfigured" in names or type(problem) is ValueError:
        said = str(problem)
        return (
            said
            if any("一" <= sign <= "鿿" for sign in said)
            else "设置有误。请核对 YIMEN_ 开头的环境变量，再运行 yimen check。"
        )
    if isinstance(problem, OSError):
        return f"文件或网络出错：{problem.strerror or '未知原因'}（{problem.filename or '没有文件名'}）。请核对路径、权限和磁盘空间。"
    return f"程序没有料到的情况（{type(problem).__name__}），没有完成。设置 YIMEN_TRACE=1 再运行一次可看到详细过程，请附上它报告问题。"


def _run(command: Command, rest: Sequence[str]) -> int:
    try:
        return command(rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.status
    except KeyboardInterrupt:
        print("已中断，没有做完的部分没有生效。", file=sys.stderr)
        return 130
    except Exception as problem:  # the last one to hear of it; a trace helps no operator
        if os.environ.get("YIMEN_TRACE") == "1":
            raise
        print(_sentence(problem), file=sys.stderr)
        return FOUND


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    _speak_chinese()
    given: list[Any] = list(sys.argv[1:] if argv is None else argv)
    if not given or given[0] in {"-h", "--help", "help"}:
        print(_usage())
        return DONE if given else ASKED_WRONGLY
    if given[0] in {"-V", "--version"}:
        print(__version__)
        return DONE
    found = COMMANDS.get(given[0])
    if found is None:
        print(f"没有“{given[0]}”这个命令。\n\n{_usage()}", file=sys.stderr)
        return ASKED_WRONGLY
    return _run(found[1], given[1:])


if __name__ == "__main__":
    sys.exit(main())
