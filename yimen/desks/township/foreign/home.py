"""The templates of the district, the upload of a new one, taking one out of use."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.refs import new_ref
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.foreign import queries
from yimen.desks.shared.fields import Pick, Text, Upload, terms
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.runs import pressed
from yimen.desks.shared.shapes import Action, Cell, Column, Empty, Link, Page, Row, Step, Table, Tag
from yimen.gateways.platform import templates as door
from yimen.law import procedure
from yimen.law.calendar import as_moment
from yimen.law.platform import FILLABLE, ForeignList

READERS = TOWNSHIP_ROLES | DISTRICT_ROLES
KEEPERS = frozenset(procedure.OFFICE_STEPS["keep_template"].roles)
TITLE = "外来表样"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PURPOSE = "上级、平台、别的部门要的 Excel 表样，登记一次、指明每列填什么，以后每月直接填好；表头、合并格、格式照原样。"
_NOTE = "上传空白表样（xlsx，最大 5 MB）。表头以下原有的内容、公式、链接不保留；页脚（合计、填表人）保留。全区共用。"


class TemplateForm(forms.Form):
    """A template, what it is called, which list goes in."""

    title = Text("表样名称", longest=80)
    what = Pick("填哪一份名单", terms(ForeignList))
    file = Upload("表样文件", needed=True, accept=f".xlsx,{_XLSX}")


def steps(at: int) -> list[Step]:
    """Three steps: the file, its columns, filled from then on."""
    words = ("上传空白表样", "指明每列填什么", "以后直接填写")
    return [
        Step(text, "done" if number < at else "now" if number == at else "ahead") for number, text in enumerate(words)
    ]


def officer_of(request: HttpRequest) -> Officer:
    """Who asks."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def _row(officer: Officer, row: Any) -> Row:
    known = sum(field in FILLABLE for field in row.fields)
    blank = sum(bool(text) and field not in FILLABLE for text, field in zip(row.columns, row.fields, strict=True))
    retired = row.retired_at is not None
    hidden = {"once": new_ref()}
    stop = Action("停用表样", reverse("township:foreign_retire", args=[row.ref]), "post", hidden=hidden)
    return Row(
        [
            row.title if retired else Link(row.title, reverse("township:foreign_fill", args=[row.ref])),
            ForeignList(row.what).label,
            f"{row.office.name} {row.kept_by.name}",
            f"{as_moment(row.kept_at):%Y-%m-%d}",
            known,
            blank,
            Cell(tag=Tag("neutral" if retired else "green", "已停用" if retired else "在用")),
            stop if not retired and officer.roles & KEEPERS else "—",
        ]
    )


def page(request: HttpRequest, form: TemplateForm, status: int = 200) -> HttpResponse:
    """The list with the form for a new one."""
    officer = officer_of(request)
    columns: list[Column | str] = [
        "表样",
        "名单",
        "登记",
        "日期",
        Column("填写的列", numeric=True),
        Column("留空的列", numeric=True),
        "状态",
        "办理",
    ]
    rows = [_row(officer, row) for row in queries.templates(officer)[:200]]
    empty = Empty("还没有登记表样。收到新的 Excel 表样，在上面上传一次，以后每月直接填好。")
    return show(
        request,
        "township/ledgers.html",
        status,
        page=Page(TITLE, _PURPOSE),
        steps=steps(0),
        import_form=form,
        import_url=reverse("township:foreign_upload"),
        import_hidden={"once": request.POST.get("once") or new_ref()},
        import_note=_NOTE,
        import_title="登记新表样",
        import_submit="上传",
        table=Table(columns, rows, label=TITLE, empty=empty),
    )


@route("foreign.read", "foreign_template", "district", READERS)
def templates(request: HttpRequest) -> HttpResponse:
    """Every template of the district."""
    return page(request, TemplateForm())


@route("foreign.keep", "foreign_template", "district", KEEPERS, ("GET", "POST"))
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file and go on to its columns."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("township:foreign"))
    form = TemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, form, 422)
    said = form.cleaned_data
    try:
        ref = door.keep_draft(officer_of(request), said["file"].read(door.MAX_BYTES + 1), said["file"].name)
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return page(request, form, refused.status)
    query = urlencode({"title": said["title"], "what": said["what"]})
    return HttpResponseRedirect(f"{reverse('township:foreign_columns', args=[ref])}?{query}")


@route("foreign.keep", "foreign_template", "district", KEEPERS, ("POST",))
def retire(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a template out of use."""
    officer = officer_of(request)
    queries.find(officer, ref)

    def work() -> str:
        acts.retire_template(officer, ref=ref)
        return reverse("township:foreign")

    return pressed(request, work)
