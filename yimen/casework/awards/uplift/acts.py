"""Acts on a raised standard (提标): one person has it reckoned and proposes it, another releases it with a second factor.

Opening, proposing, releasing and withdrawing are acts of the district with one entry each. The awards themselves are
raised in parts by :func:`carry_on`, each part one transaction with one entry that names its awards. There is no way back:
an amount that was raised wrongly is corrected by a change of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.access import second
from yimen.base.access.acts import office_act
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.runs import desk as runs
from yimen.casework.awards.models import UpliftRun
from yimen.casework.awards.uplift import lines
from yimen.casework.awards.uplift.lines import draw_up
from yimen.casework.awards.uplift.parts import carry_on
from yimen.law.aftercare.uplift import UpliftState, programme_of
from yimen.law.calendar import first_day, now
from yimen.law.standards import Figure, Unset, key_of

__all__ = [
    "carry_on",
    "draw_up",
    "note_uplift_job",
    "open_uplift",
    "propose_uplift",
    "release_uplift",
    "withdraw_uplift",
]

_OPEN = (UpliftState.DRAWING, UpliftState.PREVIEWED, UpliftState.PROPOSED)


@office_act("open_uplift")
def open_uplift(walk: Walk, *, keys: Sequence[str], month: str) -> UpliftRun:
    """Begin a run: which new figures, from which month (``"2026-07"``). Nothing counts yet; the preview is drawn up next.

    Raises Refused for a figure that re-reckons nobody or that is not in force in that month.
    """
    district = walk.officer.district
    if not keys:
        raise Refused("请至少选择一项新标准。", "keys", 422, "keys")
    start = _start(month)
    run = UpliftRun.objects.create(
        area_id=district,
        office=walk.officer.office,
        month=month,
        figures=[_figure(key, district, start) for key in dict.fromkeys(keys)],
        opened_on=walk.on,
        proposed_by=walk.officer.staff,
    )
    walk.note(subject=(UpliftRun.KIND, run.ref), month=month, figures=run.figures)
    return run


def _start(month: str) -> Any:
    try:
        return first_day(month)
    except ValueError:
        raise Refused("请写成 2026-07 这样的月份。", "month", 422, "month") from None


def _figure(key: str, district: str, start: Any) -> dict[str, str]:
    label = key_of(key).label
    if programme_of(key) is None:
        raise Refused(f"“{label}”不是保障标准，提高它不需要重新核算在保家庭。", "keys", 422, "keys")
    try:
        found: Figure = figures.book().figure(key, offices.scopes(district), start)
    except Unset as unset:
        raise Refused(unset.sentence, "unset", 422, "keys") from unset
    if found.valid_from is not None and found.valid_from > start:
        raise Refused(f"“{label}”自 {found.valid_from} 起施行，不能从 {start:%Y-%m} 起执行。", "month", 422, "month")
    return {
        "key": key,
        "label": label,
        "area": found.area,
        "shown": found.shown(),
        "document": found.document,
        "valid_from": found.valid_from.isoformat() if found.valid_from else "",
    }


def _locked(walk: Walk, ref: str, states: Sequence[UpliftState], version: int | None = None) -> UpliftRun:
    run = runs.locked(walk, UpliftRun, ref, states, version)
    if not walk.officer.holds(set(walk.row.roles), run.area_id):
        raise Refused("提高标准由本区的督办人员和负责人办理。", "wrong_role", 403)
    return run


def _bound(run: UpliftRun) -> dict[str, Any]:
    """What an entry binds: the figures, the month, the lines as previewed, the counts."""
    return {"month": run.month, "figures": run.figures, "lines": run.lines_digest, **run.counts}


@office_act("propose_uplift")
def propose_uplift(walk: Walk, *, ref: str, version: int | None = None) -> UpliftRun:
    """Hand the preview to the other person; only who had it reckoned, and only where somebody's amount rises."""
    run = _locked(walk, ref, (UpliftState.PREVIEWED,), version)
    if run.proposed_by_id != walk.officer.staff.pk:
        raise Refused(f"这次提标由{run.proposed_by.name}核算，请由本人核对后提交。", "not_yours", 403)
    if not run.counts.get("raised"):
        raise Refused("没有家庭的金额提高，不需要执行。请核对标准、月份和参数。", "nothing_to_raise")
    walk.note(**_bound(run))
    return runs.move(walk, run, UpliftState.PROPOSED, proposed_at=now())


@office_act("release_uplift")
def release_uplift(walk: Walk, *, ref: str, version: int | None = None, code: str = "") -> UpliftRun:
    """Release a proposed run, by a second person with a fresh second factor; it is then carried out in parts."""
    run = _locked(walk, ref, (UpliftState.PROPOSED,), version)
    if run.proposed_by_id == walk.officer.staff.pk:
        raise Refused("这次提标由您本人提交，须由另一人发布（提交与发布须由不同的人办理）。", "separation", 403)
    if UpliftRun.objects.filter(area=run.area_id, state=UpliftState.RUNNING).exists():
        raise Refused("本区另一次提标正在执行，请等它完成后再发布。", "busy")
    lines.check_digest(run)
    second.spend(walk.officer.account, code)
    walk.note(**_bound(run), proposed_by=run.proposed_by.name)
    return runs.released(walk, run, UpliftState.RUNNING)


@office_act("withdraw_uplift")
def withdraw_uplift(walk: Walk, *, ref: str, reason: str = "") -> UpliftRun:
    """Take a run back, or send it back, before it is released; nobody's amount was touched."""
    run = _locked(walk, ref, _OPEN)
    if run.proposed_by_id != walk.officer.staff.pk and not reason.strip():
        raise Refused("退回请写明原因，让提交人知道改什么。", "reason", 422, "reason")
    run.lines.all().delete()
    walk.note(reason=reason.strip()[:200])
    return runs.move(walk, run, UpliftState.WITHDRAWN, note=reason.strip()[:200], finished_at=now())


def note_uplift_job(officer: Officer, ref: str, job: str) -> None:
    """Remember which background job works on the run, for its page."""
    runs.note_job(officer, UpliftRun, ref, job)
