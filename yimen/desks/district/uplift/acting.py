"""Opening, proposing, releasing, withdrawing and resuming a raise: one POST, one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.awards import acts, uplift_queries as queries
from yimen.desks.district.doing import roles_of
from yimen.desks.district.uplift import doing, working
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.caseacts.parts import Several
from yimen.desks.shared.fields import Text
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import pressed, version_of
from yimen.desks.shared.shapes import Fact, Link, Page, Section
from yimen.law.aftercare.uplift import UpliftState, programme_of
from yimen.law.calendar import month_of, today
from yimen.law.standards import KEYS, Figure

_POST, _BOTH = ("POST",), ("GET", "POST")
_KEYS = tuple(key for key in KEYS if programme_of(key) is not None)


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def _latest(district: str) -> list[Figure]:
    """The newest version of each standard of the district, released or shipped, the latest start first."""
    book, found = figures.book(), []
    for key in _KEYS:
        rows = [row for row in book.versions(key, offices.scopes(district)) if row.confirmed and row.valid_from]
        if rows:
            found.append(max(rows, key=lambda row: row.valid_from or today()))
    return sorted(found, key=lambda row: (row.valid_from or today(), row.key), reverse=True)


class UpliftForm(forms.Form):
    """Which new figures, from which month."""

    keys = Several("新标准")
    month = Text("起始月份", longest=7, article="新标准施行的月份，例如 2026-07。已经过去的月份按月补发。")

    def __init__(self, district: str, data: Any) -> None:
        found = _latest(district)
        newest = found[0].valid_from if found else None
        super().__init__(data, initial={"month": month_of(newest or today())})
        choices = [
            (row.key, f"{KEYS[row.key].label}　{row.shown()}（{row.valid_from} 起，{row.document}）") for row in found
        ]
        self.fields["keys"].choices = choices  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """The second factor of who releases."""

    code = Text(
        "动态口令（6 位）", longest=6, article="发布后逐户生效，不能整批撤销。须由提交人以外的人办理，并输入动态口令。"
    )


class WithdrawForm(forms.Form):
    """Why a run is taken back."""

    reason = Text("原因", longest=200, needed=False)


@route("uplift.open", "uplift", "district", roles_of("open_uplift"), _BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Choose the new figures; everybody is then reckoned as a job."""
    officer = _officer(request)

    def build(data: Any, files: Any) -> Sequence[Section]:
        note = "先在“政策与标准”里拟定并由另一人发布新标准，再在这里选用。核算只预览，不改动任何家庭。"
        return [Section("uplift", "新标准和起始月份", note=note, form=UpliftForm(officer.district, data))]

    def run(sections: Sequence[Section]) -> str:
        given = sections[0].form.cleaned_data  # type: ignore[union-attr]
        made = acts.open_uplift(officer, keys=given["keys"], month=given["month"].strip())
        working.start(officer, working.DRAW, made)
        return doing.url("uplift", made)

    return ActPage(
        page=Page("核算提高标准", "按新标准重新核算全区在保家庭，逐户列出前后金额。", crumbs=doing.crumbs()),
        build=build,
        run=run,
        submit="开始核算",
        cancel=Link("返回", reverse("district:uplifts")),
        enter_next=False,
    ).answer(request)


@route("uplift.propose", "uplift", "district", roles_of("propose_uplift"), _POST)
def submit(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand the preview to the other person."""
    officer = _officer(request)
    run = queries.run(officer, ref)

    def work() -> str:
        acts.propose_uplift(officer, ref=ref, version=version_of(request))
        return doing.url("uplift", run)

    return pressed(request, work)


@route("uplift.resume", "uplift", "district", roles_of("release_uplift"), _POST)
def resume(request: HttpRequest, ref: str) -> HttpResponse:
    """Go on with a run that was interrupted, from where it stopped."""
    officer = _officer(request)
    run = queries.run(officer, ref)
    kind = {UpliftState.DRAWING: working.DRAW, UpliftState.PREVIEWED: working.DRAW, UpliftState.RUNNING: working.CARRY}

    def work() -> str:
        state = UpliftState(run.state)
        if state not in kind:
            raise Refused(f"这次提标现为“{state.label}”，不需要继续。", "wrong_state")
        working.start(officer, kind[state], run)
        return doing.url("uplift", run)

    return pressed(request, work)


def _page(
    run: Any, title: str, purpose: str, form: type[forms.Form], submit: str, work: Callable[[dict[str, Any]], str]
) -> ActPage:
    def build(data: Any, files: Any) -> Sequence[Section]:
        facts: list[Fact] = doing.run_facts(run)
        return [Section("act", title, form=form(data)), Section("uplift", "这次提标", facts=facts)]

    return ActPage(
        page=Page(title, purpose, crumbs=[*doing.crumbs(run), Link(title, "", current=True)]),
        build=build,
        run=lambda sections: work(sections[0].form.cleaned_data),  # type: ignore[union-attr]
        submit=submit,
        version=run.version,
        cancel=Link("返回", doing.url("uplift", run)),
        enter_next=False,
    )


@route("uplift.release", "uplift", "district", roles_of("release_uplift"), _BOTH)
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Release as the second person; the awards are then raised as a job."""
    officer = _officer(request)
    run = queries.run(officer, ref)
    version = version_of(request)

    def work(given: dict[str, Any]) -> str:
        done = acts.release_uplift(
            officer, ref=ref, version=run.version if version is None else version, code=given["code"]
        )
        working.start(officer, working.CARRY, done)
        return doing.url("uplift", done)

    purpose = "请核对标准、文号、起始月份和各乡街合计。减少的、无法核算的家庭不在其中。"
    return _page(run, "发布提高标准", purpose, ReleaseForm, "发布并执行", work).answer(request)


@route("uplift.withdraw", "uplift", "district", roles_of("withdraw_uplift"), _BOTH)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a run back, or send it back, before it was released."""
    officer = _officer(request)
    run = queries.run(officer, ref)

    def work(given: dict[str, Any]) -> str:
        acts.withdraw_uplift(officer, ref=ref, reason=given["reason"])
        return doing.url("uplift", run)

    title = "撤回提标" if run.proposed_by_id == officer.staff.pk else "退回提标"
    return _page(run, title, "没有改动任何家庭；核算结果丢弃，记录留存。", WithdrawForm, title, work).answer(request)
