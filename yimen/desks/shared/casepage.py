"""The case on one screen (S4): timeline of section 四, current work, figures with their why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yimen.base.access import gate
from yimen.base.access.memory import under_way
from yimen.base.access.officer import Officer
from yimen.casework.applications import queries as applications
from yimen.desks.shared import casetabs
from yimen.desks.shared.panel import panel, reckoning_blocks
from yimen.desks.shared.paperviews import note_case_read
from yimen.desks.shared.routes import CASE_STAFF, route
from yimen.desks.shared.shapes import Action, Fact, Link, Page, Step, Tag
from yimen.desks.shared.timeline import timeline
from yimen.desks.shared.work import Powers, act_url, case_url, fits, work_of
from yimen.law.calendar import today
from yimen.law.identity import mask_identity
from yimen.law.procedure import next_steps
from yimen.law.terms import ENDS, Order, Stage

# So few buttons all stand open; of more, only those that move the case on.
FEW = 4

TABS = (
    ("", "办理"),
    ("family", "家庭"),
    ("check", "比对"),
    ("visit", "调查"),
    ("materials", "材料"),
    ("papers", "文书"),
    ("record", "记录"),
)


def _actions(officer: Officer, application: Any) -> tuple[list[tuple[Action, bool]], str]:
    """Buttons of this officer, one primary, each with whether it moves the case on; and who is next, if not they."""
    powers, on = Powers(officer.district), today()
    stage = Stage(application.stage)
    rows = [row for row in next_steps(Order(application.order), stage) if row.roles]
    mine = [row for row in rows if fits(officer, row, application, powers, on)]
    work = work_of(officer, [application], on)[0]
    first = work.step.act if work.step else ""
    mine.sort(key=lambda row: row.act != first)
    few = len(mine) <= FEW
    actions = [
        (
            Action(row.label, act_url(application.ref, row.act), primary=row.act == first),
            few or row.act == first or bool(row.to),
        )
        for row in mine
    ]
    if stage in ENDS or (actions and work.mine):
        return actions, ""
    if work.step is None:
        return actions, f"本件现为“{stage.label}”，{work.waiting}。" if work.waiting else ""
    who = "、".join(role.label for role in work.step.roles)
    return actions, f"下一步“{work.step.label}”由{who}办理。"


def _line(application: Any, members: int) -> str:
    parts = [application.number, application.village.name, f"{members} 口人"]
    if application.accepted_on:
        parts.append(f"受理 {application.accepted_on:%Y-%m-%d}")
    else:
        parts.append(f"申请 {application.applied_on:%Y-%m-%d}")
    if application.handler:
        parts.append(f"经办 {application.handler.name}")
    return " · ".join(parts)


def _tags(application: Any, officer: Officer) -> list[Tag]:
    work = work_of(officer, [application], today())[0]
    tags = [Tag("blue", f"{applications.business_words(application)}·新申请")]
    clock = work.pressing
    stage = Stage(application.stage)
    if clock and stage not in ENDS:
        tags.append(Tag(clock.tone, f"{stage.label}·{clock.text}"))
    else:
        tags.append(Tag("neutral", stage.label))
    filings = applications.relative_filings(application)
    tags.append(
        Tag("amber", "近亲属已备案" if all(row.filed_on for row in filings) else "近亲属待备案")
        if filings
        else Tag("neutral", "无近亲属关系申明")
    )
    return tags


def _identity(application: Any, shown: bool) -> Fact:
    number = application.applicant.identity
    reveal = None if shown else Action("显示（留痕）", case_url(application.ref), "post")
    return Fact("身份证", number if shown else mask_identity(number), reveal=reveal)


@route("application.read", "application", "place", CASE_STAFF, ("GET", "POST"))
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """The case page. A POST shows the identity number once, and is logged as such (K33)."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    application = gate.fetch(officer, applications.applications(), ref)
    shown = request.method == "POST"
    note_case_read(officer, application, "显示身份证号" if shown else "办理业务", "page")
    tab = request.GET.get("tab", "")
    tab = tab if tab in dict(TABS) else ""
    # One look: what several parts of the page ask about the case is read once.
    with under_way():
        context = _context(officer, application, tab, shown)
    return render(request, "shared/case.html", context)


def _context(officer: Officer, application: Any, tab: str, shown: bool) -> dict[str, Any]:
    ref, members = application.ref, applications.participants(application)
    actions, cannot = _actions(officer, application)
    steps: Sequence[Step] = timeline(application)
    return {
        "page": Page(
            application.applicant.name,
            crumbs=[Link("待办", "/"), Link(application.applicant.name, "", current=True)],
            tags=_tags(application, officer),
        ),
        "line": _line(application, len(members)),
        "identity": _identity(application, shown),
        "steps": steps,
        "tabs": [Link(label, case_url(ref, code), current=code == tab) for code, label in TABS],
        "blocks": casetabs.blocks(tab, officer, application),
        "actions": [item for item, near in actions if near],
        "more": [item for item, near in actions if not near],
        "cannot": cannot,
        "busy": "",
        **panel(application),
        "side": casetabs.side(application),
    }


@route("application.reckoning", "application", "place", CASE_STAFF)
def reckoning(request: HttpRequest, ref: str) -> HttpResponse:
    """Every step of the amount with its article and parameter version, on one page."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    application = gate.fetch(officer, applications.applications(), ref)
    note_case_read(officer, application, "查看核算", "page")
    context = {
        "page": Page(
            "金额怎么算出来的",
            "每一个数字的来历、公式、依据条文和参数版本。",
            crumbs=[Link(application.applicant.name, case_url(ref)), Link("核算", "", current=True)],
        ),
        "blocks": reckoning_blocks(application),
    }
    return render(request, "shared/reckoning.html", context)
