"""``yimen bench``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from yimen.bench import reckoning
from yimen.bench.place import inside
from yimen.bench.report import Measure, Report, machine

# Name, title, full size, quick size, unit of the size.
BENCHMARKS: dict[str, tuple[str, int, int, str]] = {
    "reckon": ("保障金计算", reckoning.HOUSEHOLDS, 5_000, "户"),
    "acts": ("从申请到享受，逐项办理", 100, 10, "件"),
    "pages": ("网页响应", 100_000, 2_000, "户"),
    "import": ("台账导入", 10_000, 500, "户"),
    "papers": ("文书", 300, 20, "份"),
    "uplift": ("提高标准", 100_000, 2_000, "户"),
    "month": ("月末发放", 100_000, 2_000, "户"),
    "comparison": ("每月比对", 100_000, 1_000, "户"),
    "bank": ("银行文件和返回", 100_000, 2_000, "笔"),
}


def main_bench(args: Sequence[str]) -> int:
    """``yimen bench [NAME …] [--quick | --size N] [--json]``: 0 when all came to their end."""
    parser = argparse.ArgumentParser(
        prog="yimen bench",
        description="测量速度、语句数和内存。需要数据库的项目用临时数据，跑完即删；设了 DATABASE_URL 时在那台 PostgreSQL 上另建临时库。",
        epilog="项目：" + "；".join(f"{name} {title}" for name, (title, *_) in BENCHMARKS.items()),
    )
    parser.add_argument("names", nargs="*", metavar="项目", help="缺省为全部")
    parser.add_argument("--quick", action="store_true", help="小规模，几十秒看个大概")
    parser.add_argument("--size", "--households", type=int, default=0, metavar="N", help="自定规模（户、件或份）")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    chosen = parser.parse_args(args)
    unknown = [name for name in chosen.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"没有“{unknown[0]}”这个项目，可用：{'、'.join(BENCHMARKS)}")
    if chosen.size < 0:
        parser.error("规模应为正整数")
    reports = []
    for name in chosen.names or BENCHMARKS:
        title, full, quick, _ = BENCHMARKS[name]
        reports.append(_report(name, title, chosen.size or (quick if chosen.quick else full)))
        if not chosen.json:
            print(reports[-1].to_text(), flush=True)
    if chosen.json:
        print(json.dumps([report.to_json() for report in reports], ensure_ascii=False, indent=1))
    return 0


def _report(name: str, title: str, size: int) -> Report:
    if name == "reckon":
        return Report(name, title, reckoning.run(size), machine())
    found = inside(name, [str(size)])
    return Report(name, title, [Measure(**one) for one in found["measures"]], machine(found["database"]))
