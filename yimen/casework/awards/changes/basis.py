"""What is stored of a household on assistance, as facts of the rules: of the last version, of its case, or of its ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.awards.changes.moving import Place, here
from yimen.casework.awards.models import Award, AwardPerson, AwardVersion
from yimen.casework.decisions.application_facts import application_facts
from yimen.casework.decisions.facts import household_facts
from yimen.casework.decisions.gathering import health_of
from yimen.casework.households import queries as households
from yimen.casework.households.models import Membership
from yimen.law.aftercare.implied import NotImplied, implied, is_implied
from yimen.law.again import OTHERS_COVERED
from yimen.law.calendar import age
from yimen.law.reckoning import Reckoning
from yimen.law.rules import ApplicationFacts, BadFacts, HouseholdFacts, PersonFacts, reckon_dibao
from yimen.law.rules.facts_form import from_plain
from yimen.law.rules.members import ADULT
from yimen.law.standards import Unset
from yimen.law.terms import Programme, Relation, Sex, WorkCapacity

LEDGER = (
    "本户由台账接续，系统里还没有收入、财产的核定资料。请在“新增的收入”里把全家现在的收入逐项填写一次，没有收入的不填。"
)


@dataclass(frozen=True)
class Basis:
    """The facts with where they come from. ``lacking`` says what is not known and has to be entered, empty if nothing.

    ``beyond`` is what 刚性支出 rests on beyond the household; without it nobody has recorded any.
    """

    facts: HouseholdFacts
    source: str
    lacking: str = ""
    beyond: ApplicationFacts | None = None

    @property
    def implied(self) -> bool:
        """Whether the income was worked back from the amount, so that nobody knows whose it is."""
        return is_implied(self.facts)


def basis_of(award: Award, on: dt.date) -> Basis:
    """The household as it is stored, on a day; who is on another programme counts and is not covered here."""
    found = _stored(award, on)
    return replace(found, facts=_beside(award, found.facts))


def _beside(award: Award, facts: HouseholdFacts) -> HouseholdFacts:
    """The members whom another award of basic assistance covers, marked as such (rules.md §10).

    单人保 goes beside the recognition of the household and takes nobody out of it (L21.2).
    """
    basic = [str(Programme.DIBAO), str(Programme.TEKUN)]
    refs = [person.ref for person in facts.people]
    rows = AwardPerson.objects.filter(active=True, programme__in=basic, person__ref__in=refs).exclude(award=award)
    if award.programme == Programme.EDGE or award.single:
        rows = rows.exclude(single=True)
    others = {ref: Programme(word).label for ref, word in rows.values_list("person__ref", "programme")}
    if not others:
        return facts
    return replace(
        facts,
        people=tuple(
            replace(person, other_programme=others.get(person.ref, person.other_programme)) for person in facts.people
        ),
    )


def _stored(award: Award, on: dt.date) -> Basis:
    stored = AwardVersion.objects.filter(award=award, facts__isnull=False).order_by("-seq").first()
    if stored is not None:
        return _read(from_plain(stored.facts), f"{stored.on:%Y-%m-%d} 变更时的核定资料")
    if award.application is None:
        return _of_ledger(award, on)
    rigid = award.programme == Programme.RIGID_EXPENDITURE
    known = application_facts(award.application, on) if rigid else household_facts(award.application, on)
    return _read(known, "确认时的核定资料")


def _read(known: ApplicationFacts | HouseholdFacts, source: str) -> Basis:
    if isinstance(known, HouseholdFacts):
        return Basis(known, source)
    return Basis(known.household, source, beyond=known)


def _of_ledger(award: Award, on: dt.date) -> Basis:
    """A household taken over: its members as registered; its income worked back from its amount where the amount tells it."""
    covered = set(award.persons.filter(active=True).values_list("person__ref", flat=True))
    people = (person_of(row) for row in households.members(award.household))
    plain = HouseholdFacts(people=tuple(_counted(person, covered, on) for person in people))
    if award.programme != Programme.DIBAO or award.single:
        return Basis(plain, "台账接续时登记的成员", LEDGER)
    first = AwardVersion.objects.filter(award=award).order_by("seq").first()
    day = first.on if first else on
    areas = offices.scopes(award.village_id)
    try:
        amount = first.monthly_fen if first else award.monthly_fen
        found = implied(plain, amount, figures.book_known_on(day), areas, day, award.household.urban)
    except (NotImplied, Unset, BadFacts) as unknown:
        return Basis(plain, "台账接续时登记的成员", f"{LEDGER}（{str(unknown).rstrip('。')}）")
    if set(found.reckoning.covered_refs) != covered:
        return Basis(plain, "台账接续时登记的成员", f"{LEDGER}（{OTHERS_COVERED.rstrip('。')}）")
    return Basis(found.facts, "台账接续，家庭收入按原保障金倒推，请核实")


def _counted(person: PersonFacts, covered: set[str], on: dt.date) -> PersonFacts:
    """A grown child whom the ledger covers is one that cannot live independently (D7); the officer confirms it."""
    grown = person.relation is Relation.CHILD and age(person.birth_date, on) >= ADULT
    return replace(person, dependent_adult=True) if grown and person.ref in covered else person


def person_of(row: Membership) -> PersonFacts:
    """A member as registered, with what the register tells of him."""
    person, health = row.person, row.person.health or {}
    return PersonFacts(
        ref=person.ref,
        name=person.name,
        relation=Relation(row.relation),
        birth_date=person.birth_date,
        sex=Sex(person.sex),
        full_time_student=person.student,
        **health_of(health),
        work_capacity=WorkCapacity(health.get("work_capacity") or WorkCapacity.NONE),
    )


def reckon(award: Award, facts: HouseholdFacts, on: dt.date, place: Place | None = None) -> Reckoning:
    """The rules of 低保 on these facts with the figures of a day, where the award is or at a place that is given.

    Raises law.standards.Unset and BadFacts.
    """
    where = place or here(award)
    return reckon_dibao(facts, figures.book(), where.areas, on, where.urban)
