"""What counts of the declared and the found: the lines from which the decisions room makes the facts of a reckoning."""

from __future__ import annotations

from typing import Any

from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application, Income, Property
from yimen.casework.verification import queries
from yimen.casework.verification.comparing import OBLIGOR_INCOME, UNDECLARED, item_label
from yimen.casework.verification.models import Comparison
from yimen.law.checks import is_source, item, source
from yimen.law.terms import IncomeKind, Match, PropertyKind, Treatment

INCOME_KINDS = {
    "wage": IncomeKind.WAGE,
    "pension": IncomeKind.TRANSFER,
    "land": IncomeKind.TRANSFER,
    "tax": IncomeKind.OTHER,
}
"""Kinds of undeclared income by the item under which a source found it."""
PROPERTY_KINDS = {"fund": PropertyKind.CLAIM, **{str(kind): kind for kind in PropertyKind}}


def adopted_means(application: Application) -> list[dict[str, Any]]:
    """Plain lines: ``means`` income, property or obligor_income; person; declared and adopted fen with period; source.

    ``settled`` is False while a line waits for its check or treatment: ``adopted_fen`` is then the declared amount,
    good for a trial reckoning only.
    """
    rows = queries.current(application)
    by_income = {row.income_id: row for row in rows if row.income_id}
    by_property = {row.property_id: row for row in rows if row.property_id}
    found = [_income(income, by_income.get(income.pk)) for income in applications.incomes(application)]
    things = applications.properties(application)
    found += [line for thing in things if (line := _property(thing, by_property.get(thing.pk), rows)) is not None]
    found += [_undeclared(row) for row in rows if _is_undeclared(row)]
    return found + _obligors(application, rows)


def is_settled(row: Comparison | None) -> bool:
    """Whether the value of a line may decide."""
    if row is None:
        return False
    return bool(row.treatment) or row.match == Match.AGREED or bool(row.match == Match.NO_SOURCE and row.visit_holds)


def _source(row: Comparison | None) -> str:
    if row is None:
        return "申报，待核对"
    if row.treatment in (Treatment.ADJUSTED, Treatment.NOT_COUNTED):
        return Treatment(row.treatment).label
    if row.treatment == Treatment.ACCEPT_DECLARED or (row.match == Match.NO_SOURCE and row.visit_holds):
        return "申报，经调查核实"
    label = source(row.source).label if is_source(row.source) else ""
    return f"{label}核对" if label and is_settled(row) else "申报，待核实"


def _common(row: Comparison | None) -> dict[str, Any]:
    return {
        "comparison_ref": row.ref if row else "",
        "settled": is_settled(row),
        "source": _source(row),
        "queried_on": row.queried_on if row else None,
        "treatment": row.treatment if row else "",
        "note": row.treatment_note or row.visit_note if row else "",
        "match": row.match if row else str(Match.PENDING),
    }


def _adopted(row: Comparison | None, fen: int | None, period: str) -> tuple[int | None, str]:
    if row is None or row.adopted_fen is None:
        return fen, period
    return row.adopted_fen, row.adopted_period or period


def _income(income: Income, row: Comparison | None) -> dict[str, Any]:
    fen, period = _adopted(row, income.amount_fen, income.period)
    return {
        "means": "income",
        "person_ref": income.person.ref if income.person else "",
        "person": income.person.name if income.person else "家庭",
        "kind": income.kind,
        "project": income.project,
        "label": income.label,
        "declared_fen": income.amount_fen,
        "declared_period": income.period,
        "adopted_fen": fen,
        "adopted_period": period,
        "quantity": income.quantity,
        "unit": income.unit,
        **_common(row),
    }


def _property(thing: Property, row: Comparison | None, rows: list[Comparison]) -> dict[str, Any] | None:
    """A declared property; where several count together as one line, the first of them carries the count."""
    if row is None and rows and (shared := _counted_with(thing, rows)) is not None:
        return {**_property_line(thing, shared), "adopted_count": None, "counted_with": shared.ref}
    return _property_line(thing, row)


def _counted_with(thing: Property, rows: list[Comparison]) -> Comparison | None:
    return next(
        (row for row in rows if row.item == thing.kind and row.declared_count is not None and row.property_id), None
    )


def _property_line(thing: Property, row: Comparison | None) -> dict[str, Any]:
    fen, _ = _adopted(row, thing.value_fen, "")
    return {
        "means": "property",
        "property_id": thing.pk,
        "person_ref": thing.person.ref if thing.person else "",
        "person": thing.person.name if thing.person else "家庭",
        "kind": thing.kind,
        "project": thing.kind,
        "label": thing.label,
        "declared_fen": thing.value_fen,
        "declared_period": "",
        "adopted_fen": fen,
        "adopted_period": "",
        "quantity": thing.quantity,
        "unit": "",
        "declared_count": row.declared_count if row else None,
        "adopted_count": row.adopted_count if row else None,
        **_common(row),
    }


def _is_undeclared(row: Comparison) -> bool:
    counts = row.item in INCOME_KINDS or row.item in PROPERTY_KINDS
    return row.declared_text == UNDECLARED and counts and row.obligor_id is None


def _undeclared(row: Comparison) -> dict[str, Any]:
    income = row.item in INCOME_KINDS
    return {
        "means": "income" if income else "property",
        "person_ref": row.person.ref if row.person else "",
        "person": row.person_name,
        "kind": str(INCOME_KINDS[row.item] if income else PROPERTY_KINDS[row.item]),
        "project": row.item,
        "label": f"{item(row.item).label}（{UNDECLARED}）",
        "declared_fen": 0,
        "declared_period": "",
        "adopted_fen": row.adopted_fen or 0,
        "adopted_period": row.adopted_period or row.verified_period,
        "quantity": None,
        "unit": item(row.item).unit,
        "declared_count": 0,
        "adopted_count": row.adopted_count,
        **_common(row),
    }


def _obligors(application: Application, rows: list[Comparison]) -> list[dict[str, Any]]:
    by_obligor = {row.obligor_id: row for row in rows if row.item == OBLIGOR_INCOME}
    found = []
    for obligor in applications.obligors(application):
        row = by_obligor.get(obligor.pk)
        # Without consent nobody asked about an obligor: what was declared stands until a visit says otherwise.
        fen, period = _adopted(row, obligor.monthly_income_fen, "month")
        found.append(
            {
                "means": "obligor_income",
                "obligor_ref": obligor.ref,
                "person": obligor.name,
                "kind": "obligor_income",
                "project": OBLIGOR_INCOME,
                "label": item_label(OBLIGOR_INCOME),
                "declared_fen": obligor.monthly_income_fen,
                "declared_period": "month",
                "adopted_fen": fen,
                "adopted_period": period,
                **_common(row),
                "settled": row is None or is_settled(row),
            }
        )
    return found
