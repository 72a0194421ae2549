"""Papers of a registration (四(一)), filled from what is stored."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from yimen.base.access.walk import Walk
from yimen.base.offices.models import Office
from yimen.casework.applications import queries
from yimen.casework.applications.family_papers import supporter_sheet
from yimen.casework.applications.following import STEPS
from yimen.casework.applications.letters import fitting, home_of
from yimen.casework.applications.models import Agent, Application
from yimen.casework.households import queries as households
from yimen.casework.households.models import Person
from yimen.law.terms import (
    AppliedBy,
    ExpenseKind,
    IncomeKind,
    Marriage,
    Order,
    Period,
    PovertyCause,
    PropertyKind,
    Relation,
    Sex,
    WorkCapacity,
)


def _capacity(code: str) -> str:
    return WorkCapacity(code).label if code else ""


def _member_row(relation: str, person: Person, capacity: str) -> dict[str, Any]:
    disability = households.disability(person)
    number = person.health.get("disability_number") or ""
    return {
        "name": person.name,
        "relation": Relation(relation).label,
        "id_number": person.identity,
        "birth_date": person.birth_date,
        "sex": Sex(person.sex).label,
        "marriage": Marriage(person.marriage).label,
        "nationality": person.nationality,
        "health": "重病" if person.health.get("illness") else "",
        "disability": "" if disability == "无" else f"{disability} {number}".strip(),
        "work_capacity": _capacity(capacity),
        "occupation": person.occupation,
    }


def application_form(application: Application) -> dict[str, Any]:
    """社会救助申请书 (forms.md 1)."""
    person = application.applicant
    agent = queries.agent(application)
    account = households.account(application.household)
    rows = [_member_row(row.relation, row.person, row.work_capacity) for row in queries.participants(application)]
    return {
        **fitting("application_form", application),
        "programmes": [queries.wish_words(application)],
        "id_number": person.identity,
        "sex": Sex(person.sex).label,
        "birth_date": person.birth_date,
        "nationality": person.nationality,
        "phone": person.phone or "无",
        "hukou_address": person.hukou_place or application.village.name,
        "address": home_of(application),
        "household_size": len(rows),
        "applied_by": AppliedBy(application.applied_by).label,
        "proxy_name": agent.name if agent else "",
        "proxy_relation": agent.relation if agent else "",
        "proxy_phone": (agent.phone or "") if agent else "",
        "dictated": application.dictated,
        "witness": application.witness,
        "members": rows,
        "reason": application.reason,
        "poverty_cause": PovertyCause(application.poverty_cause).label,
        "payee": account.holder if account else "",
        "bank": account.bank if account else "",
        "account": account.number if account else "",
    }


def _name(person: Person | None) -> str:
    return person.name if person else "全家"


def _incomes(application: Application) -> list[dict[str, Any]]:
    rows = [
        {
            "person": _name(row.person),
            "kind": IncomeKind(row.kind).label,
            "project": row.label,
            "amount": row.amount_fen,
            "quantity": f"{row.quantity:f}" if row.quantity is not None else "",
            "quantity_unit": row.unit,
            "period": Period(row.period).label,
        }
        for row in queries.incomes(application)
    ]
    return rows or [{"person": "全家", "kind": "无", "project": "申报没有收入", "amount": 0, "period": ""}]


def _assets(application: Application) -> dict[str, list[dict[str, Any]]]:
    houses, vehicles, others = [], [], []
    for row in queries.properties(application):
        kind = PropertyKind(row.kind)
        if kind is PropertyKind.HOUSE:
            count = f"{row.quantity.normalize():f}" if row.quantity is not None else ""
            houses.append({"owner": _name(row.person), "address": row.detail or row.label, "count": count})
        elif kind in {PropertyKind.VEHICLE, PropertyKind.MACHINERY}:
            vehicles.append(
                {"owner": _name(row.person), "plate": row.detail or "", "kind": row.label, "value": row.value_fen}
            )
        else:
            others.append(
                {
                    "owner": _name(row.person),
                    "kind": kind.label,
                    "place": row.detail or row.label,
                    "amount": row.value_fen,
                }
            )
    return {"houses": houses, "vehicles": vehicles, "assets": others}


def household_declaration(application: Application) -> dict[str, Any]:
    """居民家庭信息申报表 (forms.md 6)."""
    person = application.applicant
    return {
        **fitting("household_declaration", application),
        "id_number": person.identity,
        "phone": person.phone or "",
        "household_size": len(queries.participants(application)),
        "reported_on": application.applied_on,
        "occasion": "新申请",
        "incomes": _incomes(application),
        **_assets(application),
        "expenses": [
            {
                "person": _name(row.person),
                "kind": ExpenseKind(row.kind).label,
                "content": row.label,
                "amount": row.amount_fen,
                "period": Period(row.period).label,
            }
            for row in queries.expenses(application)
        ],
        "supporters": [
            {
                "name": row.name,
                "relation": Relation(row.relation).label,
                "phone": "",
                "fee": row.agreed_fee_fen,
                "note": row.inability_reason,
            }
            for row in queries.obligors(application)
        ],
    }


def receipt(application: Application, officer_name: str) -> dict[str, Any]:
    """申请回执: number, code for the progress page, what follows; no part of the identity number (A2)."""
    data = fitting("application_receipt", application)
    data["handler"] = data["handler"] or officer_name
    # The public origin, so that a telephone can follow the code; without one the page is found by hand.
    origin = next(iter(settings.CSRF_TRUSTED_ORIGINS), "")
    data["progress_link"] = f"{origin}/p/{application.progress_code}"
    data["missing"] = [row.label for row in queries.missing_materials(application)]
    data["steps"] = [{"step": step, "by": by} for step, by in STEPS[Order(application.order)]]
    return data


def mandate(application: Application, agent: Agent) -> dict[str, Any]:
    """代理申请委托书 (forms.md 2)."""
    kinds = {AppliedBy.FAMILY: "家属", AppliedBy.VILLAGE: "村（居）民委员会"}
    person = application.applicant
    return {
        "principal": person.name,
        "principal_id": person.identity,
        "principal_address": home_of(application),
        "principal_phone": person.phone or "",
        "agent_kind": kinds.get(AppliedBy(application.applied_by), "其他人"),
        "agent": agent.name,
        "agent_id": agent.identity or "（代办人未提供）",
        "agent_phone": agent.phone or "",
        "relation": agent.relation,
        "programme": queries.UNDECIDED,
        "scope": [agent.scope],
        "reason": agent.reason,
        "from_date": application.applied_on,
        "to_date": agent.valid_to,
    }


def issue_opening(walk: Walk, application: Application, office: Office) -> None:
    """The papers of a registration, in the name of the township."""
    data = {
        "application_form": application_form(application),
        "household_declaration": household_declaration(application),
    }
    if obligors := queries.obligors(application):
        data["supporter_sheet"] = supporter_sheet(application, obligors, walk.on)
    data["application_receipt"] = receipt(application, walk.officer.staff.name)
    if agent := queries.agent(application):
        data["agent_mandate"] = mandate(application, agent)
    walk.issue_all(data, office)
