"""Acts on a roll: one person prepares it, the head approves it, a third releases it; then it is frozen in parts.

The releaser has neither investigated nor decided any case of the roll (I4, K17). After the release nothing of it can be
changed: what was wrong is a part of a later line, who was left out comes into a further roll (K2, K4).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.access import second
from yimen.base.access.acts import office_act
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.runs import desk as runs
from yimen.casework.awards.models import Award
from yimen.casework.payments.closed import check_open
from yimen.casework.payments.funds.rolls import set_aside
from yimen.casework.payments.models import Roll
from yimen.casework.payments.rolls import composing, persons
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import is_month, month_of, now
from yimen.law.payments.terms import OPEN, RollKind, RollState


@office_act("open_roll")
def open_roll(walk: Walk, *, month: str, awards: Sequence[str] = ()) -> Roll:
    """Begin the roll of a month (``"2026-11"``) of the own township; with ``awards`` (references) a further one for these.

    Raises Refused for a month that is not the present or the one before or after, one that has its roll, or while
    another roll is at work.
    """
    township = walk.officer.office.area_id
    _check_month(month, month_of(walk.on))
    runs.alone(township)
    check_open(township, month)
    if busy := Roll.objects.filter(area=township, state__in=[*OPEN, RollState.RUNNING]).first():
        raise Refused(
            f"{busy.month} 的名册还没有办完（{RollState(busy.state).label}），请先办完或者撤回。", "busy", 409
        )
    first = Roll.objects.filter(area=township, month=month, kind=RollKind.MONTHLY).exclude(state=RollState.WITHDRAWN)
    if awards and not first.exists():
        raise Refused(f"{month} 还没有月度名册，请先编制月度名册。", "no_roll", 422, "month")
    if not awards and first.exists():
        raise Refused(f"{month} 的月度名册已经编制，没有列入的家庭请编制补充名册。", "has_roll", 422, "month")
    roll = Roll.objects.create(
        area_id=township,
        office=walk.officer.office,
        kind=RollKind.FURTHER if awards else RollKind.MONTHLY,
        month=month,
        chosen=_chosen(walk, awards),
        opened_on=walk.on,
        frozen_on=walk.on,
        proposed_by=walk.officer.staff,
    )
    walk.note(subject=(Roll.KIND, roll.ref), month=month, kind=str(roll.kind))
    return roll


def _check_month(month: str, present: str) -> None:
    if not is_month(month):
        raise Refused("请写成 2026-11 这样的月份。", "month", 422, "month")
    if not later_month(present, -1) <= month <= later_month(present, 1):
        raise Refused("只能编制上月、本月或者下月的名册；更早月份的应补发金额列入本月名册。", "month", 422, "month")


def _chosen(walk: Walk, refs: Sequence[str]) -> list[int]:
    wanted = list(dict.fromkeys(refs))
    rows = Award.objects.filter(ref__in=wanted, versions__township=walk.officer.office.area_id).distinct()
    found = sorted(rows.values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise Refused("所选家庭里有不属于本乡街的，请刷新页面重新选择。", "awards", 422, "awards")
    return found


def _locked(walk: Walk, ref: str, states: Sequence[RollState], version: int | None = None) -> Roll:
    roll = runs.locked(walk, Roll, ref, states, version)
    if not walk.officer.holds(set(walk.row.roles), roll.area_id):
        raise Refused("名册由本乡街的人员办理。", "wrong_role", 403)
    return roll


def _bound(roll: Roll) -> dict[str, Any]:
    """What an entry binds: month, lines as previewed, sums."""
    return {"month": roll.month, "lines": roll.lines_digest, **roll.counts}


@office_act("submit_roll")
def submit_roll(walk: Walk, *, ref: str, version: int | None = None) -> Roll:
    """Hand the preview to the head; only who prepared it, and only where something is to be paid."""
    roll = _locked(walk, ref, (RollState.PREVIEWED,), version)
    if roll.proposed_by_id != walk.officer.staff.pk:
        raise Refused(f"这份名册由{roll.proposed_by.name}编制，请由本人核对后提交。", "not_yours", 403)
    _check_current(roll)
    if not roll.counts.get("households"):
        raise Refused("名册里没有要发放的家庭，不需要提交。", "empty")
    walk.note(**_bound(roll))
    return runs.move(walk, roll, RollState.PROPOSED, submitted_at=now(), note="")


def _check_current(roll: Roll) -> None:
    composing.check_digest(roll)
    if moved := composing.moved_on(roll):
        raise Refused(f"编制以后有 {moved} 户的待遇又有变动，请重新编制后再提交。", "overtaken")


@office_act("approve_roll")
def approve_roll(walk: Walk, *, ref: str, version: int | None = None, code: str = "") -> Roll:
    """The head's approval, with a fresh second factor; another person than who prepared it."""
    roll = _locked(walk, ref, (RollState.PROPOSED,), version)
    if roll.proposed_by_id == walk.officer.staff.pk:
        raise Refused("名册由您本人编制，须由另一位负责人批准（编制、批准、发布须由三个人办理）。", "separation", 403)
    composing.check_digest(roll)
    second.spend(walk.officer.account, code)
    walk.note(**_bound(roll), proposed_by=roll.proposed_by.name)
    return runs.move(walk, roll, RollState.APPROVED, approved_by=walk.officer.staff, approved_at=now())


