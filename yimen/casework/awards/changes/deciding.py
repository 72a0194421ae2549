"""The decision of a leader who did not handle the change, what follows from it, the service of the notice."""

from __future__ import annotations

import datetime as dt
from functools import partial

from yimen.base.access import second
from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.queries import Power
from yimen.base.papers import desk as paper_desk
from yimen.base.papers.models import Paper
from yimen.casework.awards import versions
from yimen.casework.awards.changes import applying, beside, decision_papers, money
from yimen.casework.awards.changes.common import (
    check_township,
    finding_or_refuse,
    handlers,
    move,
    past,
    stop_clocks,
    take,
    text,
)
from yimen.casework.awards.changes.duties import cause_of, duties, ground_for
from yimen.casework.awards.changes.entries import DecisionEntry, FindingEntry, ServiceEntry
from yimen.casework.awards.changes.handling import check_ready
from yimen.casework.awards.models import Award, ChangeCase, ChangeDecision, ChangeFinding, Recertification
from yimen.casework.awards.recertify.acts import interval_of
from yimen.casework.decisions.entries import office_of_record
from yimen.casework.decisions.service_acts import HOW
from yimen.casework.decisions.sheets import basis_of
from yimen.law.aftercare.changing import WITHOUT_MONTH, ChangeState
from yimen.law.aftercare.grace import MAX, NoGrace, grant
from yimen.law.aftercare.grounds import Duties
from yimen.law.aftercare.months import Effective, effective_month, later_month, months_between
from yimen.law.aftercare.terms import ChangeEffect
from yimen.law.calendar import as_moment, month_of
from yimen.law.recertify import RecertifyState, next_due
from yimen.law.standards import BadFigure
from yimen.law.terms import Programme, Role


@office_act("decide_change")
def decide_change(
    walk: Walk, *, ref: str, decision: DecisionEntry, version: int | None = None, code: str = ""
) -> ChangeCase:
    """Decide as found and heard, with a fresh second factor; the award, its history and its people follow at once."""
    change = take(walk, ref, (ChangeState.DECIDING,), version)
    finding = finding_or_refuse(change)
    asked = duties(change, walk.on)
    if asked is None:
        raise Refused("本件还没有核定变化、重新核算，请先办理。", "no_finding")
    power = _check_power(walk, change, asked)
    if walk.officer.staff.pk in handlers(change):
        raise Refused("本件的登记、核定或者听取意见由您参加，不能再由您决定。请由另一位负责人办理。", "separation", 403)
    check_ready(change, walk.on)
    beside.check_recognised(change)
    _check_fresh(change, finding)
    reasons = text(decision.reasons, "reasons", "决定的理由")
    others = text(
        decision.other_programmes, "other_programmes", "其他救助项目的审核", needed=asked.check_other_programmes
    )
    second.spend(walk.officer.account, code)
    effective = _month(change, finding, walk.on)
    row = _decision(walk, change, finding, effective, asked, power, reasons, others)
    _carry_out(walk, change, finding, row, asked)
    return change


def _check_power(walk: Walk, change: ChangeCase, asked: Duties) -> Power:
    """The body that holds the power on the day decides; what L73 gives the department, the department."""
    award = change.award
    power = offices.power(award.programme, award.township_id, walk.on)
    here = power.delegated and not asked.district
    fits = (
        walk.officer.holds({Role.HEAD}, award.township_id)
        if here
        else walk.officer.holds({Role.DISTRICT_DECIDER}, award.township_id[:6])
    )
    if not fits:
        who = f"{power.office.name}的负责人" if here else "区级民政部门"
        raise Refused(f"本件须由{who}决定，您的岗位不能办理。", "not_the_power", 403)
    return power


def _check_fresh(change: ChangeCase, finding: ChangeFinding) -> None:
    """Nothing else has changed the award since it was reckoned."""
    since = change.award.versions.filter(on__gte=as_moment(finding.at).date()).exclude(basis_ref=change.ref)
    if finding.before_fen != change.award.monthly_fen and since.exists():
        raise Refused("核定以后本户的保障又有变动，请退回重新核算后再决定。", "overtaken", 409)


def _month(change: ChangeCase, finding: ChangeFinding, on: dt.date) -> Effective | None:
    effect, award = ChangeEffect(finding.effect), change.award
    if effect in WITHOUT_MONTH:
        return None
    try:
        return effective_month(
            Programme(award.programme), effect, cause_of(change, effect), decided_on=on, event_on=change.since,
            ask=lambda key: figures.figure(key, award.village_id, on), held_from=_held_month(award),
        )  # fmt: skip
    except BadFigure as bad:
        raise Refused(str(bad), "month") from bad


def _held_month(award: Award) -> str:
    """The month from which payment rests now."""
    held = ""
    for row in award.versions.order_by("seq"):
        held = (held or row.from_month) if row.phase == "held" else ""
    return held


def _decision(
    walk: Walk, change: ChangeCase, finding: ChangeFinding, effective: Effective | None, asked: Duties, power: Power,
    reasons: str, others: str,
) -> ChangeDecision:  # fmt: skip
    effect, award = ChangeEffect(finding.effect), change.award
    entry = FindingEntry.of(finding.entry)
    until = _until(award, effective, entry, walk.on) if effect is ChangeEffect.GRACE else ""
    ground = ground_for(change, effect, finding.ground, walk.on)
    start = max(effective.month, award.start_month) if effective else ""
    return ChangeDecision.objects.create(
        change=change, finding=finding, effect=effect, ground=finding.ground, ground_label=ground.label,
        before_fen=finding.before_fen, after_fen=finding.after_fen, from_month=start,
        from_month_basis=(effective.document if effective else "")[:200], until_month=until, reasons=reasons,
        articles=list(asked.articles), body=power.decider_of_record, basis=basis_of(power)[:400],
        other_programmes=others or None, on=walk.on, by=walk.officer.staff,
    )  # fmt: skip


