"""What a bank could not pay, does not know or has brought back: what to do about each, and sending it once more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Unknown
from yimen.casework.payments import acts, bank_queries as queries
from yimen.desks.shared.accounts.pages import award_tools
from yimen.desks.shared.accounts.parts import accounts
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Text
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Cell, Column, Empty, Fact, Link, Page, Row, Section, Table, Tag, Tile
from yimen.desks.township.money.banks import doing
from yimen.desks.township.money.banks.doing import yuan
from yimen.desks.township.money.parts import BOTH, READERS, given, name_cell, officer_of
from yimen.law.payments.bank_terms import BankAnswerKind
from yimen.law.payments.terms import FailCause

TITLE = "发放不成功"
_ROWS = ["户主", "村（社区）", "月份", Column("金额（元）", numeric=True), "账户", "结果", "怎么办", "办理"]


class ReissueForm(forms.Form):
    """What was put right."""

    correction = Text("更正了什么", longest=200, rows=3)


def _row(officer: Officer, row: Any) -> Row:
    line = row.line
    why = doing.cause_words(row.last, row.cause)
    again = row.last != BankAnswerKind.UNKNOWN and doing.may(officer, "reissue_payment", line.township_id)
    step: Any = Link("列入补发", reverse("township:bank_reissue", args=[line.ref])) if again else "—"
    return Row(
        [
            name_cell(officer, line.award),
            line.village.name,
            line.month,
            yuan(row.fen),
            f"{row.account.holder}　尾号 {row.account.number[-4:]}",
            Cell(tag=Tag(doing.TONES[BankAnswerKind(row.last)], why), note=row.words if row.words != why else ""),
            doing.to_do(row.last, row.cause),
            step,
        ]
    )


@route("bank.read", "bank_file", "place", READERS)
def failures(request: HttpRequest) -> HttpResponse:
    """Every attempt that nobody has put right, by cause."""
    officer = officer_of(request)
    asked = request.GET.get("show", "")
    counted = queries.failure_counts(officer)
    rows = queries.failures(officer)
    if asked in {str(cause) for cause in FailCause}:
        rows = rows.filter(last=BankAnswerKind.FAILED, cause=asked)
    elif asked in {str(BankAnswerKind.UNKNOWN), str(BankAnswerKind.RETURNED)}:
        rows = rows.filter(last=asked)
    page, pager = cut(request, rows, "笔")
    found = [_row(officer, row) for row in page.object_list]
    address = reverse("township:bank_failures")
    tabs = [Link("全部", address, current=not asked, count=str(sum(counted.values())))]
    tabs += [Link(label, f"{address}?show={code}", current=asked == code, count=str(counted[code]))
             for code, label in _labels() if counted.get(code)]  # fmt: skip
    return show(
        request,
        "shared/list.html",
        page=Page(
            TITLE,
            "银行没有发成、结果不明或者退回的，逐笔查明更正；补发是同一笔再报一次，随下一份发放文件报送。",
            crumbs=doing.crumbs(),
        ),
        tiles=[Tile("待处理", f"{sum(counted.values())} 笔", tone="red" if counted else "green")],
        tabs=tabs if len(tabs) > 2 else (),
        table=Table(_ROWS, found, label=TITLE, empty=Empty("没有待处理的。银行返回文件入账以后，没有发成的列在这里。")),
        pager=pager if found else None,
    )


def _labels() -> list[tuple[str, str]]:
    causes = [(str(cause), cause.label) for cause in FailCause]
    return [*causes, *((str(kind), kind.label) for kind in (BankAnswerKind.UNKNOWN, BankAnswerKind.RETURNED))]


@route("bank.reissue", "bank_file", "place", doing.roles_of("reissue_payment"), BOTH)
def reissue(request: HttpRequest, ref: str) -> HttpResponse:
    """Put one failed line right: it goes out with the next file."""
    officer = officer_of(request)
    row = queries.failures(officer).filter(line__ref=ref).first()
    if row is None:
        raise Unknown(ref)
    line = row.line
    why = doing.cause_words(row.last, row.cause)
    facts = [
        Fact("户主", line.household.head.name),
        Fact("发放编号", line.ref),
        Fact("月份", line.month),
        Fact("金额", f"{yuan(row.fen)} 元"),
        Fact("报送的账户", f"{row.account.holder}　{row.account.bank}　尾号 {row.account.number[-4:]}"),
        *accounts(line.household, "现在登记的账户"),
        Fact("银行的答复", f"{why}{f'（{row.words}）' if row.words and row.words != why else ''}"),
        Fact("怎么办", doing.to_do(row.last, row.cause)),
    ]

    def build(data: Any, files: Any) -> Sequence[Section]:
        return [Section("line", "这一笔", facts=facts), Section("reissue", "列入补发", form=ReissueForm(data))]

    def run(sections: Sequence[Section]) -> str:
        acts.reissue_payment(officer, refs=[ref], correction=given(sections, 1)["correction"])
        return reverse("township:bank_failures")

    return ActPage(
        page=Page(
            "列入补发",
            "同一笔再报一次，不另立一笔；随下一份发放文件报给现在登记的账户。",
            crumbs=[*doing.crumbs(), Link(TITLE, reverse("township:bank_failures"))],
            tools=award_tools(officer, line.award),
        ),
        build=build,
        run=run,
        submit="列入补发",
        cancel=Link("返回", reverse("township:bank_failures")),
        enter_next=False,
    ).answer(request)
