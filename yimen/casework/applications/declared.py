"""Keeping what was declared, as rows of the application."""

from __future__ import annotations

from collections.abc import Sequence

from yimen.base.access.refusal import Refused
from yimen.base.prepared import insert
from yimen.casework.applications.entries import Intake
from yimen.casework.applications.models import Application, Expense, Income, Participant, Property
from yimen.casework.households.models import Person


def _owner(members: Sequence[Person], row: int | None, what: str) -> Person | None:
    if row is None:
        return None
    if not 0 <= row < len(members):
        raise Refused(f"{what}：请选择是哪位家庭成员的。", "owner", 422, "incomes")
    return members[row]


def keep(application: Application, intake: Intake, members: Sequence[Person]) -> None:
    """Members, incomes, properties and expenses of the intake, in four statements."""
    insert(
        [
            Participant(
                application=application,
                person=person,
                relation=entry.relation,
                co_resident=entry.co_resident,
                long_co_resident=entry.long_co_resident,
                can_live_independently=entry.can_live_independently,
                not_counted=entry.not_counted,
                work_capacity=entry.work_capacity,
                employed=entry.employed,
            )
            for person, entry in zip(members, intake.members, strict=True)
        ]
    )
    insert(
        [
            Income(
                application=application,
                person=_owner(members, entry.member, f"收入“{entry.label}”"),
                kind=entry.kind,
                project=entry.project,
                label=entry.label,
                amount_fen=entry.amount_fen,
                period=entry.period,
                quantity=entry.quantity,
                unit=entry.unit,
            )
            for entry in intake.incomes
        ]
    )
    insert(
        [
            Property(
                application=application,
                person=_owner(members, entry.member, f"财产“{entry.label}”"),
                kind=entry.kind,
                label=entry.label,
                value_fen=entry.value_fen,
                quantity=entry.quantity,
                detail=entry.detail or None,
            )
            for entry in intake.properties
        ]
    )
    insert(
        [
            Expense(
                application=application,
                person=_owner(members, entry.member, f"支出“{entry.label}”"),
                kind=entry.kind,
                label=entry.label,
                amount_fen=entry.amount_fen,
                period=entry.period,
            )
            for entry in intake.expenses
        ]
    )
