"""Signing, filing, sending back and going on with the close of a month: one POST, one act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.queries import closing as queries
from yimen.desks.shared import closing as view
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Text
from yimen.desks.shared.oneact import about
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import pressed, version_of
from yimen.desks.shared.shapes import Link, Section
from yimen.desks.township.closing import working
from yimen.desks.township.closing.pages import facts_of
from yimen.law import procedure
from yimen.law.calendar import today

_POST, _BOTH = ("POST",), ("GET", "POST")


def _roles(act: str) -> frozenset[Any]:
    return frozenset(procedure.OFFICE_STEPS[act].roles)


class CloseCodeForm(forms.Form):
    """The second factor of who files."""

    code = Text("动态口令（6 位）", longest=6)


class CloseReasonForm(forms.Form):
    """Why a signed month goes back."""

    reason = Text("原因", longest=300)


def _home(close: Any) -> str:
    return reverse("township:close_of", args=[close.month, close.area_id])


@route("closing.sign", "month_close", "place", _roles("sign_month"), _POST)
def sign(request: HttpRequest, month: str) -> HttpResponse:
    """The first signature."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return pressed(request, lambda: _home(acts.sign_month(officer, month=month)))


@route("closing.resume", "month_close", "place", _roles("file_month"), _POST)
def resume(request: HttpRequest, ref: str) -> HttpResponse:
    """Go on with a freezing that was interrupted, from where it stopped."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    close = queries.close(officer, ref)

    def work() -> str:
        working.start(officer, close)
        return _home(close)

    return pressed(request, work)


def _page(
    close: Any,
    title: str,
    purpose: str,
    form: type[forms.Form],
    act: Callable[[dict[str, Any]], Any],
    *checked: Section,
) -> ActPage:
    known = [*checked, Section("close", "签字", facts=facts_of(close))]
    return about(
        title, crumbs=[Link(f"月末办结　{close.month}", _home(close))], back=_home(close), form=form, known=known, act=act,
        purpose=purpose, version=close.version,
    )  # fmt: skip


@route("closing.file", "month_close", "place", _roles("file_month"), _BOTH)
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """File as the second person; the month is then frozen as a job."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    close = queries.close(officer, ref)
    version = version_of(request)

    def act(given: dict[str, Any]) -> None:
        seen = close.version if version is None else version
        working.start(officer, acts.file_month(officer, ref=ref, version=seen, code=given["code"]))

    now = today()
    views = queries.stages(close.area_id, close.month, now)
    table = view.stage_table(views, close.area_id, close.month, now, False)
    purpose = "请核对六个阶段。报备后本月存档，不再改动；区里可以写明原因重开。"
    checked = Section("stages", "六个阶段", table=table)
    return _page(close, "核对并报备", purpose, CloseCodeForm, act, checked).answer(request)


@route("closing.return", "month_close", "place", _roles("return_month"), _BOTH)
def send_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Send a signed month back, or take the own signature back."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    close = queries.close(officer, ref)

    def act(given: dict[str, Any]) -> None:
        acts.return_month(officer, ref=ref, reason=given["reason"])

    title = "撤回签字" if close.proposed_by_id == officer.staff.pk else "退回月末办结"
    return _page(close, title, "退回以后可以继续办理，再重新签字。", CloseReasonForm, act).answer(request)
