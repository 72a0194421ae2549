"""From cleaned forms to the plain entries of the room, and from stored facts to what the forms start with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from yimen.casework.applications.entries import (
    AgentEntry,
    ExpenseEntry,
    IncomeEntry,
    Intake,
    MaterialEntry,
    PropertyEntry,
    RelativeEntry,
)
from yimen.casework.applications.materials import opening_state, wanted
from yimen.casework.awards import split_queries as splits
from yimen.casework.households import queries as households
from yimen.casework.households.entries import AccountEntry, HomeEntry, ObligorEntry, PersonEntry
from yimen.desks.shared.shapes import Section
from yimen.desks.township.intake.forms import PROJECTS
from yimen.law.terms import AppliedBy, IncomeKind


def _kept(formset: Any) -> list[dict[str, Any]]:
    return [row for row in formset.cleaned_data if row and not row.get("DELETE")]


def _member(row: dict[str, Any]) -> PersonEntry:
    return PersonEntry(
        name=row["name"],
        identity=row["identity"],
        relation=row["relation"],
        nationality=row["nationality"] or "汉族",
        marriage=row["marriage"],
        occupation=row["occupation"],
        student=row["student"],
        phone=row["phone"],
        disability_kind=row["disability_kind"],
        disability_grade=int(row["disability_grade"]) if row["disability_grade"] else None,
        disability_number=row["disability_number"],
        illness=row["illness"],
        work_capacity=row["work_capacity"],
        employed=row["employed"],
        co_resident=row["lives"] != "no",
        long_co_resident=row["lives"] == "long",
        can_live_independently=not row["dependent"],
        not_counted=row["not_counted"],
    )


def _obligor(row: dict[str, Any]) -> ObligorEntry:
    return ObligorEntry(
        name=row["name"],
        identity=row["identity"],
        relation=row["relation"],
        supports=row["supports"] - 1,
        occupation=row["occupation"],
        family_size=row["family_size"],
        monthly_income_fen=row["monthly_income"],
        agreed_fee_fen=row["agreed_fee"] or 0,
        inability_reason=row["inability_reason"],
        supported_count=row["supported_count"],
    )


def _whose(row: dict[str, Any]) -> int | None:
    return row["member"] - 1 if row["member"] else None


def _income(row: dict[str, Any]) -> IncomeEntry:
    label = row["label"] or dict(PROJECTS)[row["project"]]
    return IncomeEntry(
        row["kind"], row["project"], label, row["amount"], row["period"], _whose(row), row["quantity"], row["unit"]
    )


def _agent(method: dict[str, Any]) -> AgentEntry | None:
    if method["applied_by"] == AppliedBy.SELF:
        return None
    return AgentEntry(
        method["agent_name"],
        method["agent_relation"],
        method["agent_reason"],
        method["agent_until"],
        method["agent_identity"],
        method["agent_phone"],
    )


def entries(sections: Sequence[Section], draft_ref: str) -> Intake:
    """One Intake of all sections, already valid."""
    form = {section.key: section.form.cleaned_data for section in sections if section.form is not None}
    many = {section.key: _kept(section.formset) for section in sections if section.formset is not None}
    method, why, account = form["method"], form["reason"], form.get("account", {})
    declared = form["relatives"]["relative_declared"] == "yes"
    paid = (
        AccountEntry(
            account["account_holder"],
            account["account_bank"],
            account["account_number"],
            account["account_relation"] or "self",
        )
        if account.get("account_number")
        else None
    )
    return Intake(
        applied_by=method["applied_by"],
        home=HomeEntry(method["village"], method["group"], method["address"], method["land_mu"] or Decimal(0)),
        members=[_member(row) for row in many["members"]],
        reason=why["reason"],
        poverty_cause=why["poverty_cause"],
        relative_declared=declared,
        obligors=[_obligor(row) for row in many["obligors"]],
        incomes=[_income(row) for row in many["incomes"]],
        properties=[
            PropertyEntry(row["kind"], row["label"], row["value"], row["quantity"], row["detail"], _whose(row))
            for row in many["properties"]
        ],
        expenses=[
            ExpenseEntry(row["kind"], row["label"], row["amount"], row["period"], _whose(row))
            for row in many["expenses"]
        ],
        account=paid,
        agent=_agent(method),
        relatives=[RelativeEntry(row["staff"], row["member"] - 1, row["relation"]) for row in many["relatives"]]
        if declared
        else [],
        materials=[MaterialEntry(row["code"], row["state"], row["note"]) for row in many["materials"]],
        dictated=method["dictated"],
        witness=method["witness"],
        away_from_hukou=method["away_from_hukou"],
        wished=why["wished"],
        single_person=why["single_person"],
        single_person_reason=why["single_person_reason"],
        single_person_ground=why["single_person_ground"],
        draft_ref=draft_ref,
    )


def known_members(household: Any) -> list[dict[str, Any]]:
    """Rows of the members already stored: nothing known is asked again."""
    found = []
    for row in households.members(household):
        person = row.person
        found.append(
            {
                "name": person.name,
                "identity": person.identity,
                "relation": row.relation,
                "marriage": person.marriage,
                "phone": person.phone or "",
                "occupation": person.occupation,
                "student": person.student,
                "disability_kind": person.health.get("disability_kind") or "none",
                "disability_grade": str(person.health.get("disability_grade") or ""),
                "disability_number": person.health.get("disability_number") or "",
                "illness": person.health.get("illness") or "",
                "lives": "yes" if row.co_resident else "no",
                "nationality": person.nationality,
            }
        )
    return found


def known_obligors(household: Any) -> list[dict[str, Any]]:
    """Rows of the obligors already stored."""
    places = {row.person_id: number for number, row in enumerate(households.members(household), 1)}
    return [
        {
            "name": row.name,
            "identity": row.identity,
            "relation": row.relation,
            "supports": places.get(row.supports_id, 1),
            "occupation": row.occupation,
            "family_size": row.family_size,
            "monthly_income": row.monthly_income_fen,
            "agreed_fee": row.agreed_fee_fen,
            "supported_count": row.supported_count,
            "inability_reason": row.inability_reason,
        }
        for row in households.obligors(household)
    ]


_USUAL = {
    IncomeKind.WAGE: "wage",
    IncomeKind.BUSINESS: "business",
    IncomeKind.PROPERTY: "rent",
}
"""The project that an income of a kind most often is; the officer corrects it where it is another."""


def known_means(household: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of incomes and of property of a household that split off, as they were established with the old one."""
    places = {row.person.ref: number for number, row in enumerate(households.members(household), 1)}
    means, projects = splits.means_of(household), {label: code for code, label in PROJECTS}
    incomes = [
        {
            "member": places[row.person],
            "kind": str(row.kind),
            "project": projects.get(row.label) or _USUAL.get(row.kind, "other"),
            "label": row.label,
            "amount": row.amount_fen,
            "period": str(row.period),
        }
        for row in means.incomes
        if row.person in places
    ]
    things = [
        {"member": places[row.person], "kind": str(row.kind), "label": row.label, "value": row.value_fen}
        for row in means.things
        if row.person in places
    ]
    return incomes, things


def known_home(household: Any) -> dict[str, Any]:
    """The home already stored."""
    return {
        "village": household.village_id,
        "group": household.group,
        "address": household.address or "",
        "land_mu": household.land_mu,
    }


def material_rows(applied_by: str) -> list[dict[str, Any]]:
    """The checklist as rows of the form."""
    return [
        {"code": paper.code, "label": paper.label, "state": str(opening_state(paper)), "note": ""}
        for paper in wanted(applied_by)
    ]
