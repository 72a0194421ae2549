"""Who may look and who may confirm: enough people, one of the township, nobody's relative (D11, D16; K17, K18). Set-based."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Staff
from yimen.casework.applications.models import RelativeFiling
from yimen.casework.awards import residence_queries
from yimen.casework.awards.models import Award
from yimen.casework.households.models import Membership, Obligor
from yimen.casework.investigation import team

_FIELD = "investigators"


def ties(awards: Sequence[Award], staff: Iterable[int]) -> dict[int, set[int]]:
    """Which of these people belong to which of these households: as a member, an obligor or a close relative; by award."""
    wanted = set(staff)
    homes: dict[int, list[int]] = {}
    for award in awards:
        homes.setdefault(award.household_id, []).append(award.pk)
    found: dict[int, set[int]] = {}
    indexes = _known_indexes(homes)
    if indexes:
        for index, who in _owners(indexes, wanted):
            for home in indexes[index]:
                for award in homes[home]:
                    found.setdefault(award, set()).add(who)
    by_case: dict[int, list[int]] = {}
    for award in awards:
        if award.application_id:
            by_case.setdefault(award.application_id, []).append(award.pk)
    filed = RelativeFiling.objects.filter(application__in=by_case, staff__in=wanted).order_by()
    for case, who in filed.values_list("application_id", "staff_id"):
        for award in by_case[case]:
            found.setdefault(award, set()).add(who)
    return found


def _known_indexes(homes: Iterable[int]) -> dict[str, set[int]]:
    """Identity indexes of members and obligors that are known among staff and their relatives, with their households."""
    known, found = offices.numbers_of_staff(), {}
    ids = list(homes)
    members = Membership.objects.filter(household__in=ids, to_on__isnull=True).order_by()
    kin = Obligor.objects.filter(household__in=ids, to_on__isnull=True).order_by()
    pairs = [
        *members.values_list("household_id", "person__identity_index"),
        *kin.values_list("household_id", "identity_index"),
    ]
    for home, index in pairs:
        if index in known:
            found.setdefault(index, set()).add(home)
    return found


def _owners(indexes: Iterable[str], staff: set[int]) -> list[tuple[str, int]]:
    wanted = list(indexes)
    kin = [(row.identity_index, row.staff_id) for row in offices.kin_of_staff(wanted)]
    own = [(row.identity_index, row.pk) for row in offices.staff_among(wanted)]
    return [(index, who) for index, who in (*kin, *own) if who in staff]


def check_unrelated(awards: Sequence[Award], staff: Staff) -> None:
    """Refuse an officer who belongs to one of the households or is a close relative (K18)."""
    tied = ties(awards, [staff.pk])
    names = [award.household.head.name for award in awards if award.pk in tied]
    if names:
        raise Refused(
            f"您应当回避：{'、'.join(names)}家庭中有您本人或您的近亲属。请由其他人员办理这一户。", "recused", 403
        )


def check_team(awards: Sequence[Award], refs: Sequence[str], on: dt.date) -> list[Staff]:
    """The people who looked, held against every household of the round. Raises Refused at the field."""
    people = team.people_of(refs, on)
    first = awards[0]
    team.check_enough(first.village_id, people, on)
    team.check_one_of_township(first.township_id, first.township.name, people, on)
    living = residence_queries.areas_of(awards)
    for award in awards:
        places = {award.village_id, award.township_id, award.township_id[:6], *living.get(award.pk, ())}
        if names := [person.name for person in people if person.office.area_id not in places]:
            raise Refused(
                f"{'、'.join(names)}不是{award.village.name}、本乡街或本区的工作人员，不能核查{award.household.head.name}家庭，请重新选择。",
                "elsewhere",
                422,
                _FIELD,
            )
    tied = ties(awards, [person.pk for person in people])
    for award in awards:
        if names := [person.name for person in people if person.pk in tied.get(award.pk, ())]:
            raise Refused(
                f"{'、'.join(names)}与{award.household.head.name}家庭有近亲属关系（或本人在家庭之中），应当回避。请改由其他人员核查。",
                "recused",
                422,
                _FIELD,
            )
    return people
