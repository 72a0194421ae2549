"""Handling differences: ticked ones together, one after the platform by a change, corrections there ticked off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from yimen.base.access.once import once
from yimen.base.access.refusal import Refused, Unknown
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.monthclose.platform import acts, queries
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Pick, Text
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Empty, Fact, Link, Page, Row, Section, Table
from yimen.desks.township.changes.forms import ReportForm
from yimen.desks.township.platform import doing
from yimen.desks.township.platform.run import what
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.platform import Handling
from yimen.law.terms import Programme

_BOTH = ("GET", "POST")
_NOTHING = "请先在名单里勾选差异，再点办理。"
WAYS = (
    (str(Handling.FIX), "我方正确，标记平台修改（列入平台修改清单）"),
    (str(Handling.KEPT), "两边都不改，写明理由保留（印在对账表上）"),
    (str(Handling.OPEN), "退回待处理"),
)


class HandleForm(forms.Form):
    """What becomes of the ticked differences."""

    how = Pick("怎样处理", WAYS, radio=True)
    reason = Text("保留的理由", longest=200, needed=False, rows=2)


def _lines(request: HttpRequest) -> list[Any]:
    officer = doing.officer_of(request)
    refs = [ref for ref in (request.POST.get("cases") or request.GET.get("cases", "")).split(",") if ref]
    return [queries.find_line(officer, ref) for ref in dict.fromkeys(refs[:500])]


def _ticked(request: HttpRequest) -> HttpResponse:
    """From the list to the page, whose address holds references only."""
    refs = ",".join(dict.fromkeys(request.POST.getlist("ref")))
    if not refs:
        messages.warning(request, _NOTHING)
        return redirect("township:platform")
    return redirect(f"{request.path}?cases={refs}")


def _table(lines: Sequence[Any]) -> Table:
    rows = [
        Row([line.head_name, line.village_name or "—", what(line), line.ours or "—", line.theirs or "—"])
        for line in lines
    ]
    return Table(["户主", "村（社区）", "差异", "我方", "平台"], rows, label="勾选的差异", empty=Empty(_NOTHING))


@route("platform.handle", "platform_line", "place", doing.ROLES, _BOTH)
def handle(request: HttpRequest) -> HttpResponse:
    """Ticked differences: to be mended on the platform, to stay for a reason, or back among the open ones."""
    if request.method == "POST" and "cases" not in request.POST:
        return _ticked(request)
    lines, officer = _lines(request), doing.officer_of(request)
    first = lines[0].run if lines else None
    back = doing.url("platform_run", first) if first else reverse("township:platform")
    where = (
        doing.crumbs(officer, month=first.month, township=first.township_id, run=first)
        if first
        else doing.crumbs(officer)
    )

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [
            Section("how", "对所有勾选的差异", form=HandleForm(data)),
            Section("lines", "勾选的差异", table=_table(lines)),
        ]

    def work(sections: Sequence[Section]) -> str:
        said = sections[0].form.cleaned_data  # type: ignore[union-attr]
        acts.handle_differences(officer, refs=[line.ref for line in lines], how=said["how"], reason=said["reason"])
        return back

    return ActPage(
        Page(
            "处理差异",
            f"共 {len(lines)} 条，按同一种办法处理。我方有误的，逐条点“采纳平台”。",
            crumbs=[*where, Link("处理差异", "", current=True)],
        ),
        build,
        work,
        f"办理 {len(lines)} 条",
        cancel=Link("返回", back),
        secondary=[
            Link(f"采纳平台：{line.head_name} {what(line)}", _adopt_url(line)) for line in lines[:3] if line.award_id
        ],
        hidden={"cases": ",".join(line.ref for line in lines)},
        drafts=False,
        enter_next=False,
    ).answer(request)


def _adopt_url(line: Any) -> str:
    return reverse("township:platform_adopt", args=[line.ref])


@route("platform.adopt", "platform_line", "place", doing.ROLES, _BOTH)
def adopt(request: HttpRequest, ref: str) -> HttpResponse:
    """Correct ours after the platform: the report of a change, prefilled; an open change of the award is joined instead."""
    officer = doing.officer_of(request)
    line = queries.find_line(officer, ref)
    if line.award is None:
        raise Refused(
            "我方没有这一户，不能更正：要纳入保障的请办理新登记申请，平台多出的请在“处理差异”里标记平台修改。",
            "nobody",
            409,
        )
    change = queries.open_change(line)
    initial = queries.proposed(line, officer.staff.name)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        known = Section("line", "这条差异", facts=_facts(line))
        if change is not None:
            return [known]
        return [Section("report", "登记变动", form=ReportForm(line.award, data, initial=initial)), known]

    def work(sections: Sequence[Section]) -> str:
        form = sections[0].form
        done = acts.adopt_platform(officer, ref=ref, report=_entry(form.cleaned_data) if form is not None else None)
        return reverse("township:change", args=[done.change.ref])  # type: ignore[union-attr]

    note = (
        f"这一户已有一件变更（{ChangeEvent(change.event).label}）正在办理，这条差异并入那件一起核实，不再另行登记。"
        if change is not None
        else "登记以后按变更的程序核实、决定；决定以前我方的数据和金额都不变。下一次导入平台数据时自动确认。"
    )
    return ActPage(
        Page(
            f"采纳平台：{line.head_name}",
            note,
            crumbs=[
                *doing.crumbs(officer, month=line.run.month, township=line.run.township_id, run=line.run),
                Link("采纳平台", "", current=True),
            ],
        ),
        build,
        work,
        "并入办理中的变更" if change is not None else "登记变动",
        cancel=Link("返回", doing.url("platform_run", line.run)),
        drafts=False,
        enter_next=False,
    ).answer(request)


def _facts(line: Any) -> list[Fact]:
    return [
        Fact("户主", line.head_name),
        Fact("项目", Programme(line.programme).label),
        Fact("差异", what(line)),
        Fact("我方", line.ours or "—"),
        Fact("平台", line.theirs or "没有这一户"),
    ]


def _entry(said: dict[str, Any]) -> ReportEntry:
    return ReportEntry(
        said["event"], said["since"], said["source"], said["reported_by"], said["statement"], tuple(said["concerns"])
    )


@route("platform.handle", "platform_line", "place", doing.ROLES, ("POST",))
def tick(request: HttpRequest) -> HttpResponse:
    """Tick ticked lines of the work list as mended on the platform, or take the tick away."""
    refs = list(dict.fromkeys(request.POST.getlist("ref")))
    done = request.GET.get("undo", "") != "1"
    month = request.GET.get("month", "")[:7]
    back = doing.month_url("platform_fixes", month) if month else reverse("township:platform")
    if not refs:
        messages.warning(request, _NOTHING)
        return redirect(back)

    def work() -> str:
        lines = acts.tick_fixed(doing.officer_of(request), refs=refs, done=done)
        return doing.month_url("platform_fixes", lines[0].run.month)

    try:
        url = once(request.user, request.POST.get("once", ""), {"refs": ",".join(refs), "done": str(done)}, work)  # type: ignore[arg-type]
    except Unknown:
        raise
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return redirect(back)
    return HttpResponseRedirect(str(url))
