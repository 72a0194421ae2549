"""Papers for the way to a family, with everything known printed in: visits, interviews, appraisal, signatures (A13)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from yimen.base.papers import desk as paper_desk, library
from yimen.casework.applications import field_papers as filing, letters, queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.investigation import programme_blanks, queries
from yimen.casework.investigation.papers import known_words
from yimen.casework.verification import queries as verification
from yimen.law.calendar import age, today
from yimen.law.identity import mask_identity
from yimen.law.rules.members import ADULT
from yimen.law.terms import Relation, Stage

Sheets = list[dict[str, Any]]
_ON_THE_WAY = frozenset({Stage.ACCEPTED, Stage.CHECKING, Stage.INVESTIGATING})
QUESTIONS = (
    "这家常住的有几口人？",
    "平时靠什么生活？有没有人在外务工？",
    "有没有车辆、门面、出租房或者做买卖？",
    "子女、亲属平时给不给钱，给多少？",
)


def _visit(code: str) -> Callable[[Application], Sheets]:
    def sheets(application: Application) -> Sheets:
        known = [known_words(row) for row in verification.known_items(application)]
        return [
            {
                **letters.fitting(code, application),
                "masked_id": mask_identity(application.applicant.identity),
                "household_size": len(applications.participants(application)),
                "address": letters.home_of(application),
                "known": known,
            }
        ]

    return sheets


def _interview(application: Application) -> Sheets:
    answers = [{"question": question} for question in QUESTIONS]
    return [{**letters.fitting("neighbour_interview", application), "answers": answers}]


def _appraisal(application: Application) -> Sheets:
    conclusion = queries.conclusion(application)
    matter = conclusion.reason if conclusion and conclusion.disputed else ""
    return [{**letters.fitting("appraisal_record", application), "matter": matter}]


def _signing(application: Application) -> Sheets:
    return [{**letters.fitting("signing_sheet", application), "signatures": list(signatures(application))}]


def signatures(application: Application) -> Iterator[dict[str, str]]:
    """Every signature the case still wants, in the order of its papers; obligors sign a paper of their own, alone (L41)."""
    numbers = {row.code: row.number for row in paper_desk.papers_of(application.KIND, application.ref)}
    for code, signer, relation in _wanted(application):
        yield {
            "paper": library.form(code).title,
            "number": numbers.get(code, ""),
            "signer": signer,
            "relation": relation,
        }


def _wanted(application: Application) -> Iterator[tuple[str, str, str]]:
    on, members = today(), applications.participants(application)
    missing = {row.code for row in applications.missing_materials(application)}
    agent = applications.agent(application)
    adults = [
        (row.person.name, Relation(row.relation).label) for row in members if age(row.person.birth_date, on) >= ADULT
    ]
    first = (agent.name, "代办人") if agent else (application.applicant.name, Relation.SELF.label)
    if "application_signed" in missing:
        yield ("application_form", *first)
    if "agent_mandate" in missing and agent:
        yield "agent_mandate", application.applicant.name, "委托人"
        yield "agent_mandate", agent.name, "受托人"
    if "declaration_signed" in missing:
        for name, relation in adults or [first]:
            yield "household_declaration", name, relation
    grown = {name for name, _ in adults}
    for name in applications.missing_consents(application):
        yield "pledge_and_authorisation", name, "本人" if name in grown else "由监护人签"
    if Stage(application.stage) in _ON_THE_WAY and not queries.visits(application, by_district=False):
        for who in ("调查人员", "调查人员", "在场家庭成员"):
            yield "home_visit", "", who


KNOWN: dict[str, Callable[[Application], Sheets]] = {
    "signing_sheet": _signing,
    **filing.KNOWN,
    "home_visit": _visit("home_visit"),
    "neighbour_interview": _interview,
    "appraisal_record": _appraisal,
    "district_home_visit": _visit("district_home_visit"),
    "tekun_statement": programme_blanks.tekun_statement,
    "self_care_assessment": programme_blanks.self_care,
    "rigid_expenditure_sheet": programme_blanks.spending,
}


def titles() -> dict[str, str]:
    """What can be printed for the way, by code."""
    return {code: library.form(code).title for code in KNOWN}


def sheets(code: str, application: Application) -> Sheets:
    """The data of one paper for the way; several where several persons each need their own. KeyError for another paper."""
    return KNOWN[code](application)
