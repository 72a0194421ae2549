"""What the check and the visits found."""

from __future__ import annotations

from typing import Any

from yimen.base.access.officer import Officer
from yimen.casework.investigation import queries as investigation
from yimen.casework.verification import queries as verification
from yimen.desks.shared.casetabs.listing import listing
from yimen.desks.shared.shapes import Block, Cell, Empty, Fact, Row, Tag
from yimen.desks.shared.work import act_url


def _treated(line: verification.ComparisonLine, ref: str) -> Cell:
    url = f"{act_url(ref, 'settle_difference')}#{line.ref}" if line.open else ""
    return Cell(line.treatment_label or ("写处理意见" if line.open else ""), url=url, note=line.treatment_note)


def _compared(line: verification.ComparisonLine, ref: str) -> Row:
    cells: list[Cell | Tag | str] = [
        Cell(line.label, note=line.person_name),
        line.declared,
        Cell(line.verified, note=line.source_words),
        Tag(line.tag_kind, line.match_label),
        _treated(line, ref),
    ]
    return Row(cells, tone="different" if line.open else "")


def differences(application: Any) -> list[Block]:
    """Declared beside verified, line by line."""
    lines = verification.comparison(application)
    if not lines:
        return []
    count = sum(line.open for line in lines)
    note = f"还有 {count} 处须写明处理意见后才能提交审核。" if count else "差异已全部处理。"
    rows = [_compared(line, application.ref) for line in lines]
    return [listing("申报与核对比对", "项目 申报 核对（来源，查询日） 状态 处理", rows, note=note)]


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
    return [*differences(application), answers]


def visit(officer: Officer, application: Any) -> list[Block]:
    """Visits, interviews, letters, assessments, appraisals."""
    blocks = [
        Block(entry.title, facts=[Fact(label, value) for label, value in entry.facts])
        for entry in investigation.story(application)
    ]
    return blocks or [Block("调查核实", empty=Empty("还没有调查记录。"))]
