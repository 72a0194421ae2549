"""The rules: frozen facts and a date in, a Reckoning out. No clock, no rows, no guesses."""

from yimen.law.rules.applied import AbilityFacts, ApplicationFacts, NotEstablished, SpentFacts, TekunFacts
from yimen.law.rules.assess import assess_all
from yimen.law.rules.dibao import DECISION_KEYS, first_month, reckon_dibao
from yimen.law.rules.edge import reckon_edge
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
from yimen.law.rules.rigid import reckon_rigid
from yimen.law.rules.tekun import reckon_tekun

__all__ = [
    "DECISION_KEYS",
    "AbilityFacts",
    "ApplicationFacts",
    "BadFacts",
    "ExpenseFact",
    "HouseholdFacts",
    "IncomeFact",
    "Membership",
    "Method",
    "NotEstablished",
    "ObligorFact",
    "PersonFacts",
    "PropertyFact",
    "SpentFacts",
    "TekunFacts",
    "assess_all",
    "first_month",
    "memberships",
    "reckon_dibao",
    "reckon_edge",
    "reckon_rigid",
    "reckon_tekun",
]
