"""Whose turn it is: the case of a plan and the people who handle it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from yimen.base.access.officer import Officer
from yimen.base.prepared import prepared
from yimen.casework.applications import queries as applications
from yimen.demo.places import DISTRICT
from yimen.demo.plans import Plan
from yimen.law.terms import Role


@prepared
def _case(ref: str) -> QuerySet[Any]:
    return applications.applications().filter(ref=ref).order_by()


def case_of(plan: Plan) -> Any:
    """The case of a plan as the last act left it; read anew where others have acted on it."""
    if plan.case is None:
        (plan.case,) = _case(plan.ref)
    return plan.case


def handler(stage: Any, plan: Plan, other: int = 0) -> Officer:
    """The handler of the case, or the other one of the township."""
    return stage.officer(plan.township, Role.HANDLER, (plan.handler + other) % 2)


def head(stage: Any, plan: Plan) -> Officer:
    """The head of the township."""
    return stage.officer(plan.township, Role.HEAD)


def near(stage: Any, plan: Plan) -> Officer:
    """Who goes to the board of the village: its aide, or the handler where the aide is a relative."""
    return handler(stage, plan) if plan.relative else stage.officer(plan.village, Role.AIDE)


def decider(stage: Any, plan: Plan, case: Any) -> Officer:
    """Who holds the power of decision over the case."""
    return head(stage, plan) if case.delegated(case.power_day()) else stage.officer(DISTRICT, Role.DISTRICT_DECIDER)
