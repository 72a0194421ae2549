"""Consents laid down as rows for a register that never applied: for the benchmark alone, never for real households."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Value

from yimen.base.setwise import insert_from
from yimen.casework.applications.models import Application, Consent
from yimen.casework.awards.models import AwardPerson
from yimen.casework.households.models import Household
from yimen.law.terms import AppliedBy, Order, PovertyCause, Programme, Stage


def consent_all(on: date, until: date) -> int:
    """Give everybody covered a consent from a day until a day. How many."""
    home = Household.objects.order_by("pk")[0]
    case = Application.objects.create(
        stage=Stage.ENDED, order=Order.PLAN, programme=Programme.DIBAO, township_id=home.township_id,
        village_id=home.village_id, number="CS-1", household=home, applicant_id=home.head_id, applied_by=AppliedBy.SELF,
        poverty_cause=PovertyCause.AGE, reason="测速", relative_declared=False, applied_on=on, progress_code="CS-1",
    )  # fmt: skip
    covered = AwardPerson.objects.filter(active=True).order_by("pk")
    said = {"person": F("person_id"), "given": Value(True), "signed_on": Value(on), "valid_to": Value(until)}
    empty = {"signed_by": Value("本人"), "refused_reason": Value(""), "paper_ref": Value(""), "file_ref": Value("")}
    return insert_from(Consent, covered, {"application": Value(case.pk), **said, **empty})
