"""What the other programmes ask, recorded where it is open: a family refused for one is weighed for all of them."""

from __future__ import annotations

from typing import Any

from yimen.base.access.officer import Officer
from yimen.casework.applications import queries as applications
from yimen.casework.decisions import queries as decisions
from yimen.casework.investigation import acts, programme_queries as found
from yimen.casework.investigation.programme_entries import (
    AbilityEntry,
    SelfCareEntry,
    SpendingEntry,
    SpentEntry,
    TekunEntry,
)
from yimen.law.calendar import today
from yimen.law.reckoning.assessment import Outcome, Verdict
from yimen.law.rules.applied import SelfCareItem
from yimen.law.terms import ExpenseKind, Inquiry, Period, Programme, Schooling

CANNOT: dict[str, tuple[str, ...]] = {"tekun": ("walk", "bathe")}
"""By the kind of a family: what its applicant does not manage alone."""


def complete(officer: Officer, case: Any, kind: str = "") -> None:
    """Record what leaves 特困 or 刚性支出 open; what only a figure lacks stays open after that."""
    for outcome in decisions.assessment(case, today()).outcomes:
        if outcome.verdict is not Verdict.OPEN:
            continue
        if outcome.programme is Programme.TEKUN:
            _ask(officer, case, outcome, CANNOT.get(kind, ()))
        elif outcome.programme is Programme.RIGID_EXPENDITURE and found.spending(case) is None:
            rows = [_spent(row) for row in applications.expenses(case) if row.period != Period.ONCE]
            acts.record_spending(officer, case.ref, entry=SpendingEntry(rows, none_found=not rows))


def _ask(officer: Officer, case: Any, outcome: Outcome, cannot: tuple[str, ...]) -> None:
    """No obligors beyond those listed, who have means of their own; what the person manages of the six indicators; he stays at home."""
    owners = [(thing.pk, case.applicant.ref) for thing in found.shared_things(case)]
    land = case.household.land_mu > 0
    others = [row.person.ref for row in applications.participants(case) if row.person.ref != outcome.person]
    abilities = [_able(obligor_ref=obligor.ref) for obligor in applications.obligors(case)]
    abilities += [_able(person_ref=ref) for ref in others]
    entry = TekunEntry(
        outcome.person, obligors_known=True, contracted_land=land, form="at_home", owners=owners, abilities=abilities
    )
    acts.record_tekun_facts(officer, case.ref, entry=entry)
    able = {str(item.value): str(item.value) not in cannot for item in SelfCareItem}
    care = SelfCareEntry(outcome.person, able, today(), "申请人家中", outcome.name, [officer.staff.ref])
    acts.assess_self_care(officer, case.ref, entry=care)


def _able(**who: str) -> AbilityEntry:
    """Found out on the visit, with or without consent: more than the place allows, as nothing else fitted either (T13)."""
    told = "入户时看到、家人和邻居说到的住房、存款，超过当地低收入家庭财产状况规定。"
    return AbilityEntry(property_fits=False, ground=told, inquiry=str(Inquiry.VISIT), **who)


def _spent(row: Any) -> SpentEntry:
    """What was declared, with the receipt that was shown."""
    school = Schooling.SENIOR if row.kind == ExpenseKind.EDUCATION else ""
    return SpentEntry(
        kind=row.kind if row.kind != ExpenseKind.OTHER else ExpenseKind.LIVING,
        amount_fen=row.amount_fen,
        label=row.label,
        person_ref=row.person.ref if row.person else "",
        period=row.period,
        schooling=str(school),
        public_fee_fen=row.amount_fen if school else None,
        designated=row.kind == ExpenseKind.MEDICAL,
        receipt="票据已验看",
    )
