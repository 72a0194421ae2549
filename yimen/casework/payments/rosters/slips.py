"""The slip that tells a household what it is paid this month, of what that is made, and why it is another sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.base.papers.models import Paper
from yimen.casework.payments import roll_reading as reading
from yimen.law.money import show
from yimen.law.payments.terms import PartKind
from yimen.law.terms import Programme

_KIND, _CODE = "pay_line", "payment_slip"


def issued(refs: Sequence[str]) -> dict[str, Paper]:
    """The slips that there are for these lines, by what the bank's file calls them."""
    found = Paper.objects.filter(subject_kind=_KIND, subject_ref__in=refs, code=_CODE).order_by("id")
    return {paper.subject_ref: paper for paper in found}


def data(walk: Walk, line: Any, office: Office) -> dict[str, Any]:
    """What the slip of a frozen line says; fen in words, of the account the last four digits."""
    award, account = line.award, line.account
    parts = reading.parts(line)
    return {
        "applicant": award.household.head.name,
        "case_number": award.number,
        "programme_name": Programme(line.programme).label,
        "village": line.village.name,
        "month": line.month,
        "amount": line.total_fen,
        "parts": [*_own(line), *(_part(part) for part in parts)],
        "change": change_words(line, parts),
        "account": f"{account.bank}，户名{account.holder}，尾号{str(account.number)[-4:]}"
        if account
        else "没有登记账户",
        "handler": walk.officer.staff.name,
        "handler_phone": office.phone,
        "hotline": offices.hotlines(str(award.township_id)),
    }


def _own(line: Any) -> list[dict[str, Any]]:
    rows = [("保障金", line.base_fen, f"保障 {line.persons} 人"), ("分类施保", line.supplement_fen, "")]
    return [
        {"item": item, "month": line.month, "amount": f"{show(fen)} 元", "words": words}
        for item, fen, words in rows
        if fen
    ]


def _part(part: Any) -> dict[str, Any]:
    sign = "-" if part.kind == PartKind.RECOVERY else ""
    return {
        "item": PartKind(part.kind).label, "month": part.month, "amount": f"{sign}{show(part.fen)} 元", "words": part.words,
    }  # fmt: skip


def change_words(line: Any, parts: Sequence[Any]) -> str:
    """Whether and why it is another sum than the month before."""
    if line.last_fen is None:
        return "上月没有发放，本月新增"
    more = line.total_fen - line.last_fen
    if not more:
        return "不变"
    named = [PartKind(part.kind).label for part in parts if part.kind != PartKind.ABSORBED]
    why = "、".join(dict.fromkeys(named)) or "保障金额变动，见变更告知书"
    return f"{'增加' if more > 0 else '减少'} {show(abs(more))} 元：{why}"
