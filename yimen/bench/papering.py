"""``papers``: each kind by itself, and hundreds of letters as one PDF."""

from __future__ import annotations

from yimen.bench.papers import batch, different
from yimen.bench.report import Measure


def run(size: int) -> list[Measure]:
    """Every kind of paper ten times (once for a small size), then ``size`` refusal letters in one file."""
    single = different(10 if size >= 100 else 1)
    whole = batch(size)
    return [
        Measure("单份", f"{single.papers} 份", single.seconds / single.papers * 1000, "毫秒/份", _size(single.size)),
        Measure("批量合成一个 PDF", f"{size} 份", whole.seconds, "秒", _size(whole.size)),
        Measure("批量", f"{size} 份", size / whole.seconds, "份/秒", "不予确认告知书，PDF/A-2b，各有编号和页码二维码"),
    ]


def _size(number: int) -> str:
    return f"共 {number / 1_048_576:.1f} MB"
