"""``yimen bench``."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence

from yimen.bench import reckoning
from yimen.bench.place import inside
from yimen.bench.report import Measure, Report, grown, machine

# Name, title, full size, quick size, unit of the size.
BENCHMARKS: dict[str, tuple[str, int, int, str]] = {
    "reckon": ("保障金计算", reckoning.HOUSEHOLDS, 5_000, "户"),
    "acts": ("从申请到享受，逐项办理", 100, 10, "件"),
    "pages": ("网页响应", 100_000, 2_000, "户"),
    "import": ("台账导入", 10_000, 500, "户"),
    "papers": ("文书", 300, 20, "份"),
    "uplift": ("提高标准", 100_000, 2_000, "户"),
    "month": ("一个月", 100_000, 2_000, "户"),
    "comparison": ("每月比对", 100_000, 1_000, "户"),
    "bank": ("银行文件和返回", 100_000, 2_000, "笔"),
}

GROWING = ("month", "uplift")
"""Benchmarks that are run at a tenth of the size as well, to see whether a row takes longer where there are more."""
_TENTH = 10


def main_bench(args: Sequence[str]) -> int:
    """``yimen bench [NAME …] [--quick | --size N] [--beside] [--database URL] [--json]``: 0 when all came to their end."""
    parser = argparse.ArgumentParser(
        prog="yimen bench",
        description="测量速度、语句数和内存。需要数据库的项目用临时数据，跑完即删；设了 DATABASE_URL 时在那台 PostgreSQL 上另建临时库。",
        epilog="项目：" + "；".join(f"{name} {title}" for name, (title, *_) in BENCHMARKS.items()),
    )
    parser.add_argument("names", nargs="*", metavar="项目", help="缺省为全部")
    parser.add_argument("--quick", action="store_true", help="小规模，几十秒看个大概")
    parser.add_argument("--size", "--households", type=int, default=0, metavar="N", help="自定规模（户、件或份）")
    parser.add_argument("--beside", action="store_true", help="一个月（month）办理的同时，由另一个进程打开网页，量快慢")
    parser.add_argument("--database", default="", metavar="URL", help="用哪台 PostgreSQL，代替 DATABASE_URL")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    chosen = parser.parse_args(args)
    unknown = [name for name in chosen.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"没有“{unknown[0]}”这个项目，可用：{'、'.join(BENCHMARKS)}")
    if chosen.size < 0:
        parser.error("规模应为正整数")
    if chosen.beside and chosen.names != ["month"]:
        parser.error("--beside 只用于“month”")
    if chosen.database:
        os.environ["DATABASE_URL"] = chosen.database
    options = ("beside",) if chosen.beside else ()
    reports = []
    for name in chosen.names or BENCHMARKS:
        title, full, quick, _ = BENCHMARKS[name]
        reports.append(_report(name, title, chosen.size or (quick if chosen.quick else full), options))
        if not chosen.json:
            print(reports[-1].to_text(), flush=True)
    if chosen.json:
        print(json.dumps([report.to_json() for report in reports], ensure_ascii=False, indent=1))
    return 0


def _report(name: str, title: str, size: int, options: Sequence[str] = ()) -> Report:
    if name == "reckon":
        return Report(name, title, reckoning.run(size), machine())
    measures, database = _inside(name, size, options)
    if name in GROWING and size >= _TENTH:
        small, _ = _inside(name, size // _TENTH)
        measures = grown(small, measures)
    return Report(name, title, measures, machine(database))


def _inside(name: str, size: int, options: Sequence[str] = ()) -> tuple[list[Measure], str]:
    found = inside(name, [str(size), *options])
    return [Measure(**one) for one in found["measures"]], found["database"]
