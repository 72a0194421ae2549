"""What each column of a ledger means: proposed, corrected by the officer, remembered for the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.casework.awards import ledger_queries as queries
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Column, Link, Page, Refusal
from yimen.desks.township.ledgers import doing
from yimen.desks.township.ledgers.center import draw
from yimen.gateways.ledgers import door
from yimen.gateways.ledgers.door import Choice
from yimen.law.ledger import RunState

PREFIX = "column_"


class ColumnsForm(forms.Form):
    """One choice per column; the sheets to be read, where the file has several tables."""

    sheets = forms.MultipleChoiceField(
        label="工作表",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="列名相同的可以一起选，一次导入。",
        error_messages={"invalid_choice": "没有这张工作表，请重新选择。"},
    )

    def __init__(self, found: list[Choice], shown: Choice, data: Any = None) -> None:
        super().__init__(data, initial={"sheets": [shown.name]})
        self.article = ""
        self.fields["sheets"].choices = [(one.name, f"{one.name}（约 {one.height} 行）") for one in found]  # type: ignore[attr-defined]
        if len(found) == 1:
            del self.fields["sheets"]
        offered = door.offered(shown.fields, shown.programme)
        for at, text in enumerate(shown.head.texts):
            if text:
                self.fields[f"{PREFIX}{at}"] = forms.ChoiceField(
                    label=text,
                    required=False,
                    choices=offered,
                    initial=shown.fields[at],
                    error_messages={"invalid_choice": "请从列表中选择。"},
                )

    def chosen(self, shown: Choice) -> list[str]:
        """The field of every column."""
        return [self.cleaned_data.get(f"{PREFIX}{at}", "") for at in range(len(shown.head.texts))]


def _table(form: ColumnsForm, shown: Choice) -> list[dict[str, Any]]:
    """What the page shows per column: its heading, a sample, the choice, whether it is unknown."""
    rows = []
    for at, text in enumerate(shown.head.texts):
        if text:
            field = form[f"{PREFIX}{at}"]
            sample = "　".join(part for part in shown.sample[at] if part) or "（空）"
            rows.append({"text": text, "sample": sample, "field": field, "unknown": not field.value()})
    return rows


def _page(
    request: HttpRequest, run: Any, form: ColumnsForm, shown: Choice, refusal: Refusal | None, status: int
) -> HttpResponse:
    rows = _table(form, shown)
    unknown = [row["text"] for row in rows if row["unknown"]]
    return show(
        request,
        "township/ledger_columns.html",
        status,
        page=Page(
            "核对列名",
            f"{run.file_name}：表头在第 {shown.head.first + 1} 行。",
            crumbs=[*doing.crumbs(run), Link("核对列名", "", current=True)],
        ),
        refusal=refusal,
        steps=doing.steps(run),
        form=form,
        columns=[Column(text) for text in ("文件里的列名", "前几行的内容（号码只显示两头）", "对应")],
        rows=rows,
        unknown="、".join(unknown),
        lacking="、".join(shown.lacking),
        sheets=form["sheets"] if "sheets" in form.fields else None,
        cancel=Action("返回", doing.url("ledger", run)),
    )


@route("ledger.import", "ledger_run", "place", doing.ROLES, ("GET", "POST"))
def columns(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what the columns are taken for; a correction is remembered for the office and the preview drawn anew."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    run = queries.run(officer, ref)
    if run.state not in (RunState.READING, RunState.PREVIEWED) or not run.file_ref:
        return HttpResponseRedirect(doing.url("ledger", run))
    found = door.choices(officer, run)
    shown = next((one for one in found if one.name in (run.sheets or [])), found[0])
    if request.method != "POST":
        return _page(request, run, ColumnsForm(found, shown), shown, None, 200)
    form = ColumnsForm(found, shown, request.POST)
    if not form.is_valid():
        return _page(request, run, form, shown, Refusal("有的列没有选对，请从列表中选择。"), 422)
    sheets = form.cleaned_data.get("sheets") or [shown.name]
    height = sum(one.height for one in found if one.name in sheets)
    try:
        return HttpResponseRedirect(draw(officer, run, sheets, form.chosen(shown), height))
    except Refused as refused:
        return _page(request, run, form, shown, Refusal(refused.sentence), refused.status)
