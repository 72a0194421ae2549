"""The papers of this room, filled from what is stored. The sheets with figures: :mod:`sheets`; the form: :mod:`form`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.applications.letters import head, hotlines, remedies, setting, township_office
from yimen.casework.applications.models import Application
from yimen.casework.decisions import queries
from yimen.casework.decisions.boards import printed_name
from yimen.casework.decisions.form import approval_form
from yimen.casework.decisions.models import Decision, Extension, Notice, NoticeObjection, Opinion
from yimen.casework.decisions.reckoning_sheet import reckoning
from yimen.casework.decisions.sheets import (
    amount_explanation,
    base_of,
    basis_of,
    full_articles,
    how_of,
    personal_figures,
    rounding_of,
    stored,
)
from yimen.law.calendar import now
from yimen.law.money import show
from yimen.law.sources import in_force
from yimen.law.standards import Figure, Unset

__all__ = [
    "amount_explanation",
    "announcement",
    "approval_form",
    "approval_notice",
    "basis_of",
    "extension",
    "failed_articles",
    "failed_conditions",
    "notice_objection",
    "public_notice",
    "reckoning",
    "refusal_notice",
]

DUTIES = [
    "家庭人口、收入、财产发生变化的，请及时告知乡镇人民政府（街道办事处）；",
    "配合定期复核；有劳动能力的成员应当积极就业。",
]
APPROVAL_ARTICLES = [
    "《中华人民共和国社会救助法》第十八条、第四十四条、第四十五条",
    "《最低生活保障审核确认办法》（民发〔2021〕57号）第二十条、第二十一条、第二十三条",
]
NOTICE_BASIS = "《最低生活保障审核确认办法》（民发〔2021〕57号）第十九条和民发〔2022〕83号文件四（二）"
ANNOUNCEMENT_BASIS = (
    "《中华人民共和国社会救助法》第四十五条",
    "《最低生活保障审核确认办法》（民发〔2021〕57号）第二十四条",
)
WAYS = {"reinvestigation": "重新调查", "appraisal": "民主评议"}


def _of_head(application: Application, *keys: str) -> dict[str, Any]:
    data = head(application)
    return {key: data[key] for key in keys}


def _supervision(application: Application, on: date) -> str:
    return str(setting("contact.supervision", application, on, hotlines(application)))


def _area(application: Application) -> str:
    return f"{application.township.name}{application.village.name}"


def public_notice(application: Application, notice: Notice) -> dict[str, Any]:
    """公示单 (forms.md 26): only what may hang in public, the name as the board prints it."""
    office = township_office(application)
    row = {
        "applicant": printed_name(notice),
        "village": notice.village.name,
        "members": notice.members,
        "category": notice.category,
        "amount": notice.amount_fen,
    }
    return {
        "programme": notice.programme,
        "area": _area(application),
        "opinion": f"拟确认为{notice.programme}对象",
        "from_date": notice.from_on,
        "to_date": notice.to_on,
        "days": (notice.to_on - notice.from_on).days,
        "places": notice.places,
        "objection_phone": notice.objection_phone,
        "objection_place": office.address or f"{office.name}社会救助窗口",
        "supervision_phone": _supervision(application, notice.from_on),
        "basis_text": NOTICE_BASIS,
        "rows": [row],
    }


def announcement(application: Application, notice: Notice, decision: Decision) -> dict[str, Any]:
    """公布单 (forms.md 35): name, number of members, amount; nothing unrelated (D24)."""
    row = {
        "applicant": printed_name(notice),
        "village": notice.village.name,
        "members": notice.members,
        "amount": notice.amount_fen,
    }
    return {
        "programme": notice.programme,
        "area": _area(application),
        "deciding_body": decision.body,
        "decided_from": decision.on,
        "decided_to": decision.on,
        "from_date": notice.from_on,
        "to_date": notice.to_on,
        "places": notice.places,
        "phone": township_office(application).phone or notice.objection_phone,
        "supervision_phone": _supervision(application, notice.from_on),
        "basis_text": "和".join(in_force(ANNOUNCEMENT_BASIS, decision.on)),
        "rows": [row],
    }


def notice_objection(application: Application, objection: NoticeObjection) -> dict[str, Any]:
    """公示异议登记表 (forms.md 27). The objector's name stays in the sealed column: the paper lies in the file."""
    notice = objection.notice
    return {
        **_of_head(application, "applicant", "case_number", "programme_name", "handler"),
        "notice_number": notice.paper_number or notice.ref,
        "received_at": now(),
        "protected": "实名保密" if objection.named else "匿名",
        "content": objection.content,
        "evidence": [objection.evidence] if objection.evidence else [],
        "action": WAYS.get(objection.answer, "待负责人选定"),
        "action_reason": objection.answer_reason,
    }


