"""The forms of a change after it was established: hearing, notice, decision, service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from yimen.casework.decisions.service_acts import HOW
from yimen.casework.investigation.queries import investigators_at
from yimen.desks.shared.caseacts.parts import Several
from yimen.desks.shared.fields import Day, Pick, Text, terms
from yimen.law.aftercare.changing import Hearing, View
from yimen.law.calendar import today


class ViewsForm(forms.Form):
    """How the household was heard."""

    how = Pick("听取方式", terms(Hearing), radio=True)
    heard_on = Day("听取日期")
    who = Text("听取了谁的意见", longest=100, needed=False)
    place = Text("地点", longest=100, needed=False)
    view = Pick("对拟作处理", terms(View), needed=False, empty="请选择")
    said = Text("本人陈述", longest=2000, needed=False, rows=3)
    evidence = Text("提出的证据", longest=2000, needed=False, rows=2)
    answer = Text("答复", longest=2000, needed=False, rows=2)
    not_possible = Text("无法听取的原因", longest=300, needed=False, rows=2)
    investigators = Several("听取人员")

    def __init__(self, change: Any, data: Any, me: Any) -> None:
        award = change.award
        given = {"heard_on": today(), "who": award.household.head.name, "investigators": [me.ref]}
        super().__init__(data, initial=given)
        people = investigators_at([award.township_id, award.village_id], today())
        self.fields["investigators"].choices = [(row.ref, f"{row.name}（{row.office.name}）") for row in people]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer to an objection, before it is shown again."""

    answer = Text("对公示异议的复核结论", longest=2000, rows=3)


class PostingForm(forms.Form):
    """Where the notice was hung, and when."""

    places = Several("张贴地点")
    posted_on = Day("张贴日期")

    def __init__(self, left: Sequence[str], data: Any) -> None:
        super().__init__(data, initial={"posted_on": today(), "places": list(left)})
        self.fields["places"].choices = [(place, place) for place in left]  # type: ignore[attr-defined]


class ObjectionForm(forms.Form):
    """An objection to the notice of a proposed end."""

    content = Text("异议内容", longest=2000, rows=3)
    objector = Text("异议人（匿名的不填）", longest=100, needed=False)


class DecideForm(forms.Form):
    """The leader's reasons, the other programmes, the second factor."""

    reasons = Text("决定的理由", longest=2000, rows=3)
    other_programmes = Text("其他救助项目的审核", longest=2000, needed=False, rows=2)
    code = Text("动态口令", longest=10, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}))

    def __init__(self, asked: Any, data: Any) -> None:
        super().__init__(data)
        if asked is None or not asked.check_other_programmes:
            del self.fields["other_programmes"]


class ReturnForm(forms.Form):
    """Why the leader does not decide."""

    reason = Text("退回理由", longest=200, rows=2)


class ServeForm(forms.Form):
    """How the notice reached the household."""

    how = Pick("送达方式", [(word, word) for word in HOW])
    served_on = Day("送达日期")
    to_whom = Text("签收人", longest=100)
    receipt = Text("回证情况", longest=200)
    note = Text("备注", longest=200, needed=False)

    def __init__(self, change: Any, data: Any) -> None:
        given = {"served_on": today(), "to_whom": change.award.household.head.name, "receipt": "本人签收"}
        super().__init__(data, initial=given)
