"""Keeping what a comparison found: an older file of the month gives way, what was said of its differences is carried over.

A difference that a later file no longer has is settled by it; nobody has to say so. One that was ticked as mended there and
is still different comes back to the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Area
from yimen.base.refs import new_ref
from yimen.base.runs import desk as runs
from yimen.base.runs.desk import Tell, quiet
from yimen.casework.monthclose.platform import standing
from yimen.casework.monthclose.platform.comparing import Comparison, Found
from yimen.casework.monthclose.platform.entries import PlatformRow, PlatformSource
from yimen.casework.monthclose.platform_models import PlatformHeads, PlatformLine, PlatformRun
from yimen.law.calendar import as_moment, month_of, now, today
from yimen.law.platform import Handling, LineKind, PlatformState
from yimen.law.terms import OfficeKind, Programme

_PORTION = 2_000
_OPEN = (PlatformState.READING, PlatformState.COMPARED)
STILL = "上次勾选为已在平台改好，这次的平台数据仍然不同。"
MOST_SKIPPED = 500


@office_act("open_platform")
def open_platform(
    walk: Walk, *, source: PlatformSource, month: str, programme: str = "", township: str = "", ref: str = ""
) -> PlatformRun:
    """Begin a reconciliation with a file of the platform for a month of the officer's township; nothing counts yet.

    Raises Refused for a month to come and for a file that was compared for this month already.
    """
    code = township or next(iter(walk.officer.areas(TOWNSHIP_ROLES)), "")
    if not code or not walk.officer.holds(TOWNSHIP_ROLES, code):
        raise Refused("平台对账由本乡街的经办或负责人办理。", "other_township", 403)
    if month > month_of(today()):
        raise Refused("这个月还没有到，请选择本月或以前的月份。", "month", 422, "month")
    _refuse_replay(code, month, source.file_sha256)
    run = PlatformRun.objects.create(
        ref=ref or new_ref(),
        township_id=code,
        office=offices.office_of(code, OfficeKind.TOWNSHIP),
        month=month,
        programme=programme,
        file_ref=source.file_ref,
        file_name=source.file_name,
        file_sha256=source.file_sha256,
        proposed_by=walk.officer.staff,
        proposed_at=now(),
    )
    walk.note(subject=(PlatformRun.KIND, run.ref), file=source.file_sha256, month=month)
    return run


def _refuse_replay(township: str, month: str, sha256: str) -> None:
    rows = PlatformRun.objects.filter(township_id=township, month=month, file_sha256=sha256)
    before = rows.exclude(state=str(PlatformState.READING)).order_by("-id").first()
    if before is not None:
        at = f"{as_moment(before.proposed_at):%Y-%m-%d %H:%M}"
        raise Refused(
            f"这份文件已于 {at} 由{before.proposed_by.name}上传并比对过，内容完全相同，没有改动任何结果。"
            "平台数据改过的，请重新从平台导出；我方改过的，在那次对账里点“重新比对”。",
            "replayed",
            422,
            "file",
        )


def compare(
    officer: Officer,
    run: PlatformRun,
    *,
    rows: Iterable[PlatformRow],
    total: int,
    programmes: Sequence[str],
    facts: Mapping[str, Any],
    skipped: Callable[[], list[dict[str, Any]]] = list,
    tell: Tell = quiet,
) -> PlatformRun:
    """Hold the rows of a run's file against ours and keep what differs.

    ``facts`` are what is noted of the file: sheet, columns, fields; ``skipped`` tells, once all rows are read, which were left
    out. Raises Refused for an empty or foreign file.
    """
    run.programmes = sorted(programmes)
    comparison = Comparison(run)
    comparison.read(rows, total, tell)
    if not comparison.rows:
        raise Refused("表头下面没有一户。请核对选的工作表，或重新从平台导出。", "empty", 422)
    found = comparison.found()
    if comparison.foreign:
        raise Refused(
            f"文件里没有一户是{run.township.name}这个月在保的家庭，像是别的乡街或别的表。没有留下任何结果，请核对后重新上传。",
            "foreign",
            422,
        )
    return compare_platform(
        officer, ref=run.ref, version=run.version, found=found, run=run, facts={**facts, "skipped": skipped()}
    )


@office_act("compare_platform")
def compare_platform(
    walk: Walk, *, ref: str, version: int, found: Found, run: PlatformRun, facts: dict[str, Any]
) -> PlatformRun:
    """Keep a comparison; files of the month that hold the same programmes no longer count."""
    kept = runs.locked(walk, PlatformRun, ref, _OPEN, version)
    if not walk.officer.holds(TOWNSHIP_ROLES, kept.township_id):
        raise Refused("平台对账由本乡街的经办或负责人办理。", "other_township", 403)
    kept.programmes = run.programmes
    before = list(standing.lines_in_force(kept.township_id, kept.month, kept.programmes).select_related("run"))
    carried = _carry(before, found.lines)
    again = PlatformLine.objects.filter(run=kept)
    over = _settle(kept, before, {line.spot for line in found.lines})
    again.exclude(handling=str(Handling.SETTLED)).delete()
    first = (again.order_by("-position").values_list("position", flat=True).first() or 0) + 1
    for position, line in enumerate(found.lines, first):
        line.run, line.position = kept, position
    PlatformLine.objects.bulk_create(found.lines, batch_size=_PORTION)
    counts = {**found.counts, "carried": carried, "settled": over, "skipped": len(facts["skipped"])}
    facts["skipped"] = facts["skipped"][:MOST_SKIPPED]
    bound = runs.Bound.over([line.spot, line.mark] for line in found.lines)
    walk.note(file=kept.file_sha256, month=kept.month, programmes=kept.programmes, lines=str(bound), **counts)
    kept = runs.move(
        walk, kept, PlatformState.COMPARED, counts=counts, lines_digest=str(bound), finished_at=now(), **facts
    )
    standing.replace_older(kept)
    return kept


def _carry(before: Sequence[PlatformLine], lines: Sequence[PlatformLine]) -> int:
    """Give the new lines what was said of the same difference before; how many had something."""
    old = {line.spot: line for line in before if line.handling not in (Handling.OPEN, Handling.SETTLED)}
    carried = 0
    for line in lines:
        was = old.get(line.spot)
        # A reason speaks of the values it was given for; a correction on either side goes on whatever they are.
        if was is None or line.kind == LineKind.REFUSED or (was.handling == Handling.KEPT and was.mark != line.mark):
            continue
        carried += 1
        line.handling, line.reason, line.change_id = was.handling, was.reason, was.change_id
        line.handled_by_id, line.handled_at = was.handled_by_id, was.handled_at
        if was.handling == Handling.FIXED:
            line.handling, line.remark = Handling.FIX, STILL
    return carried


def _settle(run: PlatformRun, before: Sequence[PlatformLine], still: set[str]) -> int:
    """What is no difference any more is settled by this file; of an older file its lines stay with it."""
    gone = [line.pk for line in before if line.spot not in still and line.kind != LineKind.REFUSED]
    unsettled = PlatformLine.objects.exclude(handling=str(Handling.SETTLED))
    total = 0
    for start in range(0, len(gone), _PORTION):
        part = unsettled.filter(pk__in=gone[start : start + _PORTION])
        total += part.update(handling=Handling.SETTLED, settled_by=run)
    return total


def keep_heads(officer: Officer, run: PlatformRun, *, signature: str, fields: Sequence[str]) -> None:
    """Remember for the whole district what such headings mean."""
    district = Area.objects.get(code=offices.district_of(run.township_id))
    facts = {"fields": list(fields), "kept_by": officer.staff, "kept_at": now()}
    PlatformHeads.objects.update_or_create(district=district, signature=signature, defaults=facts)


def note_job(officer: Officer, ref: str, job: str) -> None:
    """Remember which background job works on the run, for its page."""
    runs.note_job(officer, PlatformRun, ref, job)


def known_programme(code: str) -> str:
    """A programme's code, or "" for all that a file holds. Raises Refused for anything else."""
    if code and code not in {str(each) for each in Programme}:
        raise Refused("请从列表中选择救助项目。", "programme", 422, "programme")
    return code
