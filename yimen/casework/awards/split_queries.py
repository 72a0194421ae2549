"""Reading what a 分户 leaves: the household that went its own way, and whether it has applied for itself yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.models import ChangeCase
from yimen.casework.households import queries as households
from yimen.casework.households.models import Household, Membership
from yimen.law.aftercare.terms import ChangeEvent

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
