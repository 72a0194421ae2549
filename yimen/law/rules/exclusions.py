"""What does not count as income, whole or in part (D13, second list; T6 for 特困; rules.md §2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from yimen.law.rules.context import DIBAO, Case, Terms
from yimen.law.rules.facts import IncomeFact
from yimen.law.standards import Figure, exact

LOCAL = DIBAO.exclusions[1]
PENSION_KEY = DIBAO.pension
PENSION_ITEM = "base_pension"


def exclusion_keys(income: IncomeFact, terms: Terms = DIBAO) -> Iterator[str]:
    """Figures that decide whether an item counts. The local list may stay unset."""
    if income.item:
        yield terms.pension if income.item == PENSION_ITEM else terms.exclusions[0]


def excluded_share(case: Case, income: IncomeFact) -> tuple[Fraction, Figure, str] | None:
    """The share of an income that does not count, the figure that says so, and its label; None if all counts."""
    if income.item == PENSION_ITEM:
        figure = case.figures[case.terms.pension]
        return (Fraction(1), figure, "基础养老金") if figure.as_bool() else None
    for key in case.terms.exclusions:
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
