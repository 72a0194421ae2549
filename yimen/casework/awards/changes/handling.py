"""Establishing what has changed, the hearing, and the way to the leader."""

from __future__ import annotations

import datetime as dt

from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.casework.awards.changes import details, money, papers, residing
from yimen.casework.awards.changes.apart import told_apart, told_staying
from yimen.casework.awards.changes.basis import basis_of, reckon
from yimen.casework.awards.changes.common import (
    check_township,
    finding_or_refuse,
    move,
    past,
    stop_clocks,
    take,
    text,
    views_of,
)
from yimen.casework.awards.changes.duties import chosen, duties, ground_for
from yimen.casework.awards.changes.entries import FindingEntry, ViewsEntry
from yimen.casework.awards.changes.receiving import check_same_place
from yimen.casework.awards.changes.stopping import missing_places
from yimen.casework.awards.changes.weighing import weigh
from yimen.casework.awards.changes.working import Worked, work_out
from yimen.casework.awards.models import ChangeCase, ChangeFinding, StopNotice, ViewsRecord
from yimen.casework.awards.recertify import looking
from yimen.casework.households.entries import LONGEST, SHORTEST
from yimen.casework.households.models import Membership
from yimen.law.aftercare.changing import LEAVING, ChangeState, Hearing, View
from yimen.law.aftercare.grace import why_no_grace
from yimen.law.aftercare.months import later_month
from yimen.law.aftercare.terms import RESIDENCE, AwardPhase, ChangeEffect, ChangeEvent
from yimen.law.calendar import is_month, month_of, now
from yimen.law.money import show
from yimen.law.reckoning import Reckoning
from yimen.law.rules import ApplicationFacts, HouseholdFacts
from yimen.law.rules.facts_form import to_plain
from yimen.law.terms import Programme

_OPEN_TO_FINDING = (ChangeState.HANDLING, ChangeState.RECKONED)


@office_act("record_change_findings")
def record_change_findings(walk: Walk, *, ref: str, finding: FindingEntry, version: int | None = None) -> ChangeCase:
    """What was established and what follows by the rules; a further one takes the place of the one before."""
    change = take(walk, ref, _OPEN_TO_FINDING, version)
    check_township(walk, change)
    entry = _completed(change, finding, walk.on)
    worked = work_out(change, entry, walk.on)
    effect = chosen(change, worked, entry)
    stays = effect is ChangeEffect.UNCHANGED and change.event in LEAVING and not entry.leaving
    code = entry.ground or ("checked_unchanged" if stays else "")
    ground = ground_for(change, effect, code, walk.on, nobody=worked.nobody, failed=worked.failed).code
    _check_effect(change, entry, effect)
    if effect is ChangeEffect.GRACE:
        _check_grace(change, worked, walk.on)
    row = ChangeFinding.objects.create(
        change=change,
        effect=effect,
        ground=ground,
        before_fen=worked.before_fen,
        after_fen=after_of(change, entry, effect, worked),
        category=worked.category,
        cover=[list(pair) for pair in worked.cover],
        figures=_figures(change, entry, effect, worked),
        entry=to_plain(entry.plain()),
        facts=to_plain(worked.facts) if worked.facts else None,
        reckoned=to_plain(worked.reckoned.to_json()) if worked.reckoned else None,
        reasons="\n".join([*worked.failures, text(entry.reasons, "reasons", "核定的情况和理由")]),
        paid_through=entry.paid_through,
        by=walk.officer.staff,
        at=now(),
    )
    to = offices.area(entry.to_village) if entry.to_village else None
    move(
        walk, change, ChangeState.RECKONED, effect=effect, ground=ground, handler=walk.officer.staff,
        returned_reason="", to_village=to, to_place=entry.to_place.strip()[:200],
    )  # fmt: skip
    if change.event == ChangeEvent.SELF_CARE:
        stop_clocks(change, ["reassess"], walk.on)
    walk.note(effect=str(effect), ground=ground, before=row.before_fen, after=row.after_fen)
    return change


def _completed(change: ChangeCase, entry: FindingEntry, on: dt.date) -> FindingEntry:
    """The entry with what the report already said, held against the award."""
    if entry.paid_through and (not is_month(entry.paid_through) or entry.paid_through > month_of(on)):
        raise Refused("“已发放到”请写成 2026-11 的样子，且不晚于本月。", "paid_through", 422, "paid_through")
    leaving = entry.leaving
    # Who was reported gone leaves, unless it turned out not to be so.
    if change.event in LEAVING - {ChangeEvent.MARRIAGE} and not leaving and entry.effect != ChangeEffect.UNCHANGED:
        leaving = tuple(change.concerns)
    through = money.last_paid(change.award_id) or entry.paid_through or _paid(on)
    made = FindingEntry(**{**vars(entry), "leaving": leaving, "paid_through": through})
    made = told_apart(change, made, on) if change.event == ChangeEvent.SPLIT else made
    return told_staying(change, made, on)


def _paid(on: dt.date) -> str:
    """Paid through the month before, unless told otherwise."""
    return later_month(month_of(on), -1)


