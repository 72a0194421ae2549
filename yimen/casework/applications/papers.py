"""Papers of 四(一), filled from what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.offices.models import Office, Staff
from yimen.casework.applications import queries
from yimen.casework.applications.letters import fitting, remedies, township_office
from yimen.casework.applications.materials import wanted
from yimen.casework.applications.models import Application, Consent, RelativeFiling
from yimen.casework.households import queries as households
from yimen.casework.households.models import Person
from yimen.law.calendar import today
from yimen.law.terms import (
    AppliedBy,
    Duty,
    ExpenseKind,
    IncomeKind,
    KinRelation,
    Marriage,
    Order,
    Period,
    PovertyCause,
    PropertyKind,
    Relation,
    Sex,
    WorkCapacity,
)

BODIES = [
    "户籍管理、税务、社会保险、不动产登记、市场监督管理、住房公积金管理、车船管理等单位",
    "银行、保险、证券等金融机构以及非银行支付机构",
]
DATA_KINDS = [
    "户籍、纳税记录、社会保险缴纳、不动产登记、市场主体登记、住房公积金缴纳、车船登记",
    "银行存款、商业保险、证券、互联网金融资产等",
]
PURPOSE = "仅用于社会救助的申请审核、确认和获得救助期间的动态管理"
UNTIL = "本次申请办结之日；获得救助的，至救助终止之日"


def _capacity(code: str) -> str:
    return WorkCapacity(code).label if code else ""


def _member_row(relation: str, person: Person, capacity: str) -> dict[str, Any]:
    disability = households.disability(person)
    number = person.health.get("disability_number") or ""
    return {
        "name": person.name, "relation": Relation(relation).label, "id_number": person.identity,
        "birth_date": person.birth_date, "sex": Sex(person.sex).label, "marriage": Marriage(person.marriage).label,
        "nationality": person.nationality, "health": "重病" if person.health.get("illness") else "",
        "disability": "" if disability == "无" else f"{disability} {number}".strip(),
        "work_capacity": _capacity(capacity), "occupation": person.occupation,
    }


def application_form(application: Application) -> dict[str, Any]:
    """社会救助申请书 (forms.md 1)."""
    person = application.applicant
    agent = queries.agent(application)
    account = households.account(application.household)
    rows = [_member_row(row.relation, row.person, row.work_capacity) for row in queries.participants(application)]
    return {
        **fitting("application_form", application), "programmes": ["最低生活保障"], "id_number": person.identity, "sex": Sex(person.sex).label,
        "birth_date": person.birth_date, "nationality": person.nationality, "phone": person.phone or "无",
        "hukou_address": person.hukou_place or application.village.name,
        "address": application.household.address or f"{application.village.name}{application.household.group}",
        "household_size": len(rows), "applied_by": AppliedBy(application.applied_by).label,
        "proxy_name": agent.name if agent else "", "proxy_relation": agent.relation if agent else "",
        "proxy_phone": (agent.phone or "") if agent else "", "dictated": application.dictated,
        "witness": application.witness, "members": rows, "reason": application.reason,
        "poverty_cause": PovertyCause(application.poverty_cause).label, "payee": account.holder if account else "",
        "bank": account.bank if account else "", "account": account.number if account else "",
    }


def _name(person: Person | None) -> str:
    return person.name if person else "全家"


def _incomes(application: Application) -> list[dict[str, Any]]:
    rows = [
        {
            "person": _name(row.person), "kind": IncomeKind(row.kind).label, "project": row.label, "amount": row.amount_fen,
            "quantity": f"{row.quantity:f}" if row.quantity is not None else "", "quantity_unit": row.unit,
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
                {"owner": _name(row.person), "kind": kind.label, "place": row.detail or row.label, "amount": row.value_fen}
            )
    return {"houses": houses, "vehicles": vehicles, "assets": others}


def household_declaration(application: Application) -> dict[str, Any]:
    """居民家庭信息申报表 (forms.md 6)."""
    person = application.applicant
    return {
        **fitting("household_declaration", application), "id_number": person.identity, "phone": person.phone or "",
        "household_size": len(queries.participants(application)), "reported_on": application.applied_on,
        "occasion": "新申请", "incomes": _incomes(application), **_assets(application),
        "expenses": [
            {
                "person": _name(row.person), "kind": ExpenseKind(row.kind).label, "content": row.label,
                "amount": row.amount_fen, "period": Period(row.period).label,
            }
            for row in queries.expenses(application)
        ],
        "supporters": [
            {
                "name": row.name, "relation": Relation(row.relation).label, "phone": "", "fee": row.agreed_fee_fen,
                "note": row.inability_reason,
            }
            for row in queries.obligors(application)
        ],
    }


_NEXT = {
    Order.PLAN: (
        ("补齐材料，提请信息核对", "材料和授权齐备后当日"),
        ("核对结果返回，决定是否受理", "区级 3 个工作日内启动核对"),
        ("入户调查（至少两人，请留人在家）", "受理之日起 3 个工作日内启动"),
        ("公示 7 天后作出决定，书面告知", "受理之日起的法定期限内"),
    ),
    Order.MINISTRY: (
        ("补齐材料，决定是否受理", "材料齐备当日"),
        ("提请信息核对", "区级 3 个工作日内启动核对"),
        ("入户调查（至少两人，请留人在家）", "受理之日起 3 个工作日内启动"),
        ("公示 7 天后作出决定，书面告知", "受理之日起的法定期限内"),
    ),
}


def receipt(application: Application, officer_name: str) -> dict[str, Any]:
    """申请回执: number, code for the progress page, what follows; no part of the identity number (A2)."""
    data = fitting("application_receipt", application)
    data["handler"] = data["handler"] or officer_name
    data["progress_link"] = f"/p/{application.progress_code}"
    data["missing"] = [row.label for row in queries.missing_materials(application)]
    data["steps"] = [{"step": step, "by": by} for step, by in _NEXT[Order(application.order)]]
    return data


def mandate(application: Application) -> dict[str, Any]:
    """代理申请委托书 (forms.md 2)."""
    agent = queries.agent(application)
    assert agent is not None
    kinds = {AppliedBy.FAMILY: "家属", AppliedBy.VILLAGE: "村（居）民委员会"}
    person = application.applicant
    return {
        "principal": person.name, "principal_id": person.identity, "principal_address": application.household.address or "",
        "principal_phone": person.phone or "", "agent_kind": kinds.get(AppliedBy(application.applied_by), "其他人"),
        "agent": agent.name, "agent_id": agent.identity or "", "agent_phone": agent.phone or "",
        "relation": agent.relation, "programme": "最低生活保障", "scope": [agent.scope], "reason": agent.reason,
        "from_date": application.applied_on, "to_date": agent.valid_to,
    }


def issue_opening(walk: Walk, application: Application, office: Office) -> None:
    """The papers of a registration, in the name of the township."""
    walk.issue("application_form", application_form(application), office)
    walk.issue("household_declaration", household_declaration(application), office)
    walk.issue("application_receipt", receipt(application, walk.officer.staff.name), office)
    if queries.agent(application):
        data = mandate(application)
        data["agent_id"] = data["agent_id"] or "（代办人未提供）"
        walk.issue("agent_mandate", data, office)


def pledge(application: Application, rows: Iterable[Consent]) -> dict[str, Any]:
    """诚信承诺和授权委托书 (forms.md 3)."""
    relations = {row.person_id: row.relation for row in queries.participants(application)}
    signers = [
        {
            "name": row.person.name, "relation": Relation(relations[row.person_id]).label, "id_number": row.person.identity,
            "guardian": row.signed_by if row.signed_by != row.person.name else "", "signed": "已签", "signed_on": row.signed_on,
        }
        for row in rows
        if row.person and row.given
    ]
    return {
        "case_number": application.number, "applicant": application.applicant.name,
        "township": township_office(application).name, "programme": "最低生活保障", "bodies": BODIES,
        "data_kinds": DATA_KINDS, "purpose": PURPOSE, "from_date": min(row["signed_on"] for row in signers),
        "until": UNTIL, "signers": signers,
    }


def blank_pledge(application: Application) -> dict[str, Any]:
    """The same paper before anybody has signed, to be printed and signed."""
    signers = [
        {"name": row.person.name, "relation": Relation(row.relation).label, "id_number": row.person.identity}
        for row in queries.participants(application)
    ]
    return {
        "case_number": application.number, "applicant": application.applicant.name,
        "township": township_office(application).name, "programme": "最低生活保障", "bodies": BODIES,
        "data_kinds": DATA_KINDS, "purpose": PURPOSE, "from_date": today(), "until": UNTIL, "signers": signers,
    }


def obligor_consent(application: Application, row: Consent) -> dict[str, Any]:
    """法定义务人授权书: consent or recorded refusal, the obligor's own (forms.md 4; L41)."""
    obligor = row.obligor
    assert obligor is not None
    return {
        "case_number": application.number, "applicant": application.applicant.name,
        "township": township_office(application).name, "obligor": obligor.name, "obligor_id": obligor.identity,
        "relation": f"{obligor.supports.name}的{Relation(obligor.relation).label}", "need": "核定应得的赡养（抚养、扶养）费",
        "scope": DATA_KINDS, "purpose": "仅用于核定申请人应得的赡养（抚养、扶养）费", "from_date": row.signed_on,
        "until": f"{row.valid_to:%Y-%m-%d}", "answer": "同意核对" if row.given else "不同意核对",
        "refusal_reason": row.refused_reason, "told_on": row.signed_on,
    }


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


