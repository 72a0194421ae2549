"""Registering, deciding, handing out, completing, cancelling: one POST, one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.casework.payments import acts
from yimen.casework.payments.relief import queries
from yimen.desks.shared.actpage import ActPage, version_of
from yimen.desks.shared.oneact import about, act_page
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Section
from yimen.desks.township.relief.forms import CancelForm, CompleteForm, DecideReliefForm, HandOutForm, ReliefForm
from yimen.desks.township.relief.pages import crumbs, facts_of, url
from yimen.law.calendar import today
from yimen.law.terms import Role

_BOTH = ("GET", "POST")


@route("relief.register", "relief", "place", TOWNSHIP_ROLES | VILLAGE_ROLES, _BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Register an application, or what the village has found."""
    officer: Officer = request.officer  # type: ignore[attr-defined]

    def build(data: Any, files: Any) -> Sequence[Section]:
        note = "登记过的人只填身份证号，姓名、电话不用再填；转账发到已登记的家庭账户。"
        return [Section("relief", "临时救助", note=note, form=ReliefForm(officer, data))]

    def run(sections: Sequence[Section]) -> str:
        made = acts.register_relief(officer, entry=sections[0].form.entry())  # type: ignore[union-attr]
        return url("relief_one", made.ref)

    purpose = "向急难发生地的乡街提出；村（社区）发现的也在这里登记。"
    return act_page("登记临时救助", purpose, crumbs(), reverse("township:relief"), build, run, "登记").answer(request)


def _about(
    case: Any, title: str, form: Callable[[Any], forms.Form], act: Callable[[dict[str, Any]], Any], **more: Any
) -> ActPage:
    return about(
        title, crumbs=crumbs(), back=url("relief_one", case.ref), form=form,
        known=[Section("case", "临时救助", facts=facts_of(case))], act=act, **more,
    )  # fmt: skip


@route("relief.decide", "relief", "place", frozenset({Role.HEAD, Role.DISTRICT_DECIDER}), _BOTH)
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Grant, which pays from the reserve at once, or refuse."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    case, version = queries.find(officer, ref), version_of(request)

    def form(data: Any) -> forms.Form:
        return DecideReliefForm(data, initial={"amount": case.wanted_fen})

    def act(given: dict[str, Any]) -> Any:
        return acts.decide_relief(
            officer, ref=ref, granted=given["granted"] == "yes", fen=given["amount"] or 0, reasons=given["reasons"],
            version=case.version if version is None else version, code=given["code"],
        )  # fmt: skip

    purpose = "给予的当即从应急储备金记账，制发通知书；不予救助的制发告知书，写明理由。"
    return _about(case, "决定临时救助", form, act, purpose=purpose, submit="决定", version=case.version).answer(request)


@route("relief.hand_out", "relief", "place", TOWNSHIP_ROLES, _BOTH)
def hand_out(request: HttpRequest, ref: str) -> HttpResponse:
    """The money in the hand, with the receipt."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    case = queries.find(officer, ref)

    def form(data: Any) -> forms.Form:
        return HandOutForm(data, initial={"received_by": case.person.name, "on": today()})

    def act(given: dict[str, Any]) -> Any:
        return acts.hand_out_relief(officer, ref=ref, **given)

    purpose = "由决定人以外的人经手；登记后打印领取凭证，领取人签名。"
    return _about(case, "发放临时救助金", form, act, purpose=purpose, submit="登记发放").answer(request)


@route("relief.complete", "relief", "place", TOWNSHIP_ROLES, _BOTH)
def complete(request: HttpRequest, ref: str) -> HttpResponse:
    """The papers that came after."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    case = queries.find(officer, ref)

    def act(given: dict[str, Any]) -> Any:
        return acts.complete_relief(officer, ref=ref, papers_given=given["papers"].splitlines(), words=given["words"])

    return _about(case, "补齐材料", CompleteForm, act, submit="登记材料").answer(request)


@route("relief.cancel", "relief", "place", TOWNSHIP_ROLES, _BOTH)
def cancel(request: HttpRequest, ref: str) -> HttpResponse:
    """Take back what was not handed out."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    case = queries.find(officer, ref)

    def act(given: dict[str, Any]) -> Any:
        return acts.cancel_relief(officer, ref=ref, reason=given["reason"])

    return _about(case, "撤销临时救助", CancelForm, act, purpose="已经记账的退回应急储备金，另记一笔。").answer(request)
