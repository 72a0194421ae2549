"""``yimen verify``, ``yimen seal`` and ``yimen anchor``. Each takes its arguments and returns the exit status."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from yimen.base.record.sealing import anchor_text, seal_now
from yimen.base.record.verify import BadAnchor, verify


def main_verify(args: Sequence[str]) -> int:
    """``yimen verify [--anchor FILE] [--json]``: 0 nothing found, 1 something found, 2 the anchor cannot be read."""
    parser = argparse.ArgumentParser(prog="yimen verify", description="核验留痕、封印和存放的文件")
    parser.add_argument("--anchor", type=Path, metavar="FILE", help="在系统之外保存的锚点文件")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    chosen = parser.parse_args(args)
    try:
        report = verify(chosen.anchor.read_text(encoding="utf-8") if chosen.anchor else None)
    except (BadAnchor, OSError, UnicodeDecodeError) as problem:
        known = isinstance(problem, BadAnchor)
        print(problem if known else f"锚点文件 {chosen.anchor} 打不开，请核对路径和文件。", file=sys.stderr)
        return 2
    print(json.dumps(report.to_json(), ensure_ascii=False) if chosen.json else report.to_text())
    return 0 if report.ok else 1


def main_seal(args: Sequence[str]) -> int:
    """``yimen seal [--day YYYY-MM-DD]``: seal what is not sealed yet, as the seal of a day if one is named."""
    parser = argparse.ArgumentParser(prog="yimen seal", description="给尚未封印的留痕加封印")
    parser.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="作为这一天的日封")
    seal = seal_now(parser.parse_args(args).day)
    if seal is None:
        print("没有需要封印的留痕。")
    else:
        print(f"第 {seal.number} 号封印：第 {seal.first_seq} 至 {seal.last_seq} 号，共 {seal.count} 条。")
    return 0


def main_anchor(args: Sequence[str]) -> int:
    """``yimen anchor [--out FILE]``: the anchor to be kept outside, as one line of JSON."""
    parser = argparse.ArgumentParser(prog="yimen anchor", description="导出锚点，交系统之外保存")
    parser.add_argument("--out", type=Path, metavar="FILE", help="写入文件；不给则显示在屏幕上")
    out = parser.parse_args(args).out
    text = anchor_text() + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
        print(f"锚点已写入 {out}，请交系统之外保存。")
    return 0
