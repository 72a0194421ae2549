"""The forms of a change of account. What is stored is shown; only the new account is typed, its number twice."""

from __future__ import annotations

from typing import Any

from django import forms

from yimen.casework.households import queries as households
from yimen.desks.shared.fields import IdentityNumber, Name, Pick, Text, terms
from yimen.law.terms import Relation

OUTSIDE = "outside"


class AccountForm(forms.Form):
    """The new account."""

    member = Pick("户名", [], empty="请选择")
    bank = Text("开户银行", longest=80)
    number = Text("账号", longest=40, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}))
    again = Text(
        "账号（再输一次）", longest=40, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
    )
    reason = Text("变更的原因", longest=200)
    holder = Name("领取人姓名", needed=False)
    relation = Pick("与户主的关系", terms(Relation, Relation.SELF), needed=False, empty="请选择")
    identity = IdentityNumber("领取人身份证号", needed=False)
    authority = Text("凭什么代领", longest=200, needed=False)

    def __init__(self, home: Any, data: Any) -> None:
        super().__init__(data)
        rows = [
            (row.person.ref, f"{row.person.name}（{Relation(row.relation).label}）")
            for row in households.members(home)
            if row.person.died_on is None
        ]
        chosen: Any = self.fields["member"]
        chosen.choices = [("", "请选择"), *rows, (OUTSIDE, "不是家庭成员（在下面填写）")]


class AccountConfirmForm(forms.Form):
    """How what was to be looked at was looked at, and the second factor."""

    words = Text("核实情况", longest=300, rows=3, needed=False)
    code = Text("动态口令（6 位）", longest=6)


class AccountReasonForm(forms.Form):
    """Why a proposal is not confirmed, or taken back."""

    words = Text("原因", longest=300, rows=3)


class NothingForm(forms.Form):
    """Nothing is asked."""
