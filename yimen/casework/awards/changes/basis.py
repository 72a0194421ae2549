"""What is stored of a household on assistance, as facts of the rules: of the last version, of its case, or of its ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.awards.models import Award, AwardVersion
from yimen.casework.decisions.facts import household_facts
from yimen.casework.households import queries as households
from yimen.casework.households.models import Membership
from yimen.law.reckoning import Reckoning
from yimen.law.rules import HouseholdFacts, PersonFacts, reckon_dibao
from yimen.law.rules.facts_form import household_of
from yimen.law.terms import DisabilityKind, Relation, Sex, WorkCapacity

LEDGER = "本户由台账接续，系统里还没有收入、财产的核定资料。请在“新核定的收入”里把全家现在的收入逐项填写一次，没有收入的不填。"


@dataclass(frozen=True)
class Basis:
    """The facts with where they come from. ``lacking`` says what is not known and has to be entered, empty if nothing."""

    facts: HouseholdFacts
    source: str
    lacking: str = ""


def basis_of(award: Award, on: dt.date) -> Basis:
    """The household as it is stored, on a day."""
    stored = AwardVersion.objects.filter(award=award, facts__isnull=False).order_by("-seq").first()
    if stored is not None:
        return Basis(household_of(stored.facts), f"{stored.on:%Y-%m-%d} 变更时的核定资料")
    if award.application is not None:
        return Basis(household_facts(award.application, on), "确认时的核定资料")
    return _of_ledger(award, on)


def _of_ledger(award: Award, on: dt.date) -> Basis:
    """A household taken over: its members as registered; its incomes are entered once."""
    people = tuple(_person(row) for row in households.members(award.household))
    return Basis(HouseholdFacts(people=people), "台账接续时登记的成员", LEDGER)


def _person(row: Membership) -> PersonFacts:
    person, health = row.person, row.person.health or {}
    kind = DisabilityKind(health.get("disability_kind") or DisabilityKind.NONE)
    return PersonFacts(
        ref=person.ref,
        name=person.name,
        relation=Relation(row.relation),
        birth_date=person.birth_date,
        sex=Sex(person.sex),
        full_time_student=person.student,
        disability=kind,
        disability_grade=int(health.get("disability_grade") or 0) if kind is not DisabilityKind.NONE else 0,
        serious_illness=bool(health.get("illness")),
        work_capacity=WorkCapacity(health.get("work_capacity") or WorkCapacity.NONE),
    )


def reckon(award: Award, facts: HouseholdFacts, on: dt.date) -> Reckoning:
    """The rules of 低保 on these facts with the figures of a day. Raises law.standards.Unset and BadFacts."""
    return reckon_dibao(facts, figures.book(), offices.scopes(award.village_id), on, award.household.urban)
