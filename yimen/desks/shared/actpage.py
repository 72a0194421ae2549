"""One page, one act: the way every form of a desk becomes an act, with nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django_htmx.http import HttpResponseClientRedirect

from yimen.base.access.once import once
from yimen.base.access.refusal import Refused
from yimen.base.refs import new_ref
from yimen.desks.shared import conflict, drafts, kept
from yimen.desks.shared.conflict import Meanwhile
from yimen.desks.shared.shapes import Action, Block, Draft, Link, Page, Refusal, Section
from yimen.desks.shared.typed import whole

Build = Callable[[QueryDict | None, MultiValueDict[str, Any] | None], Sequence[Section]]
# Never part of what an idempotency key remembers: tokens, codes, passwords.
_UNTOLD = {"csrfmiddlewaretoken", "code", "old", "new", "again"}
RESTORED = "登录已过期，您刚才填写的内容已恢复，请核对后重新提交（照片需要重新选择）。"
TAKEN = "已带入您选定的内容，还没有提交，请核对后提交。"
MOVED = "保存草稿以后，本件有了新的办理，请先核对再提交。"
CHANGED = "您打开页面以后，别人改过同一内容。您填的都在，没有丢，也还没有提交，请逐项选定。"
ELSEWHERE = "这份草稿在另一处（另一个窗口或另一台电脑）保存过，本页没有覆盖它。请逐项选定要留下的内容。"


@dataclass
class ActPage:
    """``build(data, files)`` makes the sections, bound or not; ``run(sections)`` does the act and returns where to go.

    ``shelf`` keeps its draft (by default one per account and path, parted by the field ``slot``), which ``again`` opens;
    ``drafts`` False where nothing may be kept. ``stored(data)`` gives the sections with what the store holds now, for pages that edit
    it; ``meanwhile(version)`` tells what happened to the case since. ``review`` reads a filled form back before it counts.
    """

    page: Page
    build: Build
    run: Callable[[Sequence[Section]], str]
    submit: str
    version: int | None = None
    cancel: Link | None = None
    aside: Sequence[Block] = ()
    secondary: Sequence[Link] = ()
    drafts: bool = True
    shelf: drafts.Shelf | None = None
    slot: str = ""
    again: str = ""
    enter_next: bool = True
    multipart: bool = False
    template: str = "shared/act_form.html"
    hidden: Mapping[str, str] = field(default_factory=dict)
    context: Callable[[Sequence[Section]], Mapping[str, Any]] | None = None
    stored: Callable[[QueryDict | None], Sequence[Section]] | None = None
    meanwhile: Callable[[int | None], Meanwhile] | None = None
    review: Callable[[HttpRequest, Sequence[Section]], HttpResponse] | None = None
    _draft: Draft = field(default_factory=Draft)
    _edition: str = ""

    def answer(self, request: HttpRequest) -> HttpResponse:
        """GET shows the form (restored from a draft or after an expired session), POST does the act once."""
        if self.drafts and self.shelf is None:
            self.shelf = drafts.FormShelf(request.user, request.path, request.POST.get(self.slot, ""))  # type: ignore[arg-type]
        if request.method != "POST":
            return self._open(request)
        step = request.POST.get(drafts.STEP, "")
        if step == "merged":
            return self._merged(request)
        if step in ("save", "compare", "discard") and self.shelf is not None:
            return self._keep(request, self.shelf, step)
        return self._post(request)

    def _open(self, request: HttpRequest) -> HttpResponse:
        restored = kept.take(request)
        sections = self.build(restored, None)
        if restored is not None:
            self._draft = Draft(restored=RESTORED)
        elif self.shelf is not None and not self.slot and (row := self.shelf.row()) is not None:
            sections = self.build(drafts.as_query(row.body), None)
            drafts.quiet(sections)
            self._put_back(row, request.path)
        return self._show(request, sections, None, 200, "")

    def _put_back(self, row: Any, path: str) -> None:
        at = drafts.clock_words(row)
        moved = self.version is not None and row.version not in (None, self.version)
        discard = Action("丢弃这份草稿", path, "post", hidden={drafts.STEP: "discard", **self.hidden})
        self._draft = Draft("", at, f"已恢复 {at} 保存的草稿。{MOVED if moved else ''}", discard)
        self._edition = drafts.edition(row)

    def _keep(self, request: HttpRequest, shelf: drafts.Shelf, step: str) -> HttpResponse:
        """Keep, discard or compare a draft; for a script an empty answer, without one the page anew."""
        if step == "discard":
            shelf.drop()
            return HttpResponseRedirect(request.path)
        aloud = request.headers.get("X-Requested-With") != "XMLHttpRequest"
        data = conflict.merged(request.POST)
        request.POST = data  # type: ignore[assignment]
        try:
            row = shelf.keep(request) if step == "save" else shelf.row()
        except drafts.Overtaken as other:
            return self._elsewhere(request, other.row) if aloud else HttpResponse(status=409)
        if step == "compare" and row is not None:
            return self._elsewhere(request, row)
        if not aloud:
            told = {"X-Saved-At": drafts.clock_words(row), "X-Draft-Edition": drafts.edition(row)} if row else {}
            return HttpResponse(status=204, headers=told)
        messages.success(request, "草稿已保存。")
        return HttpResponseRedirect(self.again or request.path)

    def _elsewhere(self, request: HttpRequest, row: Any) -> HttpResponse:
        mine, theirs = self.build(request.POST, None), self.build(drafts.as_query(row.body), None)
        return conflict.conflict_page(
            request,
            self.page,
            mine,
            theirs,
            sentence=ELSEWHERE,
            theirs_head=f"另一处 {drafts.clock_words(row)} 保存的",
            hidden={drafts.EDITION: drafts.edition(row), **self._fresh()},
            step="save",
        )

    def _fresh(self) -> dict[str, str]:
        return {"version": str(self.version)} if self.version is not None else {}

    def _merged(self, request: HttpRequest) -> HttpResponse:
        """Back from the conflict: the form with what was chosen, on the version of now."""
        request.POST = conflict.merged(request.POST)  # type: ignore[assignment]
        sections = self.build(request.POST, None)
        drafts.quiet(sections)
        self._draft = Draft(restored=TAKEN)
        if self.shelf is not None:
            self._edition = drafts.edition(self.shelf.row())
        return self._show(request, sections, None, 200, "")

    def _overtaken(self, request: HttpRequest, sections: Sequence[Section]) -> HttpResponse | None:
        """The page of the conflict where what this page edits is not what it was when the page was opened."""
        if self.stored is None or not request.POST.get(drafts.SEEN):
            return None
        theirs = self.stored(request.POST)
        if conflict.seen(theirs) == request.POST[drafts.SEEN]:
            return None
        return self._beside(request, sections, theirs, CHANGED)

    def _beside(
        self, request: HttpRequest, mine: Sequence[Section], theirs: Sequence[Section], sentence: str
    ) -> HttpResponse:
        since = self._since(request)
        return conflict.conflict_page(
            request,
            self.page,
            mine,
            theirs,
            sentence=sentence,
            theirs_head=f"现在的内容（{since.facts[-1].value}）" if since.facts else "现在的内容",
            facts=since.facts,
            hidden=self._fresh(),
        )

    def _since(self, request: HttpRequest) -> Meanwhile:
        return self.meanwhile(version_of(request)) if self.meanwhile else Meanwhile()

    def _post(self, request: HttpRequest) -> HttpResponse:
        sections = self.build(request.POST, request.FILES)
        if not all(valid(section) for section in sections):
            return self._show(request, sections, None, 422, request.POST.get("once", ""))
        if self.review is not None and request.POST.get(drafts.STEP) == "review":
            return self.review(request, sections)
        if answer := self._overtaken(request, sections):
            return answer
        body = {name: values for name, values in request.POST.lists() if name not in _UNTOLD}
        body["files"] = [f"{upload.name}:{upload.size}" for upload in request.FILES.values()]
        try:
            url = once(request.user, request.POST.get("once", ""), body, lambda: self._act(sections))  # type: ignore[arg-type]
        except Refused as refused:
            return self._refused(request, sections, refused)
        # A partial update may only replace this page; to another one the browser goes itself, so a reload stays there.
        if request.headers.get("HX-Request") and str(url).split("#")[0] != request.path:
            return HttpResponseClientRedirect(str(url))
        return HttpResponseRedirect(str(url))

    def _act(self, sections: Sequence[Section]) -> str:
        """The act and the end of its draft, in one transaction."""
        url = self.run(sections)
        if self.shelf is not None:
            self.shelf.drop()
        return url

    def _refused(self, request: HttpRequest, sections: Sequence[Section], refused: Refused) -> HttpResponse:
        if refused.code == "overtaken":
            since = self._since(request)
            if since.possible:
                self.version = since.version
                return self._beside(request, sections, self.build(None, None), f"{CHANGED}{refused.sentence}")
            self.aside = [Block("您打开页面以后的办理", facts=since.facts), *self.aside]
        placed = place_error(sections, refused)
        refusal = None if placed else Refusal(refused.sentence)
        return self._show(request, sections, refusal, refused.status, request.POST.get("once", ""))

    def _hidden(self, request: HttpRequest, key: str) -> dict[str, str]:
        hidden = {"once": key or new_ref(), **self.hidden}
        if self.version is not None:
            step = request.POST.get(drafts.STEP, "")
            hidden["version"] = str(self.version) if step else request.POST.get("version", str(self.version))
        if self.stored is not None and not self.slot:
            again = request.POST.get(drafts.SEEN) if not request.POST.get(drafts.STEP) else ""
            hidden[drafts.SEEN] = again or conflict.seen(self.stored(None))
        if self._draft.url:
            hidden[drafts.EDITION] = self._edition or request.POST.get(drafts.EDITION, "")
        return hidden

    def _show(
        self, request: HttpRequest, sections: Sequence[Section], refusal: Refusal | None, status: int, key: str
    ) -> HttpResponse:
        if self.shelf is not None and not self.slot and drafts.writes(sections):
            self._draft = replace(self._draft, url=self.again or request.path)
        context = {
            "page": self.page,
            "sections": sections,
            "hidden": self._hidden(request, key),
            "submit": self.submit,
            "form_id": "act",
            "draft": self._draft,
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
    return whole(request.POST.get("version", ""))


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
    return any(_place_in_rows(section, refused) for section in sections)


def _place_in_rows(section: Section, refused: Refused) -> bool:
    """A field of a row or of a part, as the browser names it: ``rows-3-amount``, ``care-place``."""
    forms = [section.form] if section.form is not None else []
    for form in (*forms, *(section.formset.forms if section.formset is not None else ())):
        for name in form.fields:
            if form.prefix and form.add_prefix(name) == refused.field:
                form.add_error(name, refused.sentence)
                return True
    return False
