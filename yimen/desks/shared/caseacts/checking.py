"""Pages of 四(二): request, differences, telling, objection, re-check, acceptance, refusal to accept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.casework.verification import acts, queries
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.fields import Day, Pick, Text, Yuan, terms
from yimen.desks.shared.shapes import Fact, Section
from yimen.law.terms import Treatment

OUTCOMES = [("upheld", "异议成立"), ("partly", "部分成立"), ("rejected", "不成立")]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class Nothing(forms.Form):
    """No entries: pressing the button is the act."""


def _request(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    again = queries.latest_request(desk.application) is not None

    class RequestForm(forms.Form):
        reason = Text("再次核对的理由", longest=200, needed=again)

    people = [Fact(row.person.name, "已授权") for row in desk.participants]
    form = RequestForm(data, prefix="request") if again else Nothing(data, prefix="request")
    return [
        Section(
            "request",
            "提请信息核对",
            "查询下列家庭成员和已同意的义务人；没有同意的不查询（社会救助法第四十一条）。",
            form=form,
            facts=people,
        )
    ]


def _send_request(desk: Desk, sections: Sequence[Section]) -> object:
    reason = sections[0].form.cleaned_data.get("reason", "")  # type: ignore[union-attr]
    return acts.request_check(desk.officer, desk.application.ref, version=desk.version, reason=reason)


case_act(CaseAct("request_check", _request, _send_request, submit="提请区社会救助中心核对", tab="check"))


class TellForm(forms.Form):
    """Which condition is not met, by which figures."""

    condition = Text("不符合的条件", longest=200)
    reasons = Text("理由（每行一条）", longest=1000, rows=3)
    evidence_wanted = Text("可以提供的佐证材料（每行一项）", longest=500, rows=2)
    objection_until = Day("提出异议的截止日期（本地未设期限时填写）", needed=False)


def _tell(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    facts = [
        Fact(f"{line.label}（{line.person_name}）", f"申报 {line.declared}；核对 {line.verified}")
        for line in queries.comparison(desk.application)
        if line.match == "different"
    ]
    return [
        Section(
            "tell",
            "告知核对结果",
            "写清楚哪一项不符合、依据什么数字、怎样提出异议（民发〔2021〕57号第十八条）。",
            form=TellForm(data, prefix="tell"),
            facts=facts,
        )
    ]


def _keep_tell(desk: Desk, sections: Sequence[Section]) -> object:
    data = sections[0].form.cleaned_data  # type: ignore[union-attr]
    return acts.tell_check_result(
        desk.officer,
        desk.application.ref,
        version=desk.version,
        condition=data["condition"],
        reasons=_lines(data["reasons"]),
        evidence_wanted=_lines(data["evidence_wanted"]),
        objection_until=data["objection_until"],
    )


case_act(CaseAct("tell_check_result", _tell, _keep_tell, submit="制发核对结果告知书"))


class ObjectionForm(forms.Form):
    """What the applicant disputes."""

    comparison_ref = Pick("有异议的项目", [], needed=False, empty="其他")
    item_text = Text("异议内容概括", longest=120)
    statement = Text("申请人的说法", longest=1000, rows=3)
    evidence = Text("提交的佐证材料", longest=500, rows=2, needed=False)

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["comparison_ref"].choices = [("", "其他"), *lines]  # type: ignore[attr-defined]


def _object(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    lines = [
        (line.ref, f"{line.label}（{line.person_name}）")
        for line in queries.comparison(desk.application)
        if line.match != "agreed"
    ]
    return [
        Section(
            "objection",
            "核对异议",
            "申请人有异议的，补证复查（实施方案四（二））。",
            form=ObjectionForm(data, prefix="objection", lines=lines),
        )
    ]


def _keep_objection(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.object_to_check(
        desk.officer, desk.application.ref, version=desk.version, **sections[0].form.cleaned_data
    )  # type: ignore[union-attr]


case_act(CaseAct("object_to_check", _object, _keep_objection, submit="登记异议"))


class RecheckForm(forms.Form):
    """The conclusion of a re-check."""

    outcome = Pick("结论", OUTCOMES, radio=True)
    result = Text("复查情况", longest=1000, rows=3)
    told_how = Text("怎样告知申请人", longest=60, initial="当面告知")
    treatment = Pick("对应差异的处理（可在比对页处理）", terms(Treatment), needed=False, empty="—")
    adopted_fen = Yuan("另行认定金额（元）", needed=False)


def _recheck(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    open_one = queries.open_objection(desk.application)
    facts = (
        [
            Fact("异议", open_one.item_text),
            Fact("申请人的说法", open_one.statement),
            Fact("佐证", open_one.evidence or "无"),
        ]
        if open_one
        else []
    )
    return [Section("recheck", "复查结论", form=RecheckForm(data, prefix="recheck"), facts=facts)]


def _keep_recheck(desk: Desk, sections: Sequence[Section]) -> object:
    open_one = queries.open_objection(desk.application)
    data = dict(sections[0].form.cleaned_data)  # type: ignore[union-attr]
    return acts.conclude_recheck(
        desk.officer, desk.application.ref, version=desk.version, objection_ref=open_one.ref if open_one else "", **data
    )


case_act(CaseAct("conclude_recheck", _recheck, _keep_recheck, submit="作出复查结论"))


def _accept(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    facts = [Fact("申请人", desk.application.applicant.name), Fact("案号", desk.application.number)]
    lines = queries.comparison(desk.application)
    if lines:
        facts.append(
            Fact(
                "核对",
                f"{sum(line.open for line in lines)} 处差异待处理"
                if any(line.open for line in lines)
                else "差异已处理",
            )
        )
    return [
        Section(
            "accept",
            "受理",
            "受理之日起计算审核确认时限，并在 3 个工作日内启动调查。",
            form=Nothing(data, prefix="accept"),
            facts=facts,
        )
    ]


def _keep_accept(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.accept(desk.officer, desk.application.ref, version=desk.version)


case_act(CaseAct("accept", _accept, _keep_accept, submit="受理，制受理通知书"))


class DeclineForm(forms.Form):
    """Why the application is not accepted."""

    reasons = Text(
        "不予受理的理由（每行一条）",
        longest=1000,
        rows=3,
        article="须有核对结果、书面理由、经办人和救济途径，并单独报区级统计。不受理符合条件的申请要承担责任（社会救助法第七十条）。",
    )


def _decline(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    return [
        Section("decline", "不予受理", "只用于核对显示明显不符合条件的申请。", form=DeclineForm(data, prefix="decline"))
    ]


def _keep_decline(desk: Desk, sections: Sequence[Section]) -> object:
    reasons = _lines(sections[0].form.cleaned_data["reasons"])  # type: ignore[union-attr]
    return acts.decline(desk.officer, desk.application.ref, version=desk.version, reasons=reasons)


case_act(CaseAct("decline", _decline, _keep_decline, submit="不予受理，制告知书"))
