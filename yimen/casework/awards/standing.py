"""Who is on which programme now, for the rooms before this one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from yimen.base.prepared import prepared
from yimen.casework.awards.models import AwardPerson
from yimen.casework.decisions.standing import supplies_standing
from yimen.law.terms import Programme


@prepared
def _covered(identity_indexes: list[str]) -> QuerySet[Any, Any]:
    rows = AwardPerson.objects.filter(person__identity_index__in=identity_indexes, active=True)
    return rows.order_by("id").values_list("person__identity_index", "programme")


@supplies_standing
def programmes_of(identity_indexes: Iterable[str]) -> dict[str, tuple[Programme, ...]]:
    """The programmes that cover each of these persons now, in one statement."""
    wanted = sorted(set(identity_indexes))
    found: dict[str, tuple[Programme, ...]] = {}
    for index, programme in _covered(wanted) if wanted else ():
        found[index] = (*found.get(index, ()), Programme(programme))
    return found
