"""What the check and the visits found."""

from __future__ import annotations

from typing import Any

from yimen.base.access.officer import Officer
from yimen.casework.investigation import queries as investigation
from yimen.casework.verification import queries as verification
from yimen.desks.shared.changes import hits_of_case
from yimen.desks.shared.listing import listing
from yimen.desks.shared.shapes import Block, Cell, Empty, Fact, Row, Tag
from yimen.desks.shared.work import act_url
from yimen.law.terms import Match


def _treated(line: verification.ComparisonLine, ref: str) -> Cell:
    """The state while nothing is to be done, the one link while something is, else the treatment."""
    if line.open:
        return Cell("写处理意见", url=f"{act_url(ref, 'settle_difference')}#{line.ref}", strong=True)
    if line.treatment_label:
        return Cell(line.treatment_label, note=line.treatment_note)
    return Cell(tag=Tag(line.tag_kind, line.match_label), note=line.visit)


def _compared(line: verification.ComparisonLine, ref: str) -> Row:
    cells: list[Cell | Tag | str] = [
        Cell(line.label, note=line.person_name),
        line.declared,
        Cell(line.verified, note=line.source_words),
        _treated(line, ref),
    ]
    return Row(cells, tone="different" if line.open else "")


def differences(application: Any, *, whole: bool = True) -> list[Block]:
    """Declared beside verified, line by line; ``whole`` False leaves out what agrees."""
    lines = verification.comparison(application)
    if not lines:
        return []
    count, agreed = sum(line.open for line in lines), sum(line.match == "agreed" for line in lines)
    note = f"还有 {count} 处须写明处理意见后才能提交审核。" if count else "差异已全部处理。"
    if any(line.match == Match.PENDING for line in lines):
        note = "核对结果还没有全部返回，下列各项待核对。"
    shown = [line for line in lines if whole or line.match != "agreed"]
    if not whole and agreed:
        note += f"另有 {agreed} 项一致，见“比对”。"
    rows = [_compared(line, application.ref) for line in sorted(shown, key=lambda line: not line.open)]
    return [
        listing("申报与核对比对", "项目 申报 核对（来源，查询日） 处理", rows, note=note, empty="核对与申报全部一致。")
    ]


def check(officer: Officer, application: Any) -> list[Block]:
    """What each source answered, and declared beside verified."""
    rows = [
        (
            line.person_name,
            line.source_label,
            Tag("green" if line.answered else "amber", line.state_label),
            f"{line.queried_on:%Y-%m-%d}" if line.queried_on else "—",
            line.found or "—",
        )
        for line in verification.sources_of(application)
    ]
    waiting = "核对请求已提交，等待返回。" if application.check_requested_on else "尚未提请核对。"
    answers = listing("各来源的答复", "对象 来源 答复 查询日 查得", rows, empty=f"还没有核对结果。{waiting}")
    return [*differences(application), *hits_of_case(officer, application), answers]


def visit(officer: Officer, application: Any) -> list[Block]:
    """Visits, interviews, letters, assessments, appraisals."""
    blocks = [
        Block(entry.title, facts=[Fact(label, value) for label, value in entry.facts])
        for entry in investigation.story(application)
    ]
    return blocks or [Block("调查核实", empty=Empty("还没有调查记录。"))]
