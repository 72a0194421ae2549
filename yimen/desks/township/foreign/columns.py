"""Which field goes into which column of a template: proposed, corrected, kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yimen.base.access.refusal import Refused
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Column, Link, Page, Refusal
from yimen.desks.township.foreign.home import KEEPERS, TITLE, officer_of, steps
from yimen.gateways.ledgers.wordings import NOT_TAKEN
from yimen.gateways.platform import templates as door
from yimen.law.platform import FILLABLE, ForeignList

PREFIX = "column_"
_BLANK = "留空（标色）"


class ForeignColumnsForm(forms.Form):
    """One choice for each column; the sheet, where the file has several."""

    sheet = forms.ChoiceField(
        label="工作表", widget=forms.RadioSelect, error_messages={"invalid_choice": "没有这张工作表，请重新选择。"}
    )

    def __init__(self, found: list[door.Shown], shown: door.Shown, what: str, data: Any = None) -> None:
        super().__init__(data, initial={"sheet": shown.name})
        self.article = ""
        self.fields["sheet"].choices = [(one.name, one.name) for one in found]  # type: ignore[attr-defined]
        if len(found) == 1:
            del self.fields["sheet"]
        offered = [("", "请选择"), (NOT_TAKEN, _BLANK), *((key, each.label) for key, each in FILLABLE.items())]
        meant = door.for_list(shown.fields, what)
        for at, text in enumerate(shown.head.texts):
            if text:
                self.fields[f"{PREFIX}{at}"] = forms.ChoiceField(
                    label=text, required=False, choices=offered, initial=meant[at],
                    error_messages={"invalid_choice": "请从列表中选择。"},
                )  # fmt: skip

    def chosen(self, shown: door.Shown) -> list[str]:
        """The field of every column; what was left open stays blank."""
        return [self.cleaned_data.get(f"{PREFIX}{at}") or NOT_TAKEN for at in range(len(shown.head.texts))]


def _page(
    request: HttpRequest, name: str, form: ForeignColumnsForm, shown: door.Shown, refusal: Refusal | None, status: int
) -> HttpResponse:
    rows: list[dict[str, Any]] = []
    for at, text in enumerate(shown.head.texts):
        if text:
            field = form[f"{PREFIX}{at}"]
            rows.append({"text": text, "sample": f"第 {at + 1} 列", "field": field, "unknown": not field.value()})
    return show(
        request,
        "township/ledger_columns.html",
        status,
        page=Page(
            "指明每列填什么",
            f"{name}：表头在第 {shown.head.last + 1} 行，数据从下一行填起。",
            crumbs=[Link(TITLE, reverse("township:foreign")), Link("指明每列填什么", "", current=True)],
        ),
        refusal=refusal,
        steps=steps(1),
        form=form,
        columns=[Column(text) for text in ("表样里的列名", "位置", "填什么")],
        rows=rows,
        unknown="、".join(row["text"] for row in rows if row["unknown"]),
        sheets=form["sheet"] if "sheet" in form.fields else None,
        leave=_BLANK,
        submit="登记表样",
        cancel=Action("返回", reverse("township:foreign")),
    )


@route("foreign.keep", "foreign_template", "own", KEEPERS, ("GET", "POST"))
def columns(request: HttpRequest, ref: str) -> HttpResponse:
    """Settle the columns of a template that this account has just handed in, and register it."""
    officer = officer_of(request)
    data, name = door.draft(officer, ref)
    found = door.sheets_in(data)
    title, what = request.GET.get("title", "")[:80], request.GET.get("what", "")
    what = what if what in {str(each) for each in ForeignList} else str(ForeignList.AWARDS)
    asked = request.POST.get("sheet") or request.GET.get("sheet")
    shown = next((one for one in found if one.name == asked), found[0])
    if request.method != "POST":
        return _page(request, name, ForeignColumnsForm(found, shown, what), shown, None, 200)
    form = ForeignColumnsForm(found, shown, what, request.POST)
    if not form.is_valid():
        return _page(request, name, form, shown, Refusal("有的列没有选对，请从列表中选择。"), 422)
    try:
        row = door.register(officer, data, name, title=title, what=what, sheet=shown.name, fields=form.chosen(shown))
    except Refused as refused:
        return _page(request, name, form, shown, Refusal(refused.sentence), refused.status)
    return HttpResponseRedirect(reverse("township:foreign_fill", args=[row.ref]))
