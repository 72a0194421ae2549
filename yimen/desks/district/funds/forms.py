"""What is asked for a movement of money."""

from __future__ import annotations

from typing import Any

from django import forms

from yimen.base.offices import queries as offices
from yimen.desks.shared.fields import Pick, Text, Yuan, terms
from yimen.law.payments.funds import FundMove, FundProgramme, FundSource

WHOLE = (FundMove.PROMISE, FundMove.ARRIVE, FundMove.SURRENDER)
BY_PLACE = (FundMove.TRANSFER, FundMove.RESERVE, FundMove.BACK, FundMove.RESERVE_BACK)


class FundForm(forms.Form):
    """What every movement has. No field is the month: money is booked in the month in which it is booked."""

    programme = Pick("项目", FundProgramme.choices(), empty="请选择")
    source = Pick("资金来源", terms(FundSource, FundSource.POOLED), empty="请选择")
    document = Text("依据文件或凭证编号", longest=120)
    words = Text("备注", longest=200, needed=False)


class ComeForm(FundForm):
    """Between finance and the district: one amount."""

    move = Pick("资金变动", [(str(each), each.label) for each in WHOLE], radio=True)
    amount = Yuan("金额（元）")
    field_order = ("move", "programme", "source", "amount", "document", "words")


class GoForm(FundForm):
    """Between the district and its townships: an amount for each that is meant."""

    move = Pick("资金变动", [(str(each), each.label) for each in BY_PLACE], radio=True)

    def __init__(self, district: str, data: Any, **more: Any) -> None:
        super().__init__(data, **more)
        self.places = {row.code: row.name for row in offices.townships(district)}
        for code, name in self.places.items():
            self.fields[f"fen_{code}"] = Yuan(f"{name}（元）", needed=False)
        self.order_fields(
            ["move", "programme", "source", *(f"fen_{code}" for code in self.places), "document", "words"]
        )

    def rows(self) -> dict[str, int]:
        """Fen by township, those left empty not among them."""
        found = {code: self.cleaned_data.get(f"fen_{code}") for code in self.places}
        return {code: fen for code, fen in found.items() if fen}


class ReleaseForm(forms.Form):
    """The second factor of who books."""

    code = Text("动态口令", longest=10, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}))


class WithdrawForm(forms.Form):
    """Why an order is taken back or sent back."""

    reason = Text("撤回原因", longest=200, needed=False, rows=2)


class ReverseForm(forms.Form):
    """Why a booked order is reversed."""

    words = Text("冲正原因", longest=200, rows=2)
