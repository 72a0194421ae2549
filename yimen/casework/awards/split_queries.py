"""Reading what a 分户 leaves: the household that went its own way, what is known of its means, whether it has applied yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.models import AwardVersion, ChangeCase
from yimen.casework.decisions.facts import household_facts
from yimen.casework.households import queries as households
from yimen.casework.households.models import Household, Membership
from yimen.law.aftercare.implied import is_implied
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.rules import HouseholdFacts, Method
from yimen.law.rules.facts_form import household_of
from yimen.law.terms import IncomeKind, Period, PropertyKind

LOOKED_BACK = 180
"""Days after the decision for which the new household is offered on the desk; its change offers it for good."""


def new_homes(changes: Iterable[ChangeCase]) -> dict[int, Household]:
    """The household that a decided 分户 made, by change."""
    rows = [row for row in changes if row.event == ChangeEvent.SPLIT and row.decided_on is not None]
    gone = {row.pk: _gone(row) for row in rows}
    people = {ref for refs in gone.values() for ref in refs}
    found: dict[tuple[str, dt.date], list[int]] = {}
    for ref, day, home in Membership.objects.filter(
        person__ref__in=people, from_on__in={row.since for row in rows}
    ).values_list("person__ref", "from_on", "household"):
        found.setdefault((ref, day), []).append(home)
    chosen = {}
    for row in rows:
        homes = [
            home for ref in gone[row.pk] for home in found.get((ref, row.since), ()) if home != row.award.household_id
        ]
        if homes:
            chosen[row.pk] = homes[0]
    homes_by_id = households.households().in_bulk(set(chosen.values()))
    return {change: homes_by_id[home] for change, home in chosen.items() if home in homes_by_id}


def _gone(change: ChangeCase) -> list[str]:
    decision = change.decision
    entry: Mapping[str, object] = decision.finding.entry
    return list(FindingEntry.of(entry).leaving)


def to_apply(officer: Officer, on: dt.date, most: int) -> list[tuple[ChangeCase, Household]]:
    """Lately decided splits whose new household still lives together and has not applied since, the oldest first."""
    rows = gate.within(officer, ChangeCase.objects.filter(event=str(ChangeEvent.SPLIT)))
    rows = rows.filter(decided_on__gte=on - dt.timedelta(days=LOOKED_BACK)).order_by("decided_on", "id")
    found = list(rows.select_related("award__household__head", "decision__finding"))
    made = new_homes(found)
    waiting = unapplied(made.values())
    # Linked changes of several awards have made one household: it is told once.
    first = {made[row.pk].pk: (row, made[row.pk]) for row in reversed(found) if row.pk in made}
    told = [first[home] for home in first if home in waiting]
    return sorted(told, key=lambda pair: (pair[0].decided_on, pair[0].pk))[:most]


def unapplied(homes: Iterable[Household]) -> set[int]:
    """Which of these households have members and no application."""
    wanted = {home.pk for home in homes}
    living = Membership.objects.filter(household__in=wanted, to_on__isnull=True, household__applications__isnull=True)
    return set(living.values_list("household", flat=True))


# -- what is known of their means ------------------------------------------------------------


@dataclass(frozen=True)
class OwnIncome:
    """An income that went along with the person who has it: of whom by reference, fen in a period."""

    person: str
    kind: IncomeKind
    label: str
    amount_fen: int
    period: Period


@dataclass(frozen=True)
class OwnThing:
    """A property that went along with its owner, in fen."""

    person: str
    kind: PropertyKind
    label: str
    value_fen: int


@dataclass(frozen=True)
class Means:
    """What was established of the means of those who left. What belongs to the old household as a whole stays with it."""

    incomes: tuple[OwnIncome, ...] = ()
    things: tuple[OwnThing, ...] = ()


def means_of(home: Household) -> Means:
    """What is known of the own incomes and property of a household that a 分户 made; nothing of any other household."""
    people = set(Membership.objects.filter(household=home, to_on__isnull=True).values_list("person", flat=True))
    before = Membership.objects.filter(person__in=people, to_on=home.opened_on).exclude(household=home)
    rows = ChangeCase.objects.filter(
        event=str(ChangeEvent.SPLIT), since=home.opened_on, decided_on__isnull=False,
        award__household__in=before.order_by().values("household"),
    ).select_related("award__application", "decision__finding").order_by("id")  # fmt: skip
    found = list(rows)
    made = new_homes(found)
    for change in found:
        if change.pk in made and made[change.pk].pk == home.pk and (means := _means(change)) != Means():
            return means
    return Means()


def _means(change: ChangeCase) -> Means:
    """The means of those who left by what was stored before, with what this change found to be other."""
    entry = FindingEntry.of(change.decision.finding.entry)
    gone, facts = set(entry.leaving), _before(change)
    incomes, things = [], []
    if facts is not None and not is_implied(facts):
        incomes = [
            OwnIncome(row.person, row.kind, row.label, entry.incomes.get(row.ref, row.amount_fen), row.period)
            for row in facts.incomes
            if row.person in gone and row.method is Method.STATED
        ]
    if facts is not None:
        things = [
            OwnThing(row.owner, row.kind, row.label, row.value_fen) for row in facts.properties if row.owner in gone
        ]
    incomes += [
        OwnIncome(row.person, IncomeKind(row.kind), row.label, row.amount_fen, Period(row.period))
        for row in entry.new_incomes
        if row.person in gone
    ]
    things += [
        OwnThing(row.owner, PropertyKind(row.kind), row.label, row.value_fen)
        for row in entry.property
        if row.owner in gone
    ]
    return Means(tuple(row for row in incomes if row.amount_fen), tuple(things))


def _before(change: ChangeCase) -> HouseholdFacts | None:
    """The facts of the old household that the 分户 was reckoned from; None where none are stored."""
    own = AwardVersion.objects.filter(award=change.award, basis_kind=ChangeCase.KIND, basis_ref=change.ref)
    stored = AwardVersion.objects.filter(award=change.award, facts__isnull=False).order_by("-seq")
    first = own.order_by("seq").first()
    row = (stored.filter(seq__lt=first.seq) if first else stored).first()
    if row is not None:
        return household_of(row.facts)
    return household_facts(change.award.application, change.since) if change.award.application else None
