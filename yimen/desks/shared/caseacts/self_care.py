"""Page of 生活自理能力评估: six indicators of one person; the level follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.base.figures import queries as figures
from yimen.casework.investigation import acts, programme_queries as found, queries
from yimen.casework.investigation.programme_entries import SelfCareEntry
from yimen.desks.shared.caseacts.one_person import others, who_of
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.caseacts.parts import Several, given, lines
from yimen.desks.shared.caseacts.visit_forms import choices_of, recused_words
from yimen.desks.shared.fields import Day, Hidden, Pick, Text
from yimen.desks.shared.shapes import Block, Fact, Section
from yimen.law.calendar import today
from yimen.law.rules.applied import SelfCareItem
from yimen.law.rules.tekun_amount import LOST, PARTLY
from yimen.law.standards import Unset
from yimen.law.terms import SelfCare

CAN = [("yes", "能"), ("no", "不能")]


class CareForm(forms.Form):
    """The six indicators (T21), who assessed, where and when."""

    person = Hidden()
    eat = Pick(SelfCareItem.EAT.label, CAN, radio=True, ask="请选择能不能自主吃饭。")
    dress = Pick(SelfCareItem.DRESS.label, CAN, radio=True, ask="请选择能不能自主穿衣。")
    bed = Pick(SelfCareItem.BED.label, CAN, radio=True, ask="请选择能不能自主上下床。")
    toilet = Pick(SelfCareItem.TOILET.label, CAN, radio=True, ask="请选择能不能自主如厕。")
    walk = Pick(SelfCareItem.WALK.label, CAN, radio=True, ask="请选择能不能室内自主行走。")
    bathe = Pick(SelfCareItem.BATHE.label, CAN, radio=True, ask="请选择能不能自主洗澡。")
    assessed_on = Day("评估日期")
    place = Text("评估地点", longest=100)
    assessors = Several("评估人员", needed=False)
    body = Text("受委托的第三方机构（没有委托的不填）", longest=120, needed=False)
    outside = Text("第三方评估人员（每行一人）", longest=300, needed=False, rows=2)
    present = Text("在评估表上签字的本人或者照料人", longest=100)
    note = Text("说明", longest=300, needed=False, rows=2)

    def __init__(self, *args: Any, people: Sequence[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["assessors"].choices = choices_of(people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("body") and not data.get("outside"):
            self.add_error("outside", "请填写第三方机构的评估人员姓名。")
        if not data.get("body") and not data.get("assessors") and "assessors" not in self.errors:
            self.add_error("assessors", "请选择评估人员；委托第三方评估的，填写机构和评估人员。")
        return data


def _people(desk: Desk) -> list[Any]:
    here = queries.candidates(desk.application, today(), district=True)
    return [*here, *queries.candidates(desk.application, today())]


def _build(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    who, people = who_of(desk, "care", data), _people(desk)
    start = {
        "person": who.person.ref,
        "assessed_on": today(),
        "place": desk.application.household.address or "",
        "present": who.person.name,
    }
    form = CareForm(data, prefix="care", people=people, initial=start)
    note = "由民政部门在乡街、村（居）委会协助下评估，可以委托第三方（民发〔2021〕43号第二十条）。"
    care = Section("care", f"{who.person.name}的生活自理能力", note + recused_words(people), form=form)
    return [care, *others(desk, "assess_self_care", who)]


def _keep(desk: Desk, sections: Sequence[Section]) -> object:
    data = given(sections)
    entry = SelfCareEntry(
        person_ref=data["person"],
        items={str(item.value): data[item.value] == "yes" for item in SelfCareItem},
        outside=lines(data["outside"]),
        **{name: data[name] for name in ("assessed_on", "place", "present", "assessors", "body", "note")},
    )
    return acts.assess_self_care(desk.officer, desk.application.ref, version=desk.version, entry=entry)


def _levels(desk: Desk) -> Block:
    """How the level follows from the number of indicators that are not reached (T22)."""
    try:
        partly, lost = (figures.figure(key, desk.application.village_id, today()) for key in (PARTLY, LOST))
    except Unset as unset:
        return Block("怎么定档", text=str(unset))
    low, high = partly.as_int(), lost.as_int()
    facts = [
        Fact(SelfCare.ABLE.label, "六项都能达到" if low == 1 else f"不能达到的少于 {low} 项"),
        Fact(SelfCare.PARTLY_LOST.label, f"不能达到的有 {low} 至 {high - 1} 项"),
        Fact(SelfCare.LOST.label, f"不能达到的有 {high} 项以上"),
    ]
    return Block("怎么定档", f"民发〔2021〕43号第二十二条；{lost.document}", facts=facts)


def _aside(desk: Desk) -> list[Block]:
    last = found.self_care(desk.application).get(who_of(desk, "care").person_id)
    made = [_levels(desk)]
    if last is not None:
        facts = [
            Fact("结论", SelfCare(last.level).label),
            Fact(
                "评估", f"{last.assessed_on:%Y-%m-%d} {'、'.join([*([last.body] if last.body else []), *last.names])}"
            ),
        ]
        made.append(Block("上次评估", facts=facts))
    return made


case_act(
    CaseAct(
        "assess_self_care",
        _build,
        _keep,
        submit="保存评估，制评估表",
        aside=_aside,
        whom=lambda desk: who_of(desk, "care").person.ref,
    )
)
