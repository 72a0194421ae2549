"""The proposal of a Reckoning as one Chinese sentence, in each programme's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yimen.law.money import show
from yimen.law.terms import Programme

if TYPE_CHECKING:
    from yimen.law.reckoning.result import Reckoning

RECOGNITIONS = frozenset({Programme.EDGE.value, Programme.RIGID_EXPENDITURE.value})
"""Programmes whose result is a recognition (认定) without a monthly amount."""


def proposal_of(found: Reckoning) -> str:
    """What the rules propose; a person decides."""
    if not found.eligible:
        verb = "认定" if found.programme in RECOGNITIONS else "确认"
        return f"建议不予{verb}。{''.join(failure.sentence for failure in found.failures)}"
    return _APPROVALS[found.programme](found)


def _dibao(found: Reckoning) -> str:
    return (
        f"建议确认同意：家庭人口{found.members}人，保障{found.covered}人，"
        f"每月{show(found.amount_fen)}元，{found.category_label}；按当日决定计算，自{found.start_month}起发放。"
    )


def _tekun(found: Reckoning) -> str:
    if not found.start_month:
        how = "，".join(str(found.line(code).value) for code in ("tekun.kind", "tekun.form"))
        return f"按标准表计算：{how}，{found.category_label}，每月{show(found.amount_fen)}元。"
    return (
        f"建议确认为特困人员：{found.line('tekun.person').value}，{found.line('tekun.kind').value}，"
        f"{found.line('tekun.form').value}，{found.category_label}，每月{show(found.amount_fen)}元；"
        f"按当日决定计算，自{found.start_month}起给予救助供养。"
    )


def _edge(found: Reckoning) -> str:
    return (
        f"建议认定为最低生活保障边缘家庭：家庭人口{found.members}人；不发放保障金，按规定给予医疗、教育、住房、就业等救助；"
        f"{found.recertify_months}个月内核查。"
    )


def _rigid(found: Reckoning) -> str:
    return (
        f"建议认定为刚性支出困难家庭：家庭人口{found.members}人；不发放保障金，按规定给予医疗、教育等救助；"
        f"按当日决定计算，有效期至{found.line('validity.until').value}，期满重新申请。"
    )


_APPROVALS = {
    Programme.DIBAO.value: _dibao,
    Programme.TEKUN.value: _tekun,
    Programme.EDGE.value: _edge,
    Programme.RIGID_EXPENDITURE.value: _rigid,
}
