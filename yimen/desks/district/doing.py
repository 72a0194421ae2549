"""Small helps that the pages of this desk share."""

from __future__ import annotations

from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.law import procedure
from yimen.law.terms import Role


def roles_of(act: str) -> frozenset[Role]:
    """Who may do an act of an office, from the procedure table."""
    return frozenset(procedure.OFFICE_STEPS[act].roles)


def may(officer: Officer, act: str) -> bool:
    """Whether the button of an act is shown to this officer; the act itself checks again."""
    return officer.holds(roles_of(act), officer.district)


def readers() -> frozenset[Role]:
    """Who reads the district's pages."""
    return DISTRICT_ROLES
