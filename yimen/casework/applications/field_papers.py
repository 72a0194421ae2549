"""Papers of 四(一) to be taken along and filled by hand, with everything known printed in (录一次)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yimen.casework.applications import family_papers, papers, queries
from yimen.casework.applications.consent_papers import blank_pledge, obligor_wanted
from yimen.casework.applications.letters import fitting, home_of, township_office
from yimen.casework.applications.models import Application
from yimen.law.calendar import today

Sheets = list[dict[str, Any]]


def _mandate(application: Application) -> Sheets:
    if agent := queries.agent(application):
        return [papers.mandate(application, agent)]
    person = application.applicant
    return [
        {
            "principal": person.name,
            "principal_id": person.identity,
            "principal_address": home_of(application),
            "principal_phone": person.phone or "",
            "programme": queries.UNDECIDED,
        }
    ]


def _commitment(application: Application) -> Sheets:
    return [
        {
            **fitting("informed_commitment", application),
            "township": township_office(application).name,
            "consequences": family_papers.informed_commitment(application, "", "", today())["consequences"],
        }
    ]


def _obligors(application: Application) -> Sheets:
    """One for each obligor who has not answered; with none known, an empty one."""
    answered = {row.obligor_id for row in queries.consents(application) if row.obligor_id}
    waiting = [row for row in queries.obligors(application) if row.pk not in answered]
    return [obligor_wanted(application, row) for row in waiting] or [obligor_wanted(application, None)]


def _supporters(application: Application) -> Sheets:
    data = family_papers.supporter_sheet(application, queries.obligors(application), today())
    return [data if data["supporters"] else {**data, "supporters": None}]


KNOWN: dict[str, Callable[[Application], Sheets]] = {
    "application_form": lambda application: [papers.application_form(application)],
    "household_declaration": lambda application: [papers.household_declaration(application)],
    "pledge_and_authorisation": lambda application: [blank_pledge(application)],
    "obligor_consent": _obligors,
    "supporter_sheet": _supporters,
    "agent_mandate": _mandate,
    "informed_commitment": _commitment,
}
