"""Papers of 四(一) that members and obligors sign: pledge and mandate, the obligor's own consent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from yimen.base.papers.writing import day as written
from yimen.casework.applications import queries
from yimen.casework.applications.letters import township_office
from yimen.casework.applications.models import Application, Consent
from yimen.casework.households.models import Obligor
from yimen.law.calendar import today
from yimen.law.terms import (
    Relation,
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


def _pledge(application: Application, since: date, signers: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "case_number": application.number,
        "applicant": application.applicant.name,
        "township": township_office(application).name,
        "programme": queries.UNDECIDED,
        "bodies": BODIES,
        "data_kinds": DATA_KINDS,
        "purpose": PURPOSE,
        "from_date": since,
        "until": UNTIL,
        "signers": signers,
    }


def pledge(application: Application, rows: Iterable[Consent]) -> dict[str, Any]:
    """诚信承诺和授权委托书 (forms.md 3)."""
    relations = {row.person_id: row.relation for row in queries.participants(application)}
    signers = [
        {
            "name": row.person.name,
            "relation": Relation(relations[row.person_id]).label,
            "id_number": row.person.identity,
            "guardian": row.signed_by if row.signed_by != row.person.name else "",
            "signed": "已签",
            "signed_on": row.signed_on,
        }
        for row in rows
        if row.person and row.given
    ]
    return _pledge(application, min(row["signed_on"] for row in signers), signers)


def blank_pledge(application: Application) -> dict[str, Any]:
    """The same paper before anybody has signed, to be printed and signed."""
    signers = [
        {"name": row.person.name, "relation": Relation(row.relation).label, "id_number": row.person.identity}
        for row in queries.participants(application)
    ]
    return _pledge(application, today(), signers)


def obligor_wanted(application: Application, obligor: Obligor | None) -> dict[str, Any]:
    """The same paper before the obligor has answered; of an obligor not named yet, without the person."""
    named = {
        "obligor": obligor.name,
        "obligor_id": obligor.identity,
        "relation": f"{obligor.supports.name}的{Relation(obligor.relation).label}",
    } if obligor else {}  # fmt: skip
    return {
        "case_number": application.number,
        "applicant": application.applicant.name,
        "township": township_office(application).name,
        **named,
        "need": "核定应得的赡养（抚养、扶养）费",
        "scope": DATA_KINDS,
        "purpose": "仅用于核定申请人应得的赡养（抚养、扶养）费",
    }


def obligor_consent(application: Application, row: Consent, obligor: Obligor, told_by: str = "") -> dict[str, Any]:
    """法定义务人授权书: consent or recorded refusal, the obligor's own (forms.md 4; L41)."""
    return {
        **obligor_wanted(application, obligor),
        "from_date": row.signed_on,
        "until": written(row.valid_to),
        "answer": "同意核对" if row.given else "不同意核对",
        "refusal_reason": row.refused_reason,
        "told_by": told_by,
        "told_on": row.signed_on,
    }
