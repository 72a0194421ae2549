"""The rules: frozen facts and a date in, a Reckoning out. No clock, no rows, no guesses."""

from yimen.law.rules.dibao import DECISION_KEYS, first_month, reckon_dibao
from yimen.law.rules.facts import (
    BadFacts,
    ExpenseFact,
    HouseholdFacts,
    IncomeFact,
    Method,
    ObligorFact,
    PersonFacts,
    PropertyFact,
)
from yimen.law.rules.members import Membership, memberships

__all__ = [
    "DECISION_KEYS",
    "BadFacts",
    "ExpenseFact",
    "HouseholdFacts",
    "IncomeFact",
    "Membership",
    "Method",
    "ObligorFact",
    "PersonFacts",
    "PropertyFact",
    "first_month",
    "memberships",
    "reckon_dibao",
]
