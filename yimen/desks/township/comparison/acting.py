"""Settling hits: true (a change by one press), accounted for, or wrong; one household or a kind of several together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.casework.awards import queries as awards
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.comparison import queries, settling
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Day, Text
from yimen.desks.shared.listing import listing
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Fact, Link, Page, Section
from yimen.desks.township.comparison.parts import (
    before_cell,
    crumbs,
    kind_cell,
    now_cell,
    officer_of,
    url,
    who,
)
from yimen.law.comparison import HitState
from yimen.law.terms import Programme

_BOTH = ("GET", "POST")
_MOST = 200
_HEADS = "户主 对象 差异 原来 现在"


class DeathDayForm(forms.Form):
    """The day of a death, which no register gives as a date."""

    since = Day("死亡日期")


class ExplainForm(forms.Form):
    """Why a difference changes nothing about the assistance."""

    reason = Text("情况说明", longest=400, rows=3)
    evidence = Text("佐证", longest=200)


class DismissForm(forms.Form):
    """Why a difference is wrong."""

    reason = Text("不属实的理由", longest=400, rows=3)


# -- accounted for, or wrong ---------------------------------------------------------------


def _chosen(officer: Officer, refs: Sequence[str]) -> list[Any]:
    return list(queries.hits(officer).filter(ref__in=refs[:_MOST], state=str(HitState.OPEN)))


def _settling(
    request: HttpRequest, title: str, note: str, make: type[forms.Form], do: Callable[..., list[Any]]
) -> HttpResponse:
    """From the ticked rows to the page, whose address holds references only; there the reason, once for all."""
    officer = officer_of(request)
    if ticked := request.POST.getlist("ref"):
        return redirect(f"{request.path}?hits={','.join(dict.fromkeys(ticked))}")
    refs = [ref for ref in request.GET.get("hits", "").split(",") if ref]
    hits = _chosen(officer, refs)
    if not hits:
        messages.warning(request, "请先勾选要处理的差异；已处理的不用再办。")
        return redirect("township:comparison")
    homes = {hit.household_id for hit in hits}
    back = url(hits[0].award) if len(homes) == 1 else reverse("township:comparison")

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        rows = [
            (hit.award.household.head.name, who(hit), kind_cell(hit), before_cell(hit), now_cell(hit)) for hit in hits
        ]
        return [
            Section("settle", title, note=note, form=make(data)),
            Section("hits", f"选定的差异（{len(homes)} 户 {len(hits)} 项）", table=listing("", _HEADS, rows).table),
        ]

    def run(sections: Sequence[Section]) -> str:
        given = sections[0].form.cleaned_data  # type: ignore[union-attr]
        done = do(officer, refs=[hit.ref for hit in hits], **given)
        messages.success(request, f"已处理 {len(done)} 项。")
        return reverse("township:comparison")

    page = Page(
        title, "理由写进留痕；多户一并处理的，只限同一类差异。", crumbs=crumbs(hits[0] if len(homes) == 1 else None)
    )
    made = ActPage(page, build, run, title, cancel=Link("返回", back), drafts=False, enter_next=False)
    return made.answer(request)


@route("comparison.settle", "comparison_hit", "place", TOWNSHIP_ROLES, _BOTH)
def explain(request: HttpRequest) -> HttpResponse:
    """What was found is so and accounted for."""
    note = "查到的是事实，但不影响保障：例如代收的款已转付、车辆已过户待更新。写明情况和看到的佐证，保障不变。"
    return _settling(request, "说明比对差异", note, ExplainForm, acts.explain_comparison_hits)


@route("comparison.settle", "comparison_hit", "place", TOWNSHIP_ROLES, _BOTH)
def dismiss(request: HttpRequest) -> HttpResponse:
    """What was found is not so."""
    note = "查到的不是事实：例如同名、登记错误、早年的旧记录。写明怎么核实的，保障不变。死亡不属实的，暂缓发放另由一人解除。"
    return _settling(request, "认定差异不属实", note, DismissForm, acts.dismiss_comparison_hits)


# -- true ----------------------------------------------------------------------------------


@route("comparison.confirm", "award", "place", TOWNSHIP_ROLES, _BOTH)
def confirm(request: HttpRequest, ref: str) -> HttpResponse:
    """What was found is so: the change that it points to, prefilled; only the day of a death has to be filled in."""
    officer = officer_of(request)
    award = gate.fetch(officer, awards.awards(), ref)
    waiting = [hit for hit in queries.of_award(officer, award) if hit.state == HitState.OPEN]
    dead = settling.needs_day(waiting)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        note = "变化、涉及的成员、情况说明都由比对结果带入，不用再填。受理以后先核实，减发、停发以前照样听取意见。"
        facts = [Fact(f"差异 {number}", settling.sentence(hit)) for number, hit in enumerate(waiting, 1)]
        form = DeathDayForm(data) if dead else None
        return [Section("hits", "与上次不同的", note=note, facts=facts or [Fact("差异", "没有待处理的")], form=form)]

    def run(sections: Sequence[Section]) -> str:
        form = sections[0].form
        made = acts.confirm_hits(officer, award_ref=ref, since=form.cleaned_data["since"] if form else None)
        return reverse("township:change", args=[made.ref])

    head = f"{award.household.head.name}　{award.village.name}　{Programme(award.programme).label}"
    page = Page("登记比对发现的变动", head, crumbs=[*crumbs(), Link(award.household.head.name, url(award))])
    cancel = Link("返回", url(award))
    return ActPage(page, build, run, "登记变动", cancel=cancel, drafts=False, enter_next=False).answer(request)
