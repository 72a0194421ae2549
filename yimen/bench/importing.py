"""``import``: a ledger from its file to its awards, the same file again, and the reversal."""

from __future__ import annotations

import resource
import sys

from yimen.bench.ledgers import import_ledger
from yimen.bench.report import Measure

_PHASES = {
    "upload": "上传、查验文件",
    "preview": "读取、核对、预览",
    "confirm": "提交、第二人确认",
    "write": "写入",
    "again": "同一文件再次预览",
    "undo": "整批撤销",
}


def run(size: int) -> list[Measure]:
    """``size`` households on an empty database."""
    found = import_ledger(size)
    what = f"{found.households:,} 户 {found.persons:,} 人"
    rate = Measure(
        "合计", what, found.households / found.total, "户/秒", f"{found.total:.1f} 秒，{found.megabytes:.1f} MB"
    )
    phases = [Measure(label, what, found.seconds[name], "秒") for name, label in _PHASES.items()]
    people = Measure("人", what, found.persons / found.total, "人/秒")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    return [rate, people, *phases, Measure("内存峰值", "主进程", peak, "MB", "读取文件的受限子进程不计")]
