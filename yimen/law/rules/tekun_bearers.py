"""Who owes a person support: members by their relation, and the obligors listed for the person (T4; Civil Code 1067, 1075)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from yimen.law.calendar import age
from yimen.law.rules.applied import AbilityFacts, ApplicationFacts
from yimen.law.rules.facts import ObligorFact, PersonFacts
from yimen.law.rules.members import ADULT
from yimen.law.terms import DisabilityKind, ObligorSituation, Relation

_SITUATIONS = {"missing": ObligorSituation.MISSING, "prison": ObligorSituation.PRISON}


@dataclass(frozen=True)
class Bearer:
    """Somebody who owes support to the person; ``member`` where he belongs to the household himself."""

    code: str
    name: str
    relation: str
    birth_date: dt.date
    ability: AbilityFacts
    member: PersonFacts | None = None

    @property
    def severe(self) -> bool:
        """Grade 1 or 2, or intellectual or mental grade 3 (T8(4))."""
        if self.member is not None:
            return self.member.severely_disabled
        third = self.ability.disability in {DisabilityKind.INTELLECTUAL, DisabilityKind.MENTAL}
        return 1 <= self.ability.disability_grade <= (3 if third else 2)


def bearers(facts: ApplicationFacts, person: PersonFacts, on: dt.date) -> list[Bearer]:
    """Members who owe the person support by their relation, and the obligors listed for the person.

    A minor owes nobody support (Civil Code 1067); parents owe it to minors and to adult children who cannot live
    independently.
    """
    members = [
        _member(facts, other, relation)
        for other in facts.household.people
        if other is not person and age(other.birth_date, on) >= ADULT and (relation := _owes(other, person, on))
    ]
    outside = [
        _outside(facts, obligor)
        for obligor in facts.household.obligors
        if obligor.supports == person.ref and age(obligor.birth_date, on) >= ADULT
    ]
    return _once(members, outside, {row.obligor for row in facts.abilities})


def _once(members: list[Bearer], outside: list[Bearer], described: set[str]) -> list[Bearer]:
    """Nobody twice: who stands among the members and among the obligors is taken where the ability is described."""
    codes = {f"duty.obligor.{ref}" for ref in described}
    twice = {(row.name, row.birth_date): row for row in outside if row.code in codes}
    kept = [row for row in members if (row.name, row.birth_date) not in twice]
    inside = {(row.name, row.birth_date) for row in kept}
    return [*kept, *(row for row in outside if (row.name, row.birth_date) not in inside)]


def _member(facts: ApplicationFacts, other: PersonFacts, relation: str) -> Bearer:
    ability = next((row for row in facts.abilities if row.person == other.ref), AbilityFacts(person=other.ref))
    situation = ability.situation or _SITUATIONS.get(other.status)
    return Bearer(
        f"duty.member.{other.ref}", other.name, relation, other.birth_date, replace(ability, situation=situation), other
    )


def _outside(facts: ApplicationFacts, obligor: ObligorFact) -> Bearer:
    ability = next((row for row in facts.abilities if row.obligor == obligor.ref), AbilityFacts(obligor=obligor.ref))
    return Bearer(f"duty.obligor.{obligor.ref}", obligor.name, obligor.relation.label, obligor.birth_date, ability)


def _owes(other: PersonFacts, person: PersonFacts, on: dt.date) -> str:
    """By what relation one member owes another support; empty when he does not."""
    stated = other.legal_duty if person.relation is Relation.SELF else None
    stated = person.legal_duty if other.relation is Relation.SELF else stated
    if stated is False:
        return ""
    if (
        {other.relation, person.relation} == {Relation.SELF, Relation.SPOUSE}
        or other.spouse_of == person.ref
        or person.spouse_of == other.ref
    ):
        return "配偶"
    if _is_child(other, person):
        return "子女"
    if _is_child(person, other) and _needs_parents(person, on):
        return "父母"
    return other.relation.label if stated else ""


def _needs_parents(person: PersonFacts, on: dt.date) -> bool:
    return age(person.birth_date, on) < ADULT or person.dependent_adult or person.disability is not DisabilityKind.NONE


_CHILD_OF_BY_RELATION = frozenset(
    {
        (Relation.CHILD, Relation.SELF),
        (Relation.CHILD, Relation.SPOUSE),
        (Relation.SELF, Relation.PARENT),
        (Relation.SIBLING, Relation.PARENT),
        (Relation.SPOUSE, Relation.PARENT_IN_LAW),
        (Relation.GRANDCHILD, Relation.CHILD),
        (Relation.PARENT, Relation.GRANDPARENT),
    }
)
"""Pairs (child, parent) of relations to the applicant, where ``child_of`` does not say whose child it is."""


def _is_child(child: PersonFacts, parent: PersonFacts) -> bool:
    if child.child_of:
        return child.child_of == parent.ref or {child.relation, parent.relation} == {Relation.CHILD, Relation.SELF}
    return (child.relation, parent.relation) in _CHILD_OF_BY_RELATION
