"""The read log as pages keep it: who opened whose file, for what, on which channel (K33)."""

from __future__ import annotations

from typing import Any

from yimen.base.access.officer import Officer
from yimen.base.record import desk as record


def note_read(officer: Officer, kind: str, ref: str, person_ref: str = "", *, purpose: str, channel: str) -> None:
    """One row in the read log of a file with personal data."""
    record.note_read(
        staff_id=officer.staff.pk,
        staff_name=officer.staff.name,
        account_id=officer.account.pk,
        office_code=officer.office.area_id,
        subject_kind=kind,
        subject_ref=ref,
        person_ref=person_ref,
        purpose=purpose,
        channel=channel,
        request_id=officer.request_id,
    )


def note_household_read(officer: Officer, household: Any, purpose: str) -> None:
    """A page showed a household's file."""
    note_read(officer, "household", household.ref, household.head.ref, purpose=purpose, channel="page")