def supplement(application: Application, items: Sequence[dict[str, str]], by_on: date, handler: Staff) -> dict[str, Any]:
    """一次性补正告知书 (forms.md 11)."""
    office = township_office(application)
    return {
        **fitting("supplement_notice", application, application.handler or handler),
        "missing": list(items), "by_date": by_on, "place": office.address or f"{office.name}社会救助窗口",
    }


def close_relative(
    application: Application, row: RelativeFiling, hardship: str, investigation: str, opinion: str
) -> dict[str, Any]:
    """近亲属备案表 (forms.md 9)."""
    staff, person = row.staff, application.applicant
    on = today()
    return {
        **fitting("close_relative_filing", application), "origin": "申请人申明" if row.declared else "比对发现", "filed_on": on,
        "staff_name": staff.name, "staff_id": staff.identity, "staff_duty": Duty(staff.duty).label,
        "staff_unit": staff.office.name, "staff_post": staff.title or Duty(staff.duty).label, "staff_phone": staff.phone or "",
        "relation": f"{row.person_name}系{staff.name}的{KinRelation(row.relation).label}", "recipient": person.name,
        "recipient_id": person.identity, "recipient_sex": Sex(person.sex).label, "recipient_birth": person.birth_date,
        "hukou_address": person.hukou_place, "address": application.household.address or "",
        "household_size": len(queries.participants(application)), "reason": application.reason, "hardship": hardship,
        "investigation": {"text": investigation}, "township_opinion": {"text": opinion}, "status": "在办",
        "dynamics": [{"date": on, "event": "登记备案", "handler": application.handler.name if application.handler else ""}],
    }


def procedure_end(
    application: Application, withdrawn: bool, reason: str, asked: str, asked_on: date | None, handler: Staff
) -> dict[str, Any]:
    """程序终止告知书 (forms.md 29)."""
    requests = [{"asked": asked, "asked_on": f"{asked_on:%Y-%m-%d}" if asked_on else "", "answer": reason}]
    return {
        **fitting("procedure_end_notice", application, application.handler or handler), "cause": "申请人撤回申请" if withdrawn else "无正当理由拒不配合", "requests": [] if withdrawn else requests,
        "reasons": [reason], "articles": ["《最低生活保障审核确认办法》（民发〔2021〕57号）第九条、第二十九条"],
        "remedies": remedies(application, today()), "again": "符合条件的，可以随时重新提出申请",
    }
