"""A result file taken in: all of it or nothing, and once (K5, K6, K10). Then what changed since last month is looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.sealed import blind_index
from yimen.base.setwise import insert_rows
from yimen.casework.monthclose.comparison import differences, holding, subjects
from yimen.casework.monthclose.models import (
    ComparisonAnswer,
    ComparisonFinding,
    ComparisonGap,
    ComparisonPart,
    ComparisonRun,
)
from yimen.casework.verification import comparing, incoming, wording
from yimen.casework.verification.incoming import Answer, Content, Hit, bad
from yimen.law.calendar import as_moment, now
from yimen.law.checks import AnswerState, item, source
from yimen.law.terms import Match

Row = tuple[Any, ...]
"""A finding in the order of its columns."""

_PORTION = 1_000
_PURPOSE = "comparison"


@office_act("import_comparison")
def import_comparison(walk: Walk, *, content: Mapping[str, Any]) -> ComparisonAnswer:
    """Take in the content of a result file as the gateway read it.

    Raises Refused for a file of another place or source, one that is not whole, one taken in before, and one that
    contradicts what is there; then nothing has changed.
    """
    said = incoming.read(content)
    part = _part(walk, said)
    asked = subjects.of_part(part)
    _check(part, said, asked)
    settled = [one for one in said.answers if one.state == AnswerState.ANSWERED]
    answer = ComparisonAnswer.objects.create(
        part=part, number=said.result_number, agency=said.agency, answered_on=said.answered_on, digest=said.digest,
        taken_at=now(), taken_by=walk.officer.staff, rows=len(said.answers),
        found=sum(len({hit.item for hit in one.hits}) for one in settled),
        unanswered=len(said.answers) - len(settled),
    )  # fmt: skip
    ComparisonGap.objects.bulk_create(_gaps(answer, said, asked), batch_size=_PORTION)
    routine: set[str] = set()
    insert_rows(ComparisonFinding, _COLUMNS, _findings(answer, settled, asked, routine))
    hits = differences.write(walk, answer, routine)
    held = holding.hold_the_dead(walk.officer, answer)
    run = part.feed.run
    walk.note(
        subject=(ComparisonRun.KIND, run.ref), run=run.number, source=part.feed.source, part=part.part, file=answer.number,
        digest=answer.digest, rows=answer.rows, unanswered=answer.unanswered, hits=hits, held=held,
    )  # fmt: skip
    return answer


def _part(walk: Walk, said: Content) -> ComparisonPart:
    """The part that a file answers, locked."""
    rows = gate.within(walk.officer, ComparisonPart.objects.select_for_update(of=("self",)))
    part = rows.select_related("feed__run__district").filter(number=said.batch_number).first()
    if part is None:
        raise Refused(
            f"批次号“{said.batch_number}”不是本区发出的每月比对，文件没有采用任何内容。请核对是否拿错了文件。",
            "unknown_batch", 422, "file",
        )  # fmt: skip
    old = ComparisonAnswer.objects.filter(part=part).select_related("taken_by").first()
    if old is None:
        return part
    by = f"已由{old.taken_by.name}于 {as_moment(old.taken_at):%Y-%m-%d %H:%M} 导入"
    if old.digest == said.digest:
        raise Refused(f"这个结果文件（{old.number or '未编号'}）{by}，这次没有改动任何内容。", "replayed", 409, "file")
    raise Refused(
        f"批次 {part.number} 的结果（{old.number or '未编号'}）{by}，这次的文件内容不同，没有改动任何内容。"
        "请向核对机构核实；新的情况随下个月的比对反馈。",
        "contradicts", 409, "file",
    )  # fmt: skip


def _check(part: ComparisonPart, said: Content, asked: Mapping[str, int]) -> None:
    if said.partial:
        raise Refused(
            f"批次 {part.number} 的文件写明是部分反馈。每月比对按来源、按份反馈，一份要完整，没有采用任何内容。"
            "请核对机构把这一份补全后提供；确实查不到的人写“暂不能查询”。",
            "partial", 422, "file",
        )  # fmt: skip
    wanted = part.feed.source
    for one in said.answers:
        if one.source != wanted:
            raise bad(one.place, f"本批次只向“{source(wanted).label}”提请，没有向“{source(one.source).label}”提请。")
        if one.person_ref not in asked:
            raise bad(one.place, f"人员编号“{one.person_ref}”不在批次 {part.number} 中。")
    lacking = len(asked) - len(said.answers)
    if lacking:
        raise Refused(
            f"批次 {part.number} 提请 {len(asked)} 人，文件缺少 {lacking} 人，没有采用任何内容。", "cut", 422, "file"
        )


def _gaps(answer: ComparisonAnswer, said: Content, asked: Mapping[str, int]) -> Iterator[ComparisonGap]:
    for one in said.answers:
        if one.state != AnswerState.ANSWERED:
            yield ComparisonGap(answer=answer, subject_id=asked[one.person_ref], state=one.state, note=one.note)


def _findings(
    answer: ComparisonAnswer, answers: Sequence[Answer], asked: Mapping[str, int], routine: set[str]
) -> Iterator[Row]:
    """The rows of what was found; ``routine`` gathers the marks of words that say no more than that all is as it was."""
    marks: dict[str, str] = {}  # most people have the same words
    for one in answers:
        by_item: dict[str, list[Hit]] = defaultdict(list)
        for hit in one.hits:
            by_item[hit.item].append(hit)
        for code, hits in by_item.items():
            words = "；".join(sorted(hit.text for hit in hits))
            mark = marks.get(words) or marks.setdefault(words, mark_of(words))
            if code == "members" and mark not in routine and wording.match_text(code, "", [words]) is Match.AGREED:
                routine.add(mark)
            yield (answer.pk, asked[one.person_ref], code, words, mark, *_amounts(code, hits, one), one.queried_on)


_COLUMNS = ("answer", "subject", "item", "text", "mark", "amount_fen", "period", "count", "queried_on")


def _amounts(code: str, hits: Sequence[Hit], one: Answer) -> tuple[int | None, str, int | None]:
    """Fen, period and count of everything found of one item together; amounts that cannot be added keep only their words."""
    if one.queried_on is None:
        raise bad(one.place, "缺少查询日期。")
    known = item(code)
    count = sum(hit.count or 0 for hit in hits) if known.is_count else None
    if not known.is_money:
        return None, "", count
    who = ("person", 0)  # one and the same
    found = [
        comparing.Found(who, code, one.source, hit.text, one.queried_on, hit.fen, hit.count, hit.period) for hit in hits
    ]
    return *(comparing.total(found) or (None, "")), count


def mark_of(words: str) -> str:
    """The keyed digest of the words of a finding."""
    return blind_index(_PURPOSE, words)
