"""分户: who heads those who leave and how they are related to him, told once at the finding and never guessed."""

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
from yimen.law.aftercare.kinship import relations_to
from yimen.law.rules import PersonFacts
from yimen.law.terms import Programme, Relation


def told_apart(change: ChangeCase, entry: FindingEntry, on: dt.date) -> FindingEntry:
    """The entry with the head of those who leave and everybody's relation to him.

    A relation that the data tell is derived, one that they do not tell is asked for: Refused at the field of the person.
    """
    leaving = set(entry.leaving)
    if not leaving:
        return entry
    head = entry.apart_head or (next(iter(leaving)) if len(leaving) == 1 else "")
    if head not in leaving:
        raise Refused("请在分出的成员中选择分出家庭的户主。", "missing", 422, "apart_head")
    people = _people(change.award, on)
    relations = {ref: word for ref, word in entry.relations.items() if ref != head}
    staying = frozenset(person.ref for person in people) - leaving
    for row in relations_to(people, head, staying):
        if row.ref == head or relations.get(row.ref):
            continue
        if not row.sure:
            raise Refused(row.why, "relation", 422, f"relation_{row.ref}")
        relations[row.ref] = str(row.relation)
    return replace(entry, apart_head=head, relations=relations)


def _people(award: Award, on: dt.date) -> Sequence[PersonFacts]:
    """The members with what is known of their ties; of what is not reckoned from facts, as they are registered."""
    registered = [person_of(row) for row in households.members(award.household)]
    if award.programme != Programme.DIBAO or award.single:
        return registered
    stored = {person.ref: person for person in basis_of(award, on).facts.people}
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
