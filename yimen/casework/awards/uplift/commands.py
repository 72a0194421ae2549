"""``yimen recompute``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from yimen.casework.awards.uplift.recompute import Checked, Differing, recompute
from yimen.law.money import show as yuan


def main_recompute(args: Sequence[str]) -> int:
    """``yimen recompute [--area CODE] [--json]``: 0 where every amount follows from its rule, 1 where one differs."""
    parser = argparse.ArgumentParser(
        prog="yimen recompute",
        description="按每一户的核定资料和当时的标准重新核算在保金额，列出与规则不同的；只核对，不改动",
    )
    parser.add_argument("--area", default="", metavar="区划代码", help="只核对这个区、乡街或者村")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    chosen = parser.parse_args(args)
    if chosen.area and not (chosen.area.isdigit() and len(chosen.area) in {6, 9, 12}):
        parser.error("区划代码应为 6、9 或 12 位数字")
    found = recompute(chosen.area, tell=_quiet if chosen.json else _tell)
    sys.stdout.write(_as_json(found) if chosen.json else _as_text(found))
    return 1 if found.differing else 0


def _quiet(done: int, total: int) -> None:
    """A program reads the output."""


def _tell(done: int, total: int) -> None:
    if total > done:
        print(f"已核对 {done} / {total}", file=sys.stderr, flush=True)


def _as_json(found: Checked) -> str:
    plain = {
        "awards": found.awards,
        "differing": [row.plain() for row in found.differing],
        "without_basis": found.without_basis,
        "without_basis_reasons": found.unfounded,
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _as_text(found: Checked) -> str:
    rows = [_told(row) for row in found.differing]
    if found.unfounded:
        rows.append(f"没有依据可以核算的 {found.without_basis} 项，单列：")
        rows += [f"· {count} 项　{why}" for why, count in sorted(found.unfounded.items(), key=lambda pair: -pair[1])]
    if found.differing:
        rows.append(f"核对 {found.awards} 项在保金额，{len(found.differing)} 项与规则不同，请逐户核实。")
    else:
        rows.append(f"核对 {found.awards} 项在保金额，没有与规则不同的。")
    return "\n".join(rows) + "\n"


def _told(row: Differing) -> str:
    rule = "无" if row.rule_fen is None else f"{yuan(row.rule_fen)} 元"
    why = f"（{row.why}）" if row.why else ""
    return f"{row.number}　{row.head}　登记 {yuan(row.stored_fen)} 元，按规则 {rule}　{row.line}{why}"
