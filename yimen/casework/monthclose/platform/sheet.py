"""对账表: what a month came to, drawn up for the signatures of two persons and kept with the month."""

from __future__ import annotations

from typing import Any

from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.papers.desk import About
from yimen.base.papers.models import Paper
from yimen.casework.monthclose.platform import standing
from yimen.casework.monthclose.platform_models import PlatformLine, PlatformRun, PlatformSheet
from yimen.law.calendar import as_moment, now
from yimen.law.platform import FIELD_OF, Handling, LineKind, MonthState
from yimen.law.terms import OfficeKind, Programme

CODE = "reconciliation_sheet"
_MARK = "救助"


@office_act("issue_platform_sheet")
def issue_platform_sheet(walk: Walk, *, township: str, month: str) -> PlatformSheet:
    """Draw up the sheet of a month that agrees. Raises Refused while anything is open or a programme has no file."""
    if not walk.officer.holds(TOWNSHIP_ROLES, township):
        raise Refused("对账表由本乡街的经办或负责人出具。", "other_township", 403)
    found = standing.reconciled(township, month)
    _check(found)
    held = standing.in_force(township, month)
    row = PlatformSheet.objects.create(
        township_id=township,
        month=month,
        runs=standing.spoken_for(held),
        counts={**found.counts, "kept": found.kept},
        by=walk.officer.staff,
        at=now(),
    )
    office = offices.office_of(township, OfficeKind.TOWNSHIP)
    about = About(PlatformSheet.KIND, row.ref, row.pk, _data(walk, row, held))
    paper = walk.issue_about([(CODE, about, _MARK)], office)[0]
    walk.note(subject=(PlatformSheet.KIND, row.ref), month=month, paper=paper.number, **row.counts)
    return row


def _check(found: standing.Reconciled) -> None:
    if found.state is MonthState.NONE:
        raise Refused("这个月还没有导入平台数据，请先上传比对。", "none")
    if found.lacking:
        raise Refused(f"还没有比对{standing.lacking_names(found)}的平台数据，请先上传。", "lacking")
    if found.state is not MonthState.AGREED:
        raise Refused(
            f"还有 {found.open} 条差异没有办结。请采纳平台、改好平台并重新导入，或写明保留差异的理由，再出具对账表。",
            "open",
        )


def _data(walk: Walk, row: PlatformSheet, held: dict[str, PlatformRun]) -> dict[str, Any]:
    runs = {run.pk: run for run in held.values()}
    return {
        "township": row.township.name,
        "month": row.month,
        "handler": walk.officer.staff.name,
        "files": [_file(run, [each for each in held if held[each] == run]) for run in runs.values()],
        "kept": [_kept(line) for line in _kept_lines(row)],
        "result": "完全一致" if not row.counts["kept"] else f"除下列 {row.counts['kept']} 条保留的差异外一致",
    }


def _file(run: PlatformRun, programmes: list[str]) -> dict[str, Any]:
    counts = run.counts
    return {
        "programme": "、".join(Programme(each).label for each in programmes),
        "file": run.file_name,
        "taken": f"{as_moment(run.finished_at or run.proposed_at):%Y-%m-%d %H:%M} {run.proposed_by.name}",
        "ours": counts["awards"],
        "theirs": counts["rows"] - counts["ended"],
        "same": counts["same"],
    }


def _kept_lines(row: PlatformSheet) -> list[PlatformLine]:
    return list(standing.lines_in_force(row.township_id, row.month).filter(handling=str(Handling.KEPT)))


def _kept(line: PlatformLine) -> dict[str, Any]:
    what = FIELD_OF[line.field].label if line.kind == LineKind.DIFFERS else LineKind(line.kind).label
    return {
        "head": line.head_name,
        "village": line.village_name,
        "field": what,
        "ours": line.ours or "—",
        "theirs": line.theirs or "—",
        "reason": line.reason,
    }


def paper_of(sheet: PlatformSheet) -> Paper | None:
    """The paper of a sheet."""
    rows = Paper.objects.filter(subject_kind=PlatformSheet.KIND, subject_ref=sheet.ref, code=CODE)
    return rows.order_by("id").first()
