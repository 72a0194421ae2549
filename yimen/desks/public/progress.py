"""办理进度 (S23): the code from the receipt, then the last four of the identity number, never in the address (K25)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yimen.base.refs import is_ref
from yimen.desks.public import door, walked
from yimen.desks.public.answering import page, public
from yimen.desks.shared.paperviews import draw, pdf
from yimen.desks.shared.shapes import Action, Fact, Link, Page, Table
from yimen.law.identity import mask_name

NO_TABLE = Table(columns=(), rows=())
PURPOSE = "请输入申请人身份证号的后 4 位。查询码在申请回执上。"


def _text(label: str, missing: str, longest: int, **more: Any) -> forms.CharField:
    attrs = {"autocomplete": "off", "autocapitalize": "none", "maxlength": str(longest), **more}
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": missing, "max_length": missing},
    )


class LastFourForm(forms.Form):
    """The second question."""

    last_four = _text("身份证号后 4 位", "请填写身份证号的后 4 位，最后一位是 X 的填 X。", 4, inputmode="text")


class AskForm(LastFourForm):
    """Both questions, for who types the code from the receipt."""

    code = _text("查询码", "请填写回执上的 12 位查询码。", 16)
    field_order = ("code", "last_four")


def _ask(request: HttpRequest, form: LastFourForm, status: int = 200, code: str = "") -> HttpResponse:
    until = door.closed_until(code) if code else None
    closed = f"错误次数过多，请于 {until:%H:%M} 后再试。" if until else ""
    return page(
        request,
        "public/progress_ask.html",
        403 if until else status,
        page=Page("查询办理进度", PURPOSE),
        form=form,
        closed=closed,
    )


def _answer(request: HttpRequest, form: LastFourForm, code: str) -> HttpResponse:
    """A POST: right leads to the page, everything else back to the question."""
    if not form.is_valid():
        return _ask(request, form, 422, code)
    if door.knock(request, code, form.cleaned_data["last_four"]):
        application = door.opened(request, code)
        walked.note_own_read(application, "查询办理进度", "progress", request.number)  # type: ignore[attr-defined]
        return redirect("public:progress", code=code)
    form.add_error(None, door.NOT_FOUND)
    return _ask(request, form, 422, code)


@public("progress.ask", "application", ("GET", "POST"))
def ask(request: HttpRequest) -> HttpResponse:
    """For who has the code but not the QR."""
    if request.method != "POST":
        return _ask(request, AskForm())
    return _answer(request, AskForm(request.POST), request.POST.get("code", "").strip().lower()[:16])


@public("progress.read", "application", ("GET", "POST"))
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR opens nothing alone."""
    if request.method == "POST":
        return _answer(request, LastFourForm(request.POST), code)
    application = door.opened(request, code) if is_ref(code) else None
    if application is None:
        return _ask(request, LastFourForm(), 200, code)
    return page(
        request,
        "public/progress.html",
        township=application.township_id,
        page=Page("办理进度", walked.masked_number(application)),
        who=mask_name(application.applicant.name),
        next_step=walked.next_step(application),
        steps=walked.steps(application),
        phone=walked.phone(application),
        papers=walked.letters(application, code),
        object_link=Link("对结果有异议，怎么办", reverse("public:remedy", args=[application.township_id])),
        readers=walked.readers(application),
        leave=Action("关闭查询", reverse("public:leave", args=[code]), method="post"),
    )


@public("progress.letter", "paper")
def letter(request: HttpRequest, code: str, ref: str) -> HttpResponse:
    """An own letter as PDF, while the code is open in this browser."""
    application = door.opened(request, code)
    if application is None:
        return redirect("public:progress", code=code)
    found = walked.letter(application, ref)
    if found is None:
        raise Http404
    walked.note_own_read(application, f"查看{found.title}", "pdf", request.number)  # type: ignore[attr-defined]
    return pdf(draw(found), found.ref)


@public("progress.leave", "application", ("POST",))
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Close the code in this browser."""
    door.close(request)
    return redirect("public:progress", code=code)


@public("remedy.read", "page")
def remedy(request: HttpRequest, township: str) -> HttpResponse:
    """The ways open to the applicant at each stage; the phones of the place stand at the foot."""
    facts = [
        Fact("对核对结果有异议", "带上佐证材料到乡镇（街道）社会救助窗口提出，由乡镇（街道）复查并书面答复。"),
        Fact("对公示内容有异议", "在公示期内向公示上写明的电话或地点反映，可以不留姓名。"),
        Fact(
            "对不予受理、不予确认决定不服",
            "按告知书写明的期限和机关申请行政复议，或者提起行政诉讼；也可以补充材料后重新申请。",
        ),
        Fact("对工作人员有意见", "拨打页面下方的监督电话或 12345。"),
    ]
    return page(
        request,
        "public/board.html",
        township=township,
        page=Page("有异议，怎么办"),
        places=[Link("公示公布查询", reverse("public:places"))],
        boards=[
            {
                "title": "可以这样办",
                "sentence": "办理各环节都可以提出异议，不收费用。",
                "facts": facts,
                "table": NO_TABLE,
            }
        ],
    )
