"""Opening, submitting, approving, releasing, returning, withdrawing a roll: one POST, one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.refusal import Refused
from yimen.casework.payments import acts, queries, roll_reading as reading
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.caseacts.parts import Several
from yimen.desks.shared.fields import Pick, Text
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import pressed, version_of
from yimen.desks.shared.shapes import Block, Link, Page, Section
from yimen.desks.township.money.parts import BOTH, officer_of, roles_of
from yimen.desks.township.money.rolls import doing, working
from yimen.desks.township.money.rolls.pages import left_choices
from yimen.desks.township.money.rolls.totals import brief_totals
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.payments.terms import RollState

_POST = ("POST",)


class MonthForm(forms.Form):
    """Which month's roll."""

    month = Pick("月份", [])

    def __init__(self, data: Any) -> None:
        now = month_of(today())
        super().__init__(data, initial={"month": now})
        months = [later_month(now, step) for step in (0, -1, 1)]
        self.fields["month"].choices = [(month, month) for month in months]  # type: ignore[attr-defined]


class FurtherForm(forms.Form):
    """Who of those left out comes into a further roll."""

    awards = Several("列入补充名册的家庭")

    def __init__(self, lines: Sequence[Any], data: Any) -> None:
        super().__init__(data)
        self.fields["awards"].choices = left_choices(lines)  # type: ignore[attr-defined]


class RollCodeForm(forms.Form):
    """The second factor of who approves or releases."""

    code = Text("动态口令（6 位）", longest=6)


class RollReasonForm(forms.Form):
    """Why a roll goes back."""

    reason = Text("退回的原因", longest=200)


class NothingForm(forms.Form):
    """Nothing is asked."""