def _check_effect(change: ChangeCase, entry: FindingEntry, effect: ChangeEffect) -> None:
    if effect is ChangeEffect.GRACE and not is_month(entry.until_month):
        raise Refused("请填写渐退期到哪个月止，写成 2027-05 的样子。", "until_month", 422, "until_month")
    if effect is ChangeEffect.DETAILS_ONLY:
        residing.check_found(change, entry)
    told = entry.account or entry.phone or entry.address or entry.group or change.event in RESIDENCE
    if effect is ChangeEffect.DETAILS_ONLY and not told:
        raise Refused("请填写变更后的账户、电话或者住址。", "missing", 422, "bank")
    _check_payee(change, entry)
    if effect is ChangeEffect.TRANSFER:
        _check_way(change, entry)
    if change.event == ChangeEvent.JOB_REFUSAL and effect is ChangeEffect.DECREASE:
        _check_share(change, entry)
    if change.award.phase == AwardPhase.HELD and effect is ChangeEffect.SUSPEND:
        raise Refused("本户已暂停发放，请改选其他处理。", "effect", 422, "effect")


def _check_payee(change: ChangeCase, entry: FindingEntry) -> None:
    """Refuse an account of somebody outside: it needs an authority and a second look of its own (K20)."""
    account = entry.account
    if account is None:
        return
    number = "".join(account.number.split())
    if not (number.isascii() and number.isdigit() and SHORTEST <= len(number) <= LONGEST):
        raise Refused("银行账号应为 12 至 22 位数字，请对照存折或银行卡核对。", "bad_account", 422, "number")
    members = Membership.objects.filter(household=change.award.household_id, to_on__isnull=True)
    if not members.filter(person__name=account.holder, person__died_on__isnull=True).exists():
        raise Refused(
            f"{account.holder}不是本户现在的成员，请核对；由家庭以外的人代领的，在保障历史页点“变更发放账户”办理。",
            "holder",
            422,
            "holder",
        )


def _check_grace(change: ChangeCase, worked: Worked, on: dt.date) -> None:
    """Refuse a 渐退期 that the law does not give this household (D33; N 一(三))."""
    award = change.award
    if worked.facts is None:
        raise Refused("本户没有可以核算的资料，不能给予渐退期。", "effect", 422, "effect")
    before, after = basis_of(award, on).facts, worked.facts

    def by_rules(facts: HouseholdFacts) -> Reckoning:
        return weigh(award, facts, on).reckoning if award.single else reckon(award, facts, on)

    household = after.household if isinstance(after, ApplicationFacts) else after
    why = why_no_grace(Programme(award.programme), before, household, by_rules)
    if why:
        raise Refused(why, "effect", 422, "effect")


def _check_way(change: ChangeCase, entry: FindingEntry) -> None:
    if bool(entry.to_village) == bool(entry.to_place.strip()):
        raise Refused("请选择本区内的迁入村（社区），或者填写迁往的外区地址，只填一项。", "missing", 422, "to_village")
    if entry.to_village and offices.area(entry.to_village).parent_id == change.award.township_id:
        raise Refused("迁入地仍在本乡街，请按“联系方式、住址变更”办理。", "to_village", 422, "to_village")
    check_same_place(change, entry)


def own_share(change: ChangeCase, person: str) -> int:
    """One person's own part of the amount in fen: his supplement and an equal part of the rest."""
    rows = list(change.award.persons.filter(active=True).select_related("person"))
    extra = sum(row.supplement_fen for row in rows)
    own = next((row.supplement_fen for row in rows if row.person.ref == person), None)
    if own is None or not rows:
        raise Refused("请选择拒绝介绍工作的成员。", "missing", 422, "own_person")
    return own + max(0, change.award.monthly_fen - extra) // len(rows)


def _check_share(change: ChangeCase, entry: FindingEntry) -> None:
    share = own_share(change, entry.own_person)
    cut = entry.own_cut_fen
    if cut is None or not 0 < cut <= share:
        raise Refused(f"只能减发本人的份额，最多 {show(share)} 元，请填写减发多少。", "own_cut", 422, "own_cut")
    if cut >= change.award.monthly_fen:
        raise Refused("减发以后没有余额，请按停发办理。", "own_cut", 422, "own_cut")


def after_of(change: ChangeCase, entry: FindingEntry, effect: ChangeEffect, worked: Worked) -> int:
    """The amount a month after the change in fen; of a 渐退期 and of what changes no amount, the present one."""
    award = change.award
    if effect in {ChangeEffect.END, ChangeEffect.SUSPEND}:
        return 0
    if effect in {ChangeEffect.GRACE, ChangeEffect.UNCHANGED, ChangeEffect.DETAILS_ONLY}:
        return award.monthly_fen
    if change.event == ChangeEvent.JOB_REFUSAL and effect is ChangeEffect.DECREASE:
        return award.monthly_fen - (entry.own_cut_fen or 0)
    return worked.after_fen


