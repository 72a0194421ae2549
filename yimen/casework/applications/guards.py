"""Conditions on papers, consents and close relatives."""

from __future__ import annotations

from yimen.base.access.guards import guard, recusal
from yimen.base.access.walk import Walk
from yimen.casework.applications import queries
from yimen.casework.applications.models import Application
from yimen.law.terms import KinRelation


@guard("materials_complete")
def materials_complete(application: Application, walk: Walk) -> str | None:
    missing = queries.missing_materials(application)
    if not missing:
        return None
    return f"还缺：{'、'.join(row.label for row in missing)}。请登记材料，或一次性告知申请人补正。"


@guard("something_missing")
def something_missing(application: Application, walk: Walk) -> str | None:
    if queries.missing_materials(application) or queries.missing_consents(application):
        return None
    return "材料已经齐备，没有需要补正的内容，请办理下一步。"


@guard("consents_complete")
def consents_complete(application: Application, walk: Walk) -> str | None:
    missing = queries.missing_consents(application)
    if not missing:
        return None
    return f"{'、'.join(missing)}还没有有效的诚信承诺和核对授权，不能查询其信息。请打印授权书由本人（或监护人）签字后登记。"


@guard("relatives_filed")
def relatives_filed(application: Application, walk: Walk) -> str | None:
    waiting = queries.unfiled_kin(application)
    if not waiting:
        return None
    names = "、".join(f"{relative}与{staff}" for relative, staff in waiting)
    return f"{names}的近亲属关系还没有备案，请先由乡街办理近亲属备案。"


@recusal("application")
def related_officer(application: Application, staff_id: int) -> str | None:
    """Own household, own obligor, or a close relation declared, matched, or registered since (K18)."""
    tie = queries.tie_with(application, staff_id)
    if tie is None:
        return None
    if not tie.registered:
        return "您本人在本件申请家庭或义务人之中"
    if tie.relation is KinRelation.SELF:
        return f"您本人（{tie.name}）在本件申请家庭或义务人之中"
    return f"申请家庭的{tie.name}是您的近亲属（{tie.relation.label}）"
