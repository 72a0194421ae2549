"""The report of a change: from the village's phone, the household, a check, a review. A death holds payment at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES, VILLAGE_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.casework.awards import versions
from yimen.casework.awards.changes import papers, residing
from yimen.casework.awards.changes.common import SHOWN, check_township, move, past, start_clock, take, text
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.models import Award, AwardVersion, ChangeCase, Recertification
from yimen.casework.awards.recertify import looking
from yimen.law.aftercare.changing import JOINING, LEAVING, OPEN, ChangeState
from yimen.law.aftercare.history import in_force
from yimen.law.aftercare.months import DEATH
from yimen.law.aftercare.terms import AwardCause, AwardPhase, ChangeEvent, ChangeSource
from yimen.law.calendar import month_of, next_month
from yimen.law.recertify import RecertifyState
from yimen.law.standards import Unset
from yimen.law.terms import Programme

_OF_PEOPLE = (LEAVING - {ChangeEvent.MARRIAGE}) | {
    ChangeEvent.ILLNESS, ChangeEvent.DISABILITY, ChangeEvent.WORK, ChangeEvent.JOB_REFUSAL, ChangeEvent.SCHOOL,
}  # fmt: skip
"""Events that happen to members, so that it is said to whom."""


@office_act("report_change")
def report_change(walk: Walk, *, award_ref: str, report: ReportEntry) -> ChangeCase:
    """Register what has changed; one open case an award. A death holds payment from the month that the place has set."""
    award = _award(walk, award_ref)
    entry = _checked(award, report, walk.on)
    change = ChangeCase(
        award=award,
        recertification=_waiting_review(award),
        event=entry.event,
        source=entry.source,
        since=entry.since,
        reported_by=entry.reported_by,
        reported_on=walk.on,
        statement=entry.statement,
        concerns=list(entry.concerns),
        registered_by=walk.officer.staff,
    )
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused(f"{award.household.head.name}家庭已有一件变更正在办理，请在原件里一并处理。", "open") from taken
    _start(walk, change)
    paper = papers.issue(walk, change, "change_report", papers.change_report(change))
    walk.note(
        subject=(ChangeCase.KIND, change.ref), event=entry.event, source=entry.source, paper=paper.number,
        held_from=change.held_from,
    )  # fmt: skip
    return ChangeCase.objects.select_related(*SHOWN).get(pk=change.pk)


def _award(walk: Walk, ref: str) -> Award:
    rows = Award.objects.select_related("household__head", "village", "township", "application")
    award = gate.fetch(walk.officer, rows, ref, lock=True)
    roles = set(walk.row.roles)
    here = walk.officer.holds(roles & TOWNSHIP_ROLES, award.township_id)
    if not here and not walk.officer.holds(roles & VILLAGE_ROLES, award.village_id):
        raise Refused("变动由本村（社区）或者当地乡街登记，您的岗位不能办理。", "wrong_role", 403)
    if award.end_month or award.voided_on:
        raise Refused(f"{award.household.head.name}家庭的保障已停止，不能再登记变动。", "ended")
    looking.check_unrelated([award], walk.officer.staff)
    open_now = award.changes.filter(state__in=[str(state) for state in OPEN]).first()
    if open_now is not None:
        words = f"“{ChangeEvent(open_now.event).label}”（{open_now.reported_on:%Y-%m-%d} 登记）"
        raise Refused(f"{award.household.head.name}家庭已有一件变更正在办理：{words}。请在原件里一并处理。", "open")
    return award


def _checked(award: Award, entry: ReportEntry, on: dt.date) -> ReportEntry:
    event = next((event for event in ChangeEvent if event == entry.event), None)
    if event is None:
        raise Refused("请选择发生了什么变化。", "missing", 422, "event")
    if entry.source not in set(map(str, ChangeSource)):
        raise Refused("请选择消息来源。", "missing", 422, "source")
    since = past(entry.since, on, "since", "发生日期")
    residing.check_report(award, event, since)
    people = {row.person.ref for row in award.household.memberships.filter(to_on__isnull=True).select_related("person")}
    if set(entry.concerns) - people:
        raise Refused("所选人员不是本户现在的成员，请刷新页面后重新选择。", "concerns", 422, "concerns")
    if event in _OF_PEOPLE and not entry.concerns:
        raise Refused(f"“{event.label}”请选择是哪一名成员。", "concerns", 422, "concerns")
    if event is ChangeEvent.DEATH and len(entry.concerns) > 1:
        raise Refused("死亡请一人登记一件，以便分别计算期限和停发月份。", "concerns", 422, "concerns")
    if event in JOINING and event is not ChangeEvent.MARRIAGE and entry.concerns:
        raise Refused(f"“{event.label}”的新成员在核定时登记，这里不选现有成员。", "concerns", 422, "concerns")
    return ReportEntry(
        str(event),
        since,
        str(entry.source),
        text(entry.reported_by, "reported_by", "报告人", 100),
        text(entry.statement, "statement", "情况说明", 1000),
        tuple(entry.concerns),
    )


def _waiting_review(award: Award) -> Recertification | None:
    """The review that found a change and waits for it to be dealt with."""
    rows = Recertification.objects.filter(award=award, state=str(RecertifyState.CHANGING))
    return rows.order_by("-id").first()


def _start(walk: Walk, change: ChangeCase) -> None:
    event, programme = ChangeEvent(change.event), Programme(change.award.programme)
    start_clock(change, "award_change", walk.on)
    if event is ChangeEvent.DEATH:
        start_clock(change, "death_change", change.since)
        _hold(walk, change)
    if programme is Programme.TEKUN and event is ChangeEvent.SELF_CARE:
        start_clock(change, "reassess", walk.on)


def _hold(walk: Walk, change: ChangeCase) -> None:
    """Nothing more is paid out for the dead: the award rests from the month of the place's rule until it is decided."""
    award = change.award
    if Programme(award.programme) not in {Programme.DIBAO, Programme.TEKUN} or award.phase == AwardPhase.HELD:
        return
    if award.single and not award.persons.filter(active=True, person__ref__in=change.concerns).exists():
        # Another member has died: what the living person is covered with alone goes on until it is decided.
        return
    month = max(_first_held(change, walk.on), award.start_month)
    change.held_from = month
    ChangeCase.objects.filter(pk=change.pk).update(held_from=month)
    basis = versions.Basis(ChangeCase.KIND, change.ref, walk.on, walk.officer.staff.pk)
    versions.add(award, month, AwardCause.SUSPENDED, basis, phase=AwardPhase.HELD, monthly_fen=0)
    Award.objects.filter(pk=award.pk).update(phase=AwardPhase.HELD)


def _first_held(change: ChangeCase, on: dt.date) -> str:
    """The month of ``change.death_stop_from``; while the place has not set it, the month after the death."""
    try:
        code = figures.figure(DEATH, change.award.village_id, on).as_code()
    except Unset:
        code = "next_month"
    return month_of(change.since) if code == "same_month" else next_month(change.since)


@office_act("take_up_change")
def take_up_change(walk: Walk, *, ref: str, version: int | None = None) -> ChangeCase:
    """A handler takes the report up."""
    change = take(walk, ref, (ChangeState.REPORTED,), version)
    check_township(walk, change)
    move(walk, change, ChangeState.HANDLING, handler=walk.officer.staff)
    return change


def before_hold(change: ChangeCase, rows: Sequence[AwardVersion]) -> list[AwardVersion]:
    """The history of an award without what this change itself held back."""
    return [row for row in rows if (row.basis_kind, row.basis_ref) != (ChangeCase.KIND, change.ref)]


def phase_before(change: ChangeCase, month: str) -> str:
    """How the award stood before the report of this change held it back."""
    rows = before_hold(change, list(change.award.versions.all()))
    found = in_force(rows, month)
    return found.phase if found else AwardPhase.RUNNING