def _figures(change: ChangeCase, entry: FindingEntry, effect: ChangeEffect, worked: Worked) -> list[dict[str, str]]:
    rows = [row for row in worked.figures if row["item"] != "月保障金"]
    if effect is ChangeEffect.DETAILS_ONLY:
        rows += details.compared(change, entry)
    after = after_of(change, entry, effect, worked)
    if Programme(change.award.programme) in {Programme.DIBAO, Programme.TEKUN}:
        rows.append({"item": "月保障金", "before": f"{show(worked.before_fen)}元", "after": f"{show(after)}元"})
    return rows


# -- hearing -----------------------------------------------------------------------------


@office_act("hear_views")
def hear_views(walk: Walk, *, ref: str, views: ViewsEntry, version: int | None = None) -> ChangeCase:
    """Who was heard, when, how, what was said and what was answered; or why it was not possible (L48)."""
    change = take(walk, ref, (ChangeState.RECKONED,), version)
    check_township(walk, change)
    finding = finding_or_refuse(change)
    asked = duties(change, walk.on)
    if asked is None or not asked.hearing:
        raise Refused("本件不减发、不暂停、不停发（或者属于死亡），不需要听取意见。", "not_needed")
    row = _views(walk, change, finding, views)
    row.save(force_insert=True)
    paper = papers.issue(walk, change, "views_record", papers.views_record(change, finding, row))
    move(walk, change)
    walk.note(how=row.how, view=row.view, paper=paper.number)
    return change


def _views(walk: Walk, change: ChangeCase, finding: ChangeFinding, entry: ViewsEntry) -> ViewsRecord:
    how = next((each for each in Hearing if each == entry.how), None)
    if how is None:
        raise Refused("请选择怎样听取的意见。", "missing", 422, "how")
    heard = past(entry.heard_on, walk.on, "heard_on", "听取日期")
    if heard < change.reported_on:
        raise Refused(f"听取日期不能早于登记变动的 {change.reported_on:%Y-%m-%d}。", "too_early", 422, "heard_on")
    people = looking.check_team([change.award], entry.officers, walk.on)
    row = ViewsRecord(
        change=change, finding=finding, how=how, heard_on=heard, place=text(entry.place, "place", "地点", 100, needed=False),
        officers=[[person.pk, person.name] for person in people], by=walk.officer.staff, at=now(),
    )  # fmt: skip
    if how is Hearing.NOT_POSSIBLE:
        row.not_possible = text(entry.not_possible, "not_possible", "为什么无法听取", 300)
        return row
    view = next((each for each in View if each == entry.view), None)
    if view is None:
        raise Refused("请选择本人对拟作处理的态度。", "missing", 422, "view")
    row.who, row.view = text(entry.who, "who", "听取了谁的意见", 100), view
    row.said = text(entry.said, "said", "本人陈述")
    row.evidence = text(entry.evidence, "evidence", "提出的证据", needed=False)
    # Whoever objects gets an answer before anything is decided.
    row.answer = text(entry.answer, "answer", "对不同意见的答复", needed=view is View.OBJECTS)
    return row


# -- to the leader -------------------------------------------------------------------------


@office_act("submit_change")
def submit_change(walk: Walk, *, ref: str, version: int | None = None) -> ChangeCase:
    """Hand the change to the leader; whoever loses by it has been heard, and of 特困 the notice is over."""
    change = take(walk, ref, (ChangeState.RECKONED, ChangeState.ON_NOTICE), version)
    check_township(walk, change)
    check_ready(change, walk.on)
    stop_clocks(change, ["stop_notice", "stop_decision"], walk.on)
    move(walk, change, ChangeState.DECIDING)
    return change


def check_ready(change: ChangeCase, on: dt.date) -> None:
    """Refuse what has not been heard, or not been shown in public long enough without objection."""
    finding = finding_or_refuse(change)
    asked = duties(change, on)
    if asked is None:
        raise Refused("本件还没有核定变化、重新核算，请先办理。", "no_finding")
    if asked.hearing and views_of(change, finding) is None:
        raise Refused(
            "减发、暂停、停发以前必须听取本人意见（社会救助法第四十八条）。请先登记听取意见记录。", "not_heard"
        )
    if asked.public_notice:
        _check_shown(_standing_notice(change, finding), on)


def _check_shown(notice: StopNotice | None, on: dt.date) -> None:
    if notice is not None and (left := missing_places(notice)):
        raise Refused(
            f"终止公示还没有登记在“{'、'.join(left)}”张贴，七天从各处都张贴的那天起算。请先登记张贴。", "not_hung"
        )
    if notice is None or on <= notice.to_on:
        raise Refused("特困终止须先公示期满且没有异议（民发〔2021〕43号第二十六条）。请先公示。", "not_shown")


def _standing_notice(change: ChangeCase, finding: ChangeFinding) -> StopNotice | None:
    """The last public notice of a finding; None once an objection has taken it down."""
    last = StopNotice.objects.filter(change=change, finding=finding).order_by("-id").first()
    return last if last is not None and last.objected_on is None else None


def shown_long_enough(change: ChangeCase, finding: ChangeFinding, on: dt.date) -> bool:
    """Whether a public notice of this finding has run out without an objection."""
    notice = _standing_notice(change, finding)
    return notice is not None and on > notice.to_on and not missing_places(notice)
