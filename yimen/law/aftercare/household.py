"""A household's facts after an event (D30; L46): members coming and leaving, a new head, incomes, property.

Every function gives new facts and leaves the old ones as they are. A contradiction is BadFacts with the field and a
sentence. What a supplement or the amount becomes is never written here: it follows from reckoning the new facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from yimen.law.aftercare.implied import is_implied
from yimen.law.aftercare.kinship import relations_to
from yimen.law.calendar import age
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
from yimen.law.rules.members import ADULT
from yimen.law.terms import Relation

Relations = Mapping[str, Relation]
"""Relations to the new head as a person has confirmed them, by person; who is not named gets the derived one."""


def with_member(
    facts: HouseholdFacts,
    person: PersonFacts,
    on: dt.date,
    *,
    incomes: Iterable[IncomeFact] = (),
    expenses: Iterable[ExpenseFact] = (),
    properties: Iterable[PropertyFact] = (),
    obligors: Iterable[ObligorFact] = (),
) -> HouseholdFacts:
    """Birth, marriage, moving in: the household with one more person and what is his. Raises BadFacts."""
    if any(each.ref == person.ref for each in facts.people):
        raise BadFacts(f"people.{person.ref}", f"{person.name}已经是本户人员，不能再加一次。")
    if person.relation is Relation.SELF:
        raise BadFacts(f"people.{person.ref}.relation", f"本户已有户主，请填写{person.name}与户主的关系。")
    return _checked(
        replace(
            facts,
            people=(*facts.people, person),
            incomes=(*facts.incomes, *incomes),
            expenses=(*facts.expenses, *expenses),
            properties=(*facts.properties, *properties),
            obligors=(*facts.obligors, *obligors),
        ),
        on,
    )


def without_member(
    facts: HouseholdFacts, ref: str, on: dt.date, *, inherited: Mapping[str, str] | None = None
) -> HouseholdFacts:
    """Moving out, marrying out, leaving for an institution: the household without a person and what was his alone.

    ``inherited`` names the new owner of a property by its reference, empty for the whole household. Raises BadFacts for
    somebody who is no member, and for the head: then a new head is needed (:func:`with_head`).
    """
    _member(facts, ref)
    if ref == facts.applicant.ref:
        raise BadFacts("people", f"{facts.applicant.name}是户主，请先确定新的户主，再办理减少成员。")
    return _checked(remaining(facts, {ref}, facts.applicant.ref, inherited=inherited), on)


def with_head(facts: HouseholdFacts, head: str, on: dt.date, relations: Relations | None = None) -> HouseholdFacts:
    """A new head, everybody's relation turned to him; the people stay the same. Raises BadFacts."""
    check_head(facts, head, on)
    return _checked(remaining(facts, set(), head, relations=relations), on)


def split(
    facts: HouseholdFacts,
    leaving: Collection[str],
    on: dt.date,
    *,
    new_head: str,
    staying_head: str = "",
    relations: Relations | None = None,
    takes: Collection[str] = (),
) -> tuple[HouseholdFacts, HouseholdFacts]:
    """分户: who stays and who leaves, each as a household of its own, nobody in both.

    ``new_head`` heads those who leave, ``staying_head`` those who stay (the present head unless he leaves). ``relations``
    holds the confirmed relations of both sides. What a person earns, spends and owns goes with him; what belongs to the
    household stays, except the properties named in ``takes``. Raises BadFacts.
    """
    gone = set(leaving)
    for ref in gone:
        _member(facts, ref)
    stay = {person.ref for person in facts.people} - gone
    if not gone or not stay:
        raise BadFacts("people", "分户应当既有分出的人员，也有留下的人员，请重新选择。")
    head = staying_head or facts.applicant.ref
    if head in gone:
        raise BadFacts("staying_head", f"户主{facts.person(head).name}分出，请确定留下人员的户主。")
    if new_head not in gone:
        raise BadFacts("new_head", "分出家庭的户主应当是分出的人员，请重新选择。")
    known = {owned.ref for owned in facts.properties}
    for ref in takes:
        if ref not in known:
            raise BadFacts("takes", f"“{ref}”不是本户的财产，请改为财产清单中的编号。")
    check_head(facts, head, on, gone)
    check_head(facts, new_head, on, stay)
    moved = dict.fromkeys(takes, new_head)
    left = remaining(facts, stay, new_head, relations=relations, inherited=moved, shared=False)
    stayed = remaining(facts, gone, head, relations=relations, without=set(takes))
    return _checked(stayed, on), _checked(replace(left, single_ground="", single_reason="", edge_confirmed=False), on)


