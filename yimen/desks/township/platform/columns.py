"""What each column of the platform's file means: proposed, corrected by the officer, remembered for the district."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from yimen.base.access.refusal import Refused
from yimen.casework.monthclose.platform import queries
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Column, Link, Page, Refusal
from yimen.desks.township.platform import doing
from yimen.desks.township.platform.home import compare
from yimen.gateways.platform import door, words
from yimen.gateways.platform.door import Choice
from yimen.law.platform import PlatformState

PREFIX = "column_"


class PlatformColumnsForm(forms.Form):
    """One choice for each column; the sheet, where the file has several tables."""

    sheet = forms.ChoiceField(
        label="工作表", widget=forms.RadioSelect, error_messages={"invalid_choice": "没有这张工作表，请重新选择。"}
    )

    def __init__(self, found: list[Choice], shown: Choice, data: Any = None) -> None:
        super().__init__(data, initial={"sheet": shown.name})
        self.article = ""
        self.fields["sheet"].choices = [(one.name, f"{one.name}（约 {one.height} 行）") for one in found]  # type: ignore[attr-defined]
        if len(found) == 1:
            del self.fields["sheet"]
        for at, text in enumerate(shown.head.texts):
            if text:
                self.fields[f"{PREFIX}{at}"] = forms.ChoiceField(
                    label=text,
                    required=False,
                    choices=words.offered(),
                    initial=shown.fields[at],
                    error_messages={"invalid_choice": "请从列表中选择。"},
                )

    def chosen(self, shown: Choice) -> list[str]:
        """The field of every column."""
        return [self.cleaned_data.get(f"{PREFIX}{at}", "") for at in range(len(shown.head.texts))]


def _rows(form: PlatformColumnsForm, shown: Choice) -> list[dict[str, Any]]:
    rows = []
    for at, text in enumerate(shown.head.texts):
        if text:
            field = form[f"{PREFIX}{at}"]
            sample = "　".join(part for part in shown.sample[at] if part) or "（空）"
            rows.append({"text": text, "sample": sample, "field": field, "unknown": not field.value()})
    return rows


def _page(
    request: HttpRequest, run: Any, form: PlatformColumnsForm, shown: Choice, refusal: Refusal | None, status: int
) -> HttpResponse:
    rows = _rows(form, shown)
    officer = doing.officer_of(request)
    return show(
        request,
        "township/ledger_columns.html",
        status,
        page=Page(
            "核对列名",
            f"{run.file_name}：表头在第 {shown.head.first + 1} 行。选定后全区记住，同样的表头不再问。",
            crumbs=[
                *doing.crumbs(officer, month=run.month, township=run.township_id, run=run),
                Link("核对列名", "", current=True),
            ],
        ),
        refusal=refusal,
        steps=doing.steps(run),
        form=form,
        columns=[Column(text) for text in ("文件里的列名", "前几行的内容（号码只显示两头）", "对应")],
        rows=rows,
        unknown="、".join(row["text"] for row in rows if row["unknown"]),
        lacking="、".join(shown.lacking),
        sheets=form["sheet"] if "sheet" in form.fields else None,
        leave="不比对",
        submit="按这样读取并比对",
        cancel=Action("返回", doing.url("platform_run", run)),
    )


@route("platform.bring", "platform_run", "place", doing.ROLES, ("GET", "POST"))
def columns(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what the columns are taken for; a correction is remembered for the district and the file compared."""
    officer = doing.officer_of(request)
    run = queries.run(officer, ref)
    if run.state == PlatformState.REPLACED:
        return HttpResponseRedirect(doing.url("platform_run", run))
    found = door.choices(run)
    asked = request.POST.get("sheet") or request.GET.get("sheet") or run.sheet
    shown = next((one for one in found if one.name == asked), found[0])
    if request.method != "POST":
        return _page(request, run, PlatformColumnsForm(found, shown), shown, None, 200)
    form = PlatformColumnsForm(found, shown, request.POST)
    if not form.is_valid():
        return _page(request, run, form, shown, Refusal("有的列没有选对，请从列表中选择。"), 422)
    try:
        return HttpResponseRedirect(compare(officer, run, shown.name, form.chosen(shown), shown.height))
    except Refused as refused:
        return _page(request, run, form, shown, Refusal(refused.sentence), refused.status)
