"""Registering, booking, sending back and reversing: one POST, one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.casework.payments import acts
from yimen.casework.payments.funds import queries
from yimen.desks.district.doing import roles_of
from yimen.desks.district.funds.forms import ComeForm, GoForm, ReleaseForm, ReverseForm, WithdrawForm
from yimen.desks.district.funds.pages import facts_of, rows_of, url
from yimen.desks.shared import funds
from yimen.desks.shared.actpage import ActPage, version_of
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Link, Page, Section

_BOTH = ("GET", "POST")


def _given(form: Any, rows: dict[str, int]) -> dict[str, Any]:
    data = form.cleaned_data
    return {"rows": rows, **{name: data[name] for name in ("move", "programme", "source", "document", "words")}}


@route("funds.propose", "funds", "district", roles_of("propose_funds"), _BOTH)
def come(request: HttpRequest) -> HttpResponse:
    """Money between finance and the district."""
    officer: Officer = request.officer  # type: ignore[attr-defined]

    def build(data: Any, files: Any) -> Sequence[Section]:
        note = "先登记财政下达的预算，钱到账后再登记到位；没有到位的不能拨付。"
        return [Section("come", "预算和到位", note=note, form=ComeForm(data))]

    def run(sections: Sequence[Section]) -> str:
        form = sections[0].form
        made = acts.propose_funds(officer, **_given(form, {"": form.cleaned_data["amount"]}))  # type: ignore[union-attr]
        return url("fund_order", made)

    return _page("登记预算、到位", "登记后由另一人凭动态口令复核记账。", build, run, "提交复核").answer(request)


@route("funds.propose", "funds", "district", roles_of("propose_funds"), _BOTH)
def go(request: HttpRequest) -> HttpResponse:
    """Money between the district and its townships and their reserve."""
    officer: Officer = request.officer  # type: ignore[attr-defined]

    def build(data: Any, files: Any) -> Sequence[Section]:
        note = "低保、特困资金拨付乡街；临时救助资金拨入乡街应急储备金。不拨的乡街留空。"
        return [Section("go", "拨付乡街", note=note, form=GoForm(officer.district, data))]

    def run(sections: Sequence[Section]) -> str:
        form: Any = sections[0].form
        return url("fund_order", acts.propose_funds(officer, **_given(form, form.rows())))

    return _page("登记拨付乡街", "登记后由另一人凭动态口令复核记账。", build, run, "提交复核").answer(request)


def _page(title: str, purpose: str, build: Any, run: Any, submit: str, back: str = "", **more: Any) -> ActPage:
    return ActPage(
        page=Page(title, purpose, crumbs=funds.crumbs(Link(title, "", current=True))),
        build=build,
        run=run,
        submit=submit,
        cancel=Link("返回", back or reverse("district:funds")),
        enter_next=False,
        **more,
    )


def _about(
    officer: Officer, order: Any, title: str, form: type[forms.Form], act: Callable[[dict[str, Any]], Any], **more: Any
) -> ActPage:
    """A page about one order: what it says, and the few things that the act asks."""

    def build(data: Any, files: Any) -> Sequence[Section]:
        return [Section("act", title, form=form(data)), Section("order", "资金单", facts=facts_of(order))]

    def run(sections: Sequence[Section]) -> str:
        return url("fund_order", act(sections[0].form.cleaned_data))  # type: ignore[union-attr]

    purpose, submit = more.pop("purpose"), more.pop("submit", title)
    aside = [rows_of(officer, order)]
    return _page(title, purpose, build, run, submit, url("fund_order", order), aside=aside, **more)


@route("funds.release", "funds", "place", roles_of("release_funds"), _BOTH)
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Book as the second person."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    order, version = queries.find(officer, ref), version_of(request)

    def act(given: dict[str, Any]) -> Any:
        seen = order.version if version is None else version
        return acts.release_funds(officer, ref=ref, version=seen, code=given["code"])

    purpose = "请对照文件或者凭证核对项目、来源和每个乡街的金额。记账后不能修改，只能冲正。"
    page = _about(officer, order, "复核记账", ReleaseForm, act, purpose=purpose, version=order.version)
    return page.answer(request)


@route("funds.withdraw", "funds", "place", roles_of("withdraw_funds"), _BOTH)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take back, or send back."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    order = queries.find(officer, ref)
    title = "撤回资金单" if order.proposed_by_id == officer.staff.pk else "退回资金单"

    def act(given: dict[str, Any]) -> Any:
        return acts.withdraw_funds(officer, ref=ref, reason=given["reason"])

    return _about(officer, order, title, WithdrawForm, act, purpose="没有记账，记录留存。").answer(request)


@route("funds.reverse", "funds", "place", roles_of("reverse_funds"), _BOTH)
def reverse_order(request: HttpRequest, ref: str) -> HttpResponse:
    """Register that a booked order is taken back."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    order = queries.find(officer, ref)

    def act(given: dict[str, Any]) -> Any:
        return acts.reverse_funds(officer, ref=ref, words=given["words"])

    purpose = "原来的一笔保留，另记一笔相反的；同样由另一人复核。"
    return _about(officer, order, "登记冲正", ReverseForm, act, purpose=purpose, submit="提交复核").answer(request)
