"""From the rows of a case to the facts that every programme is weighed by (一次申请、分类审核认定)."""

from __future__ import annotations

import datetime as dt

from yimen.casework.applications.models import Application
from yimen.casework.decisions.gathering import household_facts
from yimen.law.rules.applied import ApplicationFacts


def application_facts(application: Application, on: dt.date) -> ApplicationFacts:
    """Everything known of an application on a day: the household as adopted, and what the other programmes ask.

    What nobody has recorded stays unknown: the programme that needs it is open, neither approved nor refused.
    """
    return ApplicationFacts(household_facts(application, on), applied_on=application.applied_on)
