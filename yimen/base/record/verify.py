"""Checking the record against itself and against an anchor kept outside (K13).

Streams: memory does not grow with the number of entries. Names the first bad sequence number and says in Chinese what
was found.
"""

import json
from collections.abc import Callable
from typing import Any

from yimen.base.record.content import NOTHING, Roll, holds
from yimen.base.record.models import Entry
from yimen.base.record.ranges import Ranges
from yimen.base.record.report import Report
from yimen.base.record.rows import SealRow, entry_rows, seal_rows
from yimen.base.record.sealing import ANCHOR_FORMAT


class BadAnchor(ValueError):
    """The anchor file is not one of ours."""


# Other apps add what they keep outside the database (attachments, papers); each adds findings to the report.
Check = Callable[[Report], None]
_checks: list[Check] = []


def also_check(check: Check) -> Check:
    """Have ``yimen verify`` run this too (called when an app gets ready)."""
    if check not in _checks:
        _checks.append(check)
    return check


def verify(anchor: dict[str, Any] | str | None = None) -> Report:
    """Verify every entry and seal, the anchor if given, and what other apps asked to have checked."""
    report = Report(against_anchor=anchor is not None)
    parsed = None if anchor is None else read_anchor(anchor)
    seals = seal_rows()
    _check_seals(report, seals)
    tail = _check_entries(report, seals, parsed)
    if parsed is not None:
        _check_anchor(report, seals, parsed, tail)
    for check in _checks:
        check(report)
    return report


def read_anchor(anchor: dict[str, Any] | str) -> dict[str, Any]:
    """The anchor as parsed JSON, or :class:`BadAnchor`."""
    try:
        parsed: dict[str, Any] = json.loads(anchor) if isinstance(anchor, str) else anchor
        known = parsed["format"] == ANCHOR_FORMAT
        numbers = [parsed["entries"], parsed["tail"]["count"], parsed["tail"]["last_seq"]]
        texts = [parsed["tail"]["digest"]]
        if parsed["seal"] is not None:
            numbers += [parsed["seal"]["number"], parsed["seal"]["last_seq"]]
            texts.append(parsed["seal"]["digest"])
    except (ValueError, KeyError, TypeError):
        raise BadAnchor("锚点文件读不出来：不是本系统导出的格式，或已损坏。请换一份原始的锚点文件。") from None
    if not known or not all(type(n) is int for n in numbers) or not all(type(t) is str for t in texts):
        raise BadAnchor("锚点文件的格式或版本不对。请换一份由本系统导出的锚点文件。")
    return parsed


def _check_seals(report: Report, seals: list[SealRow]) -> None:
    previous, number, last_seq = NOTHING, 0, 0
    for seal in seals:
        report.seals += 1
        if not seal.readable:
            report.add(last_seq + 1, "seal_edited", f"第 {number + 1} 号封印被改动，内容读不出来。")
            continue
        number += 1
        if seal.number != number:
            report.add(last_seq + 1, "seal_missing", f"第 {number} 号封印缺失，其后从第 {seal.number} 号开始。")
            number = seal.number
        elif seal.previous != previous or seal.first_seq != last_seq + 1:
            report.add(seal.first_seq, "seal_chain", f"第 {seal.number} 号封印与前一封印接不上。")
        if not holds(seal.content, seal.digest):
            report.add(seal.first_seq, "seal_edited", f"第 {seal.number} 号封印被改动，内容与摘要不符。")
        previous, last_seq = seal.digest, seal.last_seq


def _check_entries(report: Report, seals: list[SealRow], anchor: dict[str, Any] | None) -> Roll | None:
    """Every entry's own digest, every seal's range; returns the roll of the anchor's tail."""
    ranges = Ranges(report, [seal for seal in seals if seal.readable])
    tail = _Tail(anchor)
    for seq, digest, content in entry_rows():
        report.entries += 1
        sound = holds(content, digest)
        if not sound:
            report.add(seq, "entry_edited", f"第 {seq} 号留痕被改动：内容与摘要不符。")
        ranges.take(seq, digest, sound)
        tail.take(seq, digest)
    report.unsealed = ranges.finish()
    return tail.roll


class _Tail:
    """The entries between the anchor's seal and the last entry it knew; ``roll`` is None if it knew of none."""

    def __init__(self, anchor: dict[str, Any] | None) -> None:
        self.roll: Roll | None = None
        if anchor is not None and anchor["tail"]["count"]:
            self.after = anchor["seal"]["last_seq"] if anchor["seal"] else 0
            self.until = anchor["tail"]["last_seq"]
            self.roll = Roll(anchor["tail"]["digest"].partition(":")[0])

    def take(self, seq: int, digest: str) -> None:
        if self.roll is not None and self.after < seq <= self.until:
            self.roll.add(seq, digest)


def _check_anchor(report: Report, seals: list[SealRow], anchor: dict[str, Any], tail: Roll | None) -> None:
    known = anchor["seal"]
    end = Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    if known is not None:
        _check_anchored_seal(report, seals, known, end)
    told = anchor["tail"]
    if tail is not None and end < told["last_seq"]:
        sentence = f"留痕末尾被截去：锚点导出时已到第 {told['last_seq']} 号，现在只到第 {end} 号。"
        report.add(end + 1, "tail_cut", sentence)
    elif tail is not None and (tail.count, tail.digest) != (told["count"], told["digest"]):
        first = known["last_seq"] + 1 if known else 1
        sentence = (
            f"第 {first} 至 {told['last_seq']} 号留痕与锚点不符：锚点记 {told['count']} 条，现有 {tail.count} 条。"
        )
        report.add(first, "tail_differs", sentence)
    elif report.entries < anchor["entries"]:
        sentence = f"留痕总数比锚点少：锚点记 {anchor['entries']} 条，现有 {report.entries} 条。"
        report.add(0, "fewer_entries", sentence)


def _check_anchored_seal(report: Report, seals: list[SealRow], known: dict[str, Any], end: int) -> None:
    held = {seal.number: seal for seal in seals}.get(known["number"])
    if held is None:
        last = seals[-1].number if seals else 0
        sentence = f"封印被截去：锚点记到第 {known['number']} 号封印，现在只到第 {last} 号；留痕现在到第 {end} 号。"
        report.add(min(end, known["last_seq"]) + 1, "seal_cut", sentence)
    elif held.digest != known["digest"]:
        sentence = f"第 {known['number']} 号封印与锚点不符：到这一号为止的留痕曾被整体改写。"
        report.add(held.first_seq, "anchor_differs", sentence)
