"""The list of imports, the upload, the template."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.once import once
from yimen.base.access.refusal import Refused
from yimen.base.figures.queries import figure
from yimen.base.refs import new_ref
from yimen.casework.awards import ledger_queries as queries
from yimen.desks.shared.fields import Pick, Upload
from yimen.desks.shared.moments import moment
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Cell, Column, Empty, Link, Page, Row, Table
from yimen.desks.township.ledgers import doing
from yimen.gateways.ledgers import door, working, writing
from yimen.law.calendar import today
from yimen.law.ledger import LEDGER_NAMES, SHORT, RunState
from yimen.law.standards import Unset
from yimen.law.terms import Programme

SHOWN = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = [
    "台账文件", "种类", "上传", "时间", Column("户数", numeric=True), Column("新增", numeric=True), Column("变更", numeric=True),
    Column("错误", numeric=True), "状态", "可撤销至",
]  # fmt: skip
_NOTE = (
    "收 Excel（xlsx），最大 10 MB、6 万行；一户一行、一人一行都可以，列名写法、标题行、合计行都能认。"
    "号码被 Excel 截断的行会逐行指出。确认以前不改动任何家庭；上传与确认由不同的人办理。"
)


class LedgerForm(forms.Form):
    """One ledger. Its kind is asked only where its title and headings do not say it."""

    programme = Pick(
        "台账种类",
        choices=[(str(kind), name) for kind, name in LEDGER_NAMES.items()],
        empty="按标题和列名识别",
        needed=False,
    )
    file = Upload("台账文件", needed=True, accept=f".xlsx,{_XLSX}")


def _row(run: Any) -> Row:
    counts = run.counts
    numbers = [counts.get(word, "—") for word in ("rows", "new", "changed", "error")]
    undo = moment(run.undo_until) if run.state == RunState.DONE else "—"
    return Row(
        [
            Link(run.file_name, doing.url("ledger", run)),
            doing.kind(run),
            run.proposed_by.name,
            moment(run.proposed_at),
            *numbers,
            Cell(tag=doing.tag(run)),
            undo,
        ]
    )


def _page(request: HttpRequest, form: LedgerForm, status: int = 200) -> HttpResponse:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    rows = [_row(run) for run in queries.runs(officer)[:SHOWN]]
    url = reverse("township:ledger_template")
    template = Action("下载模板", url)
    templates = [Action(f"{SHORT[kind]}模板", f"{url}?kind={kind}") for kind in LEDGER_NAMES]
    empty = Empty("还没有导入过台账。先下载模板，或直接上传街道现有的低保台账。", template)
    return show(
        request,
        "township/ledgers.html",
        status,
        page=Page(
            doing.TITLE,
            "把街道现有的低保、特困、边缘家庭、刚性支出台账接续到系统里：核对预览后由负责人确认，24 小时内可以撤销。",
            tools=templates,
        ),
        steps=doing.steps(),
        import_form=form,
        import_url=reverse("township:ledger_upload"),
        import_hidden={"once": request.POST.get("once") or new_ref()},
        import_note=_NOTE,
        table=Table(_COLUMNS, rows, label="台账导入", empty=empty),
        note=f"只列出最近 {SHOWN} 次。" if len(rows) == SHOWN else "",
    )


@route("ledger.read", "ledger_run", "place", doing.ROLES)
def ledgers(request: HttpRequest) -> HttpResponse:
    """Every import of the township, and the form for the next."""
    return _page(request, LedgerForm())


@route("ledger.import", "ledger_run", "place", doing.ROLES, ("GET", "POST"))
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file and go on to its columns, or straight to the preview where nothing has to be asked."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("township:ledgers"))
    officer: Officer = request.officer  # type: ignore[attr-defined]
    form = LedgerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, 422)
    given = form.cleaned_data["file"]
    data = given.read(door.MAX_BYTES + 1)
    kind = form.cleaned_data["programme"]
    body = {"file": hashlib.sha256(data).hexdigest(), "programme": kind}
    try:
        url = once(
            request.user,  # type: ignore[arg-type]
            request.POST.get("once", ""),
            body,
            lambda: doing.url("ledger_columns", door.upload(officer, data, given.name, programme=kind)),
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else "file", refused.sentence)
        return _page(request, form, refused.status)
    return HttpResponseRedirect(_onward(officer, url))


def _onward(officer: Officer, url: str) -> str:
    """Past the page of columns where every heading of the only sheet is known."""
    run = queries.run(officer, url.rstrip("/").split("/")[-2])
    if run.state != RunState.READING or run.job_ref:
        return doing.url("ledger", run)
    found = door.choices(officer, run)
    if len(found) > 1 or not found[0].complete:
        return url
    try:
        return draw(officer, run, (), (), found[0].height)
    except Refused:
        # What is missing is asked for on the page of columns.
        return url


def draw(officer: Officer, run: Any, sheets: Any, fields: Any, height: int) -> str:
    """Read the ledger now, or as a job where it is long; the address of the run."""
    if height > door.LARGE:
        working.start(officer, working.READ, run, sheets=list(sheets), fields=list(fields))
    else:
        door.preview(officer, run, sheets, fields)
    return doing.url("ledger", run)


@route("ledger.template", "ledger_run", "none", doing.ROLES)
def template(request: HttpRequest) -> HttpResponse:
    """The empty ledger of the officer's township, of the kind asked for."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    township = officer.areas(TOWNSHIP_ROLES)[0]
    asked = request.GET.get("kind", "")
    kind = Programme(asked) if asked in {str(each) for each in LEDGER_NAMES} else Programme.DIBAO
    try:
        rows = figure("category.scheme", township, today()).as_rows()
        categories = [str(row["code"]) for row in rows]
    except Unset:
        categories = []
    return xlsx(writing.template(township, categories, kind), f"{LEDGER_NAMES[kind]}模板.xlsx")


def xlsx(content: bytes, name: str) -> HttpResponse:
    """A workbook as an attachment."""
    response = HttpResponse(content, content_type=_XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
