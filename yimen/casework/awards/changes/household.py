"""The household after a change: the stored facts with everything that was established; nothing is guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings

from yimen.base.access.refusal import Refused
from yimen.casework.awards.changes.entries import FindingEntry, HealthEntry
from yimen.casework.awards.models import ChangeCase
from yimen.casework.decisions.gathering import DUTY_TOGETHER
from yimen.casework.households.entries import PersonEntry
from yimen.law.aftercare.death import after_death, survivors
from yimen.law.aftercare.household import split, with_head, with_member, with_person, without_member
from yimen.law.aftercare.kinship import relations_to
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.identity import BadIdentity, BadName, clean_name, read_identity
from yimen.law.rules import BadFacts, HouseholdFacts, IncomeFact, PersonFacts, PropertyFact
from yimen.law.terms import DisabilityKind, IncomeKind, Period, PropertyKind, Relation, WorkCapacity

NEW = "new-"
"""References of people who join and are not registered yet: ``new-1``, ``new-2`` in the order of the entry."""


def facts_after(change: ChangeCase, entry: FindingEntry, facts: HouseholdFacts, on: dt.date) -> HouseholdFacts:
    """The stored household with everything that was established. Raises BadFacts."""
    _confirmed(facts, entry)
    facts = _without(change, entry, facts, on)
    for number, row in enumerate(entry.joining, 1):
        facts = with_member(facts, _newcomer(row, number), on)
    if entry.new_head and facts.applicant.ref != entry.new_head:
        facts = with_head(facts, entry.new_head, on, _relations(entry))
    for ref in {*entry.dependents, *entry.uncounted}:
        if ref in {person.ref for person in facts.people}:
            facts = with_person(facts, replace(facts.person(ref), dependent_adult=ref not in entry.uncounted), on)
    for row in entry.health:
        facts = with_person(facts, _healthy(facts, row), on)
    return replace(facts, incomes=tuple(_incomes(facts, entry)), properties=tuple(_things(facts, entry)))


def _confirmed(facts: HouseholdFacts, entry: FindingEntry) -> None:
    """A relation to the new head that the data do not tell is confirmed by a person, never guessed."""
    if (
        not entry.new_head
        or entry.new_head == facts.applicant.ref
        or entry.new_head not in {p.ref for p in facts.people}
    ):
        return
    for row in relations_to(facts.people, entry.new_head, frozenset(entry.leaving)):
        if not row.sure and not entry.relations.get(row.ref):
            raise Refused(f"{row.why}", "relation", 422, f"relation_{row.ref}")


def _relations(entry: FindingEntry) -> dict[str, Relation]:
    return {ref: Relation(word) for ref, word in entry.relations.items() if word}


def _without(change: ChangeCase, entry: FindingEntry, facts: HouseholdFacts, on: dt.date) -> HouseholdFacts:
    leaving = list(entry.leaving)
    if change.event == ChangeEvent.SPLIT and leaving:
        head, staying = entry.apart_head, entry.new_head
        return split(facts, leaving, on, new_head=head, staying_head=staying, relations=_relations(entry))[0]
    for ref in leaving:
        if change.event == ChangeEvent.DEATH:
            if not survivors(facts, ref):
                raise BadFacts("people", "没有其他保障成员，请按终止办理。")
            head = entry.new_head if ref == facts.applicant.ref else ""
            facts = after_death(facts, ref, on, new_head=head, relations=_relations(entry))
            continue
        if ref == facts.applicant.ref:
            if not entry.new_head:
                raise BadFacts("new_head", f"户主{facts.applicant.name}离开本户，请在其他成员中确定新的户主。")
            facts = with_head(facts, entry.new_head, on, _relations(entry))
        facts = without_member(facts, ref, on)
    return facts


def _newcomer(row: PersonEntry, number: int) -> PersonFacts:
    where = f"新成员第{number}行"
    try:
        name = clean_name(row.name)
        identity = read_identity(row.identity, allow_unknown_area=settings.YIMEN_DEMO or settings.YIMEN_TESTING)
    except (BadIdentity, BadName) as bad:
        raise Refused(f"{where}：{bad}", "bad_person", 422, "joining") from bad
    kind = DisabilityKind(row.disability_kind or DisabilityKind.NONE)
    return PersonFacts(
        ref=f"{NEW}{number}",
        name=name,
        relation=Relation(row.relation),
        birth_date=identity.birth_date,
        sex=identity.sex,
        full_time_student=row.student,
        disability=kind,
        disability_grade=row.disability_grade or 0,
        serious_illness=bool(row.illness),
        work_capacity=WorkCapacity(row.work_capacity or WorkCapacity.NONE),
        legal_duty=True if row.long_co_resident and row.relation in DUTY_TOGETHER else None,
        long_coresident=row.long_co_resident,
        dependent_adult=not row.can_live_independently,
    )


def _healthy(facts: HouseholdFacts, row: HealthEntry) -> PersonFacts:
    person = facts.person(row.person)
    kind = DisabilityKind(row.disability_kind or DisabilityKind.NONE)
    return replace(
        person,
        disability=kind,
        disability_grade=row.disability_grade or 0,
        serious_illness=bool(row.illness),
        work_capacity=WorkCapacity(row.work_capacity) if row.work_capacity else person.work_capacity,
    )


def _incomes(facts: HouseholdFacts, entry: FindingEntry) -> Iterator[IncomeFact]:
    for row in facts.incomes:
        if row.ref in entry.incomes:
            yield replace(row, amount_fen=entry.incomes[row.ref], declared_fen=None, source="本次变更核定")
        else:
            yield row
    for number, new in enumerate(entry.new_incomes, 1):
        if new.person in entry.leaving:
            # It goes with who leaves; it is kept for their own application.
            continue
        yield IncomeFact(
            ref=f"change-{number}-{len(facts.incomes)}",
            person=new.person,
            kind=IncomeKind(new.kind),
            amount_fen=new.amount_fen,
            period=Period(new.period),
            label=new.label,
            irregular=new.kind in {IncomeKind.WAGE, IncomeKind.BUSINESS} and new.period != Period.MONTH,
            source="本次变更核定",
        )


def _things(facts: HouseholdFacts, entry: FindingEntry) -> Iterator[PropertyFact]:
    yield from facts.properties
    for number, new in enumerate(entry.property, 1):
        if new.owner in entry.leaving:
            continue
        yield PropertyFact(
            ref=f"change-{number}-{len(facts.properties)}",
            kind=PropertyKind(new.kind),
            value_fen=new.value_fen,
            owner=new.owner,
            label=new.label,
            source="本次变更核定",
        )
