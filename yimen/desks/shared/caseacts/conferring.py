"""The page on which the district records a case conference (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.casework.decisions import acts, queries
from yimen.casework.decisions.conference_acts import OUTCOMES
from yimen.desks.shared.caseacts import granting
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.caseacts.parts import given, lines
from yimen.desks.shared.fields import Day, Pick, Text
from yimen.desks.shared.shapes import Block, Fact, Section
from yimen.law.calendar import today


class ConferenceForm(forms.Form):
    """Who met when, what was asked, said and resolved, on what basis."""

    held_on = Day("会议日期")
    participants = Text("参加人员（每行一人，写明单位）", longest=1000, rows=4)
    question = Text("研究的问题", longest=2000, rows=3)
    views = Text("讨论意见", longest=2000, rows=5)
    resolution = Text("会议决定", longest=2000, rows=3)
    outcome = Pick("会议结论", list(OUTCOMES.items()), radio=True)
    basis = Text("会议依据", longest=300, rows=2)


def _confer(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    held = queries.conference_of(desk.application)
    facts = [Fact("上一次会议", f"{held.held_on:%Y-%m-%d}", held.resolution)] if held else []
    form = ConferenceForm(data, prefix="confer", initial={"held_on": today()})
    note = "只用于情形复杂、按条件算不出合适结果的申请。会议决定写进审核意见、公示和决定书，不能用于已享受低保、特困或者已认定边缘的家庭。"
    return [Section("confer", "一事一议", note, form=form, facts=facts)]


def _keep(desk: Desk, sections: Sequence[Section]) -> object:
    data = given(sections)
    data["participants"] = lines(data["participants"])
    return acts.hold_conference(desk.officer, desk.application.ref, version=desk.version, **data)


def _weighed(desk: Desk) -> Sequence[Block]:
    found = granting.outlook_of(desk)
    return granting.side_block(found.assessment) if found else []


case_act(CaseAct("hold_conference", _confer, _keep, submit="保存，制会议纪要", aside=_weighed))
