"""The months of a township with their state, the upload of the next file; for the district one line for each township."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.once import once
from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.base.refs import new_ref
from yimen.casework.monthclose.platform import queries
from yimen.desks.shared.deadlines import deadline_tiles
from yimen.desks.shared.fields import Pick, Upload
from yimen.desks.shared.months import month_words
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Cell, Column, Empty, Link, Page, Row, Table
from yimen.desks.township.platform import doing
from yimen.gateways.platform import door, working
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.platform import MonthState, PlatformState
from yimen.law.terms import Programme

MONTHS = 6
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PURPOSE = "把省级平台导出的在保对象与本系统当月逐户比对，直到两边一致，打印对账表由两人签名。每月 30 日前完成。"
_NOTE = (
    "直接上传从平台导出的 Excel（xlsx，最大 20 MB、20 万行），不要先打开另存。列名自动认，不认识的指明一次，全区以后都记得。"
    "上传和比对不改动任何家庭；同一个月以后再上传的文件取代先前的，先前的留着备查。"
)
_COLUMNS: list[Column | str] = [
    "月份", "状态", Column("我方（户）", numeric=True), Column("一致（户）", numeric=True), Column("未办结（条）", numeric=True),
    Column("保留（条）", numeric=True), "对账表",
]  # fmt: skip


class PlatformForm(forms.Form):
    """One file of the platform, the month it is of, and the assistance where the file does not say it."""

    month = Pick("月份", [])
    programme = Pick("救助项目", choices=Programme.choices(), empty="按文件识别", needed=False)
    file = Upload("平台导出的文件", needed=True, accept=f".xlsx,{_XLSX}")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        this = month_of(today())
        months = [later_month(this, -back) for back in range(MONTHS)]
        self.fields["month"].choices = [(each, month_words(each)) for each in months]  # type: ignore[attr-defined]


def state_row(first: Link, found: queries.Reconciled) -> Row:
    """How a month of a township stands."""
    none = found.state is MonthState.NONE
    figures = ["—"] * 4 if none else [found.awards, found.same, found.open, found.kept]
    return Row([first, Cell(tag=doing.state_tag(found)), *figures, "已出具" if found.filed else "—"])


def _months(township: str) -> Table:
    this, rows = month_of(today()), []
    for back in range(MONTHS):
        each = later_month(this, -back)
        first = Link(month_words(each), doing.month_url("platform_month", each))
        rows.append(state_row(first, queries.reconciled(township, each)))
    return Table(_COLUMNS, rows, label="各月对账")


def _townships(officer: Officer, month: str) -> Table:
    rows = [
        state_row(
            Link(place.name, doing.month_url("platform_month", month, place.code)),
            queries.reconciled(place.code, month),
        )
        for place in offices.townships(officer.district)
    ]
    return Table([Column("乡街"), *_COLUMNS[1:]], rows, label="各乡街对账", empty=Empty("还没有乡街。"))


def _page(request: HttpRequest, form: PlatformForm, status: int = 200) -> HttpResponse:
    officer = doing.officer_of(request)
    own, this = officer.areas(TOWNSHIP_ROLES), month_of(today())
    if not own:
        return show(
            request,
            "shared/list.html",
            page=Page(f"{doing.TITLE} {month_words(this)}", "各乡街本月与省级平台对账的情况；点乡街看差异和对账表。"),
            table=_townships(officer, this),
        )
    return show(
        request,
        "township/ledgers.html",
        status,
        page=Page(doing.TITLE, _PURPOSE),
        tiles=deadline_tiles(own[0], this, today()),
        steps=doing.steps(),
        import_form=form,
        import_url=reverse("township:platform_upload"),
        import_hidden={"once": request.POST.get("once") or new_ref()},
        import_note=_NOTE,
        import_title="上传平台数据",
        import_submit="上传并比对",
        table=_months(own[0]),
    )


@route("platform.read", "platform_run", "place", doing.READERS)
def platform(request: HttpRequest) -> HttpResponse:
    """The last months and the form for a file; for the district the townships of this month."""
    return _page(request, PlatformForm())


@route("platform.bring", "platform_run", "place", doing.ROLES, ("GET", "POST"))
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file and compare it at once, or go on to its columns where something has to be asked."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("township:platform"))
    officer = doing.officer_of(request)
    form = PlatformForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, 422)
    said = form.cleaned_data
    data = said["file"].read(door.MAX_BYTES + 1)
    asked = {"month": said["month"], "programme": said["programme"]}
    body = {"file": hashlib.sha256(data).hexdigest(), **asked}
    try:
        address = once(
            request.user,  # type: ignore[arg-type]
            request.POST.get("once", ""),
            body,
            lambda: doing.url("platform_columns", door.upload(officer, data, said["file"].name, **asked)),
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else "file", refused.sentence)
        return _page(request, form, refused.status)
    return HttpResponseRedirect(_onward(officer, str(address)))


def _onward(officer: Officer, address: str) -> str:
    """Past the page of columns where every heading of the only sheet is known."""
    run = queries.run(officer, address.rstrip("/").split("/")[-2])
    if run.state != PlatformState.READING or run.job_ref:
        return doing.url("platform_run", run)
    found = door.choices(run)
    if len(found) > 1 or not found[0].complete:
        return address
    try:
        return compare(officer, run, "", (), found[0].height)
    except Refused:
        # What is missing is asked for on the page of columns.
        return address


def compare(officer: Officer, run: Any, sheet: str, fields: Any, height: int) -> str:
    """Compare now, or as a job where the file is long; the address of the file."""
    if height > door.LARGE:
        working.start(officer, run, sheet, fields)
    else:
        door.compare(officer, run, sheet, fields)
    return doing.url("platform_run", run)
