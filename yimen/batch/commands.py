"""``yimen batch``: what may be asked of it. Knows no package of the extra, so that it explains itself where that is missing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from yimen.law.calendar import is_month

if TYPE_CHECKING:
    from yimen.batch.works import Source


class NotInstalled(Exception):
    """A package of the extra is missing; ``sentence`` says which and what to do."""

    def __init__(self, name: str) -> None:
        self.sentence = f"缺少 {name}，不能批量计算。请先按管理员手册“全省、全国范围的核算”安装。"
        super().__init__(self.sentence)


def main_batch(args: Sequence[str], register: Callable[[str], Source]) -> int:
    """``yimen batch export | run | compare | schema``: 0 done, 1 where two results differ.

    ``register`` gives the rows of an area. Raises BadTable, and NotInstalled without the extra.
    """
    chosen = _parser().parse_args(args)
    try:
        from yimen.batch import works
    except ModuleNotFoundError as problem:
        raise NotInstalled(str(problem.name)) from problem
    if chosen.work == "export":
        return works.export(register(chosen.area), chosen.folder, chosen.on, chosen.month or "")
    if chosen.work == "run":
        return works.run(chosen.folder, chosen.results, chosen.engine, chosen.master, chosen.processes)
    if chosen.work == "compare":
        return works.compare(chosen.results, chosen.other)
    return works.show_schema()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="yimen batch",
        description="全省、全国范围的核算：导出 Parquet 数据表，在本机或者 Spark 集群上计算，核对两次结果",
    )
    works = parser.add_subparsers(dest="work", required=True, metavar="做什么")
    export = works.add_parser("export", help="从数据库导出数据表（没有姓名和证件号码）")
    export.add_argument("folder", metavar="文件夹")
    export.add_argument("--area", default="", metavar="区划代码", help="只导出这个地方，缺省为全部")
    export.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="都按这一天的标准核算，缺省按各自核定时的标准")
    export.add_argument("--month", type=_month, metavar="YYYY-MM", help="另外导出这个月的发放和报备")
    run = works.add_parser("run", help="计算文件夹里的数据表")
    run.add_argument("folder", metavar="文件夹")
    run.add_argument("results", metavar="结果文件夹")
    run.add_argument("--processes", type=int, default=1, metavar="N", help="本机的进程数")
    run.add_argument("--engine", choices=("local", "spark"), default="local", help="在本机（local）还是 Spark 上计算")
    run.add_argument("--master", default="", metavar="地址", help="Spark 集群的地址，如 spark://主机:7077")
    compare = works.add_parser("compare", help="逐行核对两次结果，一分不差才返回 0")
    compare.add_argument("results", metavar="结果文件夹")
    compare.add_argument("other", metavar="另一个结果文件夹")
    works.add_parser("schema", help="显示各数据表的列")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-11-24 的样子") from None


def _month(text: str) -> str:
    if not is_month(text):
        raise argparse.ArgumentTypeError(f"“{text}”不是月份，请写成 2026-11 的样子")
    return text
