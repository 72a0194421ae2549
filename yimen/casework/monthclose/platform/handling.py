"""What becomes of a difference: theirs is right and ours is corrected by a change; ours is right and the platform is mended;
or both stay as they are for a reason that stands on the signed sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.access.walk import Walk
from yimen.casework.awards import acts as awards, change_queries as changes
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.monthclose.platform import standing
from yimen.casework.monthclose.platform_models import PlatformLine, PlatformRun
from yimen.law.aftercare.terms import ChangeEvent, ChangeSource
from yimen.law.calendar import first_day, now
from yimen.law.platform import FIELD_OF, Handling, LineKind
from yimen.law.terms import Programme

MOST = 500
"""Differences of one act; a longer list is handled in several."""
_HANDLED = frozenset({Handling.FIX, Handling.KEPT, Handling.OPEN})


def _lines(walk: Walk, refs: Sequence[str]) -> list[PlatformLine]:
    """The lines of an act, locked, of one month in force of one township of the officer. Raises Refused, Unknown."""
    wanted = sorted(set(refs))
    if not wanted:
        raise Refused("请先勾选要处理的差异。", "nothing", 422)
    if len(wanted) > MOST:
        raise Refused(f"一次最多处理 {MOST} 条，请分几次办理。", "too_many", 422)
    rows = gate.within(walk.officer, PlatformLine.objects.select_related("run").filter(ref__in=wanted))
    found = list(rows.select_for_update(of=("self",)).order_by("run_id", "position"))
    if len(found) != len(wanted):
        raise Unknown(next(iter(set(wanted) - {line.ref for line in found})))
    months = {(line.run.township_id, line.run.month) for line in found}
    if len(months) > 1:
        raise Refused("所选的差异不在同一个月、同一个乡街，请分开办理。", "mixed", 422)
    township, month = next(iter(months))
    if not walk.officer.holds(TOWNSHIP_ROLES, township):
        raise Refused("平台对账由本乡街的经办或负责人办理。", "other_township", 403)
    counting = standing.lines_in_force(township, month).filter(pk__in=[line.pk for line in found])
    if counting.count() != len(found):
        raise Refused("所选的差异已经一致，或者属于已被取代的旧文件。请刷新页面。", "overtaken")
    walk.note(subject=(PlatformRun.KIND, found[0].run.ref), month=month)
    return found


def _set(walk: Walk, lines: Sequence[PlatformLine], handling: Handling, **more: Any) -> None:
    rows: QuerySet[PlatformLine] = PlatformLine.objects.filter(pk__in=[line.pk for line in lines])
    rows.update(handling=handling, handled_by=walk.officer.staff, handled_at=now(), **more)
    walk.note(handling=str(handling), lines=[line.ref for line in lines])


@office_act("handle_differences")
def handle_differences(walk: Walk, *, refs: Sequence[str], how: str, reason: str = "") -> list[PlatformLine]:
    """Have differences mended on the platform, let them stay for a reason, or put them back among the open ones."""
    if how not in _HANDLED:
        raise Refused("请选择怎样处理。", "how", 422, "how")
    handling = Handling(how)
    lines = _lines(walk, refs)
    if any(line.kind == LineKind.REFUSED for line in lines):
        raise Refused("没有读出来的行要先在平台或文件里更正，再重新导入，不能在这里处理。", "refused_row", 422)
    if any(line.handling == Handling.ADOPTING for line in lines):
        raise Refused("其中有的已经由我方办理变更，请在变更里办完；办完后由下一次导入确认。", "adopting")
    said = reason.strip()[:200]
    if handling is Handling.KEPT and len(said) < 4:
        raise Refused("请写明差异为什么保留，对账表上要印出来。", "reason", 422, "reason")
    walk.note(reason=said)
    _set(walk, lines, handling, reason=said if handling is Handling.KEPT else "", remark="")
    return lines


@office_act("tick_fixed")
def tick_fixed(walk: Walk, *, refs: Sequence[str], done: bool = True) -> list[PlatformLine]:
    """Tick differences as mended on the platform (or untick them); its next file confirms it by itself."""
    lines = _lines(walk, refs)
    wanted = Handling.FIX if done else Handling.FIXED
    if any(line.handling != wanted for line in lines):
        raise Refused(f"只有“{wanted.label}”的才能这样办理，请刷新页面后重新勾选。", "wrong_state")
    _set(walk, lines, Handling.FIXED if done else Handling.FIX)
    return lines


def proposed(line: PlatformLine, staff_name: str) -> dict[str, Any]:
    """What the report of a change begins with where ours is to be corrected after the platform."""
    if line.kind == LineKind.OURS:
        event, what = ChangeEvent.OTHER, "平台没有这一户"
    else:
        each = FIELD_OF[line.field]
        event, what = each.event, f"{each.label}，我方“{line.ours}”，平台“{line.theirs}”"
    return {
        "event": str(event),
        "since": first_day(line.run.month),
        "source": str(ChangeSource.OFFICE),
        "reported_by": staff_name,
        "statement": f"{line.run.month} 平台对账：{what}。核实后更正我方。",
    }


@office_act("adopt_platform")
def adopt_platform(walk: Walk, *, ref: str, report: ReportEntry | None = None) -> PlatformLine:
    """Correct ours: report a change of the award, or join the one that is open. The award itself stays as it is.

    Raises Refused where there is no award of ours, and whatever the report of a change raises.
    """
    line = _lines(walk, [ref])[0]
    if line.award is None:
        raise Refused(
            "我方没有这一户，不能更正：要纳入保障的请办理新登记申请，平台多出的请改为“标记平台修改”。", "nobody", 422
        )
    change = changes.open_of([line.award]).get(line.award.pk)
    if change is None:
        if report is None:
            raise Refused("请填写变动报告。", "missing", 422)
        change = awards.report_change(walk.officer, award_ref=line.award.ref, report=report)
    _set(walk, [line], Handling.ADOPTING, change=change, reason="")
    walk.note(change=change.ref, programme=Programme(line.programme).value)
    line.change = change
    return line
