"""From the rows of a case to the facts of the rules, and what the rules find in them.

Declared beside verified: what the treatment of a difference adopted replaces what was declared; what the check alone
found comes in as its own line. Nothing is guessed: an income without an amount and without a reference stays zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.applications.models import Application
from yimen.casework.decisions.gathering import household_facts
from yimen.law.calendar import today
from yimen.law.reckoning import Reckoning
from yimen.law.rules import BadFacts, HouseholdFacts, Method, reckon_dibao
from yimen.law.rules.facts_form import to_plain as plain
from yimen.law.standards import Figure, Unset, key_of

__all__ = [
    "Alternative",
    "Trial",
    "alternatives",
    "figures_of",
    "household_facts",
    "plain",
    "reckon",
    "trial",
]


@dataclass(frozen=True)
class Trial:
    """What the case page shows while the case is open: a Reckoning, or why there is none yet."""

    reckoning: Reckoning | None
    unset: tuple[str, ...] = ()
    problem: str = ""


def reckon(application: Application, on: dt.date) -> Reckoning:
    """The Reckoning of a case on a day. Raises law.standards.Unset and law.rules.BadFacts."""
    return _reckon(household_facts(application, on), application, on)


def _reckon(facts: HouseholdFacts, application: Application, on: dt.date) -> Reckoning:
    areas = offices.scopes(application.village_id)
    return reckon_dibao(facts, figures.book(), areas, on, application.household.urban)


def trial(application: Application, on: dt.date | None = None) -> Trial:
    """The Reckoning as far as it goes; every figure that is unset in words, never an amount without it (K10)."""
    try:
        return Trial(reckon(application, on or today()))
    except Unset as unset:
        return Trial(None, tuple(key_of(key).label for key in unset.keys), str(unset))
    except BadFacts as bad:
        return Trial(None, (), bad.sentence)


@dataclass(frozen=True)
class Alternative:
    """What the Reckoning would be if one thing were otherwise; shown, never decided by."""

    label: str
    eligible: bool
    amount_fen: int
    per_capita_fen: Fraction


def alternatives(application: Application, on: dt.date | None = None) -> list[Alternative]:
    """若不计赡养费则…: the same household without the figures that are estimated rather than found (S8)."""
    day = on or today()
    facts = household_facts(application, day)
    stated = tuple(income for income in facts.incomes if income.method is Method.STATED)
    variants = {
        "若不计赡养费": replace(facts, obligors=()),
        "若不计推算的收入": replace(facts, incomes=stated),
        "若不作支出扣减": replace(facts, expenses=()),
    }
    found = []
    for label, variant in variants.items():
        if variant != facts:
            try:
                other = _reckon(variant, application, day)
            except (Unset, BadFacts):
                continue
            found.append(Alternative(label, other.eligible, other.amount_fen, other.per_capita_fen))
    return found


def figures_of(found: Sequence[Reckoning]) -> list[dict[str, Any]]:
    """Every parameter version that these Reckonings used, each once, in JSON's own types."""
    used: list[Figure] = []
    for figure in (figure for reckoning in found for figure in reckoning.figures):
        if figure not in used:
            used.append(figure)
    return [
        {
            "key": figure.key,
            "label": key_of(figure.key).label,
            "area": figure.area,
            "value": plain(figure.value),
            "unit": figure.unit,
            "shown": figure.shown(),
            "document": figure.document,
            "valid_from": figure.valid_from.isoformat() if figure.valid_from else None,
        }
        for figure in sorted(used, key=lambda figure: (figure.key, figure.area, str(figure.valid_from)))
    ]
