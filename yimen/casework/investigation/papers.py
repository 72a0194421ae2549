"""What the papers of the investigation say (forms.md 17-20, 22; the district's visit)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.offices.models import Staff
from yimen.base.papers.writing import day as written
from yimen.casework.applications import letters, queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.investigation.entries import AppraisalEntry, AssessmentEntry, InterviewEntry
from yimen.casework.investigation.models import DISTRICT_REASONS, RESULTS, WAYS, EvidenceLetter, HomeVisit
from yimen.casework.verification import papers as checks, queries as verification
from yimen.casework.verification.comparing import item_label
from yimen.casework.verification.models import Comparison
from yimen.casework.verification.wording import amount
from yimen.law.appraisal import AttendeeRole, representatives
from yimen.law.identity import mask_identity

_TAKEN_OVER = {"whole": "采用", "partly": "部分采用", "no": "不采用"}


def moment(day: date, at: time) -> str:
    """Day and hour as the forms write them."""
    return f"{day.isoformat()}T{at:%H:%M}"


def _photos(refs: Sequence[str]) -> str:
    return f"{len(refs)}张" if refs else "未拍照"


def known_words(row: Comparison) -> str:
    """A settled line in words with its source, which nobody asks again."""
    day = f"，{written(row.queried_on)}" if row.queried_on else ""
    source = f"（{checks.source_words(row)}{day}）" if row.source else ""
    return f"{row.person_name}　{item_label(row.item)}：{verification.adopted_words(row) or row.declared_text}{source}"


def _difference(row: Comparison) -> dict[str, Any]:
    seen = "属实" if row.visit_holds else "不属实"
    if row.visit_fen is not None:
        seen = f"{seen}，实际 {amount(row.visit_fen, row.period or row.verified_period)}"
    return {
        "item": f"{row.person_name}　{item_label(row.item)}",
        "declared": checks.declared_words(row),
        "seen": seen,
        "explained": row.visit_note,
    }


def home_visit(
    application: Application, visit: HomeVisit, people: Sequence[Staff], answered: Sequence[Comparison]
) -> dict[str, Any]:
    """入户调查表 and, with its ground, 区级入户核查表."""
    reason = {}
    if visit.by_district:
        reason = {"reason": DISTRICT_REASONS[visit.district_reason], "reason_text": visit.district_reason_text}
    code = "district_home_visit" if visit.by_district else "home_visit"
    return {
        **letters.fitting(code, application),
        **reason,
        "masked_id": mask_identity(application.applicant.identity),
        "household_size": len(applications.participants(application)),
        "visited_at": moment(visit.visited_on, visit.visited_at),
        "way": WAYS[visit.way],
        "emergency": visit.remote_reason,
        "address": visit.place,
        "investigators": [person.name for person in people],
        "leader": visit.leader.name,
        "helper": visit.helper,
        "present": list(visit.present),
        "known": [known_words(row) for row in verification.known_items(application)],
        "income_findings": visit.income_found,
        "property_findings": visit.property_found,
        **visit.living,
        "support_findings": visit.support_found,
        "differences": [_difference(row) for row in answered],
        "result": RESULTS[visit.result],
        "result_text": _result_text(visit),
        "photos": _photos(visit.photo_refs),
    }


def _result_text(visit: HomeVisit) -> str:
    if visit.residents_match:
        return visit.conclusion
    return f"实际居住人口与申报不一致：{visit.residents_note}。{visit.conclusion}"


def neighbour_interview(
    application: Application, entry: InterviewEntry, people: Sequence[Staff], answers: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """邻里访问表; without consent to be named the interviewee stays out."""
    return {
        **letters.fitting("neighbour_interview", application),
        "visited_at": moment(entry.held_on, entry.held_at),
        "place": entry.place,
        "investigators": [person.name for person in people],
        "protected": "公开" if entry.willing_to_sign else "保密",
        "interviewee": entry.interviewee if entry.willing_to_sign else "",
        "answers": [{"question": question, "answer": answer} for question, answer in answers],
        "result": entry.conclusion,
    }


def evidence_letter(walk: Walk, application: Application, letter: EvidenceLetter, identity: str) -> dict[str, Any]:
    """信函索证函."""
    office = letters.township_office(application)
    return {
        **letters.fitting("evidence_letter", application, walk.officer.staff),
        "addressee": letter.addressee,
        "person": letter.person_name,
        "person_id": mask_identity(identity) if identity else "",
        "items": list(letter.items),
        "purpose": "社会救助申请的调查核实",
        "sent_on": letter.sent_on,
        "reply_by": letter.reply_by,
        "contact_address": office.address,
    }


def third_party_assessment(walk: Walk, application: Application, entry: AssessmentEntry) -> dict[str, Any]:
    """第三方评估报告 with the township's word on it."""
    return {
        **letters.fitting("third_party_assessment", application),
        "address": letters.home_of(application),
        "body": entry.body,
        "contract": entry.contract,
        "assessors": list(entry.assessors),
        "assessed_at": moment(entry.assessed_on, entry.assessed_at),
        "method": entry.method,
        "findings": [{"item": item, "finding": finding, "ground": ground} for item, finding, ground in entry.findings],
        "conclusion": entry.conclusion,
        "conflict": entry.conflict_declaration,
        "taken_over": {
            "result": _TAKEN_OVER[entry.taken_over],
            "text": entry.taken_over_note or "作为调查核实的参考，不代替入户调查。",
            "person": walk.officer.staff.name,
            "date": walk.on,
        },
    }


def appraisal_record(application: Application, entry: AppraisalEntry) -> dict[str, Any]:
    """民主评议记录."""
    voters = [one.role for one in entry.attendees if not one.recused]
    ours = representatives(voters)
    recused = "、".join(one.name for one in entry.attendees if one.recused)
    return {
        **letters.fitting("appraisal_record", application),
        "matter": entry.matter,
        "held_at": moment(entry.held_on, entry.held_at),
        "place": entry.place,
        "chair": entry.chair,
        "recorder": entry.recorder,
        "expected": entry.expected,
        "attended": len(entry.attendees),
        "representatives": f"{ours}/{len(voters)}（有表决权的参加人员）",
        "attendees": [
            {"name": one.name, "role": AttendeeRole(one.role).label, **({"recused": "是"} if one.recused else {})}
            for one in entry.attendees
        ],
        "recusals": entry.recusals or (f"{recused}回避，不参加表决。" if recused else "无人需要回避。"),
        "minutes": entry.minutes,
        "agree": entry.agree,
        "oppose": entry.against,
        "abstain": entry.abstain,
        "result": entry.result,
        "photos": _photos(entry.photo_refs),
    }
