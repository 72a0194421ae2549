"""A result file held against what was asked, before anything of it is kept and anybody waits: all of it or nothing (K5, K6, K10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.sealed import blind_index
from yimen.casework.monthclose.comparison import subjects
from yimen.casework.monthclose.models import ComparisonAnswer, ComparisonPart
from yimen.casework.verification import incoming, wording
from yimen.casework.verification.incoming import Answer, Content, Hit, bad
from yimen.law.calendar import as_moment
from yimen.law.checks import AnswerState, source
from yimen.law.terms import Match

_PURPOSE = "comparison"

Household = list[tuple[int, Answer]]
"""What is said of everybody of a household who was asked about, with their numbers."""


@dataclass(frozen=True)
class Reading:
    """A file that answers its part: who said what, household by household in the order in which they were asked about."""

    part: ComparisonPart
    said: Content
    households: Sequence[Household]

    @classmethod
    def of(cls, officer: Officer, content: Mapping[str, Any]) -> Reading:
        """Read what the gateway made of a file.

        Raises Refused for a file of another place or source, one that is not whole, one taken in before, and one that
        contradicts what is there.
        """
        said = incoming.read(content)
        part = part_of(gate.within(officer, ComparisonPart.objects.all()), said)
        asked = subjects.of_part(part)
        _check(part, said, asked)
        by_ref = {one.person_ref: one for one in said.answers}
        rows = ((award, (pk, by_ref[ref])) for ref, (pk, award) in asked.items())
        return cls(part, said, [[row for _, row in some] for _, some in groupby(rows, key=lambda row: row[0])])

    @property
    def settled(self) -> list[Answer]:
        """The answers that settle something."""
        return [one for one in self.said.answers if one.state == AnswerState.ANSWERED]

    @cached_property
    def routine(self) -> set[str]:
        """The marks of words that say no more than that all is as it was."""
        words = {words for one in self.settled for code, words, _ in items_of(one) if code == "members"}
        return {mark_of(each) for each in words if wording.match_text("members", "", [each]) is Match.AGREED}


def items_of(one: Answer) -> Iterator[tuple[str, str, Sequence[Hit]]]:
    """Item by item what was found of somebody: code, all words together, the hits."""
    by_item: dict[str, list[Hit]] = defaultdict(list)
    for hit in one.hits:
        by_item[hit.item].append(hit)
    for code, hits in by_item.items():
        yield code, "；".join(sorted(hit.text for hit in hits)), hits


def mark_of(words: str) -> str:
    """The keyed digest of the words of a finding."""
    return blind_index(_PURPOSE, words)


def part_of(rows: QuerySet[ComparisonPart], said: Content) -> ComparisonPart:
    """The part that a file answers, of these rows; begun with this file at most. Raises Refused for any other."""
    part = rows.select_related("feed__run__district").filter(number=said.batch_number).first()
    if part is None:
        raise Refused(
            f"批次号“{said.batch_number}”不是本区发出的每月比对，文件没有采用任何内容。请核对是否拿错了文件。",
            "unknown_batch", 422, "file",
        )  # fmt: skip
    old = ComparisonAnswer.objects.filter(part=part).select_related("taken_by").first()
    if old is None or (part.whole_at is None and old.digest == said.digest):
        return part
    at, by, name = f"{as_moment(old.taken_at):%Y-%m-%d %H:%M}", old.taken_by.name, old.number or "未编号"
    if part.whole_at is None:
        raise Refused(
            f"批次 {part.number} 的结果（{name}）由{by}于 {at} 开始导入，还没有导入完，这次的文件内容不同，没有改动任何内容。"
            "请等它导入完；如果已经中断，请先把原来的文件再导入一次。",
            "unfinished", 409, "file",
        )  # fmt: skip
    if old.digest == said.digest:
        raise Refused(f"这个结果文件（{name}）已由{by}于 {at} 导入，这次没有改动任何内容。", "replayed", 409, "file")
    raise Refused(
        f"批次 {part.number} 的结果（{name}）已由{by}于 {at} 导入，这次的文件内容不同，没有改动任何内容。"
        "请向核对机构核实；新的情况随下个月的比对反馈。",
        "contradicts", 409, "file",
    )  # fmt: skip


def _check(part: ComparisonPart, said: Content, asked: Mapping[str, Any]) -> None:
    if said.partial:
        raise Refused(
            f"批次 {part.number} 的文件写明是部分反馈。每月比对按来源、按份反馈，一份要完整，没有采用任何内容。"
            "请核对机构把这一份补全后提供；确实查不到的人写“暂不能查询”。",
            "partial", 422, "file",
        )  # fmt: skip
    wanted, seen = part.feed.source, set()
    for one in said.answers:
        if one.source != wanted:
            raise bad(one.place, f"本批次只向“{source(wanted).label}”提请，没有向“{source(one.source).label}”提请。")
        if one.person_ref not in asked:
            raise bad(one.place, f"人员编号“{one.person_ref}”不在批次 {part.number} 中。")
        if one.person_ref in seen:
            raise bad(one.place, f"人员编号“{one.person_ref}”在文件中出现了两次。")
        seen.add(one.person_ref)
    lacking = len(asked) - len(seen)
    if lacking:
        raise Refused(
            f"批次 {part.number} 提请 {len(asked)} 人，文件缺少 {lacking} 人，没有采用任何内容。", "cut", 422, "file"
        )
