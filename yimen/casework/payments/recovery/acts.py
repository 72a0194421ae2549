"""Proposing, ordering and ending a recovery; refunds in cash, counted after a second person (L48, L73, L74)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from yimen.base.access import gate, second
from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.casework.awards.changes.common import past, text
from yimen.casework.awards.changes.entries import ViewsEntry
from yimen.casework.awards.models import Award
from yimen.casework.awards.recertify import looking
from yimen.casework.payments.funds.posting import Basis, Entry, book
from yimen.casework.payments.models import RecoveredBalance, Recovery, Refund, RefundCheck
from yimen.casework.payments.recovery import papers, queries
from yimen.casework.payments.recovery.entries import RecoveryEntry
from yimen.casework.payments.recovery.settling import follow
from yimen.law.aftercare.changing import Hearing, View
from yimen.law.calendar import is_month, month_of, now
from yimen.law.money import Fen, show
from yimen.law.payments.funds import FundAccount, FundProgramme
from yimen.law.payments.recovery import RecoveryBasis, RecoveryState, RecoveryWay, most_fine
from yimen.law.terms import Role

__all__ = [
    "check_refund",
    "order_recovery",
    "propose_recovery",
    "record_refund",
    "return_recovery",
    "withdraw_recovery",
]

_AWARD = ("award__household__head", "award__township", "award__village", "proposed_by")


# -- proposing -------------------------------------------------------------------------------


@office_act("propose_recovery")
def propose_recovery(walk: Walk, *, award: str, entry: RecoveryEntry, views: ViewsEntry) -> Recovery:
    """Propose that everything an award was paid too much is paid back, after the household was heard (L48)."""
    found = _award(walk, award)
    balances = queries.of_award(found)
    if not balances:
        raise Refused("这一户没有待处理的多发。已经决定退回的，请在“正在退回”里查看。", "nothing")
    total = sum(row.fen for row in balances)
    given = _given(walk, found, entry, total)
    Recovery.objects.filter(award=found, state=RecoveryState.RETURNED).update(state=RecoveryState.WITHDRAWN)
    recovery = Recovery(
        award=found,
        parts=[[row.pk, row.fen] for row in balances],
        total_fen=total,
        heard=_heard(found, views, walk.on),
        proposed_by=walk.officer.staff,
        proposed_on=walk.on,
        **given,
    )
    try:
        with transaction.atomic():
            recovery.save(force_insert=True)
    except IntegrityError as twice:
        raise Refused("这一户的退回已经提出，正等区级决定。请刷新页面查看。", "proposed") from twice
    paper = papers.issue(walk, recovery, "views_record", papers.views_record(recovery), papers.township(recovery))
    walk.note(subject=(Recovery.KIND, recovery.ref), total=total, basis=str(recovery.basis), paper=paper.number)
    return recovery


def _award(walk: Walk, ref: str) -> Award:
    rows = Award.objects.select_related("household__head", "township", "village").select_for_update(of=("self",))
    award = gate.fetch(walk.officer, rows, ref)
    _check_place(walk, award)
    return award


def _check_place(walk: Walk, award: Award) -> None:
    if not walk.officer.holds(set(walk.row.roles) & TOWNSHIP_ROLES, award.township_id):
        raise Refused(f"{award.township.name}的退回由当地经办人员和负责人办理，您的岗位不能办理。", "wrong_role", 403)
    looking.check_unrelated([award], walk.officer.staff)


def _given(walk: Walk, award: Award, entry: RecoveryEntry, total: Fen) -> dict[str, Any]:
    basis = next((each for each in RecoveryBasis if each == entry.basis), None)
    way = next((each for each in RecoveryWay if each == entry.way), None)
    if basis is None:
        raise Refused("请选择事由。", "missing", 422, "basis")
    if way is None:
        raise Refused("请选择怎样退回。", "missing", 422, "way")
    _check_fine(award, basis, entry.fine_fen, total, walk.on)
    columns = _in_parts(entry, total, walk.on) if way is RecoveryWay.INSTALMENTS else _at_once(entry, walk.on)
    return {
        "basis": basis,
        "way": way,
        "reasons": text(entry.reasons, "reasons", "理由"),
        "fine_fen": entry.fine_fen,
        **columns,
    }


def _in_parts(entry: RecoveryEntry, total: Fen, on: dt.date) -> dict[str, Any]:
    if not entry.monthly_fen:
        raise Refused("请填写每月扣回的金额，应大于 0。", "missing", 422, "monthly")
    if entry.monthly_fen > total:
        raise Refused(
            f"每月扣回 {show(entry.monthly_fen)} 元超过应退回的 {show(total)} 元，请改小。", "too_much", 422, "monthly"
        )
    if not is_month(entry.from_month):
        raise Refused("请填写从哪个月起扣回，写成 2027-01 的样子。", "missing", 422, "from_month")
    if entry.from_month < month_of(on):
        raise Refused("扣回不能从已经过去的月份起。", "past", 422, "from_month")
    return {"monthly_fen": entry.monthly_fen, "from_month": entry.from_month}


def _at_once(entry: RecoveryEntry, on: dt.date) -> dict[str, Any]:
    if entry.return_by is None or entry.return_by <= on:
        raise Refused("请填写退回的期限，应在今天以后。", "missing", 422, "return_by")
    return {"return_by": entry.return_by}


def _check_fine(award: Award, basis: RecoveryBasis, fine: Fen, total: Fen, on: dt.date) -> None:
    """A fine is for fraud alone, and up to a multiple of what was obtained (L73)."""
    if not fine:
        return
    if basis is not RecoveryBasis.FRAUD:
        raise Refused("罚款只适用于骗取救助的（社会救助法第七十三条），请不要填写。", "fine", 422, "fine")
    most = most_fine(total, str(figures.figure("fraud.fine_max_multiple", award.village_id, on).value))
    if fine > most:
        raise Refused(f"罚款不能超过 {show(most)} 元（社会救助法第七十三条）。", "fine", 422, "fine")


def _heard(award: Award, views: ViewsEntry, on: dt.date) -> dict[str, Any]:
    """How the household was heard, as it is kept and printed."""
    how = next((each for each in Hearing if each == views.how), None)
    if how is None:
        raise Refused("请选择怎样听取的意见。", "missing", 422, "how")
    people = looking.check_team([award], views.officers, on)
    kept: dict[str, Any] = {
        **dict.fromkeys(("who", "place", "view", "said", "evidence", "answer", "not_possible"), ""),
        "how": str(how),
        "heard_on": past(views.heard_on, on, "heard_on", "听取日期").isoformat(),
        "place": text(views.place, "place", "地点", 100, needed=False),
        "officers": [[person.pk, person.name] for person in people],
    }
    if how is Hearing.NOT_POSSIBLE:
        return kept | {"not_possible": text(views.not_possible, "not_possible", "为什么无法听取", 300)}
    view = next((each for each in View if each == views.view), None)
    if view is None:
        raise Refused("请选择本人对退回的态度。", "missing", 422, "view")
    return kept | {
        "who": text(views.who, "who", "听取了谁的意见", 100),
        "view": str(view),
        "said": text(views.said, "said", "本人陈述"),
        "evidence": text(views.evidence, "evidence", "提出的证据", needed=False),
        "answer": text(views.answer, "answer", "对不同意见的答复", needed=view is View.OBJECTS),
    }


# -- ordering --------------------------------------------------------------------------------


@office_act("order_recovery")
def order_recovery(walk: Walk, *, ref: str, version: int | None = None, code: str = "") -> Recovery:
    """The department orders the money back (L73, L74), by a person who did not propose it, with a fresh second factor."""
    recovery = _taken(walk, ref, (RecoveryState.PROPOSED,), version)
    if not walk.officer.holds({Role.DISTRICT_DECIDER}, recovery.award.township_id[:6]):
        raise Refused("责令退回由区级民政部门决定，您的岗位不能办理。", "wrong_role", 403)
    heard_by = {number for number, _ in recovery.heard["officers"]}
    if walk.officer.staff.pk in heard_by | {recovery.proposed_by_id}:
        raise Refused("您提出了退回或者听取了意见，不能再决定。请由另一位区级确认人员办理。", "separation", 403)
    balances = queries.balances_of(recovery)
    if {row.pk for row in queries.of_award(recovery.award)} != {row.pk for row in balances}:
        raise Refused("提出以后这一户的多发有变动，请退回乡街重新提出。", "overtaken")
    second.spend(walk.officer.account, code)
    RecoveredBalance.objects.bulk_create(RecoveredBalance(recovery=recovery, balance=row) for row in balances)
    data = papers.refund_order(recovery, balances, walk.on)
    paper = papers.issue(walk, recovery, "refund_order", data, papers.department(recovery))
    recovery.ordered_by, recovery.ordered_on = walk.officer.staff, walk.on
    walk.note(paper=paper.number)
    return _move(walk, recovery, RecoveryState.ORDERED)


@office_act("return_recovery")
def return_recovery(walk: Walk, *, ref: str, reason: str, version: int | None = None) -> Recovery:
    """Back to the township, with what is wanted."""
    recovery = _taken(walk, ref, (RecoveryState.PROPOSED,), version)
    if not walk.officer.holds({Role.DISTRICT_DECIDER}, recovery.award.township_id[:6]):
        raise Refused("责令退回由区级民政部门决定，您的岗位不能办理。", "wrong_role", 403)
    recovery.note = text(reason, "reason", "退回乡街的理由", 200)
    return _move(walk, recovery, RecoveryState.RETURNED)


@office_act("withdraw_recovery")
def withdraw_recovery(walk: Walk, *, ref: str, reason: str, version: int | None = None) -> Recovery:
    """The township takes its proposal back; nothing was ordered."""
    recovery = _taken(walk, ref, (RecoveryState.PROPOSED, RecoveryState.RETURNED), version)
    _check_place(walk, recovery.award)
    recovery.note = text(reason, "reason", "撤回的理由", 200)
    return _move(walk, recovery, RecoveryState.WITHDRAWN)


def _taken(walk: Walk, ref: str, states: tuple[RecoveryState, ...], version: int | None = None) -> Recovery:
    recovery = gate.fetch(walk.officer, Recovery.objects.select_related(*_AWARD), ref, lock=True)
    state = RecoveryState(recovery.state)
    if state not in states or (version is not None and version != recovery.version):
        raise Refused(
            f"{recovery.award.household.head.name}家庭的退回现为“{state.label}”，这次的“{walk.row.label}”没有生效。请刷新页面后再办理。",
            "overtaken",
        )
    looking.check_unrelated([recovery.award], walk.officer.staff)
    return recovery


def _move(walk: Walk, recovery: Recovery, state: RecoveryState) -> Recovery:
    recovery.state, recovery.version = state, recovery.version + 1
    recovery.save()
    walk.note(subject=(Recovery.KIND, recovery.ref), total=recovery.total_fen, state=str(state))
    return recovery


# -- refunds ---------------------------------------------------------------------------------


@office_act("record_refund")
def record_refund(walk: Walk, *, ref: str, fen: Fen, on: dt.date | None, receipt: str) -> Refund:
    """Money that the household has brought, with its receipt; it counts after a second person's check."""
    recovery = _taken(walk, ref, (RecoveryState.ORDERED,))
    _check_place(walk, recovery.award)
    taken = queries.waiting([recovery]).get(recovery.ref, 0) + queries.in_preview(recovery)
    left = max(queries.remaining(recovery) - taken, 0)
    if not 0 < fen <= left:
        raise Refused(
            f"退回金额应大于 0，不超过尚未退回的 {show(left)} 元（待核对的、正在编制的名册里要扣的已减去）。",
            "amount", 422, "amount",
        )  # fmt: skip
    paid_on = past(on, walk.on, "on", "退回日期")
    number = text(receipt, "receipt", "收据编号", 60)
    try:
        with transaction.atomic():
            made = Refund.objects.create(
                recovery=recovery, fen=fen, on=paid_on, receipt=number, by=walk.officer.staff, at=now()
            )
    except IntegrityError as twice:
        raise Refused("这个收据编号已经登记过，请核对。", "receipt", 422, "receipt") from twice
    walk.note(subject=(Recovery.KIND, recovery.ref), fen=fen, receipt=number)
    return made


