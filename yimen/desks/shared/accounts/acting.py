"""Proposing, confirming, refusing, withdrawing a change of account, and the district's letters: one POST, one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.base.access.once import once
from yimen.casework.awards import queries as awards
from yimen.casework.payments import acts, queries
from yimen.casework.payments.accounts.entries import AccountProposal
from yimen.desks.shared.accounts import forms
from yimen.desks.shared.accounts.pages import account_facts, url
from yimen.desks.shared.accounts.parts import BOTH, accounts, given, officer_of, roles_of
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Fact, Link, Page, Section


@route("payments.propose_account", "award", "place", TOWNSHIP_ROLES, BOTH)
def new(request: HttpRequest, ref: str) -> HttpResponse:
    """Propose another account; nothing changes until another person has confirmed it."""
    officer = officer_of(request)
    award = gate.fetch(officer, awards.awards(), ref)

    def build(data: Any, files: Any) -> Sequence[Section]:
        facts = [
            Fact("户主", award.household.head.name, note=award.village.name),
            *accounts(award.household),
        ]
        note = "对照存折或银行卡填写，账号输两次。提出以后由另一人复核；复核以前照旧发到原账户。"
        return [Section("account", "新账户", note=note, facts=facts, form=forms.AccountForm(award.household, data))]

    def run(sections: Sequence[Section]) -> str:
        fields = given(sections)
        if fields["member"] == forms.OUTSIDE:
            fields["member"] = ""
        return url(acts.propose_account(officer, award=ref, entry=AccountProposal(**fields)))

    back = reverse("township:award", args=[ref])
    return ActPage(
        page=Page("变更发放账户", award.household.head.name, crumbs=[Link("保障历史", back), Link("变更发放账户", "", current=True)]),
        build=build, run=run, submit="提出账户变更", cancel=Link("返回", back), drafts=False, enter_next=False,
    ).answer(request)  # fmt: skip


def _page(
    request: HttpRequest, ref: str, title: str, note: str, form: type[django_forms.Form],
    work: Callable[[Any, dict[str, Any]], Any], *, full: bool = False,
) -> HttpResponse:  # fmt: skip
    officer = officer_of(request)
    change = queries.account_change(officer, ref)
    if full:
        note_household_read(officer, change.household, "复核发放账户")

    def build(data: Any, files: Any) -> Sequence[Section]:
        return [Section("account", title, note=note, facts=account_facts(change, full=full), form=form(data))]

    def run(sections: Sequence[Section]) -> str:
        work(officer, given(sections))
        return url(change)

    crumbs = [Link("发放账户变更", reverse("township:accounts")), Link(title, "", current=True)]
    return ActPage(
        page=Page(title, change.household.head.name, crumbs=crumbs), build=build, run=run, submit=title,
        cancel=Link("返回", url(change)), enter_next=False,
    ).answer(request)  # fmt: skip


@route("payments.confirm_account", "account_change", "place", roles_of("confirm_account"), BOTH)
def confirm(request: HttpRequest, ref: str) -> HttpResponse:
    """The second person holds the number against the passbook or card."""
    note = "对照存折或银行卡逐位核对账号和户名，必要时直接问本人。有提示的，写明怎么核实的。"

    def work(officer: Any, fields: dict[str, Any]) -> None:
        acts.confirm_account(officer, ref=ref, **fields)

    return _page(request, ref, "复核账户变更", note, forms.AccountConfirmForm, work, full=True)


@route("payments.refuse_account", "account_change", "place", roles_of("refuse_account"), BOTH)
def refuse(request: HttpRequest, ref: str) -> HttpResponse:
    """Not confirmed, with the reason."""

    def work(officer: Any, fields: dict[str, Any]) -> None:
        acts.refuse_account(officer, ref=ref, **fields)

    return _page(request, ref, "账户变更不通过", "原账户不变，这次提出留在记录里。", forms.AccountReasonForm, work)


@route("payments.withdraw_account", "account_change", "place", roles_of("withdraw_account"), BOTH)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Taken back by who proposed it."""

    def work(officer: Any, fields: dict[str, Any]) -> None:
        acts.withdraw_account(officer, ref=ref, **fields)

    return _page(request, ref, "撤回账户变更", "原账户不变，这次提出留在记录里。", forms.AccountReasonForm, work)


@route("payments.send_account_letters", "account_change", "district", roles_of("send_account_letters"), ("POST",))
def letters(request: HttpRequest) -> HttpResponse:
    """The ticked letters were sent."""
    officer, refs = officer_of(request), request.POST.getlist("ref")

    def work() -> str:
        acts.send_account_letters(officer, refs=refs)
        return reverse("district:accounts")

    body = {"path": request.path, "refs": refs}
    return HttpResponseRedirect(str(once(request.user, request.POST.get("once", ""), body, work)))  # type: ignore[arg-type]
