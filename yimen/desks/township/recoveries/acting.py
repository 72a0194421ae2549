"""Proposing, ordering, refunding: one POST, one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.casework.awards import queries as awards
from yimen.casework.awards.changes.entries import ViewsEntry
from yimen.casework.payments import acts
from yimen.casework.payments.recovery import queries
from yimen.desks.shared.actpage import ActPage, version_of
from yimen.desks.shared.oneact import about, act_page
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Fact, Section
from yimen.desks.township.recoveries.forms import (
    CheckForm,
    OrderForm,
    ProposeForm,
    ReasonForm,
    RecoveryViewsForm,
    RefundForm,
)
from yimen.desks.township.recoveries.pages import crumbs, facts_of, months_block, url
from yimen.law.money import show as yuan
from yimen.law.terms import Role

_BOTH = ("GET", "POST")
_DECIDERS = frozenset({Role.DISTRICT_DECIDER})
_HEARD = ("how", "heard_on", "who", "place", "view", "said", "evidence", "answer", "not_possible")


@route("recovery.propose", "award", "place", TOWNSHIP_ROLES, _BOTH)
def propose(request: HttpRequest, ref: str) -> HttpResponse:
    """Propose that what an award was paid too much is paid back, with how the household was heard."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    award = gate.fetch(officer, awards.awards(), ref)
    balances = queries.of_award(award)
    total = sum(row.fen for row in balances)

    def build(data: Any, files: Any) -> Sequence[Section]:
        facts = [Fact(row.month, f"{yuan(row.fen)} 元", row.cause) for row in balances]
        heard = RecoveryViewsForm(SimpleNamespace(award=award), data, officer.staff)
        return [
            Section("months", f"多发合计 {yuan(total)} 元", facts=facts),
            Section("recovery", "怎样退回", form=ProposeForm(data)),
            Section("views", "听取意见", note="先告诉本人多发的月份、金额和打算怎样退回，再照实记录。", form=heard),
        ]

    def run(sections: Sequence[Section]) -> str:
        data = sections[2].form.cleaned_data  # type: ignore[union-attr]
        views = ViewsEntry(officers=data["investigators"], **{name: data[name] for name in _HEARD})
        made = acts.propose_recovery(officer, award=ref, entry=sections[1].form.entry(), views=views)  # type: ignore[union-attr]
        return url("recovery", made.ref)

    purpose = f"{award.household.head.name}　{award.number}。由区级民政部门决定；决定以前不从保障金里扣。"
    return act_page("提出退回", purpose, crumbs(), url("award", award.ref), build, run, "提请区级决定").answer(request)


def _about(
    found: Any, title: str, form: Callable[[Any], forms.Form], act: Callable[[dict[str, Any]], Any], **more: Any
) -> ActPage:
    return about(
        title, crumbs=crumbs(), back=url("recovery", found.ref), form=form,
        known=[Section("recovery", "退回", facts=facts_of(found))], act=act, aside=[months_block(found)], **more,
    )  # fmt: skip


@route("recovery.order", "recovery", "place", _DECIDERS, _BOTH)
def order(request: HttpRequest, ref: str) -> HttpResponse:
    """Order the money back; the notice is issued with it."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found, version = queries.find(officer, ref), version_of(request)

    def act(given: dict[str, Any]) -> Any:
        seen = found.version if version is None else version
        return acts.order_recovery(officer, ref=ref, version=seen, code=given["code"])

    purpose = "请核对逐月金额、事由、听取意见的记录。决定后制发《责令退回通知书》，送达本人。"
    return _about(found, "责令退回", OrderForm, act, purpose=purpose, version=found.version).answer(request)


@route("recovery.return", "recovery", "place", _DECIDERS, _BOTH)
def send_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Back to the township, with a reason."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found = queries.find(officer, ref)
    return _about(
        found, "退回乡街", ReasonForm, lambda given: acts.return_recovery(officer, ref=ref, reason=given["reason"])
    ).answer(request)


@route("recovery.withdraw", "recovery", "place", TOWNSHIP_ROLES, _BOTH)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a proposal back."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found = queries.find(officer, ref)
    return _about(
        found, "撤回", ReasonForm, lambda given: acts.withdraw_recovery(officer, ref=ref, reason=given["reason"])
    ).answer(request)


@route("recovery.refund", "recovery", "place", TOWNSHIP_ROLES, _BOTH)
def refund(request: HttpRequest, ref: str) -> HttpResponse:
    """Register money that was brought back."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found = queries.find(officer, ref)

    def act(given: dict[str, Any]) -> Any:
        return acts.record_refund(officer, ref=ref, fen=given["amount"], on=given["on"], receipt=given["receipt"])

    purpose = "登记后由另一人核对，核对后才算退回，记入本乡街资金。"
    return _about(found, "登记退款", RefundForm, act, purpose=purpose).answer(request)


@route("recovery.check", "refund", "place", TOWNSHIP_ROLES, _BOTH)
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """The second person's word on a refund."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    row = queries.refund(officer, ref)
    found = queries.find(officer, row.recovery.ref)
    if hasattr(row, "check_row") and request.method != "POST":
        raise Refused("这笔退款已经核对过，请刷新页面。", "checked")

    def act(given: dict[str, Any]) -> Any:
        return acts.check_refund(officer, ref=ref, accepted=given["accepted"] == "yes", words=given["words"])

    purpose = f"{row.on} 收据 {row.receipt}，{yuan(row.fen)} 元，{row.by.name}登记。请对照收据和账户核对。"
    return _about(found, "核对退款", CheckForm, act, purpose=purpose).answer(request)