@office_act("check_refund")
def check_refund(walk: Walk, *, ref: str, accepted: bool, words: str = "") -> Refund:
    """The second person's word: it came in, and the township's money is booked; or it did not, and why."""
    refund = gate.fetch(walk.officer, Refund.objects.select_related("recovery"), ref)
    recovery = _taken(walk, refund.recovery.ref, (RecoveryState.ORDERED,))
    _check_place(walk, recovery.award)
    if refund.by_id == walk.officer.staff.pk:
        raise Refused("这笔退款由您本人登记，须由另一人核对。", "separation", 403)
    if not accepted and not words.strip():
        raise Refused("没有收到的请写明情况。", "words", 422, "words")
    try:
        with transaction.atomic():
            RefundCheck.objects.create(
                refund=refund, accepted=accepted, words=words.strip()[:200], by=walk.officer.staff, on=walk.on
            )
    except IntegrityError as twice:
        raise Refused("这笔退款已经核对过，请刷新页面。", "checked") from twice
    if accepted:
        _book(walk, recovery, refund)
        follow(Recovery.objects.filter(pk=recovery.pk), walk.on)
    walk.note(subject=(Recovery.KIND, recovery.ref), fen=refund.fen, accepted=accepted, receipt=refund.receipt)
    return refund


def _book(walk: Walk, recovery: Recovery, refund: Refund) -> None:
    award = recovery.award
    entry = Entry(
        "cash", FundAccount.TOWNSHIP, FundAccount.RETURNED, refund.fen, FundProgramme(award.programme),
        award.township_id, urban=award.household.urban,
    )  # fmt: skip
    basis = Basis("refund", refund.ref, month_of(walk.on), walk.on, f"家庭退回（{award.number}）", walk.officer.staff)
    book(award.township_id[:6], basis, [entry])
