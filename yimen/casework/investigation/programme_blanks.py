"""Papers of the programmes for the way to a family: 特困 and self-care a person each, the table of essential expenses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yimen.base.figures import queries as figures
from yimen.casework.applications import letters, queries as applications
from yimen.casework.applications.models import Application, Participant
from yimen.casework.investigation import programme_papers as papers, programme_queries as queries
from yimen.casework.investigation.programme_models import TekunRecord
from yimen.law.calendar import age, today
from yimen.law.rules.applied import SelfCareItem
from yimen.law.rules.rigid_spending import window
from yimen.law.standards import Unset
from yimen.law.terms import DisabilityKind, ExpenseKind, Period

OLD, YOUNG = 60, 16
"""Whose sheets are worth taking along; who may be 特困 is for the rules to say."""


def tekun_statement(application: Application) -> list[dict[str, Any]]:
    """特困申请人书面声明 with everything known of each; what was not asked yet stays open."""
    records = queries.tekun_records(application)
    return [_statement(application, row, records.get(row.person_id)) for row in _likely(application, records)]


def _statement(application: Application, row: Participant, record: TekunRecord | None) -> dict[str, Any]:
    if record is not None:
        return papers.tekun_statement(application, row, record, today())
    known = papers.tekun_statement(application, row, TekunRecord(application=application, person=row.person), today())
    open_ = {"obligors_known", "land", "form", "benefit"} | ({"obligors"} if not known["obligors"] else set())
    return {key: value for key, value in known.items() if key not in open_}


def self_care(application: Application) -> list[dict[str, Any]]:
    """生活自理能力评估表 with the six indicators to be ticked, and the level found last time."""
    found, records = queries.self_care(application), queries.tekun_records(application)
    items = [{"item": item.label, "finding": "□能　□不能"} for item in SelfCareItem]
    return [
        {
            **papers.of_person(application, row.person, "self_care_assessment"),
            "items": items,
            "previous": papers.previous_level(found.get(row.person_id)),
        }
        for row in _likely(application, records)
    ]


def _likely(application: Application, records: dict[int, TekunRecord]) -> list[Participant]:
    """Those who were asked already; else the old, the young and the disabled; else the applicant."""
    rows, on = applications.participants(application), today()
    asked = [row for row in rows if row.person_id in records]
    likely = [row for row in rows if not YOUNG <= age(row.person.birth_date, on) < OLD or _disabled(row)]
    return asked or likely or rows[:1]


def _disabled(row: Participant) -> bool:
    kind = (row.person.health or {}).get("disability_kind") or DisabilityKind.NONE
    return bool(kind != DisabilityKind.NONE)


def spending(application: Application) -> list[dict[str, Any]]:
    """刚性支出核算表 with the expenses declared, to be completed by the receipts; days only where their number is set."""
    declared = list(_declared(application))
    return [
        {
            **letters.fitting("rigid_expenditure_sheet", application),
            "household_size": len(applications.participants(application)),
            **({"spent": declared} if declared else {}),
            **_window(application),
        }
    ]


def _window(application: Application) -> dict[str, Any]:
    try:
        months = figures.figure(queries.LOOKBACK, application.village_id, today()).as_int()
    except Unset:
        return {}
    first, last = window(application.applied_on, months)
    return {"from_date": first, "to_date": last}


def _declared(application: Application) -> Iterator[dict[str, Any]]:
    for row in applications.expenses(application):
        yield {
            "kind": ExpenseKind(row.kind).label,
            "label": row.label,
            "person": row.person.name if row.person else "全家",
            "day": "" if row.period == Period.ONCE else Period(row.period).label,
            "amount": row.amount_fen,
        }
