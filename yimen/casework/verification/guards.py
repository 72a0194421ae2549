"""Conditions on the check: no answer means 待核对, and never lets anything through (K10)."""

from __future__ import annotations

from yimen.base.access.guards import guard
from yimen.base.access.walk import Walk
from yimen.base.clocks.models import Clock
from yimen.casework.applications.models import Application
from yimen.casework.verification import queries
from yimen.casework.verification.comparing import item_label
from yimen.law.terms import Match

_NAMED = 3


@guard("check_returned")
def check_returned(application: Application, walk: Walk) -> str | None:
    request = queries.latest_request(application)
    if request is None:
        return "本件还没有提请信息核对（待核对）。请乡街经办提请核对。"
    if request.complete:
        return None
    if request.batch is None:
        return f"核对于 {request.requested_on:%m-%d} 提请，区级还没有发出（待核对）。请区社会救助中心的核对岗位发出核对请求文件。"
    lacking = "；".join(queries.missing_words(application))
    return f"核对结果还没有全部返回（待核对），尚缺：{lacking}。请区级核对岗位导入后续结果文件。"


@guard("differences_settled")
def differences_settled(application: Application, walk: Walk) -> str | None:
    rows = queries.open_lines(application)
    if not rows:
        return None
    named = [f"{row.person_name}的{item_label(row.item)}" for row in rows[:_NAMED]]
    more = f"等 {len(rows)} 项" if len(rows) > _NAMED else ""
    without = any(row.match == Match.NO_SOURCE for row in rows)
    hint = "；无可核对来源的项目也可在入户调查中核实" if without else ""
    return f"{'、'.join(named)}{more}的比对差异还没有处理意见。请乡街经办在比对页面逐项处理并写明理由{hint}。"


@guard("check_result_told")
def check_result_told(application: Application, walk: Walk) -> str | None:
    if any(row.round == queries.round_of(application) for row in queries.told(application)):
        return None
    return "还没有把核对结果书面告知申请人。请乡街经办先告知核对结果，申请人才能提出异议。"


@guard("check_objection_open")
def check_objection_open(application: Application, walk: Walk) -> str | None:
    return None if queries.open_objection(application) else "本件没有待复查的核对异议。"


@guard("check_objection_closed")
def check_objection_closed(application: Application, walk: Walk) -> str | None:
    objection = queries.open_objection(application)
    if objection is None:
        return None
    return f"申请人于 {objection.raised_on:%m-%d} 对“{objection.item_text}”提出的异议还在复查。请乡街经办作出复查结论并告知申请人。"


@guard("objection_time_over")
def objection_time_over(application: Application, walk: Walk) -> str | None:
    clock = (
        Clock.objects.filter(subject_kind=application.KIND, subject_id=application.pk, code="check_objection")
        .order_by("-id")
        .first()
    )
    if clock is None:
        return "还没有告知核对结果，异议期没有开始。请先告知核对结果。"
    if clock.stopped_on is not None:
        return None  # the applicant has objected; whether that is concluded, check_objection_closed asks
    if clock.due_on is None:
        return "“核对异议补证”的期限未设置，不能确定异议期已满。请区级民政部门设置“对核对结果提出异议、补证的期限”。"
    if clock.due_on >= walk.on:
        return f"申请人的异议期到 {clock.due_on:%m-%d} 才满，{clock.due_on:%m-%d} 之后才能不予受理。"
    return None
