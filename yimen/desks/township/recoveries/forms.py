"""What is asked for a recovery."""

from __future__ import annotations

from typing import Any

from django import forms

from yimen.casework.payments.recovery.entries import RecoveryEntry
from yimen.desks.shared.fields import Day, Pick, Text, Yuan, terms
from yimen.desks.township.changes.laterforms import ViewsForm
from yimen.law.aftercare.changing import View
from yimen.law.calendar import next_month, today
from yimen.law.payments.recovery import RecoveryBasis, RecoveryWay


class ProposeForm(forms.Form):
    """On what ground, why, and how it is paid back."""

    basis = Pick("事由", terms(RecoveryBasis), radio=True)
    reasons = Text("理由", longest=2000, rows=3)
    way = Pick("怎样退回", terms(RecoveryWay), radio=True)
    monthly = Yuan("每月扣回（元）", needed=False)
    from_month = Text("从哪个月起扣回", longest=7, needed=False)
    return_by = Day("退回期限", needed=False)
    fine = Yuan("罚款（元）", needed=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"from_month": next_month(today())})

    def entry(self) -> RecoveryEntry:
        """As the act takes it."""
        data = self.cleaned_data
        return RecoveryEntry(
            data["basis"], data["reasons"], data["way"], data["monthly"], data["from_month"].strip(), data["return_by"],
            data["fine"] or 0,
        )  # fmt: skip


class RecoveryViewsForm(ViewsForm):
    """How the household was heard on it."""

    view = Pick("对退回", terms(View), needed=False, empty="请选择")


class OrderForm(forms.Form):
    """The second factor of who orders."""

    code = Text("动态口令", longest=10, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}))


class ReasonForm(forms.Form):
    """Why it goes back, or is taken back."""

    reason = Text("退回理由", longest=200, rows=2)


class RefundForm(forms.Form):
    """Money that the household has brought."""

    amount = Yuan("退回金额（元）")
    on = Day("退回日期")
    receipt = Text("收据编号", longest=60)

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"on": today()})


class CheckForm(forms.Form):
    """Whether it came in."""

    accepted = Pick("核对", [("yes", "已收到，金额、收据一致"), ("no", "没有收到或者不一致")], radio=True)
    words = Text("情况说明", longest=200, needed=False, rows=2)
