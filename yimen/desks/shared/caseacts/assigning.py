"""The page on which a case is handed over to a colleague (T21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.base.offices import queries as offices
from yimen.casework.applications import acts
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.caseacts.parts import given
from yimen.desks.shared.fields import Pick, Text
from yimen.desks.shared.shapes import Fact, Section
from yimen.law.calendar import today


class HandOverForm(forms.Form):
    """To whom, and why."""

    staff_ref = Pick("改派给", [], empty="请选择")
    reason = Text("改派理由", longest=200, rows=2)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["staff_ref"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]


def _hand_over(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    case = desk.application
    people = [(row.ref, row.name) for row in offices.handlers([case.township_id], today()) if row.pk != case.handler_id]
    facts = [Fact("现在的经办", case.handler.name if case.handler else "还没有")]
    form = HandOverForm(data, prefix="hand", people=people)
    return [Section("hand", "改派经办", "环节、时限和已办的都不变。", form=form, facts=facts)]


def _keep(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.hand_over(desk.officer, desk.application.ref, version=desk.version, **given(sections))


case_act(
    CaseAct("hand_over", _hand_over, _keep, submit="改派", purpose="同事请假、调岗时把案件交给另一位经办，理由留痕。")
)