def with_person(facts: HouseholdFacts, person: PersonFacts, on: dt.date) -> HouseholdFacts:
    """Illness, disability, school, work, custody: a member's own data replaced. Raises BadFacts, also for another relation."""
    before = _member(facts, person.ref)
    if before.relation is not person.relation and Relation.SELF in {before.relation, person.relation}:
        raise BadFacts(f"people.{person.ref}.relation", "更换户主请按“变更户主”办理。")
    people = tuple(person if each.ref == person.ref else each for each in facts.people)
    return _checked(replace(facts, people=people), on)


def with_incomes(facts: HouseholdFacts, ref: str, incomes: Iterable[IncomeFact], on: dt.date) -> HouseholdFacts:
    """A member's incomes replaced by these. Raises BadFacts."""
    return _replaced(facts, "incomes", "person", ref, incomes, on)


def with_expenses(facts: HouseholdFacts, ref: str, expenses: Iterable[ExpenseFact], on: dt.date) -> HouseholdFacts:
    """A member's rigid costs replaced by these. Raises BadFacts."""
    return _replaced(facts, "expenses", "person", ref, expenses, on)


def with_property(facts: HouseholdFacts, owner: str, owned: Iterable[PropertyFact], on: dt.date) -> HouseholdFacts:
    """The property of a member replaced by this; ``owner`` empty: what belongs to the whole household. Raises BadFacts."""
    return _replaced(facts, "properties", "owner", owner, owned, on)


def with_obligors(facts: HouseholdFacts, supports: str, obligors: Iterable[ObligorFact], on: dt.date) -> HouseholdFacts:
    """Those outside who owe support to a member replaced by these. Raises BadFacts."""
    return _replaced(facts, "obligors", "supports", supports, obligors, on)


def _replaced(
    facts: HouseholdFacts, table: str, column: str, whose: str, rows: Iterable[object], on: dt.date
) -> HouseholdFacts:
    """One table's rows of one person (in its ``column``) replaced by these; without a person those of the whole household."""
    own = tuple(rows)
    if any(getattr(row, column) != whose for row in own):
        raise BadFacts(table, "有一行写的是另一名人员，请核对。")
    if whose or column != "owner":
        _member(facts, whose)
    others = (row for row in getattr(facts, table) if getattr(row, column) != whose)
    changed: dict[str, Any] = {table: (*others, *own)}
    return _checked(replace(facts, **changed), on)


def head_candidates(facts: HouseholdFacts, gone: Collection[str], on: dt.date) -> tuple[PersonFacts, ...]:
    """Who may head those who remain, the likeliest first: spouse, grown children, parents, other adults; each the eldest first.

    Nobody who is not counted in the household (prison, missing …). Minors only where no adult remains.
    """
    order = (Relation.SELF, Relation.SPOUSE, Relation.CHILD, Relation.PARENT)
    left = [person for person in facts.people if person.ref not in gone and not person.status]
    adults = [person for person in left if age(person.birth_date, on) >= ADULT]

    def rank(person: PersonFacts) -> tuple[int, dt.date, str]:
        place = order.index(person.relation) if person.relation in order else len(order)
        return place, person.birth_date, person.ref

    return tuple(sorted(adults or left, key=rank))