@route("payments.open_roll", "roll", "place", roles_of("open_roll"), BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Choose the month; the roll is then drawn up as a job."""
    officer = officer_of(request)

    def build(data: Any, files: Any) -> Sequence[Section]:
        note = "先把当月的变更办完，再编制。编制只是预览，可以重新编制、撤回；发布以后才冻结。"
        return [Section("roll", "哪个月", note=note, form=MonthForm(data))]

    def run(sections: Sequence[Section]) -> str:
        made = acts.open_roll(officer, month=sections[0].form.cleaned_data["month"])  # type: ignore[union-attr]
        working.start(officer, working.DRAW, made)
        return doing.url("roll", made)

    return ActPage(
        page=Page("编制名册", "按在保情况、变更决定、应补和扣回，算出本乡街每一户当月发多少。", crumbs=doing.crumbs()),
        build=build, run=run, submit="开始编制", cancel=Link("返回", reverse("township:rolls")), enter_next=False,
    ).answer(request)  # fmt: skip


@route("payments.open_roll", "roll", "place", roles_of("open_roll"), BOTH)
def further(request: HttpRequest, ref: str) -> HttpResponse:
    """A further roll of the same month for those who were left out and may be paid now."""
    officer = officer_of(request)
    roll = queries.roll(officer, ref)
    lines = list(reading.left_out(officer, roll))

    def build(data: Any, files: Any) -> Sequence[Section]:
        note = "已经解除暂缓、可以在本月发放的勾选；不勾选的，以后的月度名册会自动补发。"
        return [Section("further", "补充名册", note=note, form=FurtherForm(lines, data))]

    def run(sections: Sequence[Section]) -> str:
        chosen = sections[0].form.cleaned_data["awards"]  # type: ignore[union-attr]
        made = acts.open_roll(officer, month=roll.month, awards=chosen)
        working.start(officer, working.DRAW, made)
        return doing.url("roll", made)

    return ActPage(
        page=Page("编制补充名册", doing.title(roll), crumbs=doing.crumbs(roll)), build=build, run=run,
        submit="开始编制", cancel=Link("返回", doing.url("roll", roll)), enter_next=False,
    ).answer(request)  # fmt: skip


@route("payments.submit_roll", "roll", "place", roles_of("submit_roll"), _POST)
def submit(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand the preview to the head."""
    officer = officer_of(request)
    roll = queries.roll(officer, ref)

    def work() -> str:
        acts.submit_roll(officer, ref=ref, version=version_of(request))
        return doing.url("roll", roll)

    return pressed(request, work)


_WORK = {
    RollState.DRAWING: working.DRAW, RollState.PREVIEWED: working.DRAW, RollState.RUNNING: working.FREEZE,
}  # fmt: skip


@route("payments.resume_roll", "roll", "place", roles_of("open_roll"), _POST)
def resume(request: HttpRequest, ref: str) -> HttpResponse:
    """Draw up anew, or go on freezing from where it stopped."""
    officer = officer_of(request)
    roll = queries.roll(officer, ref)

    def work() -> str:
        state = RollState(roll.state)
        act = "release_roll" if state is RollState.RUNNING else "open_roll"
        if state not in _WORK or not doing.may(officer, act, roll):
            raise Refused(f"这份名册现为“{state.label}”，您不需要（或不能）继续。", "wrong_state")
        working.start(officer, _WORK[state], roll)
        return doing.url("roll", roll)

    return pressed(request, work)


def _page(
    request: HttpRequest, ref: str, title: str, purpose: str, form: type[forms.Form],
    work: Callable[[Any, dict[str, Any], int], Any],
) -> HttpResponse:  # fmt: skip
    officer = officer_of(request)
    roll = queries.roll(officer, ref)
    asked = version_of(request)

    def build(data: Any, files: Any) -> Sequence[Section]:
        return [Section("act", title, note=purpose, facts=doing.roll_facts(roll), form=form(data))]

    def run(sections: Sequence[Section]) -> str:
        given = sections[0].form.cleaned_data  # type: ignore[union-attr]
        work(officer, given, roll.version if asked is None else asked)
        return doing.url("roll", roll)

    return ActPage(
        page=Page(title, doing.title(roll), crumbs=[*doing.crumbs(roll), Link(title, "", current=True)]),
        build=build, run=run, submit=title, version=roll.version, cancel=Link("返回", doing.url("roll", roll)),
        aside=[Block("合计", table=brief_totals(officer, roll))], enter_next=False,
    ).answer(request)  # fmt: skip


@route("payments.approve_roll", "roll", "place", roles_of("approve_roll"), BOTH)
def approve(request: HttpRequest, ref: str) -> HttpResponse:
    """The head's approval."""

    def work(officer: Any, given: dict[str, Any], version: int) -> None:
        acts.approve_roll(officer, ref=ref, version=version, code=given["code"])

    purpose = "核对户数、人数、金额和与上月的差异，看过“有提示”的家庭以后批准。编制的人不能批准。"
    return _page(request, ref, "批准名册", purpose, RollCodeForm, work)


@route("payments.release_roll", "roll", "place", roles_of("release_roll"), BOTH)
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """The release by a third person; the roll is then frozen as a job."""

    def work(officer: Any, given: dict[str, Any], version: int) -> None:
        done = acts.release_roll(officer, ref=ref, version=version, code=given["code"])
        working.start(officer, working.FREEZE, done)

    purpose = "发布后逐户冻结，不能再改；有错的在以后的名册里补发、扣回。编制、批准的人和参加过办理的人不能发布。"
    return _page(request, ref, "发布名册", purpose, RollCodeForm, work)


@route("payments.return_roll", "roll", "place", roles_of("return_roll"), BOTH)
def send_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Back to who prepared it, with the reason."""

    def work(officer: Any, given: dict[str, Any], version: int) -> None:
        acts.return_roll(officer, ref=ref, version=version, reason=given["reason"])

    return _page(request, ref, "退回名册", "退回后由编制人重新编制、再提交。", RollReasonForm, work)


@route("payments.withdraw_roll", "roll", "place", roles_of("withdraw_roll"), BOTH)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a roll back before its release."""

    def work(officer: Any, given: dict[str, Any], version: int) -> None:
        acts.withdraw_roll(officer, ref=ref)

    return _page(request, ref, "撤回名册", "撤回后这份名册作废，记录留存，可以另外编制。", NothingForm, work)
