"""Who heads a household when its head leaves, and who heads those who leave it in a 分户: told at the finding, never guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from yimen.base.access.refusal import Refused
from yimen.casework.awards.changes.basis import basis_of, person_of
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.models import Award, ChangeCase
from yimen.casework.households import queries as households
from yimen.casework.households.models import Membership
from yimen.law.aftercare.household import check_head
from yimen.law.aftercare.kinship import Derived, relations_to
from yimen.law.rules import BadFacts, HouseholdFacts, PersonFacts
from yimen.law.terms import Programme, Relation


def told_staying(change: ChangeCase, entry: FindingEntry, on: dt.date) -> FindingEntry:
    """The entry with who heads those who stay and everybody's relation to him.

    Whatever the programme reckons with, a household is never left without a head. Raises Refused at the field.
    """
    people, leaving = _people(change.award, on), set(entry.leaving)
    head = change.award.household.head
    staying = [person for person in people if person.ref not in leaving]
    if head.ref in leaving and staying and not entry.new_head:
        words = f"户主{head.name}离开本户，请在留下的成员中确定新的户主。"
        raise Refused(words, "new_head", 422, "new_head")
    same = entry.new_head == head.ref and head.ref not in leaving
    if not entry.new_head or same or not staying:
        return entry
    _check(people, entry.new_head, leaving, on, "new_head")
    if _by_facts(change.award):
        # Reckoned from facts, the relations are confirmed with them.
        return entry
    return _with_relations(entry, people, entry.new_head, leaving)


def told_apart(change: ChangeCase, entry: FindingEntry, on: dt.date) -> FindingEntry:
    """The entry with the head of those who leave and everybody's relation to him.

    A relation that the data tell is derived, one that they do not tell is asked for: Refused at the field of the person.
    """
    leaving = set(entry.leaving)
    if not leaving:
        return entry
    people = _people(change.award, on)
    staying = {person.ref for person in people} - leaving
    if not staying:
        words = "分户应当有留下的成员。全家都搬走的，请按“迁往其他乡街或者区”登记。"
        raise Refused(words, "leaving", 422, "leaving")
    head = entry.apart_head or (next(iter(leaving)) if len(leaving) == 1 else "")
    if head not in leaving:
        raise Refused("请在分出的成员中选择分出家庭的户主。", "missing", 422, "apart_head")
    _check(people, head, staying, on, "apart_head")
    return replace(_with_relations(entry, people, head, staying), apart_head=head)


def _check(people: Sequence[PersonFacts], head: str, gone: set[str], on: dt.date, field: str) -> None:
    """Refuse at the field somebody who may not head those who are not gone."""
    try:
        check_head(HouseholdFacts(people=tuple(people)), head, on, gone)
    except BadFacts as bad:
        raise Refused(bad.sentence, "head", 422, field) from bad


def _with_relations(entry: FindingEntry, people: Sequence[PersonFacts], head: str, gone: set[str]) -> FindingEntry:
    relations = {ref: word for ref, word in entry.relations.items() if ref != head}
    for row in _derived(people, head, frozenset(gone)):
        if row.ref == head or relations.get(row.ref):
            continue
        if not row.sure:
            raise Refused(row.why, "relation", 422, f"relation_{row.ref}")
        relations[row.ref] = str(row.relation)
    return replace(entry, relations=relations)


def _derived(people: Sequence[PersonFacts], head: str, gone: frozenset[str]) -> Sequence[Derived]:
    """How those not gone are related to a head; where nobody is registered as the head so far, nothing can be derived."""
    if any(person.relation is Relation.SELF for person in people):
        return relations_to(people, head, gone)
    why = "本户登记的成员里没有户主，推不出{}与新户主的关系，请填写。"
    return [
        Derived(person.ref, Relation.OTHER, False, why.format(person.name))
        for person in people
        if person.ref not in gone
    ]


def _by_facts(award: Award) -> bool:
    return bool(award.programme != Programme.TEKUN)


def _people(award: Award, on: dt.date) -> Sequence[PersonFacts]:
    """The members with what is known of their ties; of what is not reckoned from facts, as they are registered."""
    registered = [person_of(row) for row in households.members(award.household)]
    if not _by_facts(award):
        return registered
    stored = {person.ref: person for person in basis_of(award, on).facts.people}
    head = next((person.ref for person in stored.values() if person.relation is Relation.SELF), "")
    if head != award.household.head.ref:
        # A linked change of another award has named another head since: relations are those registered now.
        return registered
    return [stored.get(person.ref, person) for person in registered]


def head_of(leaving: Sequence[Membership], entry: FindingEntry, head: int) -> Membership:
    """The membership of who heads those who leave; of a finding from before it was asked, the first but the old head."""
    named = next((row for row in leaving if row.person.ref == entry.apart_head), None)
    return named or next((row for row in leaving if row.person_id != head), leaving[0])


def relation_in(row: Membership, head: Membership, entry: FindingEntry) -> Relation:
    """How somebody who leaves is related to the head of the new household."""
    if row.pk == head.pk:
        return Relation.SELF
    return Relation(entry.relations.get(row.person.ref) or Relation.OTHER)
