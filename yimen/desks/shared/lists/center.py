"""导出中心 (S31): ask for a file, see what became of it, fetch it, let a colleague's file go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.exports import desk
from yimen.base.exports.models import KINDS, Export
from yimen.base.jobs import desk as jobs
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Pick, Text
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.collecting import Collecting, TooMany
from yimen.desks.shared.lists.exporting import Wish, open_page, take, words_of
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Fact, Link, Page, Row, Section, Table, Tag
from yimen.law.calendar import as_moment

PLAIN = "application/octet-stream"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TONES = {
    "building": "blue",
    "waiting": "amber",
    "ready": "green",
    "declined": "red",
    "failed": "red",
    "gone": "neutral",
}
LIST = Listing(
    "exports",
    "我的导出",
    ("名单", "导出时间", "行数", "号码", "筛选", "状态", "清除时间", "下一步"),
    sorts={"名单": ("title",), "导出时间": ("asked_at",), "行数": ("rows",)},
    numeric=frozenset({"行数"}),
    unit="个",
)


def _at(moment: Any) -> str:
    return f"{as_moment(moment):%Y-%m-%d %H:%M}" if moment else "—"


def _numbers(export: Export) -> str:
    return "完整" if export.full else "与屏幕相同"


def _row(export: Export) -> Row:
    step: Any = "—"
    if export.state == "ready":
        step = Action("下载", reverse("export_link", args=[export.ref]), "post")
    state = Cell(tag=Tag(TONES[export.state], export.state_label), note=export.why)
    return Row(
        [
            Cell(export.title, strong=True),
            _at(export.asked_at),
            export.rows,
            _numbers(export),
            export.words or "全部",
            state,
            _at(export.expires_at),
            step,
        ],
        ref=export.ref,
        name=export.title,
    )


def _waiting(officer: Officer) -> list[Block]:
    rows = [
        Row(
            [
                Link(export.title, reverse("export_release", args=[export.ref])),
                export.staff.name,
                _at(export.asked_at),
                export.rows,
                KINDS[export.kind],
                export.reason or "—",
                Link("核对放行", reverse("export_release", args=[export.ref])),
            ]
        )
        for export in desk.to_release(officer)[:100]
    ]
    if not rows:
        return []
    columns = ["名单", "导出人", "导出时间", "行数", "内容", "理由", "下一步"]
    table = Table(columns, rows, label="等待我放行的导出")
    return [Block("等待我放行", "行数达到规定的导出须由另一位负责人放行；放行人不下载文件。", table=table)]


def _progress(officer: Officer) -> dict[str, Any] | None:
    """The export that is being written now, as the progress card shows it."""
    export = desk.own(officer).filter(state="building").exclude(job_ref="").first()
    view = jobs.job_view(export.job_ref) if export else None
    if export is None or view is None or view.over:
        return None
    text = f"{export.title}：{view.note or '正在排队'}"
    return {"url": reverse("export_job", args=[export.ref]), "done": view.progress, "of": view.total or 1, "text": text}


@route("exports.read", "export", "own", desk.EXPORTERS)
def exports(request: HttpRequest) -> HttpResponse:
    """The own exports, newest first; above them what waits for this officer."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    asked = Asked(request, LIST)
    found, pager = asked.page(asked.ordered(desk.own(officer)))
    table = asked.table(
        [_row(export) for export in found],
        empty=Empty("还没有导出过。在任何一个名单的右上角点“导出 Excel”，文件会列在这里。"),
    )
    return show(
        request,
        "shared/exports.html",
        page=Page("导出中心", "文件保留 24 小时，下载链接 60 秒内有效、只用一次；谁导出、导出什么、多少行都有留痕。"),
        table=table,
        pager=pager,
        lister=tools(asked),
        waiting=_waiting(officer),
        progress=_progress(officer),
    )


@route("exports.read", "export", "own", desk.EXPORTERS)
def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far a long export is; when it is over the browser goes back to the list."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    export = gate.fetch(officer, Export.objects.all(), ref)
    view = jobs.job_view(export.job_ref)
    htmx = bool(request.htmx)  # type: ignore[attr-defined]
    if htmx and view is not None and not view.over:
        return render(request, "shared/parts/progress.html", {"progress": _progress(officer)})
    if htmx:
        return HttpResponse(headers={"HX-Redirect": reverse("exports")})
    return redirect("exports")


# -- asking ------------------------------------------------------------------------------


def _wish(data: QueryDict) -> Wish:
    """The page that is meant; an address of another site, or none at all, means nothing here."""
    return Wish(urlsplit(data.get("path", "")).path or "/", data.get("query", "")[:2000], data.get("form", "")[:400])


def _after(request: HttpRequest, officer: Officer, export: Export) -> HttpResponse:
    if export.state == "ready":
        return redirect("export_file", desk.link(officer, export.ref))
    told = {"waiting": export.why, "building": "行数较多，正在后台生成，完成后在这里下载。"}
    messages.warning(request, f"“{export.title}”：{told.get(export.state, export.why)}")
    return redirect("exports")


