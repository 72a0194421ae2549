"""导入核对结果: the upload, its outcome in one sentence, its faults by row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.access.once import once
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.jobs import desk as jobs
from yimen.casework.verification import queries
from yimen.desks.district.doing import readers, roles_of
from yimen.desks.district.upload import ResultFileForm, own_jobs, progress_words
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Column, Empty, Link, Page, Row, Table, Tag, Tile
from yimen.gateways.provincial import door, working
from yimen.gateways.provincial.errors import SHOWN, BadFile, RowError
from yimen.gateways.provincial.shapes import ResultFile

_IMPORT = roles_of("import_results")
_CRUMBS = (("核对请求", "district:checks"),)


def _page(title: str) -> Page:
    return Page(
        title, "整个文件要么全部采用，要么一行也不采用。", crumbs=[Link(text, reverse(name)) for text, name in _CRUMBS]
    )


def _again() -> Link:
    return Link("重新导入", reverse("district:checks"))


def _refusal(request: HttpRequest, sentence: str, errors: Sequence[RowError], status: int) -> HttpResponse:
    """The file was not taken: why, which rows, what to do."""
    rows = [
        Row(
            [
                str(error.row) if error.row else "整个文件",
                error.column or "—",
                error.sentence,
                "请核对机构更正后重新提供",
            ],
            tone="refused",
        )
        for error in errors[:SHOWN]
    ]
    columns = [Column("行号", numeric=True), "列", "错误原因", "怎么办"]
    return show(
        request,
        "district/import_result.html",
        status,
        page=_page("结果文件没有采用"),
        outcome=Tag("amber", sentence),
        tiles=[Tile("错误", str(len(errors)), tone="red")] if errors else (),
        table=Table(columns, rows, label="错误", empty=Empty("没有改动任何内容，原来的结果都在。")),
        note=f"另有 {len(errors) - SHOWN} 处问题，未逐一列出。" if len(errors) > SHOWN else "",
        again=_again(),
    )


def _take(officer: Officer, result: ResultFile, data: bytes, name: str) -> str:
    """Inline for small files, in the background for large ones; the address that tells the outcome."""
    if result.row_count > door.LARGE:
        return reverse("district:import_job", args=[working.start(officer, result, data, name)])
    taken = door.take(officer, result, data, name)
    return reverse("district:result_file", args=[taken.ref])


def _once(request: HttpRequest, data: bytes, work: Callable[[], str]) -> str:
    body = {"file": hashlib.sha256(data).hexdigest()}
    return str(once(request.user, request.POST.get("once", ""), body, work))  # type: ignore[arg-type]


@route("checks.import", "result_file", "district", _IMPORT, ("GET", "POST"))
def import_results(request: HttpRequest) -> HttpResponse:
    """Read the file where it can do no harm, hold it against its batch, hand it to the room once."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    if request.method != "POST":
        return redirect("district:checks")
    form = ResultFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refusal(request, "；".join(form.errors.get("file", ["请选择文件。"])), (), 422)
    upload = form.cleaned_data["file"]
    data = upload.read()
    try:
        result = door.read(officer, data)
        url = _once(request, data, lambda: _take(officer, result, data, upload.name))
    except BadFile as bad:
        return _refusal(request, bad.sentence, bad.errors, 422)
    except Refused as refused:
        return _refusal(request, refused.sentence, (), refused.status)
    return HttpResponseRedirect(url)


@route("checks.import", "job", "own", _IMPORT)
def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far a background import is: a card that reads itself again, then the result."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    view = next((found for found in own_jobs(officer) if found.ref == ref), None)
    if view is None:
        raise Http404
    htmx = bool(request.htmx)  # type: ignore[attr-defined]
    if view.over:
        return _over(request, view, htmx)
    if htmx:
        return render(request, "shared/parts/progress.html", {"progress": progress_words(view)})
    return redirect("district:checks")


def _over(request: HttpRequest, view: jobs.JobView, htmx: bool) -> HttpResponse:
    if htmx:
        return HttpResponse(headers={"HX-Redirect": reverse("district:import_job", args=[view.ref])})
    if view.state == "failed":
        return _refusal(request, view.error, (), 200)
    return redirect("district:result_file", view.result["file"])


@route("checks.read", "result_file", "district", readers())
def result(request: HttpRequest, ref: str) -> HttpResponse:
    """What a result file brought: new, the same again, too late; nothing is dropped silently (K5)."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    batch = queries.visible_batches(officer).filter(results__ref=ref).first()
    if batch is None:
        raise Unknown(ref)
    found = queries.files_of(batch).get(ref=ref)
    told = found.summary
    rows = [
        Row([place, case, door.source_label(code), "所属核对已经完成，这一项没有采用"], tone="different")
        for place, case, code in told["late"]
    ]
    late = told["late_rows"]
    return show(
        request,
        "district/import_result.html",
        page=_page(f"结果文件 {found.number}"),
        outcome=Tag("amber" if late else "green", door.sentence_of(found)),
        tiles=[
            Tile("收到", str(found.rows)),
            Tile("新", str(told["new"])),
            Tile("重复", str(told["same"])),
            Tile("迟到", str(late), tone="amber" if late else ""),
        ],
        table=Table(
            ["行号", "请求编号", "来源", "说明"], rows, label="没有采用的项", empty=Empty("全部采用，没有遗漏。")
        ),
        note=f"{found.agency}，反馈日期 {found.answered_on}。"
        + ("核对机构写明是部分反馈，其余来源继续待核对。" if found.partial else ""),
        again=Link(f"查看批次 {batch.number}", reverse("district:batch", args=[batch.ref])),
    )


@route("checks.import", "result_file", "district", _IMPORT, ("POST",))
def practice(request: HttpRequest) -> HttpResponse:
    """Demo only: the practice province answers what still waits, and its answers are taken in."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    if not settings.YIMEN_DEMO:
        raise Http404
    told = door.practice_round(officer)
    for sentence in told or ["没有等待答复的批次。请先发出核对请求文件。"]:
        messages.info(request, sentence)
    return redirect(f"{reverse('district:checks')}?tab=back")
