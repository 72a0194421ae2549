"""A payment that came back outside the bank's files: the paper typed at its line, booked by another person like an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.casework.payments import acts, roll_queries as queries
from yimen.casework.payments.bank.entries import LetterEntry
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Day, Pick, Text, terms
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Fact, Link, Page, Section
from yimen.desks.township.money.banks import doing
from yimen.desks.township.money.banks.doing import yuan
from yimen.desks.township.money.parts import BOTH, given, officer_of
from yimen.law.calendar import today
from yimen.law.payments.terms import FailCause

TITLE = "登记退汇通知"


class BankLetterForm(forms.Form):
    """What the bank's paper says."""

    letter = Text("通知编号", longest=60)
    on = Day("通知日期")
    cause = Pick("退回的原因", terms(FailCause), radio=True)
    words = Text("银行的说明", longest=80)

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"on": today()})


@route("bank.take", "pay_line", "place", doing.roles_of("take_bank_letter"), BOTH)
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """Type the paper by which one paid line came back."""
    officer = officer_of(request)
    line = queries.pay_line(officer, ref)
    back = reverse("township:roll_line", args=[line.roll.ref, line.award.ref])
    facts = [
        Fact("户主", line.household.head.name),
        Fact("发放编号", line.ref),
        Fact("月份", line.month),
        Fact("金额", f"{yuan(line.total_fen)} 元"),
    ]

    def build(data: Any, files: Any) -> Sequence[Section]:
        note = "照通知原件填写。登记后由另一位资金发放岗人员对照原件入账，钱才记回本乡街。"
        return [
            Section("line", "这一笔", facts=facts),
            Section("letter", "退汇通知", note=note, form=BankLetterForm(data)),
        ]

    def run(sections: Sequence[Section]) -> str:
        told = given(sections, 1)
        entry = LetterEntry(told["letter"], told["on"], told["cause"], told["words"])
        return doing.url("bank_return", acts.take_bank_letter(officer, line=ref, entry=entry))

    return ActPage(
        page=Page(
            TITLE,
            "发放成功以后，银行用书面通知（不是返回文件）告知款项退回的，在这里登记；有返回文件的请上传返回文件。",
            crumbs=[*doing.crumbs(), Link(line.household.head.name, back)],
        ),
        build=build, run=run, submit="登记", cancel=Link("返回", back), enter_next=False,
    ).answer(request)  # fmt: skip
