"""What a case conference recognised, as a grant of the opinion: shown as such everywhere, never silently (R9)."""

from __future__ import annotations

from datetime import date

from yimen.base.figures import queries as figures
from yimen.casework.applications.models import Application
from yimen.casework.decisions.grants import Grant
from yimen.casework.decisions.models import CaseConference
from yimen.law.reckoning.assessment import Assessment
from yimen.law.rules.rigid import VALIDITY
from yimen.law.terms import Programme

KEY = f"{Programme.RIGID_EXPENDITURE.value}:conference"
TITLE = "刚性支出困难家庭（一事一议）"


def conference_of(application: Application) -> CaseConference | None:
    """The newest conference on a case."""
    return CaseConference.objects.filter(application=application).order_by("-id").first()


def granted_by_conference(application: Application, assessment: Assessment, on: date) -> Grant | None:
    """The recognition that the newest conference resolved; None where the household meets a programme by itself.

    Raises Unset where the place has no longest validity.
    """
    if any(not outcome.person for outcome in assessment.proposed):
        return None
    held = conference_of(application)
    whole = next((each.reckoning for each in assessment.of(Programme.DIBAO) if each.reckoning), None)
    if held is None or held.grants != Programme.RIGID_EXPENDITURE or whole is None:
        return None
    elsewhere = {outcome.person for outcome in assessment.proposed}
    covered = tuple((ref, 0) for ref in whole.covered_refs if ref not in elsewhere)
    if not covered:
        return None
    months = figures.figure(VALIDITY, application.village_id, on).as_int()
    return Grant(
        KEY,
        Programme.RIGID_EXPENDITURE,
        TITLE,
        "",
        "",
        False,
        whole.members,
        covered,
        0,
        "",
        "",
        months,
        whole.urban,
        by_conference=held.ref,
    )
