"""What the papers of the check say (forms.md 10, 12, 13, 15, 16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.papers import desk as paper_desk
from yimen.base.papers.writing import day as written
from yimen.casework.applications import letters, queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.verification import batches, comparing, wording
from yimen.casework.verification.models import (
    OUTCOMES,
    CheckObjection,
    CheckPerson,
    CheckRequest,
    Comparison,
    ResultFile,
)
from yimen.law.calendar import due
from yimen.law.checks import is_source, source
from yimen.law.procedure import CLOCKS
from yimen.law.standards import Unset
from yimen.law.terms import MaterialState

AGENCY = "省级居民家庭经济状况核对机构"
NOTHING = "无"


@dataclass(frozen=True)
class Limit:
    """A time limit as a paper states it."""

    words: str
    due_on: date


def limit(application: Application, code: str, on: date, *, delegated: bool = False) -> Limit | None:
    """The limit that a clock started on a day will have; None where its length may stay unset and is."""
    rule = CLOCKS[code]
    key = rule.delegated_key if delegated and rule.delegated_key else rule.key
    try:
        figure = figures.figure(key, application.village_id, on)
    except Unset:
        if rule.required:
            raise
        return None
    length = figure.as_int()
    unit = "个工作日" if rule.unit == "working_day" else "天"
    return Limit(f"{length}{unit}", due(on, length, rule.unit, offices.working_calendar()).date)


def _head(code: str, walk: Walk, application: Application) -> dict[str, Any]:
    return letters.fitting(code, application, walk.officer.staff)


def check_request(
    walk: Walk, application: Application, request: CheckRequest, persons: Sequence[CheckPerson], reason: str
) -> dict[str, Any]:
    """核对委托书 of one case; the district's batch number follows when it sends."""
    start = limit(application, "check_start", walk.on)
    given = {row.pk: row for row in applications.consents(application)}
    refs = [row.paper_ref for row in given.values() if row.paper_ref]
    numbers = paper_desk.numbers_of(refs)
    return {
        "batch_number": f"{application.number}／第{request.round}次",
        "node": "申请核对" if request.round == 1 else "异议复核",
        "requested_on": walk.on,
        "due_on": start.due_on if start else walk.on,
        "agency": AGENCY,
        "persons": [
            {
                "case_number": application.number,
                "name": batches.name_of(person),
                "id_number": batches.identity_of(person),
                "role": _role(application, person),
                "programme": applications.programme_words(application),
                "consent": batches.consent_words(given[person.consent_id], numbers),
            }
            for person in persons
        ],
        "township_sign": {
            "text": reason or "以上人员均已书面授权（同意），提请核对。",
            "person": walk.officer.staff.name,
            "date": walk.on,
        },
    }


def _role(application: Application, person: CheckPerson) -> str:
    if person.obligor_id:
        return "义务人"
    return "申请人" if person.person_id == application.applicant_id else "家庭成员"


def _figure_rows(rows: Iterable[Comparison], *, with_source: bool) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        line = {
            "item": f"{row.person_name}　{comparing.item_label(row.item)}",
            "declared": declared_words(row) or NOTHING,
            "found": verified_words(row) or NOTHING,
        }
        if with_source:
            line["source"] = source_words(row)
        found.append(line)
    return found


def declared_words(row: Comparison) -> str:
    """The declared side of a line: its amount where it has one, else its words."""
    return row.declared_text if row.declared_fen is None else wording.amount(row.declared_fen, row.period)


def verified_words(row: Comparison) -> str:
    """The verified side of a line."""
    if row.verified_fen is not None:
        return wording.amount(row.verified_fen, row.verified_period)
    return row.verified_text or ""


def source_words(row: Comparison) -> str:
    """The source of a line in words."""
    return source(row.source).label if is_source(row.source) else NOTHING


def acceptance_notice(walk: Walk, application: Application) -> dict[str, Any]:
    """受理通知书."""
    whole = limit(application, "total", walk.on, delegated=application.delegated(walk.on))
    received = [row for row in applications.materials(application) if row.state != MaterialState.MISSING]
    return {
        **_head("acceptance_notice", walk, application),
        "accepted_on": walk.on,
        "materials": [f"{row.label}（{MaterialState(row.state).label}）" for row in received] or ["社会救助申请书"],
        "limit": f"自受理之日起{whole.words}" if whole else "",
        "due_on": whole.due_on if whole else None,
        "query": f"扫描申请回执上的二维码，或者到{letters.township_office(application).name}窗口、拨打经办电话查询",
    }


def check_result_notice(
    walk: Walk,
    application: Application,
    condition: str,
    reasons: Sequence[str],
    evidence: Sequence[str],
    until: date,
    rows: Sequence[Comparison],
    returned_on: date,
) -> dict[str, Any]:
    """核对结果告知书: which condition is not met, by which figures, and how to object."""
    return {
        **_head("check_result_notice", walk, application),
        "report_date": returned_on,
        "condition": condition,
        "figures": _figure_rows(rows, with_source=True),
        "reasons": list(reasons),
        "articles": ["《最低生活保障审核确认办法》（民发〔2021〕57号）第十七条、第十八条"],
        "objection": "可以书面或者口头向我单位提出异议并补充证明材料，我单位组织复查并告知结果",
        "objection_until": until,
        "evidence_wanted": list(evidence),
        "remedies": ["本告知书不是最终决定。", *letters.remedies(application, walk.on)],
    }


def decline_notice(
    walk: Walk,
    application: Application,
    reasons: Sequence[str],
    articles: Sequence[str],
    rows: Sequence[Comparison],
    file: ResultFile | None,
) -> dict[str, Any]:
    """不予受理告知书: the check result it relies on, the reason, the article, the remedy."""
    agency, day = (file.agency, file.answered_on) if file else (AGENCY, application.check_returned_on)
    number = f"（{file.number}）" if file and file.number else ""
    return {
        **_head("decline_notice", walk, application),
        "check_report": f"{agency}{written(day)}核对结果{number}",
        "figures": _figure_rows(rows, with_source=False),
        "reasons": list(reasons),
        "articles": list(articles),
        "remedies": letters.remedies(application, walk.on),
        "objection": "家庭情况有变化或者取得新的证明材料的，可以随时重新提出申请，我单位不得拒收",
    }


def objection_recheck(
    walk: Walk,
    application: Application,
    objection: CheckObjection,
    *,
    result: str,
    outcome: str,
    ways: Sequence[str],
    due_on: date | None,
    told_how: str,
) -> dict[str, Any]:
    """核对异议复查表."""
    row = objection.comparison
    return {
        **_head("objection_recheck", walk, application),
        "objected_on": objection.raised_on,
        "due_on": due_on,
        "items": [
            {
                "item": objection.item_text,
                "found": verified_words(row) if row else "",
                "claim": objection.statement,
                "recheck": result,
                "result": OUTCOMES[outcome],
            }
        ],
        "evidence": [line for line in objection.evidence.splitlines() if line.strip()] or ["未提交材料"],
        "recheck": list(ways),
        "result": {"result": OUTCOMES[outcome], "text": result, "person": walk.officer.staff.name, "date": walk.on},
        "told_on": walk.on,
        "told_how": told_how,
    }
