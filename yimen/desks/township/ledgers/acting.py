"""Submitting, confirming, withdrawing, undoing and resuming an import: one POST, one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.casework.awards import acts, ledger_queries as queries
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Text
from yimen.desks.shared.moments import moment
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import pressed, version_of
from yimen.desks.shared.shapes import Fact, Link, Page, Section
from yimen.desks.township.ledgers import doing
from yimen.gateways.ledgers import working
from yimen.law.ledger import RunState
from yimen.law.money import show as yuan
from yimen.law.terms import Role

_POST, _BOTH = ("POST",), ("GET", "POST")
_HEAD = frozenset({Role.HEAD})
_CODE = "动态口令（6 位）"


class ConfirmForm(forms.Form):
    """The second factor of the head."""

    code = Text(_CODE, longest=6, article="确认后这些家庭即为在保，须由上传人以外的负责人办理，并输入动态口令。")


class ReasonForm(forms.Form):
    """Why a ledger is taken back."""

    reason = Text("原因", longest=200, needed=False)


class UndoForm(forms.Form):
    """Why an import is reversed, with the second factor."""

    reason = Text("为什么撤销", longest=200)
    code = Text(_CODE, longest=6)


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def _facts(run: Any) -> list[Fact]:
    counts = run.counts
    return [
        Fact("台账文件", run.file_name, note=f"摘要 {run.file_sha256[:16]}"),
        Fact("台账种类", doing.kind(run)),
        Fact("上传", f"{run.proposed_by.name}　{moment(run.proposed_at)}"),
        Fact(
            "新增",
            f"{counts.get('new', 0)} 户 {counts.get('persons', 0)} 人，每月 {yuan(counts.get('monthly_fen', 0))} 元",
        ),
        Fact("变更", f"{counts.get('changed', 0)} 户"),
        Fact("无变化", f"{counts.get('same', 0)} 户"),
        Fact("不导入", f"{counts.get('error', 0)} 户有错误"),
        Fact("有提示", f"{counts.get('remarked', 0)} 户"),
    ]


def _page(
    run: Any, title: str, purpose: str, form: type[forms.Form], submit: str, work: Callable[[dict[str, Any]], str]
) -> ActPage:
    def build(data: Any, files: Any) -> Sequence[Section]:
        known = [Section("ledger", "这份台账", facts=_facts(run))] if run.counts else []
        return [Section("act", title, form=form(data)), *known]

    return ActPage(
        page=Page(title, purpose, crumbs=[*doing.crumbs(run), Link(title, "", current=True)]),
        build=build,
        run=lambda sections: work(sections[0].form.cleaned_data),  # type: ignore[union-attr]
        submit=submit,
        version=run.version,
        cancel=Link("返回", doing.url("ledger", run)),
        enter_next=False,
    )


@route("ledger.import", "ledger_run", "place", doing.ROLES, _POST)
def submit(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand the preview to the head."""
    officer, run = _officer(request), queries.run(_officer(request), ref)
    version = version_of(request)

    def work() -> str:
        acts.submit_ledger(officer, ref=ref, version=version)
        return doing.url("ledger", run)

    return pressed(request, work)


@route("ledger.release", "ledger_run", "place", _HEAD, _BOTH)
def confirm(request: HttpRequest, ref: str) -> HttpResponse:
    """Confirm as the second person; the rows are then taken in as a job."""
    officer, run = _officer(request), queries.run(_officer(request), ref)
    version = version_of(request)

    def work(given: dict[str, Any]) -> str:
        done = acts.take_over_ledger(
            officer, ref=ref, version=run.version if version is None else version, code=given["code"]
        )
        working.start(officer, working.CARRY, done)
        return doing.url("ledger", done)

    purpose = "确认后在后台写入，24 小时内可以撤销。上传与确认须由不同的人办理。"
    return _page(run, "确认导入台账", purpose, ConfirmForm, "确认导入", work).answer(request)


@route("ledger.import", "ledger_run", "place", doing.ROLES, _BOTH)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a ledger back, or send it back, before anything was taken in."""
    officer, run = _officer(request), queries.run(_officer(request), ref)
    own = run.proposed_by_id == officer.staff.pk

    def work(given: dict[str, Any]) -> str:
        if not own and not given["reason"].strip():
            raise Refused("退回请写明原因，让上传人知道改什么。", "reason", 422, "reason")
        acts.withdraw_ledger(officer, ref=ref, reason=given["reason"])
        return doing.url("ledger", run)

    title = "撤回台账" if own else "退回台账"
    return _page(run, title, "还没有导入的内容全部丢弃，文件和记录留存。", ReasonForm, title, work).answer(request)


@route("ledger.release", "ledger_run", "place", _HEAD, _BOTH)
def undo(request: HttpRequest, ref: str) -> HttpResponse:
    """Reverse an import within a day."""
    officer, run = _officer(request), queries.run(_officer(request), ref)

    def work(given: dict[str, Any]) -> str:
        done = acts.undo_ledger(officer, ref=ref, reason=given["reason"], code=given["code"])
        working.start(officer, working.CARRY, done)
        return doing.url("ledger", done)

    until = f"（至 {moment(run.undo_until)}）" if run.undo_until else ""
    purpose = f"导入后 24 小时内{until}可以整批撤销；之后已有变动的家庭保持原样，逐户列出原因。"
    return _page(run, "撤销台账导入", purpose, UndoForm, "撤销这次导入", work).answer(request)


@route("ledger.release", "ledger_run", "place", _HEAD, _POST)
def resume(request: HttpRequest, ref: str) -> HttpResponse:
    """Go on with an import that was interrupted, from where it stopped."""
    officer, run = _officer(request), queries.run(_officer(request), ref)

    def work() -> str:
        if run.state not in doing.AT_WORK:
            raise Refused(f"这次导入现为“{RunState(run.state).label}”，不需要继续。", "wrong_state")
        working.start(officer, working.CARRY, run)
        return doing.url("ledger", run)

    return pressed(request, work)
