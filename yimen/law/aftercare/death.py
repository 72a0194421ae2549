"""The chain after a death (N 一(三)): who remains, who heads them, what falls away with the dead; supplements follow by reckoning.

Nothing of the dead is left standing: not the person, not incomes, costs or property that were his alone, not those who
supported only him. The survivors are each there once, under a head of their own choice, and keep what is theirs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from yimen.law.aftercare.household import Relations, check_head, head_candidates, remaining
from yimen.law.aftercare.kinship import Derived, relations_to
from yimen.law.rules.facts import (
    BadFacts,
    ExpenseFact,
    HouseholdFacts,
    IncomeFact,
    ObligorFact,
    PersonFacts,
    PropertyFact,
    check_facts,
)

__all__ = ["Dropped", "after_death", "dropped_with", "heads_after", "relations_after", "survivors"]


@dataclass(frozen=True)
class Dropped:
    """What falls away with a person, shown before it is confirmed; ``others`` owe support to survivors as well."""

    incomes: tuple[IncomeFact, ...]
    expenses: tuple[ExpenseFact, ...]
    properties: tuple[PropertyFact, ...]
    obligors: tuple[ObligorFact, ...]


def survivors(facts: HouseholdFacts, ref: str) -> tuple[PersonFacts, ...]:
    """Those for whom the award may go on; none where the dead was alone or applied alone (单人保): then it ends."""
    if facts.single and ref == facts.applicant.ref:
        return ()
    return tuple(person for person in facts.people if person.ref != ref)


def dropped_with(facts: HouseholdFacts, ref: str) -> Dropped:
    """What was a person's alone: incomes, costs, property in his name, and those who supported him."""
    return Dropped(
        tuple(row for row in facts.incomes if row.person == ref),
        tuple(row for row in facts.expenses if row.person == ref),
        tuple(row for row in facts.properties if row.owner == ref),
        tuple(row for row in facts.obligors if row.supports == ref),
    )


def heads_after(facts: HouseholdFacts, ref: str, on: dt.date) -> tuple[PersonFacts, ...]:
    """Who may head the survivors, the likeliest first; the present head alone where somebody else died."""
    if ref != facts.applicant.ref:
        return (facts.applicant,)
    return head_candidates(facts, {ref}, on)


def relations_after(facts: HouseholdFacts, ref: str, new_head: str) -> tuple[Derived, ...]:
    """Each survivor's relation to the new head as derived, and what a person must confirm."""
    return relations_to(facts.people, new_head, frozenset({ref}))


def after_death(
    facts: HouseholdFacts,
    ref: str,
    on: dt.date,
    *,
    new_head: str = "",
    relations: Relations | None = None,
    inherited: Mapping[str, str] | None = None,
) -> HouseholdFacts:
    """The survivors' facts after a death.

    ``new_head`` is needed where the head died. ``relations`` are the relations to the head as confirmed; the derived ones
    stand for who is not named. ``inherited`` gives a property of the dead, by its reference, to an heir of the household
    (empty: to all of it). ``on`` dates ages. Raises BadFacts, also where nobody remains who is on assistance.
    """
    if ref not in {person.ref for person in facts.people}:
        raise BadFacts("people", f"“{ref}”不是本户人员，请在人员清单中选择。")
    name = facts.person(ref).name
    if not survivors(facts, ref):
        raise BadFacts("people", f"{name}死亡后没有其他保障成员，不能调整金额，请办理终止。")
    head = new_head or facts.applicant.ref
    if head == ref:
        raise BadFacts("new_head", f"户主{name}已死亡，请在其他成员中确定新的户主。")
    check_head(facts, head, on, {ref})
    for owner in (inherited or {}).values():
        if owner == ref:
            raise BadFacts("inherited", f"{name}已死亡，财产请改为其他成员或者全家共有。")
    after = remaining(facts, {ref}, head, relations=relations, inherited=inherited)
    check_facts(after, on)
    return after
