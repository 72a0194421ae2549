"""核对请求: what waits to be sent, what is out, what came back (plan 四(二))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.clocks.desk import ClockView, clocks_of
from yimen.base.refs import new_ref
from yimen.casework.verification import queries
from yimen.desks.district.doing import may, readers, roles_of
from yimen.desks.district.upload import ResultFileForm, import_jobs, progress_of
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.paging import cut
from yimen.desks.shared.reads import note_read
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import (
    Action,
    Block,
    Cell,
    Column,
    Empty,
    Fact,
    Link,
    Page,
    Pager,
    Row,
    Section,
    Table,
    Tag,
)
from yimen.desks.shared.work import case_url
from yimen.gateways.provincial import door
from yimen.law.calendar import today
from yimen.law.checks import SOURCES, source

TABS = (("waiting", "待发送"), ("sent", "已发送"), ("back", "已返回"))
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {"xlsx": _XLSX, "json": "application/json"}
IMPORT_NOTE = (
    "收 Excel（xlsx）和 JSON 两种结果文件。文件要么全部采用，要么一行也不采用；"
    "同一个文件送来两次会被认出，不会记两次；没有反馈的来源继续显示为待核对。"
)


def _clock(views: Sequence[ClockView]) -> Cell:
    found = next((view for view in views if view.code == "check_start"), None)
    return Cell(tag=Tag(found.tone, found.text)) if found else Cell("—")


def _waiting_table(officer: Officer, request: HttpRequest, on: date) -> tuple[Table, Pager]:
    page, pager = cut(request, queries.waiting_with_counts(officer))
    rows = list(page.object_list)
    clocks = clocks_of("application", [row.application_id for row in rows], on)
    lapsed = queries.lapsed(rows, on)
    made = []
    for row in rows:
        names = "、".join(lapsed.get(row.pk, []))
        item = row.application
        made.append(
            Row(
                [
                    Link(item.applicant.name, case_url(item.ref)),
                    item.number,
                    item.township.name,
                    row.asked,
                    f"{row.requested_on} {row.requested_by.name}",
                    _clock(clocks.get(item.pk, [])),
                    Cell(tag=Tag("amber", "授权已失效，不能发出"), note=names) if names else Tag("blue", "可以发出"),
                ],
                tone="different" if names else "",
            )
        )
    columns = ["申请人", "案号", "乡街", Column("人数", numeric=True), "提请", "启动核对时限", "状态"]
    empty = Empty("没有等待发送的核对请求。乡街提请核对后会列在这里。")
    return Table(columns, made, label="待发送的核对请求", empty=empty), pager


def _batch_table(officer: Officer, request: HttpRequest, returned: bool) -> tuple[Table, Pager]:
    page, pager = cut(request, queries.visible_batches(officer).filter(returned_on__isnull=not returned), "批")
    rows = [
        Row(
            [
                Link(row.number, reverse("district:batch", args=[row.ref])),
                f"{row.prepared_on}",
                row.sent_by.name,
                row.cases,
                row.persons,
                f"{row.returned_on}" if row.returned_on else f"还有 {row.open_cases} 件待核对",
                Tag("green", "全部返回") if row.returned_on else Tag("amber", "待核对"),
            ]
        )
        for row in page.object_list
    ]
    columns = [
        "批次", "提请日期", "发出", Column("件数", numeric=True), Column("人数", numeric=True), "返回", "状态",
    ]  # fmt: skip
    label, words = ("已返回的批次", "还没有返回的批次。") if returned else ("已发送的批次", "没有在等待结果的批次。")
    return Table(columns, rows, label=label, empty=Empty(words)), pager


def _tabs(officer: Officer, current: str) -> list[Link]:
    batches = queries.visible_batches(officer)
    counts = {
        "waiting": queries.waiting_with_counts(officer).count(),
        "sent": batches.filter(returned_on__isnull=True).count(),
        "back": batches.filter(returned_on__isnull=False).count(),
    }
    url = reverse("district:checks")
    return [Link(label, f"{url}?tab={code}", current=code == current, count=str(counts[code])) for code, label in TABS]


def _practice(allowed: bool) -> Action | None:
    if not (allowed and settings.YIMEN_DEMO):
        return None
    return Action("由练习核对机构答复", reverse("district:practice"), "post", hidden={"once": new_ref()})


@route("checks.read", "check_batch", "district", readers())
def checks(request: HttpRequest) -> HttpResponse:
    """Requests and batches; the checker sends, imports and, in the demo, lets the practice province answer."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    asked = request.GET.get("tab", "")
    tab = asked if asked in dict(TABS) else TABS[0][0]
    if tab == "waiting":
        table, pager = _waiting_table(officer, request, today())
    else:
        table, pager = _batch_table(officer, request, tab == "back")
    sending, importing = may(officer, "send_checks"), may(officer, "import_results")
    send_it = Action("发出并下载请求文件", reverse("district:send_checks"), primary=True)
    return show(
        request,
        "district/checks.html",
        page=Page(
            "核对请求",
            "乡街提请、区里成批发出、省级核对机构反馈。没有反馈就是待核对，不当作没有。",
            tools=[send_it] if sending else [],
        ),
        tabs=_tabs(officer, tab),
        table=table,
        pager=pager,
        import_form=ResultFileForm() if importing else None,
        import_url=reverse("district:import_results"),
        import_hidden={"once": new_ref()},
        import_note=IMPORT_NOTE,
        progress=progress_of(officer),
        practice=_practice(importing),
        blocks=import_jobs(officer) if importing else (),
    )


