"""What does not count as income, whole or in part (D13, second list; rules.md §2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from yimen.law.rules.context import Case
from yimen.law.rules.facts import IncomeFact
from yimen.law.standards import Figure, exact

NATIONAL = "dibao.income_exclusions"
LOCAL = "dibao.income_exclusions_local"
PENSION_KEY = "dibao.exclude_base_pension"
PENSION_ITEM = "base_pension"


def exclusion_keys(income: IncomeFact) -> Iterator[str]:
    """Figures that decide whether an item counts. The local list may stay unset."""
    if income.item:
        yield PENSION_KEY if income.item == PENSION_ITEM else NATIONAL


def excluded_share(case: Case, income: IncomeFact) -> tuple[Fraction, Figure, str] | None:
    """The share of an income that does not count, the figure that says so, and its label; None if all counts."""
    if income.item == PENSION_ITEM:
        figure = case.figures[PENSION_KEY]
        return (Fraction(1), figure, "基础养老金") if figure.as_bool() else None
    for key in (NATIONAL, LOCAL):
        listed = case.figures.get(key)
        found = _listed(listed, income.item) if listed and income.item else None
        if found:
            return found
    return None


def _listed(figure: Figure, item: str) -> tuple[Fraction, Figure, str] | None:
    for row in figure.as_rows():
        if row.get("code") == item:
            return exact(row.get("share", 1), figure.key), figure, str(row.get("label", item))
    return None
