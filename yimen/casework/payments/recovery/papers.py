"""The papers of a recovery: how the household was heard (forms.md 40), and the order (44)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.base.papers import desk, writing
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Balance
from yimen.casework.awards.telling import mark_of
from yimen.casework.payments.models import Recovery
from yimen.law.aftercare.changing import Hearing, View
from yimen.law.money import show
from yimen.law.payments.recovery import ARTICLES, RecoveryBasis, RecoveryWay, instalments
from yimen.law.terms import OfficeKind, Programme


def issue(walk: Walk, recovery: Recovery, code: str, data: dict[str, Any], office: Office) -> Paper:
    """One paper of a recovery. Raises Refused where it cannot be issued."""
    about = desk.About(Recovery.KIND, recovery.ref, recovery.pk, data)
    return walk.issue_about([(code, about, mark_of(recovery.award))], office)[0]


def township(recovery: Recovery) -> Office:
    """The township's office, which proposes."""
    return offices.office_of(recovery.award.township_id, OfficeKind.TOWNSHIP)


def department(recovery: Recovery) -> Office:
    """The district's department, which orders (L73, L74)."""
    return offices.office_of(recovery.award.township_id[:6], OfficeKind.DEPARTMENT)


def how_words(recovery: Recovery) -> str:
    """How it is paid back, in words."""
    if recovery.way == RecoveryWay.CASH and recovery.return_by:
        return f"请于{writing.day(recovery.return_by)}以前一次退回，凭收据"
    parts = list(instalments(recovery.total_fen, recovery.monthly_fen or 0, recovery.from_month))
    last = f"，最后一个月 {show(parts[-1][1])} 元" if parts[-1][1] != recovery.monthly_fen else ""
    year, month = recovery.from_month.split("-")
    return (
        f"自{year}年{int(month)}月起每月从保障金中扣回 {show(recovery.monthly_fen or 0)} 元，共{len(parts)}个月{last}"
    )


def views_record(recovery: Recovery) -> dict[str, Any]:
    """听取意见记录 (40), of what is proposed to be paid back."""
    award, heard = recovery.award, recovery.heard
    return {
        "applicant": award.household.head.name,
        "case_number": award.number,
        "programme_name": Programme(award.programme).label,
        "village": award.village.name,
        "event": "以前月份多发",
        "proposal": f"责令退回 {show(recovery.total_fen)} 元；{how_words(recovery)}",
        "ground": RecoveryBasis(recovery.basis).label,
        "figures": [],
        "heard_on": heard["heard_on"],
        "how": Hearing(heard["how"]).label,
        "who": heard["who"],
        "place": heard["place"],
        "view": View(heard["view"]).label if heard["view"] else "",
        "said": heard["said"],
        "evidence": heard["evidence"],
        "answer": heard["answer"],
        "not_possible": heard["not_possible"],
        "officers": [name for _, name in heard["officers"]],
    }


def refund_order(recovery: Recovery, balances: Sequence[Balance], on: dt.date) -> dict[str, Any]:
    """责令退回通知书 (44). Raises law.standards.Unset where the remedies are not set."""
    award, office = recovery.award, township(recovery)
    remedies = figures.figure("remedy.text", award.village_id, on).value
    return {
        "applicant": award.household.head.name,
        "case_number": award.number,
        "programme_name": Programme(award.programme).label,
        "decided_on": on,
        "ground": RecoveryBasis(recovery.basis).label,
        "total": recovery.total_fen,
        "months": [{"month": row.month, "amount": row.fen, "cause": row.cause} for row in balances],
        "fine": recovery.fine_fen or None,
        "how": how_words(recovery),
        "reasons": [line.strip() for line in recovery.reasons.splitlines() if line.strip()],
        "answer": _answered(recovery.heard),
        "articles": list(ARTICLES[RecoveryBasis(recovery.basis)]),
        "remedies": [remedies] if isinstance(remedies, str) else [str(line) for line in remedies],
        "deciding_body": department(recovery).name,
        "handler": recovery.proposed_by.name,
        "handler_phone": office.phone,
        "hotline": offices.hotlines(str(award.township_id)),
    }


def _answered(heard: dict[str, Any]) -> str:
    if heard["how"] == Hearing.NOT_POSSIBLE:
        return f"作出决定前未能听取您的意见：{heard['not_possible']}"
    said = f"{writing.day(heard['heard_on'])}已听取{heard['who']}的意见（{View(heard['view']).label}）"
    return f"{said}。对所提意见的答复：{heard['answer']}" if heard["answer"] else said
