"""Close relatives of staff in an application: as declared, and as the register shows (D11; rules.md §6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Staff
from yimen.casework.applications import queries
from yimen.casework.applications.entries import Intake
from yimen.casework.applications.models import Application, RelativeFiling
from yimen.casework.households.models import Person
from yimen.law.terms import KinRelation


def declare(application: Application, intake: Intake, members: Sequence[Person], on: date) -> None:
    """Keep the applicant's own declaration."""
    if not intake.relative_declared:
        return
    refs = {entry.staff_ref for entry in intake.relatives}
    known = {row.ref: row for row in Staff.objects.filter(ref__in=refs)}
    for entry in intake.relatives:
        staff = known.get(entry.staff_ref)
        if staff is None or not 0 <= entry.member < len(members):
            raise Refused("近亲属申明：请从名单中选择工作人员和家庭成员。", "relatives", 422, "relatives")
        RelativeFiling.objects.update_or_create(
            application=application,
            staff=staff,
            person_name=members[entry.member].name,
            defaults={"relation": entry.relation, "declared": True, "found_on": on},
        )


def match(application: Application, on: date) -> None:
    """Match members and obligors by identity number with staff and their registered relatives.

    A match without declaration proves nothing by itself; it opens a filing.
    """
    parties = queries.party_indexes(application)
    if not offices.numbers_of_staff().intersection(parties):
        return
    for staff in offices.staff_among(parties):
        _found(application, staff, parties[staff.identity_index], KinRelation.SELF, on)
    for kin in offices.kin_of_staff(parties):
        _found(application, kin.staff, parties[kin.identity_index], KinRelation(kin.relation), on)


def _found(application: Application, staff: Staff, name: str, relation: KinRelation, on: date) -> None:
    row, _ = RelativeFiling.objects.get_or_create(
        application=application, staff=staff, person_name=name, defaults={"relation": relation, "found_on": on}
    )
    row.matched = True
    row.save(update_fields=["matched"])
