"""Walking the sealed ranges beside the entries."""

import json

from yimen.base.record.content import Roll
from yimen.base.record.report import Report
from yimen.base.record.rows import SealRow


class Ranges:
    """Walks the seals beside the entries and compares each range when it is complete."""

    def __init__(self, report: Report, seals: list[SealRow]) -> None:
        self.report = report
        self.waiting = iter(seals)
        self.unsealed = 0
        self.seal: SealRow | None = None
        self._open()

    def _open(self) -> None:
        self.seal = next(self.waiting, None)
        self.absent: list[list[int]] = []
        self.suspect = 0
        if self.seal is not None:
            self.roll = Roll(self.seal.algorithm)
            self.expected = self.seal.first_seq

    def take(self, seq: int, digest: str, sound: bool) -> None:
        """The next entry, in order; ``sound`` if it agrees with its own digest."""
        while self.seal is not None and seq > self.seal.last_seq:
            self._close(self.seal)
        if self.seal is None:
            self.unsealed += 1
            return
        if not sound:
            self.suspect = self.suspect or seq
        self._expect(seq)
        self.roll.add(seq, digest)

    def _expect(self, seq: int) -> None:
        if seq > self.expected:
            self.absent.append([self.expected, seq - 1])
        self.expected = seq + 1

    def _close(self, seal: SealRow) -> None:
        self._expect(seal.last_seq + 1)
        before = len(self.report.findings)
        for first, last in _unknown(self.absent, seal.gaps_text):
            what = f"第 {first} 号" if first == last else f"第 {first} 至 {last} 号"
            self.report.add(first, "entry_missing", f"{what}留痕被删除：第 {seal.number} 号封印时还在。")
        if self.roll.count != seal.count and len(self.report.findings) == before:
            sentence = f"第 {seal.number} 号封印应有 {seal.count} 条，现有 {self.roll.count} 条。"
            self.report.add(seal.first_seq, "seal_count", sentence)
        elif self.roll.digest != seal.entries and len(self.report.findings) == before:
            span = f"第 {seal.first_seq} 至 {seal.last_seq} 号"
            sentence = f"{span}留痕与第 {seal.number} 号封印不符：其中有留痕被调换顺序，或连同摘要一起被改写。"
            self.report.add(self.suspect or seal.first_seq, "seal_entries", sentence)
        self._open()

    def finish(self) -> int:
        """Close the seals that no later entry closed; returns the number of unsealed entries."""
        while self.seal is not None:
            self._close(self.seal)
        return self.unsealed


def _unknown(absent: list[list[int]], gaps_text: str) -> list[list[int]]:
    """The absent ranges, without the numbers that were already absent when the seal was made."""
    try:
        gaps = sorted([int(first), int(last)] for first, last in json.loads(gaps_text))
    except (ValueError, TypeError):
        gaps = []
    missing: list[list[int]] = []
    for first, last in absent:
        start = first
        for gap_first, gap_last in gaps:
            if gap_last < start or gap_first > last:
                continue
            if gap_first > start:
                missing.append([start, gap_first - 1])
            start = gap_last + 1
        if start <= last:
            missing.append([start, last])
    return missing