def extension(application: Application, row: Extension, length: Figure) -> dict[str, Any]:
    """延期审批单 (forms.md 28)."""
    return {
        **_of_head(application, "applicant", "case_number", "programme_name"),
        "accepted_on": application.accepted_on or application.applied_on,
        "ground": row.ground,
        "facts": row.facts,
        "old_due": row.old_due,
        "new_due": row.new_due,
        "limit": f"自受理之日起{length.shown()}",
        "approved": {"result": "同意延长", "leader": row.by.name, "date": row.on},
    }


def approval_notice(application: Application, decision: Decision) -> dict[str, Any]:
    """确认通知书 (forms.md 31)."""
    found = stored(decision.opinion)
    names = {person["ref"]: person["name"] for person in decision.opinion.inputs["facts"]["people"]}
    covered = queries.covered_persons(decision.opinion)
    return {
        **_of_head(application, "programme_name", "applicant", "case_number", "handler", "handler_phone", "hotline"),
        "area_kind": "城市" if application.household.urban else "农村",
        "decided_on": decision.on,
        "covered": [names[row.person_ref] for row in covered],
        "covered_persons": decision.covered,
        "amount": decision.amount_fen,
        "parts": _parts(decision, names),
        "start_month": decision.start_month,
        "category": found.category_label or decision.category,
        "recertify_on": decision.recertify_on,
        "payment": "按月存入您家登记的银行账户",
        "duties": DUTIES,
        "articles": in_force(APPROVAL_ARTICLES, decision.on),
        "remedies": remedies(application, decision.on),
        "deciding_body": decision.body,
        "delegation_basis": decision.basis,
    }


def _parts(decision: Decision, names: dict[str, str]) -> list[dict[str, Any]]:
    found = stored(decision.opinion)
    extra = [row for row in queries.covered_persons(decision.opinion) if row.supplement_fen]
    base = base_of(found)
    rest = decision.amount_fen - base - sum(row.supplement_fen for row in extra)
    rows = [{"part": "基本保障金", "how": how_of(found), "amount": base}]
    rows += [{"part": "分类施保增发", "how": names[row.person_ref], "amount": row.supplement_fen} for row in extra]
    return [*rows, {"part": "取整", "how": rounding_of(found), "amount": rest}] if rest else rows


def failed_conditions(opinion: Opinion) -> list[str]:
    """The conditions not met, one sentence each."""
    return [failure.sentence for failure in stored(opinion).failures]


def failed_articles(opinion: Opinion) -> list[str]:
    """The articles those conditions stand in."""
    found = [part for failure in stored(opinion).failures for part in failure.basis.split("；") if part]
    return list(dict.fromkeys(found))


def refusal_notice(application: Application, decision: Decision, others: str) -> dict[str, Any]:
    """不予确认告知书 (forms.md 34): condition, reasons, figures, articles, remedies, what else was looked at."""
    return {
        **_of_head(
            application,
            "applicant",
            "case_number",
            "programme_name",
            "applied_on",
            "handler",
            "handler_phone",
            "hotline",
        ),
        "decided_on": decision.on,
        "condition": "；".join(text.rstrip("。") for text in decision.conditions),
        "reasons": [*decision.conditions, *(line for line in decision.reasons.splitlines() if line.strip())],
        "figures": personal_figures(stored(decision.opinion)),
        "articles": full_articles(decision.articles, decision.on),
        "other_programmes": _others(application, decision, others),
        "remedies": remedies(application, decision.on),
        "deciding_body": decision.body,
        "delegation_basis": decision.basis,
    }


def _others(application: Application, decision: Decision, said: str) -> Sequence[str]:
    """What the same figures say of the edge line, as information; a confirmation has a procedure of its own."""
    found = stored(decision.opinion)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    try:
        multiple = figures.book().figure("edge.income_multiple", offices.scopes(application.village_id), decision.on)
    except Unset:
        return [*lines, "低保边缘家庭：收入线未设置，本次没有审核，可以另行申请。"]
    limit = found.standard_fen * multiple.as_fraction()
    if found.per_capita_fen < limit:
        words = f"月人均收入低于收入线 {show(int(limit))} 元，财产符合规定的，可以申请认定。"
    else:
        words = f"月人均收入不低于收入线 {show(int(limit))} 元，不符合收入条件。"
    return [*lines, f"低保边缘家庭：{words}", "特困人员救助供养、临时救助：可以另行提出申请，由乡镇（街道）审核。"]
