"""Papers of 四(一) about what a family states of others and promises: supporters (forms.md 7), promises (forms.md 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from yimen.base.access.walk import Walk
from yimen.casework.applications import queries
from yimen.casework.applications.entries import MaterialEntry
from yimen.casework.applications.letters import fitting, township_office
from yimen.casework.applications.models import Application
from yimen.casework.households.models import Obligor
from yimen.law.calendar import age
from yimen.law.identity import BadIdentity, mask_identity, read_identity
from yimen.law.sources import LAW_FROM
from yimen.law.terms import MaterialState, Relation, Sex

# What an untrue promise leads to: the law from its first day on (L73), before it the notice of 2022 (N 五(五)).
_UNDER_THE_LAW = (
    "承诺不实的，不再适用告知承诺，已获得的救助依法退回，并承担《中华人民共和国社会救助法》第七十三条规定的责任"
)
_BEFORE = "承诺不实的，不再适用告知承诺；骗取最低生活保障的，停止最低生活保障，责令退回非法获取的最低生活保障金，并依法追究法律责任"


def supporter_sheet(application: Application, obligors: Sequence[Obligor], on: date) -> dict[str, Any]:
    """赡养（扶养、抚养）义务人信息表: who owes support, what they earn and pay, why somebody cannot."""
    return {
        **fitting("supporter_sheet", application),
        "masked_id": mask_identity(application.applicant.identity),
        "supporters": [_supporter(row, on) for row in obligors],
    }


def _supporter(row: Obligor, on: date) -> dict[str, Any]:
    return {
        "name": row.name,
        "id_number": row.identity,
        **_of_identity(row.identity, on),
        "relation": f"{row.supports.name}的{Relation(row.relation).label}",
        "job": row.occupation,
        "family_size": row.family_size,
        "income": row.monthly_income_fen,
        "monthly_fee": row.agreed_fee_fen,
        "yearly_fee": row.agreed_fee_fen * 12,
        "inability": row.inability_reason,
    }


def _of_identity(number: str, on: date) -> dict[str, Any]:
    try:
        read = read_identity(number, allow_unknown_area=True)
    except BadIdentity:
        return {}
    return {"sex": Sex(read.sex).label, "age": age(read.birth_date, on)}


def informed_commitment(application: Application, item: str, content: str, on: date) -> dict[str, Any]:
    """告知承诺书 in place of one proof (N 一(二))."""
    return {
        **fitting("informed_commitment", application),
        "township": township_office(application).name,
        "item": item,
        "content": content or item,
        "consequences": _UNDER_THE_LAW if on >= LAW_FROM else _BEFORE,
        "told_on": on,
    }


def issue_commitments(walk: Walk, application: Application, entries: Iterable[MaterialEntry]) -> None:
    """One paper for each proof that a promise takes the place of."""
    promised = [entry for entry in entries if entry.state == MaterialState.PROMISED]
    if not promised:
        return
    labels = {row.code: row.label for row in queries.materials(application)}
    for entry in promised:
        data = informed_commitment(application, labels.get(entry.code, entry.code), entry.note, walk.on)
        data["handler"] = data.get("handler") or walk.officer.staff.name
        walk.issue("informed_commitment", data, township_office(application))
