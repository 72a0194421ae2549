"""One page, one act: the way every form of a desk becomes an act, with nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django_htmx.http import HttpResponseClientRedirect

from yimen.base.access.once import once
from yimen.base.access.refusal import Refused
from yimen.base.refs import new_ref
from yimen.desks.shared import kept
from yimen.desks.shared.shapes import Block, Draft, Link, Page, Refusal, Section

Build = Callable[[QueryDict | None, MultiValueDict[str, Any] | None], Sequence[Section]]
# Never part of what an idempotency key remembers: tokens, codes, passwords.
_UNTOLD = {"csrfmiddlewaretoken", "code", "old", "new", "again"}
RESTORED = "登录已过期，您刚才填写的内容已恢复，请核对后重新提交（照片需要重新选择）。"


@dataclass
class ActPage:
    """``build(data, files)`` makes the sections, bound or not; ``run(sections)`` does the act and returns where to go."""

    page: Page
    build: Build
    run: Callable[[Sequence[Section]], str]
    submit: str
    version: int | None = None
    cancel: Link | None = None
    aside: Sequence[Block] = ()
    secondary: Sequence[Link] = ()
    draft: Draft = field(default_factory=Draft)
    enter_next: bool = True
    multipart: bool = False
    template: str = "shared/act_form.html"
    hidden: Mapping[str, str] = field(default_factory=dict)
    context: Callable[[Sequence[Section]], Mapping[str, Any]] | None = None

    def answer(self, request: HttpRequest) -> HttpResponse:
        """GET shows the form (restored after an expired session), POST does the act once."""
        if request.method == "POST":
            return self._post(request)
        restored = kept.take(request)
        sections = self.build(restored, None)
        if restored is not None:
            self.draft = Draft(self.draft.url, self.draft.saved_at, RESTORED, self.draft.discard)
        return self._show(request, sections, None, 200, "")

    def _post(self, request: HttpRequest) -> HttpResponse:
        sections = self.build(request.POST, request.FILES)
        if not all(valid(section) for section in sections):
            return self._show(request, sections, None, 422, request.POST.get("once", ""))
        body = {name: values for name, values in request.POST.lists() if name not in _UNTOLD}
        body["files"] = [f"{upload.name}:{upload.size}" for upload in request.FILES.values()]
        try:
            url = once(request.user, request.POST.get("once", ""), body, lambda: self.run(sections))  # type: ignore[arg-type]
        except Refused as refused:
            placed = place_error(sections, refused)
            refusal = None if placed else Refusal(refused.sentence)
            return self._show(request, sections, refusal, refused.status, request.POST.get("once", ""))
        # A partial update may only replace this page; to another one the browser goes itself, so a reload stays there.
        if request.headers.get("HX-Request") and str(url).split("#")[0] != request.path:
            return HttpResponseClientRedirect(str(url))
        return HttpResponseRedirect(str(url))

    def _show(
        self, request: HttpRequest, sections: Sequence[Section], refusal: Refusal | None, status: int, key: str
    ) -> HttpResponse:
        hidden = {"once": key or new_ref(), **self.hidden}
        if self.version is not None:
            hidden["version"] = request.POST.get("version", str(self.version))
        context = {
            "page": self.page,
            "sections": sections,
            "hidden": hidden,
            "submit": self.submit,
            "form_id": "act",
            "draft": self.draft,
            "refusal": refusal,
            "cancel": self.cancel,
            "secondary": self.secondary,
            "aside": self.aside,
            "enter_next": self.enter_next,
            "multipart": self.multipart,
            **(self.context(sections) if self.context else {}),
        }
        return render(request, self.template, context, status=status)


def version_of(request: HttpRequest) -> int | None:
    """The version of the case that the page showed, as sent back by its form."""
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else None


def valid(section: Section) -> bool:
    """Whether the forms of a section are filled in rightly."""
    form = section.form is None or section.form.is_valid()
    rows = section.formset is None or section.formset.is_valid()
    return form and rows


def place_error(sections: Sequence[Section], refused: Refused) -> bool:
    """Put a refusal at its field; False where no field of this page is meant."""
    if not refused.field:
        return False
    for section in sections:
        form: BaseForm | None = section.form
        if form is not None and refused.field in form.fields:
            form.add_error(refused.field, refused.sentence)
            return True
    return False
