"""After the decision: the money in the hand, the papers that follow, and what is taken back before it was handed out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.clocks import desk as clocks
from yimen.casework.awards.changes.common import past, text
from yimen.casework.payments.models import ReliefCase
from yimen.casework.payments.relief import papers
from yimen.casework.payments.relief.common import keep_papers, move, post, taken
from yimen.law.payments.funds import FundAccount
from yimen.law.payments.relief import (
    CLOCK,
    ReliefState,
    ReliefWay,
)

__all__ = ["cancel_relief", "complete_relief", "hand_out_relief"]


@office_act("hand_out_relief")
def hand_out_relief(
    walk: Walk, *, ref: str, received_by: str, on: dt.date | None, voucher: str = "", version: int | None = None
) -> ReliefCase:
    """The money in the hand, or sent to the household's account, by somebody who did not decide; with the receipt."""
    case = taken(walk, ref, (ReliefState.GRANTED,), version)
    if case.decision.by_id == walk.officer.staff.pk:
        raise Refused("决定的人不能经手发放，请由另一位人员办理。", "separation", 403)
    case.paid_on = past(on, walk.on, "on", "发放日期")
    if case.paid_on < case.decision.on:
        raise Refused(f"发放日期不能早于决定日期 {case.decision.on}。", "too_early", 422, "on")
    case.received_by = text(received_by, "received_by", "领取人", 100)
    case.voucher = text(voucher, "voucher", "转账凭证编号", 60, needed=case.way == ReliefWay.TRANSFER)
    case.paid_by = walk.officer.staff
    paper = papers.issue(walk, case, "relief_receipt", papers.relief_receipt(case))
    return move(walk, case, ReliefState.PAID, paper=paper.number)


@office_act("complete_relief")
def complete_relief(walk: Walk, *, ref: str, papers_given: Sequence[str], words: str) -> ReliefCase:
    """The papers and the explanation that urgent relief had left for later (L50)."""
    case = taken(walk, ref, (ReliefState.REGISTERED, ReliefState.GRANTED, ReliefState.PAID))
    if case.papers_on is not None:
        raise Refused("这一件的材料已经补齐，请刷新页面。", "complete")
    names = [each.strip()[:60] for each in papers_given if each.strip()]
    if not names:
        raise Refused("请写明补了哪些材料，一行一份。", "papers", 422, "papers")
    keep_papers(walk, case, names, text(words, "words", "补充说明"))
    clocks.stop(ReliefCase.KIND, [case.pk], [CLOCK], walk.on)
    walk.note(subject=(ReliefCase.KIND, case.ref), papers=len(names))
    return case


@office_act("cancel_relief")
def cancel_relief(walk: Walk, *, ref: str, reason: str, version: int | None = None) -> ReliefCase:
    """Take back what was not handed out; a granted amount goes back to the reserve by a reversing entry (K2)."""
    case = taken(walk, ref, (ReliefState.REGISTERED, ReliefState.GRANTED), version)
    case.note = text(reason, "reason", "撤销的理由", 200)
    if case.state == ReliefState.GRANTED:
        if case.decision.by_id == walk.officer.staff.pk:
            raise Refused("决定的人不能自己撤销，请由另一位人员办理。", "separation", 403)
        post(walk, case, case.decision.fen, "relief_back", FundAccount.RESERVE, FundAccount.SPENT, "临时救助撤销")
        clocks.stop(ReliefCase.KIND, [case.pk], [CLOCK], walk.on)
    case.shown_to = None
    return move(walk, case, ReliefState.CANCELLED)
