"""Pages of the other ways to find out: neighbours, letters, a third party's assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.casework.investigation import acts, queries
from yimen.casework.investigation.entries import AssessmentEntry, InterviewEntry
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.caseacts.parts import Hour, Several, given, lines, refused_at, village_home
from yimen.desks.shared.caseacts.visit_forms import candidates, choices_of, recused_words, start
from yimen.desks.shared.caseacts.visiting import least_words
from yimen.desks.shared.fields import Day, Pick, Text, Yes
from yimen.desks.shared.shapes import Block, Fact, Section
from yimen.law.calendar import now, today
from yimen.law.terms import Relation

REPLY_DAYS = 15
USUAL = ("这家平时靠什么生活？", "常住的有几口人？", "有没有车辆、门面，有没有人在外务工？")
TAKEN = [("whole", "采用"), ("partly", "部分采用"), ("no", "不采用")]


class InterviewForm(forms.Form):
    """Who asked whom, where and when."""

    investigators = Several("访问人员")
    held_on = Day("访问日期")
    held_at = Hour("访问时间")
    place = Text("访问地点", longest=100)
    interviewee = Text("被访人姓名（要求保密的不填）", longest=100, needed=False)
    willing_to_sign = Yes("被访人愿意公开签名", article="被访人要求保密的，姓名不写入文书，也不向申请人公开。")
    conclusion = Text("访问结论", longest=1000, rows=2)

    def __init__(self, *args: Any, people: Sequence[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["investigators"].choices = choices_of(people)  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """One question with its answer."""

    question = Text("问", longest=200, needed=False)
    answer = Text("答", longest=500, needed=False)


Asked = forms.formset_factory(AskForm, extra=1)


def _interview(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    people = candidates(desk)
    first = start(desk, people)
    known = {"investigators": first["investigators"], "held_on": first["visited_on"], "held_at": first["visited_at"]}
    form = InterviewForm(data, prefix="interview", people=people, initial=known)
    rows = Asked(data, prefix="asked", initial=[{"question": text} for text in USUAL])
    note = "".join(part for part in (f"{least_words(desk)}，其中至少一名乡街人员。", recused_words(people)) if part)
    return [
        Section("interview", "邻里访问", note, form=form),
        Section("asked", "问与答", "没有问的可以留空；至少一问一答。", formset=rows),
    ]


def _keep_interview(desk: Desk, sections: Sequence[Section]) -> object:
    rows = sections[1].formset.cleaned_data  # type: ignore[union-attr]
    answers = [(row["question"], row["answer"]) for row in rows if row and row.get("answer")]
    entry = InterviewEntry(answers=answers, **given(sections))
    return acts.neighbour_interview(desk.officer, desk.application.ref, version=desk.version, entry=entry)


case_act(
    CaseAct(
        "neighbour_interview",
        _interview,
        _keep_interview,
        submit="保存访问记录",
        tab="visit",
        after=village_home,
    )
)


class LetterForm(forms.Form):
    """Whom to ask for what."""

    addressee = Text("收函单位", longest=120)
    person_ref = Pick("了解谁的情况", [])
    items = Text("请对方提供什么（每行一项）", longest=1000, rows=3)
    reply_by = Day("请于何日前复函")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person_ref"].choices = people  # type: ignore[attr-defined]


def _letter(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    people = [(row.person.ref, f"{row.person.name}（{Relation(row.relation).label}）") for row in desk.participants]
    first = {"person_ref": desk.application.applicant.ref, "reply_by": today() + timedelta(days=REPLY_DAYS)}
    form = LetterForm(data, prefix="letter", people=people, initial=first)
    return [Section("letter", "信函索证", "只问核对取不到的情况；函件由乡街出具。", form=form)]


def _send(desk: Desk, sections: Sequence[Section]) -> object:
    data = given(sections)
    data["items"] = lines(data["items"])
    return acts.send_letter(desk.officer, desk.application.ref, version=desk.version, **data)


def _sent(desk: Desk) -> list[Block]:
    facts = [
        Fact(
            row.addressee,
            "；".join(row.items),
            f"{row.replied_on:%Y-%m-%d} 已复" if row.replied_on else f"{row.reply_by:%Y-%m-%d} 前复",
        )
        for row in queries.letters(desk.application)
    ]
    return [Block("已发函件", facts=facts)] if facts else []


case_act(CaseAct("send_letter", _letter, _send, submit="制发函件", aside=_sent, tab="visit"))


class ReplyForm(forms.Form):
    """What the body answered."""

    letter_ref = Pick("哪一封函件", [], empty="请选择")
    replied_on = Day("复函日期")
    reply = Text("复函内容", longest=2000, rows=4)

    def __init__(self, *args: Any, waiting: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        pairs = list(waiting) if len(waiting) == 1 else [("", "请选择"), *waiting]
        self.fields["letter_ref"].choices = pairs  # type: ignore[attr-defined]


def _reply(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    waiting = [
        (row.ref, f"{row.addressee}（{row.sent_on:%Y-%m-%d} 发，{row.person_name}）")
        for row in queries.letters(desk.application)
        if row.replied_on is None
    ]
    note = "" if waiting else "没有待复的函件：还没有发函，或都已登记复函。"
    form = ReplyForm(data, prefix="reply", waiting=waiting, initial={"replied_on": today()})
    return [Section("reply", "登记索证回函", note, form=form)]


def _keep_reply(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.receive_letter(desk.officer, desk.application.ref, version=desk.version, **given(sections))


case_act(CaseAct("receive_letter", _reply, _keep_reply, submit="登记复函", aside=_sent, tab="visit"))


class AssessmentForm(forms.Form):
    """The report of a contracted body, and whether the township takes it over."""

    body = Text("评估机构", longest=120)
    contract = Text("委托合同编号", longest=80)
    assessors = Text("评估人员（每行一人）", longest=300, rows=2)
    assessed_on = Day("评估日期")
    assessed_at = Hour("评估时间")
    method = Text("评估方法", longest=500, rows=2)
    conclusion = Text("评估结论", longest=1000, rows=2)
    conflict_declaration = Text("利益冲突声明", longest=200, initial="评估人员与申请家庭没有利害关系。")
    taken_over = Pick(
        "乡街是否采用",
        TAKEN,
        radio=True,
        article="评估报告只作参考，不能代替入户调查；审核责任仍在乡街（社会救助法第五十六条）。",
    )
    taken_over_note = Text("采用或不采用的说明", longest=300, needed=False)


class FindingForm(forms.Form):
    """One finding with its ground."""

    item = Text("项目", longest=80)
    finding = Text("发现", longest=300)
    ground = Text("依据", longest=200, needed=False)


Findings = forms.formset_factory(FindingForm, extra=2, min_num=1, validate_min=True)


def _assess(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    form = AssessmentForm(
        data, prefix="assess", initial={"assessed_on": today(), "assessed_at": now().strftime("%H:%M")}
    )
    rows = Findings(data, prefix="findings", error_messages={"too_few_forms": "请至少填写一项评估发现。"})
    return [
        Section("assess", "第三方评估", "登记受委托机构的评估报告。", form=form),
        Section("findings", "评估发现", formset=rows),
    ]


def _keep_assess(desk: Desk, sections: Sequence[Section]) -> object:
    data = given(sections)
    rows = sections[1].formset.cleaned_data  # type: ignore[union-attr]
    entry = AssessmentEntry(
        **{**data, "assessors": lines(data["assessors"])},
        findings=[(row["item"], row["finding"], row["ground"]) for row in rows if row],
    )
    with refused_at({"findings": "conclusion"}):
        return acts.third_party_assessment(desk.officer, desk.application.ref, version=desk.version, entry=entry)


case_act(CaseAct("third_party_assessment", _assess, _keep_assess, submit="登记评估报告", tab="visit"))
