"""Pages of the public notice and the announcement (S9): begin, object, answer, close, announce."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.base.figures import queries as figures
from yimen.casework.applications.queries import programme_words
from yimen.casework.decisions import acts, queries
from yimen.desks.shared.caseacts.conditions import needs_block
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.caseacts.parts import Pictures, given
from yimen.desks.shared.caseacts.posting import hung_block
from yimen.desks.shared.fields import Pick, Text
from yimen.desks.shared.shapes import Block, Fact, Section, Tag
from yimen.law.calendar import age, today
from yimen.law.identity import board_name, web_name
from yimen.law.money import show
from yimen.law.rules.members import ADULT
from yimen.law.standards import Unset

WAYS = [("reinvestigation", "重新调查"), ("appraisal", "民主评议")]


class Nothing(forms.Form):
    """No entries: pressing the button is the act."""


def _figure(desk: Desk, key: str, label: str) -> Fact:
    try:
        found = figures.figure(key, desk.application.village_id, today())
    except Unset as unset:
        return Fact(label, "未设置", str(unset), Tag("red", "未设置"))
    return Fact(label, found.shown(), found.document)


def _names(desk: Desk) -> tuple[str, str]:
    """How the applicant is named on the boards of the place, and on the web."""
    person = desk.application.applicant
    minor = age(person.birth_date, today()) < ADULT
    return board_name(person.name, minor), web_name(person.name, minor)


def _preview(desk: Desk, opinion: Any, days_key: str) -> list[Fact]:
    board, web = _names(desk)
    facts = [
        Fact("公开栏、电子屏上的姓名", board),
        Fact("网上的姓名", web),
        Fact("村（社区）", desk.application.village.name),
    ]
    if opinion is not None:
        facts += [
            Fact("家庭成员数量", f"{opinion.members} 人"),
            Fact("救助项目", programme_words(desk.application)),
            Fact("月保障金", f"{show(opinion.amount_fen)} 元" if opinion.amount_fen else "不发放（认定）"),
        ]
    return [
        *facts,
        _figure(desk, days_key, "天数"),
        _figure(desk, "notice.places", "张贴地点"),
        _figure(desk, "notice.objection_phone", "异议电话"),
    ]


def _publish(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    facts = _preview(desk, queries.current_opinion(desk.application), "dibao.public_notice_days")
    note = "公示只有下列内容，证件号、银行账号、病残情况、收入明细和其他成员姓名都不会出现。张贴当日不计入公示天数。"
    return [Section("publish", "开始公示", note, form=Nothing(data, prefix="publish"), facts=facts)]


def _start(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.publish_notice(desk.officer, desk.application.ref, version=desk.version)


case_act(CaseAct("publish_notice", _publish, _start, submit="今天开始公示，制公示单"))


def _announce(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    decision = queries.decision_of(desk.application)
    facts = _preview(desk, decision, "announcement.days")
    if decision is not None:
        facts.insert(
            0, Fact("决定", "予以确认" if decision.approve else "不予确认", f"{decision.body} {decision.on:%Y-%m-%d}")
        )
    note = "公布在决定之后，内容只有下列各项；停止享受后不再公布。"
    return [Section("announce", "公布", note, form=Nothing(data, prefix="announce"), facts=facts)]


def _say(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.announce(desk.officer, desk.application.ref, version=desk.version)


case_act(CaseAct("announce", _announce, _say, submit="公布，制公布单"))


class ObjectionForm(forms.Form):
    """What is said against it; who says so is protected and may stay unnamed."""

    content = Text("异议内容", longest=2000, rows=4)
    evidence = Text("证据或线索", longest=2000, rows=2, needed=False)
    objector = Text(
        "异议人（不愿具名的不填）",
        longest=100,
        needed=False,
        article="异议人信息保密，只有处理人员可以看到，不进入公示，也不告知申请人。",
    )
    files = Pictures("证据照片、扫描件")


def _object(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    notice = queries.current_notice(desk.application)
    facts = (
        [Fact("公示期", f"{notice.from_on:%Y-%m-%d} 至 {notice.to_on:%Y-%m-%d}"), Fact("文书", notice.paper_number)]
        if notice
        else []
    )
    return [
        Section(
            "objection",
            "公示异议",
            "登记后公示停下，由负责人选定重新调查或民主评议。",
            form=ObjectionForm(data, files, prefix="objection"),
            facts=facts,
        )
    ]


def _keep_objection(desk: Desk, sections: Sequence[Section]) -> object:
    data = given(sections)
    data.pop("files")
    refs = desk.keep_files("objection-files", "objection_evidence")
    return acts.object_to_notice(desk.officer, desk.application.ref, version=desk.version, file_refs=refs, **data)


case_act(CaseAct("object_to_notice", _object, _keep_objection, submit="登记异议", multipart=True))


class AnswerForm(forms.Form):
    """Which way is taken."""

    way = Pick("处理方式", WAYS, radio=True)
    reason = Text("选定理由", longest=2000, rows=3)


def _answer(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    row = queries.open_objection(desk.application)
    facts = []
    if row is not None:
        named = "实名" if row.named else "未具名"
        facts = [
            Fact("异议", row.content),
            Fact("证据或线索", row.evidence or "无"),
            Fact("登记", f"{row.raised_on:%Y-%m-%d}（{named}）"),
        ]
    note = "原公示撤下；处理后重新拟定审核意见，是否再次公示按本地规定。"
    return [Section("answer", "选定处理方式", note, form=AnswerForm(data, prefix="answer"), facts=facts)]


def _keep_answer(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.answer_objection(desk.officer, desk.application.ref, version=desk.version, **given(sections))


case_act(CaseAct("answer_objection", _answer, _keep_answer, submit="选定处理方式"))


def _close(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    notice = queries.current_notice(desk.application)
    facts = (
        [Fact("公示期", f"{notice.from_on:%Y-%m-%d} 至 {notice.to_on:%Y-%m-%d}"), Fact("异议", "没有未处理的异议")]
        if notice
        else []
    )
    return [Section("close", "公示期满", "报请有权机关作出决定。", form=Nothing(data, prefix="close"), facts=facts)]


def _keep_close(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.close_notice(desk.officer, desk.application.ref, version=desk.version)


def _needs_close(desk: Desk) -> list[Block]:
    return needs_block(desk, "close_notice") + hung_block(desk)


case_act(CaseAct("close_notice", _close, _keep_close, submit="报请确认", aside=_needs_close))