def _until(award: Award, effective: Effective | None, entry: FindingEntry, on: dt.date) -> str:
    """The last month of a 渐退期: within what the place grants (N 一(三)). Work that had a grace before gives no second one
    (handling), so no earlier months count."""
    first = effective.month if effective else month_of(on)
    if entry.until_month < first:
        raise Refused(f"渐退期自 {first} 起，截止月份不能早于它。请退回重新填写。", "until_month")
    ask = partial(figures.figure, area=award.village_id, on=on)
    try:
        return grant(first, len(months_between(first, entry.until_month)), award.monthly_fen, ask).to_month
    except NoGrace as refused:
        latest = later_month(first, ask(MAX).as_int() - 1)
        raise Refused(f"{refused}自 {first} 起最迟到 {latest}。请退回重新填写。", "until_month") from refused


def _carry_out(walk: Walk, change: ChangeCase, finding: ChangeFinding, row: ChangeDecision, asked: Duties) -> None:
    effect = ChangeEffect(row.effect)
    before = decision_papers.people_before(change)
    columns = {"decided_by": walk.officer.staff, "decided_on": walk.on, "from_month": row.from_month}
    for name, value in columns.items():
        setattr(change, name, value)
    applying.apply(walk, change, finding, row.from_month)
    away = effect is ChangeEffect.TRANSFER and change.to_village is None
    if away:
        basis = versions.Basis(ChangeCase.KIND, change.ref, walk.on, walk.officer.staff.pk)
        applying.close_away(walk, change, row.from_month, basis)
    balances = money.settle(change, finding.paid_through, row.ground_label)
    issued = decision_papers.of_decision(
        walk, change, finding, row, before, office_of_record(_power(change, walk.on)), balances
    )
    _reviewed(walk, change)
    stop_clocks(change, ["*"], walk.on)
    state = _next_state(effect, away, any(paper.code == decision_papers.NOTICE for paper in issued))
    if state is ChangeState.CLOSED:
        columns["closed_on"] = walk.on
    move(walk, change, state, **columns)
    if state is ChangeState.CLOSED:
        beside.follow_up(walk, change)
    walk.note(
        effect=row.effect, ground=row.ground, before=row.before_fen, after=row.after_fen, from_month=row.from_month,
        balances=len(balances), papers=[paper.number for paper in issued],
    )  # fmt: skip


def _power(change: ChangeCase, on: dt.date) -> Power:
    return offices.power(change.award.programme, change.award.township_id, on)


def _next_state(effect: ChangeEffect, away: bool, told: bool) -> ChangeState:
    if effect is ChangeEffect.TRANSFER and not away:
        return ChangeState.MOVING
    return ChangeState.DECIDED if told else ChangeState.CLOSED


def _reviewed(walk: Walk, change: ChangeCase) -> None:
    """The review that found the change is over with it; its household gets the next day from when it was looked at."""
    review, award = change.recertification, change.award
    if review is None or review.state != RecertifyState.CHANGING:
        return
    columns: dict[str, object] = {"state": RecertifyState.CHANGED}
    if not award.end_month and review.checked_on is not None:
        found = interval_of(award, walk.on)
        day = next_due(review.checked_on, found)
        columns |= {"months": found.months, "document": found.document, "next_due_on": day}
        Award.objects.filter(pk=award.pk).update(recertify_on=day)
    Recertification.objects.filter(pk=review.pk).update(version=review.version + 1, **columns)


@office_act("return_change")
def return_change(walk: Walk, *, ref: str, reason: str, version: int | None = None) -> ChangeCase:
    """Back to who handles it, with a reason; a new finding is recorded and heard anew."""
    change = take(walk, ref, (ChangeState.DECIDING,), version)
    asked = duties(change, walk.on)
    if asked is not None:
        _check_power(walk, change, asked)
    said = text(reason, "reason", "为什么退回", 200)
    move(walk, change, ChangeState.HANDLING, returned_reason=said)
    walk.note(reason=said)
    return change


# -- service -----------------------------------------------------------------------------


@office_act("serve_change_notice")
def serve_change_notice(walk: Walk, *, ref: str, service: ServiceEntry, version: int | None = None) -> ChangeCase:
    """The notice has reached the household; with that the change is done."""
    change = take(walk, ref, (ChangeState.DECIDED,), version)
    check_township(walk, change)
    paper = (
        Paper.objects.filter(subject_kind=ChangeCase.KIND, subject_ref=change.ref, code=decision_papers.NOTICE)
        .order_by("-id")
        .first()
    )
    if paper is None:
        raise Refused("本件没有告知书，不能登记送达。", "no_paper")
    if service.how not in HOW:
        raise Refused(f"请选择送达方式：{'、'.join(HOW)}。", "missing", 422, "how")
    day = past(service.served_on, walk.on, "served_on", "送达日期")
    if day < paper.issued_on:
        raise Refused(f"送达日期不能早于 {paper.issued_on:%Y-%m-%d}（告知书制发日）。", "too_early", 422, "served_on")
    paper_desk.note_service(
        paper, how=service.how, on=day, to_whom=text(service.to_whom, "to_whom", "签收人", 100),
        by=walk.officer.staff.name, receipt=text(service.receipt, "receipt", "回证情况", 200), file_ref="",
        note=text(service.note, "note", "备注", 200, needed=False),
    )  # fmt: skip
    move(walk, change, ChangeState.CLOSED, closed_on=walk.on)
    beside.follow_up(walk, change)
    walk.note(paper=paper.number, how=service.how, served_on=day)
    return change
