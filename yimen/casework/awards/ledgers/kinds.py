"""What rows of each kind of ledger must say: categories and amounts, levels and forms of support, days of recognition."""

from __future__ import annotations

from datetime import date

from yimen.casework.awards.ledgers.verdict import Ground, Verdict
from yimen.law.calendar import add_months
from yimen.law.ledger import SHORT
from yimen.law.money import show
from yimen.law.terms import Programme, SupportForm

ROW = "整行"
_R10 = "民发〔2024〕57号第十条"


def check_kind(verdict: Verdict, place: Ground) -> None:
    """Whether a row says what its kind of ledger must say."""
    if place.programme is Programme.DIBAO:
        _check_category(verdict, place)
    elif place.programme is Programme.TEKUN:
        _check_tekun(verdict)
    else:
        _check_recognition(verdict, place)


def _check_category(verdict: Verdict, place: Ground) -> None:
    row = verdict.row
    if row.category and row.category not in place.categories:
        verdict.wrong("保障类别", f"没有“{row.category}”这一类，本地的类别是{'、'.join(place.categories)}，请改正。")
    if not verdict.problems and not (row.village and row.category and row.start_month and row.monthly_fen > 0):
        verdict.wrong(ROW, "村（社区）、保障类别、月保障金额、起始月份都要填写，金额要大于 0。")


def _check_tekun(verdict: Verdict) -> None:
    row = verdict.row
    parts = (row.basic_fen, row.care_fen)
    if len(row.people) > 1:
        verdict.wrong(ROW, "特困供养台账一人一行，这一行写了几个人，请分开写。")
    if None not in parts and sum(part or 0 for part in parts) != row.monthly_fen:
        told = "、".join(show(part or 0) for part in parts)
        verdict.wrong(
            "月供养金合计", f"基本生活费、照料护理费（{told} 元）相加不等于合计 {show(row.monthly_fen)} 元，请核对。"
        )
    if not verdict.problems and not (row.self_care and row.support_form and row.monthly_fen > 0):
        verdict.wrong(ROW, "供养方式、自理能力、供养金额都要填写，金额要大于 0。")
    if row.support_form == SupportForm.INSTITUTIONAL and not row.institution:
        verdict.remarks.append("集中供养而没有写供养机构，请补登。")


def _check_recognition(verdict: Verdict, place: Ground) -> None:
    """The day of recognition and the day it runs out; 刚性支出 for twelve months at the most (R10)."""
    row, on = verdict.row, place.on.isoformat()
    if row.monthly_fen:
        verdict.wrong(ROW, f"{SHORT[place.programme]}没有按月发放的金额，请核对是不是拿错了台账。")
    if row.recognised_on and row.recognised_on > on:
        verdict.wrong("认定日期", f"认定日期 {row.recognised_on} 晚于今天，请核对。")
    if place.validity and not row.valid_to:
        verdict.wrong(
            "有效期至",
            f"没有写有效期。{SHORT[place.programme]}的认定最长 {place.validity} 个月（民发〔2024〕57号第十条），请填写有效期至哪一天。",
        )
    if not row.recognised_on or not row.valid_to:
        return
    if row.valid_to <= row.recognised_on:
        verdict.wrong("有效期至", "有效期截止日期不晚于认定日期，请核对。")
    longest = add_months(date.fromisoformat(row.recognised_on), place.validity).isoformat() if place.validity else ""
    if longest and row.valid_to > longest:
        verdict.wrong(
            "有效期至",
            f"有效期至 {row.valid_to} 超过 {place.validity} 个月（自 {row.recognised_on} 最长至 {longest}，{_R10}），请核对。",
        )
    if verdict.award is None and row.valid_to < on:
        verdict.wrong("有效期至", f"有效期已于 {row.valid_to} 届满，不再接续。仍有困难的，请按期满重新申请。")
