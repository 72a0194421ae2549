"""What a row says of the award itself, by programme: the columns of a new one, or what would be other than it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from yimen.casework.awards.ledgers.entries import LedgerRow
from yimen.casework.awards.ledgers.verdict import Ground, Verdict, recertify_from
from yimen.casework.awards.models import Award
from yimen.law.ledger import RECOGNISED
from yimen.law.money import show
from yimen.law.terms import Programme, SelfCare, SupportForm


def _fen(value: Any) -> str:
    return show(value) if value is not None else ""


_SHOWN: dict[str, tuple[str, Callable[[Any], str]]] = {
    "category": ("保障类别", str),
    "support_form": ("供养方式", lambda code: SupportForm(code).label if code else ""),
    "self_care": ("自理能力", lambda code: SelfCare(code).label if code else ""),
    "institution": ("供养机构", str),
    "basic_fen": ("基本生活费（元）", _fen),
    "care_fen": ("照料护理费（元）", _fen),
    "monthly_fen": ("月保障金额（元）", _fen),
    "recognised_on": ("认定日期", str),
    "start_month": ("起始月份", str),
    "valid_to": ("有效期至", str),
    "recertify_on": ("下次复核日期", str),
}
"""Columns of an award that a ledger may set, in the order in which a preview names them, each with how it is shown."""


def compare_award(verdict: Verdict, place: Ground) -> None:
    """Fill in what a new award begins with, or which columns of the one there is would be other."""
    row, award = verdict.row, verdict.award
    told = _told(row, place)
    if award is None:
        verdict.award_facts = {"village_id": row.village, **told, "recertify_on": _due(row, place)}
        return
    if row.recertify_on and award.recertify_on is not None:
        told["recertify_on"] = row.recertify_on
    wanted = {"village_id": row.village} if award.village_id != row.village else {}
    wanted |= _other(verdict, award, told)
    verdict.award_facts = wanted
    verdict.award_before = {column: plain(getattr(award, column)) for column in wanted}


def _told(row: LedgerRow, place: Ground) -> dict[str, Any]:
    """What the row tells of the award; what it leaves empty is not in it."""
    facts: dict[str, Any] = {"start_month": row.start_month}
    if place.programme in RECOGNISED:
        facts |= {"monthly_fen": 0, "recognised_on": row.recognised_on, "valid_to": row.valid_to}
    elif place.programme is Programme.TEKUN:
        facts |= {
            "monthly_fen": row.monthly_fen,
            "support_form": row.support_form,
            "self_care": row.self_care,
            "institution": row.institution,
        }
        if row.basic_fen is not None and row.care_fen is not None:
            facts |= {"basic_fen": row.basic_fen, "care_fen": row.care_fen}
    else:
        facts |= {"monthly_fen": row.monthly_fen, "category": row.category}
    return {column: value for column, value in facts.items() if value != ""}


def _due(row: LedgerRow, place: Ground) -> str | None:
    """The first day of review: as told, else whole intervals from the start; none for a recognition that expires (R10)."""
    if place.validity:
        return None
    months = place.categories[row.category] if place.programme is Programme.DIBAO else place.interval
    return row.recertify_on or recertify_from(row.start_month, months, place.on).isoformat()


def _other(verdict: Verdict, award: Award, told: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that would change, each named in the verdict."""
    wanted = {}
    for column, (label, words) in _SHOWN.items():
        if column in told and told[column] != (before := _standing(award, column)):
            verdict.change(label, words(before), words(told[column]))
            wanted[column] = told[column]
    return wanted


def _standing(award: Award, column: str) -> Any:
    """A column as it stands; the day of recognition of what was decided here is the day of its decision."""
    if column == "recognised_on":
        day = recognised_on(award)
        return day.isoformat() if day else ""
    value = plain(getattr(award, column))
    return "" if value is None and column == "valid_to" else value


def recognised_on(award: Award) -> date | None:
    """The day on which a household was recognised: as the ledger told it, else when it was decided here."""
    if award.recognised_on:
        return award.recognised_on
    return award.decision.on if award.decision else None


def plain(value: Any) -> Any:
    """A column's value as a trace keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