class SourcesForm(forms.Form):
    """Which sources are asked; all of them unless somebody takes one away."""

    sources = forms.MultipleChoiceField(
        label="提请的数据来源",
        choices=[(row.code, f"{row.label}：{row.body}") for row in SOURCES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个数据来源。"},
    )


def _leaving(officer: Officer, on: date) -> Section:
    waiting = list(queries.waiting_with_counts(officer))
    lapsed = queries.lapsed(waiting, on)
    leaving = [row for row in waiting if row.pk not in lapsed]
    facts = [Fact("这次发出", f"{len(leaving)} 件，{sum(row.asked for row in leaving)} 人")]
    facts += [
        Fact(
            "暂不发出",
            f"{row.application.applicant.name}（{row.application.number}）",
            "、".join(lapsed[row.pk]) + " 授权已失效",
        )
        for row in waiting
        if row.pk in lapsed
    ]
    return Section(
        "leaving", "发出哪些", "没有有效书面授权的人员不会写进文件（社会救助法第四十条、第四十一条）。", facts=facts
    )


@route("checks.send", "check_batch", "district", roles_of("send_checks"), ("GET", "POST"))
def send(request: HttpRequest) -> HttpResponse:
    """发出并下载请求文件: all waiting requests leave as one batch."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    on = today()

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        form = SourcesForm(data, initial={"sources": [row.code for row in SOURCES]})
        return [_leaving(officer, on), Section("sources", "向哪些来源核对", form=form)]

    def run(sections: Sequence[Section]) -> str:
        form = sections[1].form
        batch = door.send(officer, form.cleaned_data["sources"] if form else [])
        return reverse("district:batch", args=[batch.ref])

    head = Page(
        "发出核对请求文件",
        "发出后生成批次和请求文件，可以下载，也已放进交换文件夹。",
        crumbs=[Link("核对请求", reverse("district:checks"))],
    )
    cancel = Link("返回核对请求", reverse("district:checks"))
    return ActPage(head, build, run, "发出并下载请求文件", cancel=cancel, enter_next=False).answer(request)


def _case_row(row: Any) -> Row:
    item = row.application
    state = Tag("green", f"{row.returned_on} 返回") if row.complete else Tag("amber", "待核对")
    return Row(
        [Link(item.applicant.name, case_url(item.ref)), item.number, item.township.name, f"第 {row.round} 次", state]
    )


def _file_block(found: Any) -> Block:
    rows = [
        Row(
            [
                Link(row.number or "未编号", reverse("district:result_file", args=[row.ref])),
                row.agency,
                f"{row.answered_on}",
                row.rows,
                "部分反馈" if row.partial else "全部反馈",
                f"{moment(row.taken_at)} {row.taken_by.name}",
            ]
        )
        for row in queries.files_of(found)
    ]
    columns = ["结果文件", "核对机构", "反馈日期", Column("项数", numeric=True), "范围", "导入"]
    table = Table(columns, rows, label="结果文件", empty=Empty("还没有导入结果文件。"))
    return Block("收到的结果文件", table=table)


@route("checks.read", "check_batch", "district", readers())
def batch(request: HttpRequest, ref: str) -> HttpResponse:
    """One batch: its cases, its request file in both forms, the result files that answered it."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    found = queries.batch(officer, ref)
    tools = [
        Action(
            f"下载请求文件（{word}）", reverse("district:request_file", args=[ref, suffix]), primary=suffix == "xlsx"
        )
        for suffix, word in (("xlsx", "Excel"), ("json", "JSON"))
    ]
    page, pager = cut(request, queries.requests_of(found))
    state = Tag("green", f"{found.returned_on} 全部返回") if found.returned_on else Tag("amber", "待核对")
    facts = [
        Fact("提请日期", f"{found.prepared_on}"),
        Fact("发出", found.sent_by.name),
        Fact("件数、人数", f"{found.cases} 件，{found.persons} 人"),
    ]
    asked = "、".join(source(code).label for code in found.sources)
    return show(
        request,
        "shared/list.html",
        page=Page(
            found.number,
            "请求文件含身份证号，只交给省级核对机构；下载会留痕。",
            crumbs=[Link("核对请求", reverse("district:checks"))],
            tools=tools if may(officer, "send_checks") else [],
            tags=[state],
        ),
        table=Table(
            ["申请人", "案号", "乡街", "核对", "状态"],
            [_case_row(row) for row in page.object_list],
            label="批次中的案件",
        ),
        pager=pager,
        blocks=[
            Block("批次", f"内容摘要 {found.digest}", facts=facts, text=f"向这些来源提请：{asked}。"),
            _file_block(found),
        ],
    )


@route("checks.send", "check_batch", "district", roles_of("send_checks"))
def request_file(request: HttpRequest, ref: str, suffix: str) -> HttpResponse:
    """The request file as it left; the download is noted, since identity numbers are in it (K33)."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    if suffix not in _TYPES:
        raise Http404
    found = queries.batch(officer, ref)
    note_read(officer, door.KIND, ref, purpose="下载核对请求文件", channel=suffix)
    return HttpResponse(
        door.request_bytes(found, suffix),
        content_type=_TYPES[suffix],
        headers={
            "Content-Disposition": f'attachment; filename="{door.request_name(found, suffix)}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
