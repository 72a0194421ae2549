"""The form of a home visit: only what is open is asked (V3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from yimen.casework.investigation import acts, queries
from yimen.casework.investigation.entries import LineAnswer, Living, VisitEntry
from yimen.casework.verification import queries as verification
from yimen.desks.shared.caseacts.page import Desk
from yimen.desks.shared.caseacts.parts import Hour, Pictures, Several
from yimen.desks.shared.fields import Day, Pick, Text, Yes, Yuan
from yimen.desks.shared.shapes import Question
from yimen.law.calendar import now, today
from yimen.law.checks import is_item, item
from yimen.law.terms import Match, Relation

HOLDS = [("yes", "属实"), ("no", "不属实")]
ASKED = (Match.DIFFERENT, Match.NO_SOURCE)
SAME = [("yes", "一致"), ("no", "不一致")]
LIVING = ("eating", "clothing", "housing", "using")


def candidates(desk: Desk, *, district: bool = False) -> list[Any]:
    """Everybody who might go along, the recused among them."""
    return queries.candidates(desk.application, today(), district=district)


def choices_of(people: Sequence[Any]) -> list[tuple[str, str]]:
    """Those who may go, with their office; township staff are told apart (V4)."""
    return [
        (one.ref, f"{one.name}（{one.office}{'，乡街人员' if one.of_township else ''}）")
        for one in people
        if not one.recused
    ]


def recused_words(people: Sequence[Any]) -> str:
    """Who may not go and why, in one sentence; empty if everybody may."""
    names = "、".join(one.name for one in people if one.recused)
    return f"{names}与申请家庭有近亲属关系（或本人在申请家庭之中），应当回避，不能参加。" if names else ""


@dataclass(frozen=True)
class OpenLine:
    """A line to ask about on the spot; one that was treated in an earlier round may be left out."""

    line: Any
    needed: bool


def open_lines(desk: Desk) -> list[OpenLine]:
    """Differences and lines without a source that nobody has treated; in a further round the treated ones again."""
    untreated = {row.ref for row in verification.open_items(desk.application)}
    again = queries.round_of(desk.application) > 1
    lines = [row for row in verification.comparison(desk.application) if row.ref and row.match in ASKED]
    return [OpenLine(row, row.ref in untreated) for row in lines if again or row.ref in untreated]


def _is_money(line: Any) -> bool:
    return item(line.item).is_money if is_item(line.item) else True


class VisitForm(forms.Form):
    """走访表. The questions about open lines are added per case."""

    investigators = Several("谁一起入户")
    leader = Pick("带队人", [], needed=False, empty="乡街人员")
    visited_on = Day("入户日期")
    visited_at = Hour("入户时间")
    place = Text("地点", longest=120)
    present = Several("在场的家庭成员")
    residents_match = Pick("实际居住人口是否与登记一致", SAME, radio=True)
    residents_note = Text("不一致的，写明情况", longest=300, needed=False, rows=2)
    eating = Text("吃的情况", longest=120)
    clothing = Text("穿的情况", longest=120)
    housing = Text("住的情况", longest=120)
    using = Text("用的情况", longest=120)
    income_found = Text("看到、问到的收入", longest=1000, rows=2)
    property_found = Text("看到、问到的财产", longest=1000, rows=2)
    support_found = Text("赡养抚养情况", longest=1000, rows=2, needed=False)
    result = Pick("与申报相比的结果", acts.RESULTS.items(), radio=True)
    conclusion = Text("调查结论", longest=1000, rows=3)
    signed_by_investigators = Yes("每一名调查人员都已在调查表上签字")
    signed_by_member = Pick("签字（按指印）的家庭成员", [], needed=False, empty="请选择")
    way = Pick(
        "调查方式",
        acts.WAYS.items(),
        radio=True,
        initial="visit",
        article="只有发生重大突发事件时才能用电话或视频调查（民发〔2021〕57号第十六条）。",
    )
    remote_reason = Text("用电话、视频的，写明是什么重大突发事件", longest=200, needed=False)
    photos = Pictures("照片")

    def __init__(
        self, *args: Any, desk: Desk, people: Sequence[Any], open_now: Sequence[OpenLine], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.people, self.open_now = people, [one.line for one in open_now]
        names = [(row.person.name, f"{row.person.name}（{Relation(row.relation).label}）") for row in desk.participants]
        picked = choices_of(people)
        self._choose("investigators", picked)
        self._choose("leader", [("", "乡街人员"), *picked])
        self._choose("present", names)
        self._choose("signed_by_member", [("", "请选择"), *names])
        for one in open_now:
            self._ask(one.line, one.needed)

        # By phone or video, in a named emergency, nobody at home can sign.
        self.fields["signed_by_member"].required = self["way"].value() == "visit"

    def _choose(self, name: str, pairs: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = pairs  # type: ignore[attr-defined]

    def _ask(self, line: Any, needed: bool) -> None:
        what = f"{line.label}（{line.person_name}）"
        self.fields[f"holds_{line.ref}"] = Pick(
            "申报是否属实", HOLDS, radio=True, needed=needed, empty="" if needed else "这次没有问"
        )
        self.fields[f"holds_{line.ref}"].error_messages["required"] = f"请回答“{what}”属实或不属实。"
        if _is_money(line):
            self.fields[f"fen_{line.ref}"] = Yuan("实际金额（元）", needed=False)
        self.fields[f"note_{line.ref}"] = Text("实际情况（不属实的必填）", longest=300, needed=False, rows=2)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for line in self.open_now:
            if data.get(f"holds_{line.ref}") == "no" and not data.get(f"note_{line.ref}"):
                self.add_error(f"note_{line.ref}", "不属实的，请写明实际情况。")
        if data.get("residents_match") == "no" and not data.get("residents_note"):
            self.add_error("residents_note", "不一致的，请写明实际住了哪些人。")
        return data

    def _questions(self, *names: str) -> list[Any]:
        return [self[name] for name in names if name in self.fields]

    def open_questions(self) -> list[Question]:
        """One numbered question per open line, with what was declared and what was found."""
        found = []
        for line in self.open_now:
            known = f"申报：{line.declared}。" + (
                f"核对：{line.verified}（{line.source_words}）。" if line.source_words else "没有可核对来源，请当面问。"
            )
            fields = self._questions(f"holds_{line.ref}", f"fen_{line.ref}", f"note_{line.ref}")
            found.append(Question(f"{line.label}（{line.person_name}）：申报是否属实", fields, known))
        return found

    def questions(self, who_note: str, residents: str) -> list[Question]:
        """The whole form in the order of a visit."""
        return [
            Question("谁一起入户", self._questions("investigators", "leader"), who_note),
            Question("时间和地点", self._questions("visited_on", "visited_at", "place")),
            Question("在场的家庭成员", self._questions("present")),
            Question("实际居住人口是否与登记一致", self._questions("residents_match", "residents_note"), residents),
            *self.open_questions(),
            Question("吃穿住用", self._questions(*LIVING), "每项写一句看到的情况。"),
            Question("收入、财产和赡养", self._questions("income_found", "property_found", "support_found")),
            Question("与申报相比的结果", self._questions("result", "conclusion")),
            *self._more(),
            Question(
                "签字",
                self._questions("signed_by_member", "signed_by_investigators"),
                "调查人员和在场的家庭成员都签字后再登记。",
            ),
            Question("调查方式", self._questions("way", "remote_reason")),
        ]

    def _more(self) -> list[Question]:
        return []

    def _leader(self, chosen: Sequence[str]) -> str:
        """Who was named, else the first of the township among those who went."""
        first = next((one.ref for one in self.people if one.of_township and one.ref in chosen), "")
        return str(self.cleaned_data["leader"]) or first or (chosen[0] if chosen else "")

    def entry(self, photo_refs: Sequence[str]) -> VisitEntry:
        """What the act takes."""
        data = self.cleaned_data
        chosen = list(data["investigators"])
        return VisitEntry(
            visited_on=data["visited_on"],
            visited_at=data["visited_at"],
            place=data["place"],
            investigators=chosen,
            leader=self._leader(chosen),
            present=list(data["present"]),
            residents_match=data["residents_match"] == "yes",
            residents_note=data["residents_note"],
            living=Living(*(data[name] for name in LIVING)),
            income_found=data["income_found"],
            property_found=data["property_found"],
            support_found=data["support_found"],
            result=data["result"],
            conclusion=data["conclusion"],
            signed_by_investigators=data["signed_by_investigators"],
            signed_by_member=data["signed_by_member"],
            way=data["way"],
            remote_reason=data["remote_reason"],
            answers=[self._answer(line) for line in self.open_now if data[f"holds_{line.ref}"]],
            photo_refs=list(photo_refs),
        )

    def _answer(self, line: Any) -> LineAnswer:
        data = self.cleaned_data
        return LineAnswer(
            line.ref, data[f"holds_{line.ref}"] == "yes", data[f"note_{line.ref}"], data.get(f"fen_{line.ref}")
        )


class DistrictVisitForm(VisitForm):
    """区级入户核查: the same form, with its ground (D20)."""

    reason = Pick("核查事由", acts.DISTRICT_REASONS.items(), radio=True)
    reason_text = Text("事由说明（选“其他”时填写）", longest=200, needed=False)

    def _more(self) -> list[Question]:
        return [Question("核查事由", self._questions("reason", "reason_text"))]


def start(desk: Desk, people: Sequence[Any]) -> dict[str, Any]:
    """What the form opens with: the officer goes, today, to the registered home."""
    moment = now()
    own = desk.officer.staff.ref
    return {
        "investigators": [own] if any(one.ref == own and not one.recused for one in people) else [],
        "visited_on": moment.date(),
        "visited_at": moment.strftime("%H:%M"),
        "place": desk.application.household.address or "",
        "present": [desk.application.applicant.name],
        "way": "visit",
    }
