"""What a new decision takes the place of: a recognition as 边缘 or 刚性支出 that its persons still hold (rules.md §10; R10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from yimen.base.access.walk import Walk
from yimen.base.prepared import prepared
from yimen.casework.awards import versions
from yimen.casework.awards.changes import beside
from yimen.casework.awards.ending import end
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.awards.queries import RECOGNISED
from yimen.casework.decisions import queries as decisions
from yimen.casework.decisions.grants import Grant
from yimen.casework.decisions.models import Decision
from yimen.casework.households.models import Person
from yimen.law.aftercare.terms import AwardCause
from yimen.law.terms import Programme


@prepared
def _recognised(household: int, persons: list[int]) -> QuerySet[Award]:
    covers = AwardPerson.objects.filter(person_id__in=persons, active=True, programme__in=RECOGNISED)
    return Award.objects.filter(household_id=household, pk__in=covers.order_by().values("award_id")).order_by("id")


def replace_recognitions(
    walk: Walk, decision: Decision, grants: Sequence[Grant], people: Mapping[str, Person]
) -> list[str]:
    """End the recognitions that these grants take the place of, with a version that says so; their numbers.

    单人保 stands beside 边缘 and replaces nothing. Whoever is left in a recognition of the same household keeps nothing of
    it: it was the household that was recognised, and the household has a new decision.
    """
    persons = {people[ref].pk for grant in grants if not grant.single for ref in grant.persons}
    awards = list(_recognised(decision.application.household_id, sorted(persons)))
    if not awards:
        return []
    month = min(decisions.terms_of_grant(decision, grant).start_month for grant in grants)
    why = f"由新的认定决定（{decision.on:%Y-%m-%d}）取代"
    basis = versions.Basis("decision", decision.ref, walk.on, walk.officer.staff.pk)
    for award in awards:
        end(walk, award, max(month, award.start_month), AwardCause.ENDED, basis, why)
        if not any(grant.programme == Programme.EDGE for grant in grants):
            beside.edge_is_over(walk, award, why, decision.opinion.by)
    return [award.number for award in awards]
