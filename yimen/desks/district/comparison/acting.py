"""Asking for the month and taking in the answers: one POST, one act."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.access.once import once
from yimen.base.access.refusal import Refused
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.comparison import queries
from yimen.desks.district.comparison.pages import officer_of
from yimen.desks.district.comparison.parts import crumbs, url
from yimen.desks.district.doing import roles_of
from yimen.desks.district.upload import ResultFileForm
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.caseacts.parts import Several
from yimen.desks.shared.fields import Day
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Empty, Link, Page, Row, Section, Table, Tag, Tile
from yimen.gateways.provincial import door, monthly
from yimen.gateways.provincial.errors import SHOWN, BadFile, RowError
from yimen.law.calendar import month_of, today
from yimen.law.checks import monthly_source_codes, source

_BOTH, _POST = ("GET", "POST"), ("POST",)


class CompareForm(forms.Form):
    """Which sources, and by which day."""

    due_on = Day("要求反馈的日期", article="各来源最迟哪一天反馈。到期没有反馈的，在页面上标红并写明逾期天数。")
    sources = Several("比对的来源")

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data, initial={"sources": list(monthly_source_codes())})
        choices = [(code, f"{source(code).label}：{source(code).body}") for code in monthly_source_codes()]
        self.fields["sources"].choices = choices  # type: ignore[attr-defined]


@route("comparison.ask", "comparison", "district", roles_of("ask_comparison"), _BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Ask about everybody on assistance for this month, once."""
    officer, month = officer_of(request), month_of(today())

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        note = (
            "名单由系统按今天的在保情况一次列出：各项救助的保障人员，以及同意核对的义务人。"
            "没有授权书、不同意或者授权过期的不提请，另列名单（社会救助法第四十条、第四十一条）。每月只提请一次。"
        )
        return [Section("ask", f"{month} 的比对", note=note, form=CompareForm(data))]

    def run(sections: Sequence[Section]) -> str:
        given = sections[0].form.cleaned_data  # type: ignore[union-attr]
        made = acts.ask_comparison(officer, month=month, due_on=given["due_on"], sources=given["sources"])
        monthly.start_posting(officer, made)
        return url(made)

    return ActPage(
        page=Page("提请本月比对", "在保家庭与各来源比对一次，为本月办结作准备。", crumbs=crumbs()), build=build, run=run,
        submit="提请比对", cancel=Link("返回", reverse("district:comparisons")), enter_next=False,
    ).answer(request)  # fmt: skip


# -- answers -----------------------------------------------------------------------------


def _refusal(request: HttpRequest, run: Any, sentence: str, errors: Sequence[RowError], status: int) -> HttpResponse:
    rows = [
        Row([str(error.row) if error.row else "整个文件", error.column or "—", error.sentence], tone="refused")
        for error in errors[:SHOWN]
    ]
    return show(
        request,
        "district/import_result.html",
        status,
        page=Page("结果文件没有采用", "整个文件要么全部采用，要么一行也不采用。", crumbs=crumbs(run)),
        outcome=Tag("amber", sentence),
        tiles=[Tile("错误", str(len(errors)), tone="red")] if errors else (),
        table=Table(["行号", "列", "错误原因"], rows, label="错误", empty=Empty("没有改动任何内容，原来的结果都在。")),
        note=f"另有 {len(errors) - SHOWN} 处问题，未逐一列出。" if len(errors) > SHOWN else "",
        again=Link("重新导入", url(run)),
    )


def _take(request: HttpRequest, officer: Officer, run: Any, data: bytes, name: str) -> str:
    """Inline for small files, in the background for large ones."""
    result = monthly.read(officer, data)
    if result.row_count > door.LARGE:
        monthly.start(officer, result, data, name)
    else:
        messages.success(request, monthly.sentence_of(monthly.take(officer, result, data, name)))
    return url(run)


@route("comparison.import", "comparison", "district", roles_of("import_comparison"), _BOTH)
def take(request: HttpRequest, ref: str) -> HttpResponse:
    """Read the file where it can do no harm, hold it against what was asked, hand it to the room once."""
    officer = officer_of(request)
    run = queries.run(officer, ref)
    if request.method != "POST":
        return redirect(url(run))
    form = ResultFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refusal(request, run, "；".join(form.errors.get("file", ["请选择文件。"])), (), 422)
    upload = form.cleaned_data["file"]
    data = upload.read()
    body = {"file": hashlib.sha256(data).hexdigest()}
    try:
        found = once(
            request.user, request.POST.get("once", ""), body, lambda: _take(request, officer, run, data, upload.name)  # type: ignore[arg-type]
        )  # fmt: skip
    except BadFile as bad:
        return _refusal(request, run, bad.sentence, bad.errors, 422)
    except Refused as refused:
        return _refusal(request, run, refused.sentence, (), refused.status)
    return HttpResponseRedirect(str(found))


@route("comparison.import", "comparison", "district", roles_of("import_comparison"), _POST)
def practice(request: HttpRequest, ref: str) -> HttpResponse:
    """Demo only: the practice province answers every source that still lacks, and its answers are taken in."""
    officer = officer_of(request)
    if not settings.YIMEN_DEMO:
        raise Http404
    run = queries.run(officer, ref)
    for sentence in monthly.practise(officer, run) or ["各来源都已反馈。"]:
        messages.info(request, sentence)
    return redirect(url(run))