@office_act("release_roll")
def release_roll(walk: Walk, *, ref: str, version: int | None = None, code: str = "") -> Roll:
    """Release an approved roll, by a third person who took no part in any of its cases; it is then frozen in parts."""
    roll = _locked(walk, ref, (RollState.APPROVED,), version)
    me = walk.officer.staff.pk
    if me in (roll.proposed_by_id, roll.approved_by_id):
        raise Refused("名册的编制、批准、发布须由三个不同的人办理，您已经办理过其中一步。", "separation", 403)
    if took_part := persons.took_part(roll, me):
        raise Refused(
            f"名册中有 {took_part} 户由您调查、核查或者决定，须由没有参加这些户办理的人发布。", "separation", 403
        )
    _check_current(roll)
    second.spend(walk.officer.account, code)
    walk.note(
        **_bound(roll), proposed_by=roll.proposed_by.name, approved_by=roll.approved_by.name if roll.approved_by else ""
    )
    set_aside(walk, roll)
    return runs.released(walk, roll, RollState.RUNNING)


@office_act("return_roll")
def return_roll(walk: Walk, *, ref: str, reason: str, version: int | None = None) -> Roll:
    """Send a submitted or approved roll back to who prepared it, with the reason; the preview can be drawn up anew."""
    roll = _locked(walk, ref, (RollState.PROPOSED, RollState.APPROVED), version)
    words = reason.strip()[:200]
    if not words:
        raise Refused("退回请写明原因，让编制人知道改什么。", "reason", 422, "reason")
    walk.note(reason=words)
    return runs.move(walk, roll, RollState.PREVIEWED, note=words, submitted_at=None, approved_by=None, approved_at=None)


@office_act("withdraw_roll")
def withdraw_roll(walk: Walk, *, ref: str) -> Roll:
    """Take a roll back before its release; nothing of it counts."""
    roll = _locked(walk, ref, tuple(OPEN))
    if roll.proposed_by_id != walk.officer.staff.pk:
        raise Refused(f"这份名册由{roll.proposed_by.name}编制，请由本人撤回；批准人可以退回。", "not_yours", 403)
    roll.parts.all().delete()
    roll.lines.all().delete()
    return runs.move(walk, roll, RollState.WITHDRAWN, finished_at=now())


def note_roll_job(officer: Officer, ref: str, job: str) -> None:
    """Remember which background job works on the roll, for its page."""
    runs.note_job(officer, Roll, ref, job)
