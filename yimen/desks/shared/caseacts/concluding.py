"""Pages that end the investigation: its conclusion, and the democratic appraisal where there is a dispute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.investigation import acts, queries
from yimen.casework.investigation.entries import AppraisalEntry, Attendee
from yimen.desks.shared.caseacts.conditions import needs_block
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.caseacts.parts import Hour, Pictures, given, refused_at
from yimen.desks.shared.fields import Day, Name, Pick, Text, Whole, Yes, terms
from yimen.desks.shared.shapes import Block, Fact, Section
from yimen.law.appraisal import AttendeeRole
from yimen.law.calendar import today
from yimen.law.standards import Unset

DISPUTED = [("no", "没有争议，不需要民主评议"), ("yes", "有争议，提请民主评议")]
ROWS = 9


class ConcludeForm(forms.Form):
    """Disputed or not, and why."""

    disputed = Pick(
        "结论",
        DISPUTED,
        radio=True,
        article="对家庭经济状况有争议的才组织民主评议，没有争议的不评议（实施方案四（三））。",
    )
    reason = Text("理由（没有争议的写明为什么；有争议的写明争议是什么）", longest=1000, rows=3)


def _conclude(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    return [Section("conclude", "调查结论", form=ConcludeForm(data, prefix="conclude"))]


def _keep_conclude(desk: Desk, sections: Sequence[Section]) -> object:
    data = given(sections)
    return acts.conclude_investigation(
        desk.officer,
        desk.application.ref,
        version=desk.version,
        disputed=data["disputed"] == "yes",
        reason=data["reason"],
    )


def _found(desk: Desk) -> list[Block]:
    story = [
        Block(entry.title, facts=[Fact(label, text) for label, text in entry.facts])
        for entry in queries.story(desk.application)
    ]
    return [*needs_block(desk, "conclude_investigation"), *story]


case_act(CaseAct("conclude_investigation", _conclude, _keep_conclude, submit="作出调查结论", aside=_found))


class AppraisalForm(forms.Form):
    """The meeting, its vote and its minutes."""

    matter = Text("争议事项", longest=1000, rows=2)
    held_on = Day("评议日期")
    held_at = Hour("评议时间")
    place = Text("评议地点", longest=100)
    chair = Name("主持人", longest=100)
    recorder = Text("记录人", longest=100, needed=False)
    expected = Whole("应到人数", least=1, most=500)


class VoteForm(forms.Form):
    """How they voted and what was said."""

    agree = Whole("同意（票）", most=500)
    against = Whole("不同意（票）", most=500)
    abstain = Whole("弃权（票）", most=500)
    minutes = Text("评议记录", longest=4000, rows=5)
    result = Text("评议结果", longest=1000, rows=2)
    recusals = Text("回避说明", longest=300, needed=False)
    photos = Pictures("照片（可不拍）")


class AttendeeForm(forms.Form):
    """One person at the meeting."""

    name = Name("姓名", longest=100)
    role = Pick("身份", terms(AttendeeRole), empty="请选择")
    staff_ref = Pick("是工作人员的，选本人", [], needed=False, empty="—")
    recused = Yes("回避，不表决")

    def __init__(self, *args: Any, staff: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["staff_ref"].choices = [("", "—"), *staff]  # type: ignore[attr-defined]


Attendees = forms.formset_factory(AttendeeForm, extra=ROWS)


def quorum_words(desk: Desk) -> str:
    """Who must attend, from the parameter of the place; and by which share it carries."""
    area, on = desk.application.village_id, today()
    try:
        rule = figures.figure("appraisal.quorum", area, on)
        majority = figures.figure("appraisal.majority", area, on)
    except Unset as unset:
        return str(unset)
    record = rule.as_record()
    least, share = record.get("min_attendees", "未写明"), record.get("min_representatives_share", "未写明")
    return (
        f"有表决权的参加人员至少 {least} 人，其中居民（村民）代表不少于 {share}（{rule.document}）；"
        f"同意票超过有表决权人数的 {majority.value} 为同意（{majority.document}）。"
    )


def _appraise(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    area = desk.application
    staff = [
        (row.ref, f"{row.name}（{row.office.name}）") for row in offices.staff_of([area.village_id, area.township_id])
    ]
    conclusion = queries.conclusion(area)
    first = {"held_on": today(), "matter": conclusion.reason if conclusion and conclusion.disputed else ""}
    rows = Attendees(data, prefix="people", form_kwargs={"staff": staff})
    return [
        Section(
            "meeting",
            "评议会",
            "评议结果供审核参考，不代替审核意见和确认决定。",
            form=AppraisalForm(data, prefix="meeting", initial=first),
        ),
        Section("people", "参加人员", quorum_words(desk), formset=rows),
        Section(
            "vote",
            "表决和记录",
            "回避的人员不表决；三项票数合计等于有表决权的人数。",
            form=VoteForm(data, files, prefix="vote"),
        ),
    ]


def _keep_appraise(desk: Desk, sections: Sequence[Section]) -> object:
    meeting, vote = given(sections), given(sections, 2)
    rows = sections[1].formset.cleaned_data  # type: ignore[union-attr]
    vote.pop("photos")
    people = [Attendee(row["name"], row["role"], row["recused"], row["staff_ref"]) for row in rows if row]
    entry = AppraisalEntry(
        **meeting, **vote, attendees=people, photo_refs=desk.keep_files("vote-photos", "appraisal_photo")
    )
    with refused_at({"attendees": ""}):
        return acts.appraise(desk.officer, desk.application.ref, version=desk.version, entry=entry)


case_act(CaseAct("appraise", _appraise, _keep_appraise, submit="登记评议，制评议记录", multipart=True, tab="visit"))
