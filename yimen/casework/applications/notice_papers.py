"""Papers of 四(一) that follow a registration: what is missing, close relatives, the end of the procedure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from yimen.base.offices.models import Staff
from yimen.base.papers.writing import day as written
from yimen.casework.applications import queries
from yimen.casework.applications.letters import fitting, home_of, remedies, township_office
from yimen.casework.applications.materials import wanted
from yimen.casework.applications.models import Application, RelativeFiling
from yimen.law.calendar import today
from yimen.law.terms import (
    Duty,
    KinRelation,
    Sex,
)


def missing_items(application: Application, notes: str = "") -> list[dict[str, str]]:
    """Everything missing at once: papers and signatures, each with why the check cannot supply it."""
    why = {paper.code: paper.why for paper in wanted(application.applied_by)}
    items = [{"item": row.label, "why": why.get(row.code, "")} for row in queries.missing_materials(application)]
    items += [
        {"item": f"{name}的诚信承诺和授权委托书（签字）", "why": "须由本人（或监护人）签署"}
        for name in queries.missing_consents(application)
    ]
    items += [{"item": line.strip(), "why": "核对无法取得"} for line in notes.splitlines() if line.strip()]
    return items


def supplement(
    application: Application, items: Sequence[dict[str, str]], by_on: date, handler: Staff
) -> dict[str, Any]:
    """一次性补正告知书 (forms.md 11)."""
    office = township_office(application)
    return {
        **fitting("supplement_notice", application, application.handler or handler),
        "missing": list(items),
        "by_date": by_on,
        "place": office.address or f"{office.name}社会救助窗口",
    }


def close_relative(
    application: Application, row: RelativeFiling, hardship: str, investigation: str, opinion: str
) -> dict[str, Any]:
    """近亲属备案表 (forms.md 9)."""
    staff, person = row.staff, application.applicant
    on = today()
    return {
        **fitting("close_relative_filing", application),
        "origin": "申请人申明" if row.declared else "比对发现",
        "filed_on": on,
        "staff_name": staff.name,
        "staff_id": staff.identity,
        "staff_duty": Duty(staff.duty).label,
        "staff_unit": staff.office.name,
        "staff_post": staff.title or Duty(staff.duty).label,
        "staff_phone": staff.phone or "",
        "relation": f"{row.person_name}系{staff.name}的{KinRelation(row.relation).label}",
        "recipient": person.name,
        "recipient_id": person.identity,
        "recipient_sex": Sex(person.sex).label,
        "recipient_birth": person.birth_date,
        "hukou_address": person.hukou_place,
        "address": home_of(application),
        "household_size": len(queries.participants(application)),
        "reason": application.reason,
        "hardship": hardship,
        "investigation": {"text": investigation},
        "township_opinion": {"text": opinion},
        "status": "在办",
        "dynamics": [
            {"date": on, "event": "登记备案", "handler": application.handler.name if application.handler else ""}
        ],
    }


def procedure_end(
    application: Application, withdrawn: bool, reason: str, asked: str, asked_on: date | None, handler: Staff
) -> dict[str, Any]:
    """程序终止告知书 (forms.md 29)."""
    requests = [{"asked": asked, "asked_on": written(asked_on) if asked_on else "", "answer": reason}]
    return {
        **fitting("procedure_end_notice", application, application.handler or handler),
        "cause": "申请人撤回申请" if withdrawn else "无正当理由拒不配合",
        "requests": [] if withdrawn else requests,
        "reasons": [reason],
        "articles": ["《最低生活保障审核确认办法》（民发〔2021〕57号）第九条、第二十九条"],
        "remedies": remedies(application, today()),
        "again": "符合条件的，可以随时重新提出申请",
    }
