"""A check of the register whose result is kept, for the district's page."""

from __future__ import annotations

from yimen.base.access.officer import Officer
from yimen.base.runs.desk import Tell, quiet
from yimen.casework.awards.models import RegisterCheck
from yimen.casework.awards.uplift.recompute import recompute
from yimen.law.calendar import now


def check_register(officer: Officer, *, tell: Tell = quiet) -> RegisterCheck:
    """Recompute the district's register and keep what was found. Nobody's amount is touched."""
    found = recompute(officer.district, tell=tell)
    return RegisterCheck.objects.create(
        area_id=officer.district,
        at=now(),
        by=officer.staff,
        awards=found.awards,
        unfounded=found.without_basis,
        differing=len(found.differing),
        found={"differing": [row.plain() for row in found.differing], "unfounded": found.unfounded},
    )
