"""Acts on the close of a month: one person signs it, a second files it, the district receives it or reopens it with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from yimen.base.access import second
from yimen.base.access.acts import office_act
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.canonical import digest
from yimen.base.runs import desk as runs
from yimen.casework.monthclose.closing.stages import close_of, stages
from yimen.casework.monthclose.models import MonthClose
from yimen.law.calendar import is_month, month_of, now
from yimen.law.closing import CloseState, StageView, blocking, plain
from yimen.law.procedure import Body


@office_act("sign_month")
def sign_month(walk: Walk, *, month: str) -> MonthClose:
    """The first signature under a month in which nothing is left to be done; what goes over is named in it.

    Raises Refused with what stands in the way.
    """
    township = walk.officer.office.area_id
    _check_month(month, walk.on)
    runs.alone(township)
    if there := close_of(township, month):
        raise Refused(f"{month} 的办结现为“{CloseState(there.state).label}”，请刷新页面。", "signed", 409)
    seen = _ready(township, month, walk.on)
    close = MonthClose.objects.create(
        area_id=township, office=walk.officer.office, month=month, stages=plain(seen), lines_digest=digest(plain(seen)),
        signed_on=walk.on, proposed_by=walk.officer.staff,
    )  # fmt: skip
    walk.note(subject=(MonthClose.KIND, close.ref), month=month, stages=close.stages)
    return close


def _check_month(month: str, on: dt.date) -> None:
    if not is_month(month):
        raise Refused("请写成 2026-11 这样的月份。", "month", 422, "month")
    if month > month_of(on):
        raise Refused(f"{month} 还没有到，不能办结。", "month", 422, "month")


def _ready(township: str, month: str, on: dt.date) -> Sequence[StageView]:
    seen = stages(township, month, on)
    if left := blocking(seen):
        words = "；".join(each.words for each in left[:3])
        more = f"等 {len(left)} 项" if len(left) > 3 else ""
        raise Refused(f"本月还不能签字：{words}{more}。请先在月末办结页逐项办完。", "blocked")
    return seen


def _locked(walk: Walk, ref: str, states: Sequence[CloseState], version: int | None) -> MonthClose:
    close = runs.locked(walk, MonthClose, ref, states, version)
    place = close.area_id[:6] if walk.row.body is Body.DISTRICT else close.area_id
    if not walk.officer.holds(set(walk.row.roles), place):
        raise Refused("这一步由本单位的岗位办理，您的岗位不能办理。", "wrong_role", 403)
    return close


@office_act("file_month")
def file_month(walk: Walk, *, ref: str, version: int | None = None, code: str = "") -> MonthClose:
    """The second signature, by the head, with a fresh second factor: nothing has come up since, and the month is frozen."""
    close = _locked(walk, ref, (CloseState.SIGNED,), version)
    if close.proposed_by_id == walk.officer.staff.pk:
        raise Refused("本月由您本人签字，须由另一位负责人核对后报备（签字与报备须由不同的人办理）。", "separation", 403)
    runs.alone(close.area_id)  # nobody opens a further roll of the month meanwhile
    seen = _ready(close.area_id, close.month, walk.on)
    second.spend(walk.officer.account, code)
    close.stages, close.filed_on = plain(seen), walk.on
    walk.note(month=close.month, stages=close.stages, signed_by=close.proposed_by.name)
    return runs.released(walk, close, CloseState.RUNNING)


@office_act("return_month")
def return_month(walk: Walk, *, ref: str, reason: str, version: int | None = None) -> MonthClose:
    """Send a signed month back before it is filed, with the reason; or take the own signature back."""
    close = _locked(walk, ref, (CloseState.SIGNED,), version)
    words = _reason(reason, "退回请写明原因，让签字人知道改什么。")
    walk.note(month=close.month, reason=words)
    return runs.move(walk, close, CloseState.RETURNED, note=words, finished_at=now())


@office_act("receive_month")
def receive_month(walk: Walk, *, ref: str, version: int | None = None) -> MonthClose:
    """The district's receipt for a filed month (四(六): 报区社会救助中心备案)."""
    close = _locked(walk, ref, (CloseState.FILED,), version)
    walk.note(month=close.month)
    return runs.move(walk, close, CloseState.RECEIVED, received_by=walk.officer.staff, received_at=now())


@office_act("reopen_month")
def reopen_month(walk: Walk, *, ref: str, reason: str, version: int | None = None, code: str = "") -> MonthClose:
    """Let a township close a month once more, with the reason. What was filed stays as it was filed; no paid line changes."""
    close = _locked(walk, ref, (CloseState.FILED, CloseState.RECEIVED), version)
    words = _reason(reason, "重开请写明原因，原来的报备照原样保留。")
    second.spend(walk.officer.account, code)
    walk.note(month=close.month, reason=words)
    return runs.move(walk, close, CloseState.REOPENED, note=words, reopened_by=walk.officer.staff, reopened_at=now())


def _reason(text: str, missing: str) -> str:
    words = text.strip()[:300]
    if not words:
        raise Refused(missing, "reason", 422, "reason")
    return words


def note_close_job(officer: Officer, ref: str, job: str) -> None:
    """Remember which background job freezes the month, for its page."""
    runs.note_job(officer, MonthClose, ref, job)
