"""Collecting the facts of a household from the rooms before this one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application, Participant
from yimen.casework.households.models import Obligor
from yimen.casework.verification.means import adopted_means
from yimen.law.identity import read_identity
from yimen.law.rules import (
    ExpenseFact,
    HouseholdFacts,
    IncomeFact,
    Method,
    ObligorFact,
    PersonFacts,
    PropertyFact,
)
from yimen.law.terms import (
    DisabilityKind,
    ExpenseKind,
    IncomeKind,
    Period,
    PropertyKind,
    Relation,
    Sex,
    Treatment,
    WorkCapacity,
)

CLERGY_YEARS = 3
STATUS = {"rehabilitation": "rehab"}
EXPENSES = {ExpenseKind.MEDICAL: "illness", ExpenseKind.REHABILITATION: "disability"}
COUNTED = frozenset({PropertyKind.VEHICLE, PropertyKind.HOUSE, PropertyKind.BUSINESS})
"""Property whose number is verified, not its worth."""

DUTY_TOGETHER = frozenset({Relation.GRANDPARENT, Relation.GRANDCHILD, Relation.SIBLING})
"""Relations whose duty of support depends on the case (Civil Code 1074, 1075): ticked with the long co-residence of D7(4)."""

Means = Mapping[str, Any]


def household_facts(application: Application, on: dt.date) -> HouseholdFacts:
    """Everything known of the household, as adopted for the Reckoning."""
    means = adopted_means(application)
    rows = applications.participants(application)
    applicant = application.applicant.ref
    incomes = [line for line in means if line["means"] == "income"]
    things = [line for line in means if line["means"] == "property"]
    return HouseholdFacts(
        people=tuple(_person(row, rows) for row in rows),
        incomes=tuple(_income(f"income-{number}", line, applicant) for number, line in enumerate(incomes, start=1)),
        expenses=tuple(_expenses(application)),
        properties=tuple(
            fact for number, line in enumerate(things, start=1) for fact in _property(f"property-{number}", line)
        ),
        obligors=tuple(_obligors(application, means, on)),
        single_ground=application.single_person_ground if application.single_person else "",
        single_reason=application.single_person_reason if application.single_person else "",
    )


def _person(row: Participant, rows: Sequence[Participant]) -> PersonFacts:
    person, health = row.person, row.person.health or {}
    status = STATUS.get(row.not_counted, row.not_counted)
    return PersonFacts(
        ref=person.ref,
        name=person.name,
        relation=Relation(row.relation),
        birth_date=person.birth_date,
        sex=Sex(person.sex),
        spouse_of=_only(rows, row, Relation.CHILD_IN_LAW, Relation.CHILD),
        child_of=_only(rows, row, Relation.GRANDCHILD, Relation.CHILD)
        or _only(rows, row, Relation.SIBLING, Relation.PARENT),
        legal_duty=True if row.long_co_resident and row.relation in DUTY_TOGETHER else None,
        long_coresident=row.long_co_resident,
        full_time_student=person.student,
        dependent_adult=not row.can_live_independently,
        status=status,
        status_years=CLERGY_YEARS if status == "clergy" else 0,
        **health_of(health),
        work_capacity=WorkCapacity(row.work_capacity or health.get("work_capacity") or WorkCapacity.NONE),
        employed=row.employed,
    )


def health_of(health: Mapping[str, Any]) -> dict[str, Any]:
    """Disability and illness as the rules ask for them, from what is registered of a person."""
    kind = DisabilityKind(health.get("disability_kind") or DisabilityKind.NONE)
    return {
        "disability": kind,
        "disability_grade": int(health.get("disability_grade") or 0) if kind is not DisabilityKind.NONE else 0,
        "serious_illness": bool(health.get("illness")),
    }


def _only(rows: Sequence[Participant], row: Participant, relation: Relation, other: Relation) -> str:
    """The one other member whom the relation must mean; nobody where there are several."""
    if row.relation != relation:
        return ""
    found = [each.person.ref for each in rows if each.relation == other]
    return found[0] if len(found) == 1 else ""


def _owner(application: Application, person: Any) -> str:
    return str(person.ref if person else application.applicant.ref)


def _income(ref: str, line: Means, applicant: str) -> IncomeFact:
    amount, period = line["adopted_fen"] or 0, Period(line["adopted_period"] or Period.MONTH)
    method = _method(line, amount)
    return IncomeFact(
        ref=ref,
        person=line["person_ref"] or applicant,
        kind=IncomeKind(line["kind"]),
        amount_fen=amount,
        period=period,
        item=line["project"],
        label=line["label"],
        method=method,
        quantity=Fraction(line["quantity"]) if line["quantity"] and method is not Method.STATED else Fraction(0),
        irregular=_irregular(line),
        declared_fen=_differs(line, amount),
        source=line["source"],
    )


def _differs(line: Means, adopted: int) -> int | None:
    """What was declared, where something else was adopted."""
    declared: int | None = line["declared_fen"]
    same = declared == adopted and line["declared_period"] in {"", line["adopted_period"]}
    return None if same or declared is None else declared


def _method(line: Means, amount: int) -> Method:
    """Without an amount: by mu of a crop, by months in a trade, by capacity to work; otherwise the zero stands."""
    if amount or line["declared_fen"] or line["treatment"]:
        return Method.STATED
    if line["quantity"] and line["unit"] == "亩":
        return Method.CROP
    if line["quantity"] and line["unit"] == "月":
        return Method.TRADE
    return Method.LABOUR if line["project"] == "labour" else Method.STATED


def _irregular(line: Means) -> bool:
    earned = line["kind"] in {IncomeKind.WAGE, IncomeKind.BUSINESS}
    return earned and not (line["project"] == "wage" and line["adopted_period"] == Period.MONTH)


def _property(ref: str, line: Means) -> Iterator[PropertyFact]:
    kind, worth = PropertyKind(line["kind"]), line["adopted_fen"] or 0
    pieces = _pieces(line) if kind in COUNTED else 1
    for piece in range(pieces):
        yield PropertyFact(
            ref=f"{ref}-{piece + 1}" if piece else ref,
            kind=kind,
            value_fen=0 if piece else worth,
            owner=line["person_ref"],
            label=line["label"],
            declared_fen=_differs(line, worth) if kind not in COUNTED else None,
            source=line["source"],
        )


def _pieces(line: Means) -> int:
    """How many things a line is: as adopted, none where another line counts them too, else as declared."""
    if line["treatment"] == Treatment.NOT_COUNTED:
        return 0
    if line.get("adopted_count") is not None:
        return int(line["adopted_count"])
    if line.get("counted_with") and line["settled"]:
        return 0
    many = line["kind"] != PropertyKind.HOUSE and line["quantity"] and line["quantity"] == int(line["quantity"])
    return max(1, int(line["quantity"])) if many else 1


def _expenses(application: Application) -> Iterator[ExpenseFact]:
    for row in applications.expenses(application):
        kind = EXPENSES.get(ExpenseKind(row.kind))
        if kind is not None:
            yield ExpenseFact(
                ref=f"expense-{row.pk}",
                person=_owner(application, row.person),
                kind=kind,
                amount_fen=row.amount_fen,
                period=Period(row.period),
                label=row.label,
                source="申报",
            )


def _obligors(application: Application, means: Sequence[Means], on: dt.date) -> Iterator[ObligorFact]:
    rows = applications.obligors(application)
    incomes = {line["obligor_ref"]: line["adopted_fen"] for line in means if line["means"] == "obligor_income"}
    for row in rows:
        consent = applications.consent_of(application, obligor=row, on=on)
        yield ObligorFact(
            ref=row.ref,
            name=row.name,
            relation=Relation(row.relation),
            supports=row.supports.ref,
            birth_date=read_identity(row.identity, allow_unknown_area=True).birth_date,
            family_members=row.family_size,
            family_income_fen=incomes.get(row.ref, row.monthly_income_fen) if consent else None,
            supported_count=row.supported_count,
            children_count=_children(rows, row),
            actual_fen=row.agreed_fee_fen,
            note=row.inability_reason,
        )


def _children(rows: Sequence[Obligor], of: Obligor) -> int:
    """How many children outside the household owe support to the same person."""
    same = [row for row in rows if row.supports_id == of.supports_id and row.relation == Relation.CHILD]
    return max(1, len(same))
