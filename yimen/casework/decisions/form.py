"""审核确认表: the blocks of a whole case, each with who, when and what (forms.md 25)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.papers.writing import day as written
from yimen.base.record import desk as record
from yimen.casework.applications import queries as applications
from yimen.casework.applications.letters import head, home_of
from yimen.casework.applications.models import Application
from yimen.casework.decisions import boards
from yimen.casework.decisions.entries import power_of
from yimen.casework.decisions.grants import Grant, grants_of, key_of
from yimen.casework.decisions.models import Decision, Opinion
from yimen.casework.decisions.sheets import base_of, basis_of, rounding_of, stored
from yimen.casework.investigation import queries as investigation
from yimen.law.money import show
from yimen.law.reckoning import Reckoning
from yimen.law.reckoning.assessment import Assessment
from yimen.law.reckoning.proposals import RECOGNITIONS
from yimen.law.terms import PovertyCause, Programme, Relation

Block = dict[str, Any]


def approval_form(application: Application, opinion: Opinion, decision: Decision | None = None) -> dict[str, Any]:
    """The form as it stands: at the proposal the decision is still awaited, at the decision it is whole."""
    found, data = stored(opinion), head(application)
    household, person, power = application.household, application.applicant, power_of(application)
    grants = grants_of(opinion)
    supplement = sum(fen for grant in grants for _, fen in grant.covered)
    alone = len(grants) == 1 and grants[0].programme is Programme.DIBAO
    return {
        "programme_name": data["programme_name"],
        "case_number": data["case_number"],
        "applicant": data["applicant"],
        "id_number": person.identity,
        "phone": person.phone or "",
        "township": data["township"],
        "village": data["village"],
        "hukou_address": person.hukou_place,
        "address": home_of(application),
        "household_size": opinion.members if found.programme == Programme.TEKUN else found.members,
        "area_kind": "城市" if household.urban else "农村",
        "poverty_cause": PovertyCause(application.poverty_cause).label,
        "members": _members(application, found, grants),
        "programmes": _programmes(opinion),
        **blocks(application, opinion, decision),
        "deciding_body": decision.body if decision else power.decider_of_record,
        "delegation_basis": decision.basis if decision else basis_of(power),
        "category": "；".join(dict.fromkeys(grant.level for grant in grants if grant.level)) or found.category_label,
        "covered_persons": opinion.covered if opinion.approve else None,
        "grants": [] if alone else [_granted(grant) for grant in grants],
        "base_amount": base_of(found) if alone else None,
        "supplement_amount": supplement if alone else None,
        "total_amount": opinion.amount_fen if opinion.approve and opinion.amount_fen else None,
        "start_month": decision.start_month if decision else found.start_month,
    }


def _granted(grant: Grant) -> str:
    """One of the outcomes granted, with its amount a month and the parts of it."""
    parts = [
        ("基本生活", grant.basic_fen),
        ("照料护理", grant.care_fen),
        ("分类施保增发", sum(fen for _, fen in grant.covered)),
    ]
    told = "，".join(f"{word} {show(fen)} 元" for word, fen in parts if fen and not grant.recognition)
    return f"{grant.title}：{grant.amount_words}{f'（其中{told}）' if told else ''}"


def _programmes(opinion: Opinion) -> list[dict[str, Any]]:
    """Every programme's result beside the others; nothing for an opinion from before they were weighed so."""
    if opinion.assessment is None:
        return []
    granted = {grant.key for grant in grants_of(opinion)}
    rows = []
    for each in Assessment.from_json(opinion.assessment).outcomes:
        verb = "拟认定" if each.programme.value in RECOGNITIONS else "拟确认"
        why = "；".join(f"{row.sentence.rstrip('。')}（{row.basis}）" for row in each.reasons)
        rows.append(
            {
                "programme": each.title,
                "result": verb if key_of(each) in granted else each.verdict.label,
                "amount": each.amount_fen or None,
                "why": why or "".join(each.open_points) or "条件符合",
            }
        )
    resolved = [grant.title for grant in grants_of(opinion) if grant.by_conference]
    why = "按一事一议会议纪要"
    return rows + [{"programme": title, "result": "拟认定", "amount": None, "why": why} for title in resolved]