@route("exports.ask", "export", "own", desk.EXPORTERS, ("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Take along what is on screen."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    if request.method != "POST":
        return redirect("exports")
    return _after(request, officer, take(officer, _wish(request.POST)))


class FullForm(forms.Form):
    """Why whole numbers are needed, and the code of the moment."""

    reason = Text("为什么需要完整号码、交给谁用", longest=200, rows=2)
    code = Text("动态口令（6 位）", longest=6)


def _facts(officer: Officer, wish: Wish) -> list[Fact]:
    try:
        found = open_page(officer, wish, Collecting(full=True))
    except TooMany as many:
        return [Fact("行数", f"{many.count} 行，在后台生成")]
    rows = found.total if found.total is not None else len(found.context["table"].rows)
    return [
        Fact("名单", found.context["page"].title),
        Fact("筛选", words_of(found.context) or "全部"),
        Fact("行数", f"{rows} 行"),
        Fact("包含", "完整身份证号、银行账号。达到 25 行的，另一位负责人放行后才能下载。"),
    ]


@route("exports.full", "export", "own", desk.IN_FULL, ("GET", "POST"))
def full(request: HttpRequest) -> HttpResponse:
    """With whole identity and account numbers: a reason, a fresh code, an entry, and from 25 rows a second person."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    wish = _wish(request.POST if request.method == "POST" else request.GET)
    if wish.path == "/":
        return redirect("exports")

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [Section("full", "导出完整号码", form=FullForm(data), facts=_facts(officer, wish))]

    def run(sections: Sequence[Section]) -> str:
        data = sections[0].form.cleaned_data if sections[0].form else {}
        export = take(officer, wish, full=True, **data)
        if export.state == "waiting":
            messages.warning(request, f"“{export.title}”：{export.why}")
        return reverse("exports")

    head = Page(
        "导出完整号码",
        "只在确实需要时使用，例如导出后改好再导入。谁导出、理由、涉及哪些人都会留痕，当事人可以查到。",
        crumbs=[Link("导出中心", reverse("exports"))],
    )
    hidden = {"path": wish.path, "query": wish.query}
    cancel = Link("返回", reverse("exports"))
    return ActPage(head, build, run, "导出", cancel=cancel, hidden=hidden, enter_next=False, drafts=False).answer(
        request
    )


# -- fetching ----------------------------------------------------------------------------


@route("exports.fetch", "export", "own", desk.EXPORTERS, ("GET", "POST"))
def link(request: HttpRequest, ref: str) -> HttpResponse:
    """A fresh way to the file; whoever reloads the address lands in the list."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    if request.method != "POST":
        gate.fetch(officer, Export.objects.all(), ref)
        return redirect("exports")
    return redirect("export_file", desk.link(officer, ref))


@route("exports.fetch", "export", "own", desk.EXPORTERS)
def file(request: HttpRequest, token: str) -> HttpResponse:
    """The file itself, once, as an attachment that no cache keeps."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    export, content = desk.fetch(officer, token)
    # A file that has a name of its own, such as one for a bank, keeps it.
    own = str(export.asked.get("file", "")) if isinstance(export.asked, dict) else ""
    name = own or f"{export.title}-{as_moment(export.asked_at):%Y%m%d-%H%M}.xlsx"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=XLSX if name.endswith(".xlsx") else PLAIN, headers=headers)


# -- the second person -------------------------------------------------------------------


class ReleaseForm(forms.Form):
    """Let it go or not, with the code of the moment."""

    agree = Pick("结论", [("yes", "放行"), ("no", "不放行")], radio=True)
    note = Text("不放行的理由", longest=300, rows=2, needed=False)
    code = Text("动态口令（6 位）", longest=6)


def _told(export: Export) -> list[Fact]:
    return [
        Fact("名单", export.title),
        Fact("导出人", export.staff.name),
        Fact("导出时间", _at(export.asked_at)),
        Fact("筛选", export.words or "全部"),
        Fact("行数", f"{export.rows} 行"),
        Fact("内容", KINDS[export.kind]),
        Fact("号码", _numbers(export)),
        Fact("理由", export.reason or "—"),
        Fact("为什么要放行", export.why or "—"),
        Fact("状态", export.state_label),
    ]


@route("exports.release", "export", "place", desk.RELEASERS, ("GET", "POST"))
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Another officer looks at who wants what and why, and decides; the content is not shown."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    export = gate.fetch(officer, Export.objects.select_related("staff"), ref)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [Section("release", "核对", form=ReleaseForm(data), facts=_told(export))]

    def run(sections: Sequence[Section]) -> str:
        data = sections[0].form.cleaned_data if sections[0].form else {}
        desk.release(officer, ref, code=data["code"], agree=data["agree"] == "yes", note=data["note"])
        return reverse("exports")

    head = Page(
        "放行导出", "核对用途和行数是否相当；放行后由导出人本人下载。", crumbs=[Link("导出中心", reverse("exports"))]
    )
    cancel = Link("返回", reverse("exports"))
    return ActPage(head, build, run, "提交", cancel=cancel, enter_next=False, drafts=False).answer(request)
