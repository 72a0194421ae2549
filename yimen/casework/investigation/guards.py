"""Conditions on the investigation, and who investigated (K17)."""

from __future__ import annotations

from yimen.base.access.guards import consequence, duty, guard
from yimen.base.access.walk import Walk
from yimen.casework.applications.models import Application
from yimen.casework.investigation import acts, queries
from yimen.law.terms import Stage

duty("investigators", "调查人员")(queries.investigators)


@guard("home_visit_signed")
def home_visit_signed(application: Application, walk: Walk) -> str | None:
    if queries.signed_visit(application) is not None:
        return None
    if queries.visits(application, by_district=False):
        return "入户调查表还没有调查人员和在场家庭成员的签字。请补签后重新登记入户调查。"
    return "还没有入户调查。请乡街经办或村协理至少两人入户，由调查人员和在场的家庭成员签字。"


@guard("no_reinvestigation_due")
def no_reinvestigation_due(application: Application, walk: Walk) -> str | None:
    number = queries.round_of(application)
    if number == 1 or queries.signed_visit(application, number) is not None:
        return None
    why = queries.rounds(application)[-1]
    return f"{why.opened_on:%m-%d} 因“{why.reason}”决定重新调查，还没有新的入户调查。请先重新入户，再作调查结论。"


@consequence("open_new_round")
def open_new_round(walk: Walk, application: Application) -> None:
    """An act of a later room that leads back to the investigation opens a further round of it."""
    if walk.to is Stage.INVESTIGATING:
        acts.open_new_round(application, f"{walk.row.label}：{walk.fields.get('reason', '')}", walk.on)
