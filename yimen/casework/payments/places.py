"""How far the officers of payments see: the district its whole area, a township itself, with who releases its money."""

from __future__ import annotations

from django.db.models import Q

from yimen.base.access import gate
from yimen.base.access.officer import DISTRICT_ROLES, PAYING_ROLES, TOWNSHIP_ROLES, Officer


def by_township(officer: Officer, township: str = "township") -> Q:
    """Rows of the townships that an officer may see the payments of; ``township`` is the path to the area."""
    seen = gate.NOBODY
    for district in {code[:6] for code in officer.areas(DISTRICT_ROLES)}:
        seen |= Q(**{f"{township}__code__startswith": district})
    if codes := officer.areas(TOWNSHIP_ROLES | PAYING_ROLES):
        seen |= Q(**{f"{township}_id__in": codes})
    return seen