def _members(application: Application, found: Reckoning, grants: Sequence[Grant]) -> list[dict[str, Any]]:
    reasons = {line.code: line.note for line in found.walk() if line.code.startswith("member.")}
    covered = {ref for grant in grants for ref in grant.persons} if grants else set(found.covered_refs)
    return [
        {
            "name": row.person.name,
            "relation": Relation(row.relation).label,
            "id_number": row.person.identity,
            "covered": row.person.ref in covered,
            "why": reasons.get(f"member.{row.person.ref}", ""),
        }
        for row in applications.participants(application)
    ]


def blocks(application: Application, opinion: Opinion | None, decision: Decision | None = None) -> dict[str, Block]:
    """The blocks of the form by key, for the paper and for the case page."""
    accepted = record.last_of(application.KIND, application.ref, "accept") if application.accepted_on else None
    found = {
        "acceptance": {
            "result": "受理",
            "text": "材料、承诺和授权齐备。",
            "person": accepted.staff_name if accepted else "",
            "date": application.accepted_on,
        }
        if application.accepted_on
        else {},
        "investigation": _investigation(application),
        "appraisal": _appraisal(application),
        "public_notice": _notice(application),
        "township_opinion": _opinion(opinion),
        "decision": _decision(opinion, decision),
    }
    return {key: {name: value for name, value in block.items() if value} for key, block in found.items()}


def _investigation(application: Application) -> Block:
    visit = investigation.latest_visit(application)
    conclusion = investigation.conclusion(application)
    if visit is None and conclusion is None:
        return {}
    people = investigation.names_of(visit) if visit else []
    texts = [visit.conclusion if visit else "", conclusion.reason if conclusion else ""]
    return {
        "text": "；".join(text.rstrip("。；") for text in texts if text),
        "person": "、".join(people),
        "leader": conclusion.concluded_by.name if conclusion else "",
        "date": conclusion.concluded_on if conclusion else visit.visited_on if visit else None,
    }


def _appraisal(application: Application) -> Block:
    held = next(iter(investigation.appraisals(application)[::-1]), None)
    if held is not None:
        votes = f"同意 {held.agree}，不同意 {held.against}，弃权 {held.abstain}"
        return {
            "result": "已评议",
            "text": f"{held.result.rstrip('。')}（{votes}）",
            "person": held.chair,
            "date": held.held_on,
        }
    conclusion = investigation.conclusion(application)
    if conclusion is None:
        return {}
    return {
        "result": "无争议，不评议",
        "text": conclusion.reason,
        "person": conclusion.concluded_by.name,
        "date": conclusion.concluded_on,
    }


def _notice(application: Application) -> Block:
    hung = [row for row in boards.notices_of(application) if row.kind == boards.NOTICE]
    if not hung:
        return {}
    last, said = hung[0], boards.objections(application)
    text = f"{written(last.from_on)}至{written(last.to_on)}在{'、'.join(last.places)}公示。"
    results = "；".join(row.result.rstrip("。") for row in said if row.result)
    by = next(iter(boards.postings(last)), None)
    return {
        "result": "有异议" if said else "无异议",
        "text": text + (f"异议处理：{results}。" if results else ""),
        "person": by.posted_by.name if by else "",
        "date": last.to_on,
    }


def _opinion(opinion: Opinion | None) -> Block:
    if opinion is None:
        return {}
    return {
        "result": "建议予以确认" if opinion.approve else "建议不予确认",
        "text": opinion.reasons
        + _rounded(opinion)
        + (f"（没有按建议的理由：{opinion.departure}）" if opinion.departure else ""),
        "person": opinion.by.name,
        "date": opinion.on,
    }


def _rounded(opinion: Opinion) -> str:
    """Why base and supplements may not add up to the total."""
    words = rounding_of(stored(opinion)) if opinion.approve else ""
    return f"（合计取整：{words}）" if words else ""


def _decision(opinion: Opinion | None, decision: Decision | None) -> Block:
    if decision is None:
        return {"text": "待有权机关作出决定。"}
    return {
        "result": "予以确认" if decision.approve else "不予确认",
        "text": decision.reasons,
        "person": opinion.by.name if opinion else "",
        "leader": decision.by.name,
        "date": decision.on,
    }
