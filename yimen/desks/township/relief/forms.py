"""What is asked for temporary relief. Who is known is found by the number; only of others a name is wanted."""

from __future__ import annotations

from typing import Any

from django import forms

from yimen.base.access.officer import TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.offices import queries as offices
from yimen.casework.payments.relief.entries import ReliefEntry
from yimen.desks.shared.fields import Day, IdentityNumber, Pick, Text, Whole, Yes, Yuan, terms
from yimen.law.calendar import today
from yimen.law.payments.relief import ReliefCause, ReliefSource, ReliefWay


def _villages(officer: Officer) -> list[tuple[str, str]]:
    found = [(row.code, row.name) for code in officer.areas(TOWNSHIP_ROLES) for row in offices.villages(code)]
    return found or sorted(offices.names_of(officer.areas(VILLAGE_ROLES)).items())


class ReliefForm(forms.Form):
    """Who, what has happened, what is asked."""

    identity = IdentityNumber()
    name = Text("姓名", longest=100, needed=False)
    phone = Text("联系电话", longest=40, needed=False)
    village = Pick("急难发生地", [], empty="请选择")
    source = Pick("来源", terms(ReliefSource), radio=True)
    reported_by = Text("申请人或者报告人姓名", longest=100, needed=False)
    cause = Pick("事由", terms(ReliefCause), empty="请选择")
    happened_on = Day("发生日期")
    situation = Text("困难情况", longest=2000, rows=3)
    persons = Whole("救助人数", least=1, most=99)
    wanted = Yuan("申请金额（元）")
    way = Pick("发放方式", terms(ReliefWay), radio=True)
    urgent = Yes("情况紧急，先行救助，材料后补")
    papers = Text("已交材料（一行一份）", longest=1000, needed=False, rows=3)

    def __init__(self, officer: Officer, data: Any) -> None:
        given = {"happened_on": today(), "persons": 1, "way": str(ReliefWay.CASH), "source": str(ReliefSource.SELF)}
        super().__init__(data, initial=given)
        choices = _villages(officer)
        self.fields["village"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["village"] = choices[0][0]

    def entry(self) -> ReliefEntry:
        """As the act takes it."""
        data = dict(self.cleaned_data)
        papers = (data.pop("papers") or "").splitlines()
        return ReliefEntry(wanted_fen=data.pop("wanted") or 0, papers=papers, **data)


class DecideReliefForm(forms.Form):
    """Granted or not, how much, why; with the second factor."""

    granted = Pick("决定", [("yes", "给予临时救助"), ("no", "不予救助")], radio=True)
    amount = Yuan("救助金（元）", needed=False)
    reasons = Text("决定理由", longest=1000, rows=3)
    code = Text("动态口令", longest=10, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}))


class HandOutForm(forms.Form):
    """Into whose hand, when; of a transfer its voucher."""

    received_by = Text("领取人姓名", longest=100)
    on = Day("发放日期")
    voucher = Text("转账凭证编号", longest=60, needed=False)


class CompleteForm(forms.Form):
    """The papers and the explanation that came after."""

    papers = Text("补交的材料（一行一份）", longest=1000, rows=4)
    words = Text("补充说明", longest=1000, rows=3)


class CancelForm(forms.Form):
    """Why it is taken back."""

    reason = Text("撤销理由", longest=200, rows=2)