def check_head(facts: HouseholdFacts, head: str, on: dt.date, gone: Collection[str] = ()) -> None:
    """Raise BadFacts unless a person may head those who remain; the present head may go on."""
    person = _member(facts, head)
    if head in gone:
        raise BadFacts("new_head", f"{person.name}已不是本户人员，请另选户主。")
    if person.relation is Relation.SELF:
        return
    if head not in {each.ref for each in head_candidates(facts, gone, on)}:
        why = "属于不计入家庭的人员" if person.status else "未满18周岁，而本户还有成年人"
        raise BadFacts("new_head", f"{person.name}{why}，不能作为户主，请另选。")


def remaining(
    facts: HouseholdFacts,
    gone: Collection[str],
    head: str,
    *,
    relations: Relations | None = None,
    inherited: Mapping[str, str] | None = None,
    without: Collection[str] = (),
    shared: bool = True,
) -> HouseholdFacts:
    """The facts of those who are not gone under a head, unchecked: their rows only, everybody's relation turned to the head.

    ``shared``: whether they keep what belongs to the household as a whole; ``without`` are properties they give away.
    Raises BadFacts where the income was worked back from the amount: it would leave with its nominal owner, or stay whole.
    """
    if gone and is_implied(facts):
        raise BadFacts(
            "incomes", "家庭收入是按原保障金倒推的，分不清是谁的收入，请先逐人核定现在的收入，再办理成员变化。"
        )
    heirs = inherited or {}
    for ref in relations or {}:
        _member(facts, ref)
    for ref in heirs:
        if ref not in {owned.ref for owned in facts.properties}:
            raise BadFacts("inherited", f"“{ref}”不是本户的财产，请改为财产清单中的编号。")
    things = [replace(row, owner=heirs[row.ref]) if row.ref in heirs else row for row in facts.properties]
    return replace(
        facts,
        people=_people(facts, frozenset(gone), head, relations or {}),
        incomes=tuple(row for row in facts.incomes if row.person not in gone),
        expenses=tuple(row for row in facts.expenses if row.person not in gone),
        properties=tuple(
            row
            for row in things
            if row.ref not in without and row.owner not in gone and (row.owner or shared or row.ref in heirs)
        ),
        obligors=tuple(_obligors(facts, gone)),
    )


def _people(facts: HouseholdFacts, gone: frozenset[str], head: str, relations: Relations) -> tuple[PersonFacts, ...]:
    here = {person.ref: person for person in facts.people if person.ref not in gone}
    if head == facts.applicant.ref:
        found = {row.ref: row for row in relations_to(facts.people, head, gone)}
        return tuple(
            replace(
                person,
                relation=relations.get(ref, person.relation),
                spouse_of=person.spouse_of if person.spouse_of in here else "",
                child_of=found[ref].child_of if person.child_of in gone else person.child_of,
            )
            for ref, person in here.items()
        )
    return tuple(
        replace(
            here[row.ref],
            relation=row.relation if row.ref == head else relations.get(row.ref, row.relation),
            child_of=row.child_of,
            spouse_of=row.spouse_of,
        )
        for row in relations_to(facts.people, head, gone)
    )


def _obligors(facts: HouseholdFacts, gone: Collection[str]) -> Iterable[ObligorFact]:
    """Those who support somebody still here; one who also supported a person gone divides his fee among fewer."""
    lost = [(row.name, row.birth_date) for row in facts.obligors if row.supports in gone]
    for row in facts.obligors:
        if row.supports not in gone:
            fewer = lost.count((row.name, row.birth_date))
            yield replace(row, supported_count=max(1, row.supported_count - fewer))


def _member(facts: HouseholdFacts, ref: str) -> PersonFacts:
    try:
        return facts.person(ref)
    except KeyError:
        raise BadFacts("people", f"“{ref}”不是本户人员，请在人员清单中选择。") from None


def _checked(facts: HouseholdFacts, on: dt.date) -> HouseholdFacts:
    check_facts(facts, on)
    return facts
